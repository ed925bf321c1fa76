import { afterAll, beforeAll, expect, test } from "vitest";
import { enterEvent, type EventOrder } from "#app/delivery/event.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { chainOf } from "#app/delivery/policy.ts";
import { deliveryPicture } from "#app/delivery/picture.ts";
import { uncarriedList } from "#app/delivery/uncarried.ts";
import { watchList } from "#app/delivery/watch.ts";
import { putFrame } from "#app/planning/frame.ts";
import { sourceByWords } from "#app/planning/source.ts";
import { foldMoves } from "#core/delivery/fold.ts";
import { arrivalsOf, type Arrival } from "#core/delivery/picture.ts";
import { emptyFrame } from "#core/planning/frame.ts";
import type { DeliveryPicture } from "#core/views-delivery-picture.ts";
import type { Database } from "#store/database.ts";
import { needOf, offerOf, openPlaced, placedBook, placingOf } from "../support/placements.ts";
import { doingOn } from "./support.ts";

let db: Database;
let close: () => Promise<void>;
const february = { dueFrom: "2026-02-01", dueUntil: "2026-02-28" };
const hub = { tonnesPerWeek: null, placesPerWeek: null };
beforeAll(async () => {
  ({ db, close } = await openPlaced({
    needs: [needOf({ id: "ambulances" })],
    offers: [offerOf({ id: "gift" }), offerOf({ id: "other", giver: "deu" })],
    placements: [
      placingOf({ id: "A", offer: "gift", need: "ambulances", hub: "east" }),
      placingOf({ id: "B", offer: "other", need: "ambulances", pieces: 4, dueUntil: "2026-04-30" }),
      placingOf({ id: "C", offer: "other", need: "ambulances", pieces: 30, ...february }),
    ],
  }));
  const hubs = [
    { ...hub, id: "east", name: "Eastern hub", latitude: 50, longitude: 22 },
    { ...hub, id: "idle", name: "Idle hub", latitude: null, longitude: null },
  ];
  await putFrame(
    db,
    placedBook,
    { ...emptyFrame, hubs },
    {
      source: sourceByWords({ title: "Hubs", publisher: "Nobody" }),
      knownAt: "2026-01-02T08:00:00Z",
      actor: "test",
    },
  );
  const lines = ["A", "B"].map((placement) => ({ placement, pieces: null }));
  await newConsignment(db, placedBook, { id: "C-1", title: "Convoy", on: "2026-02-01", lines }, doingOn("2026-02-01"));
  await happens("2026-02-02", "dispatch", 1, 8);
  await happens("2026-02-05", "arrive", 1, 6);
  await happens("2026-03-05", "hand-over", 1, 5);
  await happens("2026-03-09", "confirm", 1, 3);
  await happens("2026-04-02", "lose", 1, 1, "Burnt");
});
afterAll(() => close());

async function happens(on: string, event: string, line: number, pieces: number, reason = ""): Promise<void> {
  const order: EventOrder = { event, on, reason, lines: [{ line, pieces }] };
  await enterEvent(db, placedBook, "C-1", order, doingOn(on));
}
const pictured = async (knownAt?: string): Promise<DeliveryPicture> =>
  deliveryPicture(db, () => "2026-04-10T00:00:00Z", { book: placedBook, knownAt });

test("the pipeline has every piece that was placed once, those in no consignment too", async () => {
  const { pipeline, consignments } = await pictured();
  expect(consignments).toBe(1);
  const words = pipeline.map(
    ({ stream, uncarried, states }) =>
      `${stream}: ${uncarried} in none, ${states.map((one) => `${one.pieces} ${one.state}`).join(", ")}`,
  );
  // What was handed over was at the hub; what was lost was on its way to it.
  expect(words).toEqual([
    "materiel: 30 in none, 6 planned, 1 dispatched, 1 at-hub, 2 handed-over, 3 confirmed, 1 lost",
  ]);
});

test("each hub has what is there and what is coming; one that nothing goes through has nothing", async () => {
  const { hubs } = await pictured();
  const east = { stream: "materiel", waiting: 6, coming: 1, standing: 1, handedOver: 2, confirmed: 3 };
  expect(hubs).toEqual([
    { hub: "east", name: "Eastern hub", latitude: 50, longitude: 22, consignments: 1, pieces: [east] },
    { hub: "idle", name: "Idle hub", latitude: null, longitude: null, consignments: 0, pieces: [] },
  ]);
});

test("a month has what is due in it and how much of that is there; what arrived counts when it came", async () => {
  const { months } = await pictured();
  const month = (of: string, due: number, carried: number, handedOver: number, confirmed: number, arrived: number) => {
    return { month: of, stream: "materiel", due, carried, handedOver, confirmed, arrived };
  };
  expect(months).toEqual([
    month("2026-02", 30, 0, 0, 0, 0),
    month("2026-03", 9, 9, 5, 3, 5),
    month("2026-04", 4, 4, 0, 0, 0),
  ]);
});

test("the picture counts what the watch lists, and is drawn as it was known on a day", async () => {
  const { watch } = await pictured();
  const listed = await watchList(db, () => "2026-04-10T00:00:00Z", { book: placedBook });
  expect(watch).toEqual({ late: listed.late, stuck: listed.stuck, unconfirmed: listed.unconfirmed });
  expect(watch.late).toBeGreaterThan(0);
  const before = await pictured("2026-02-03");
  expect([before.asOf, before.pipeline[0]?.states.map((one) => `${one.pieces} ${one.state}`)]).toEqual([
    "2026-02-03",
    ["6 planned", "8 dispatched"],
  ]);
});

test("what is in no consignment is listed by page, narrowed, and by name", async () => {
  const asked = async (more: object) => uncarriedList(db, () => "2026-04-10T00:00:00Z", { book: placedBook, ...more });
  expect((await asked({})).items).toMatchObject([
    { placement: "C", stream: "materiel", itemName: "Ambulance", pieces: 30, hub: "any", dueUntil: "2026-02-28" },
  ]);
  expect((await asked({ giver: "pol" })).total).toBe(0);
  expect((await asked({ stream: "training" })).total).toBe(0);
  const early = await asked({ knownAt: "2026-01-15", limit: 1 });
  expect([early.total, early.items.map((one) => one.placement), early.next !== null]).toEqual([3, ["C"], true]);
  expect(await asked({ knownAt: "2026-01-15", limit: 1, cursor: early.next })).toMatchObject({
    items: [{ placement: "A", hubName: "Eastern hub" }],
  });
});

test("what is put back is taken off the last that came", () => {
  const chain = chainOf("materiel");
  const step = (from: string | null, to: string, pieces: bigint, on: string) => ({ from, to, pieces, on });
  const steps = [
    step(null, "dispatched", 10n, "2026-01-01"),
    step("dispatched", "handed-over", 4n, "2026-01-10"),
    step("dispatched", "handed-over", 3n, "2026-02-10"),
    step("handed-over", "dispatched", 5n, "2026-03-01"),
    step("handed-over", "confirmed", 2n, "2026-03-02"),
  ];
  const line: Arrival = { chain, steps, standing: foldMoves(steps), dueUntil: "2026-02-28" };
  const arrived = arrivalsOf([line], []).map(({ month, arrived: pieces }) => [month, pieces]);
  expect(arrived).toEqual([
    ["2026-01", 2],
    ["2026-02", 0],
  ]);
});
