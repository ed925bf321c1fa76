import { afterAll, beforeAll, expect, test } from "vitest";
import { deliveredPolicies, setDelivered } from "#app/delivery/delivered.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { enterEvent } from "#app/delivery/event.ts";
import { consignmentView } from "#app/delivery/view.ts";
import type { FundTerms } from "#core/decisions/terms.ts";
import type { Database } from "#store/database.ts";
import { openDesk } from "../governed/desk.ts";
import { needOf, offerOf, place, placingOf } from "../support/placements.ts";
import { openRecord } from "../support/record.ts";
import { doingOn } from "./support.ts";

let db: Database;
let close: () => Promise<void>;
const book = "practice";
const fund: FundTerms = {
  id: "convoy-fund",
  title: "The convoy fund",
  currency: "EUR",
  members: "contact-group",
  from: "2025-01-01",
  until: "2028-12-31",
  years: [{ year: 2026, amount: "1000000.00" }],
  lines: [{ id: "all", title: "All of it", stream: "materiel", purpose: "" }],
  earmarks: [],
  key: "nato-by-gdp",
  decides: {},
  gap: "open",
  inKind: null,
  account: null,
  modelled: null,
  delivered: "dispatched",
};
beforeAll(async () => {
  ({ db, close } = await openRecord());
  const desk = await openDesk(db, book);
  await desk.decide("open-convoy-fund", { kind: "open-fund", fund, grants: [] });
  await place(db, {
    book,
    needs: [needOf({ id: "ambulances" })],
    offers: [offerOf({ id: "gift" }), offerOf({ id: "bought", fund: "convoy-fund" })],
    placements: ["gift", "bought"].map((offer) => placingOf({ id: offer, offer, need: "ambulances" })),
  });
  const lines = ["gift", "bought"].map((placement) => ({ placement, pieces: null }));
  await newConsignment(db, book, { id: "C-1", title: "Both", on: "2026-03-01", lines }, doingOn("2026-03-01"));
  await enterEvent(db, book, "C-1", { event: "dispatch", on: "2026-03-02" }, doingOn("2026-03-02"));
});
afterAll(() => close());

test("what is given through a fund is delivered by its terms, until something else is decided", async () => {
  const clock = () => "2026-03-10T00:00:00Z";
  const lines = async () => (await consignmentView(db, clock, { book, id: "C-1" })).linesCarried;
  expect((await lines()).map(({ fund: through, deliveredBy, delivered }) => [through, deliveredBy, delivered])).toEqual(
    [
      [null, "confirmed", 0],
      ["convoy-fund", "dispatched", 10],
    ],
  );
  const { now } = await deliveredPolicies(db, clock, book);
  expect(now.map((one) => one.says)).toEqual([
    "Delivered is what the recipient has signed for, as nothing else was decided.",
    "Delivered is what has been dispatched, by the policy of convoy-fund from 2025-01-01 on.",
  ]);
  await setDelivered(
    db,
    book,
    { counts: "handed-over", fund: "convoy-fund", from: "2026-03-01" },
    doingOn("2026-03-05"),
  );
  expect((await lines()).map(({ deliveredBy }) => deliveredBy)).toEqual(["confirmed", "handed-over"]);
});
