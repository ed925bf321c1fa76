import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enterEvent, type EventOrder } from "#app/delivery/event.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { mergeConsignments, splitConsignment } from "#app/delivery/parts.ts";
import type { Database } from "#store/database.ts";
import { needOf, offerOf, openPlaced, placedBook, placingOf } from "../support/placements.ts";
import { doingOn, ledger, stands } from "./support.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  const placed = await openPlaced({
    needs: [
      needOf({ id: "ambulances" }),
      needOf({ id: "crews", accepts: [{ item: "course-basic", worthPpm: 1_000_000 }] }),
    ],
    offers: [
      offerOf({ id: "pol-ambulances" }),
      offerOf({ id: "deu-ambulances", giver: "deu" }),
      offerOf({ id: "pol-places", item: "course-basic" }),
      offerOf({ id: "fra-money", giver: "fra", item: "EUR", quantity: 1000, years: [{ year: 2026, amount: 1000 }] }),
    ],
    placements: [
      placingOf({ id: "P-1", offer: "pol-ambulances", need: "ambulances" }),
      placingOf({ id: "P-2", offer: "deu-ambulances", need: "ambulances", pieces: 5 }),
      placingOf({ id: "P-3", offer: "pol-places", need: "crews", item: "course-basic", pieces: 20 }),
      placingOf({ id: "P-4", offer: "fra-money", need: "ambulances", pieces: 3, costMinor: 100_000 }),
      placingOf({ id: "P-5", offer: "pol-ambulances", need: "ambulances", pieces: 40 }),
    ],
  });
  ({ db, close } = placed);
});
afterAll(() => close());

const made = async (id: string, ...lines: readonly (readonly [string, number | null])[]) =>
  newConsignment(
    db,
    placedBook,
    {
      id,
      title: `Consignment ${id}`,
      on: "2026-02-01",
      lines: lines.map(([placement, pieces]) => ({ placement, pieces })),
    },
    doingOn("2026-02-01"),
  );
const happens = async (consignment: string, day: string, event: string, more: Partial<EventOrder> = {}) =>
  enterEvent(db, placedBook, consignment, { event, on: day, ...more }, doingOn(day));

test("a consignment goes its way in parts, and the ledger follows", async () => {
  await made("C-1", ["P-1", 6], ["P-2", null]);
  expect(await stands(db, "C-1")).toBe("11 planned");
  expect(await ledger(db, "pol-ambulances")).toBe("50 announced, 50 allocated");
  await happens("C-1", "2026-02-02", "contract", { lines: [{ line: 1, pieces: 2 }] });
  await happens("C-1", "2026-02-03", "dispatch");
  expect(await stands(db, "C-1")).toBe("11 dispatched");
  expect(await ledger(db, "pol-ambulances")).toBe("50 announced, 44 allocated, 6 dispatched");
  await happens("C-1", "2026-02-04", "arrive", { lines: [{ line: 1, pieces: 4 }] });
  await happens("C-1", "2026-02-05", "lose", { lines: [{ line: 1, pieces: 1 }], reason: "Fell off the ferry" });
  await happens("C-1", "2026-02-05", "damage", { lines: [{ line: 2, pieces: 2 }], reason: "Hit on the road" });
  await happens("C-1", "2026-02-05", "return", { lines: [{ line: 1, pieces: 1 }], reason: "No papers" });
  expect(await stands(db, "C-1")).toBe("4 at-hub, 2 damaged, 3 dispatched, 1 lost, 1 returned");
  expect(await ledger(db, "pol-ambulances")).toBe("50 announced, 45 allocated, 4 dispatched");
  await happens("C-1", "2026-02-06", "hand-over");
  await happens("C-1", "2026-02-06", "confirm");
  await happens("C-1", "2026-02-07", "use", { lines: [{ line: 1, pieces: 3 }] });
  expect(await stands(db, "C-1")).toBe("4 confirmed, 2 damaged, 3 in-use, 1 lost, 1 returned");
  expect(await ledger(db, "pol-ambulances")).toBe("50 announced, 45 allocated, 4 confirmed");
  expect(await ledger(db, "deu-ambulances")).toBe("95 announced, 2 dispatched, 3 confirmed");
});

test("what came back is carried again, and nothing twice", async () => {
  await expect(made("C-2", ["P-1", 6])).rejects.toMatchObject({ code: "placement_carried_already" });
  await made("C-2", ["P-1", 5]);
  expect(await stands(db, "C-2")).toBe("5 planned");
  expect(await ledger(db, "pol-ambulances")).toBe("50 announced, 45 allocated, 4 confirmed");
  await expect(made("C-3", ["P-1", null])).rejects.toMatchObject({ code: "placement_carried_already" });
});

test("a course has its own states, and its places are kept, lost or confirmed", async () => {
  await made("T-1", ["P-3", 19]);
  await happens("T-1", "2026-02-02", "start", { lines: [{ line: 1, pieces: 18 }] });
  await happens("T-1", "2026-02-20", "no-show", { lines: [{ line: 1, pieces: 2 }], reason: "At the front" });
  await happens("T-1", "2026-02-20", "complete");
  await happens("T-1", "2026-02-21", "confirm");
  expect(await stands(db, "T-1")).toBe("16 confirmed, 2 no-show, 1 scheduled");
  expect(await ledger(db, "pol-places")).toBe("80 announced, 2 scheduled, 16 completed");
});

test("money follows what it bought, to the cent", async () => {
  await made("M-1", ["P-4", null]);
  await happens("M-1", "2026-02-02", "contract", { lines: [{ line: 1, pieces: 1 }] });
  expect(await ledger(db, "fra-money")).toBe("66667 allocated, 33333 disbursed");
  await happens("M-1", "2026-02-03", "dispatch");
  expect(await ledger(db, "fra-money")).toBe("100000 disbursed");
  await happens("M-1", "2026-02-04", "hand-over", { lines: [{ line: 1, pieces: 2 }] });
  await happens("M-1", "2026-02-05", "confirm", { lines: [{ line: 1, pieces: 2 }] });
  expect(await ledger(db, "fra-money")).toBe("33333 disbursed, 66667 acknowledged");
  await happens("M-1", "2026-02-06", "lose", { reason: "Stolen" });
  expect(await ledger(db, "fra-money")).toBe("66667 acknowledged");
});

test("parts are split off and merged in the states in which they are, and the ledger doesn't move", async () => {
  await made("S-1", ["P-5", 30]);
  await happens("S-1", "2026-02-02", "dispatch", { lines: [{ line: 1, pieces: 20 }] });
  await happens("S-1", "2026-02-02", "arrive", { lines: [{ line: 1, pieces: 5 }] });
  const before = await ledger(db, "pol-ambulances");
  const order = { into: "S-2", on: "2026-02-03", lines: [{ line: 1, pieces: 8 }] };
  await splitConsignment(db, placedBook, "S-1", order, doingOn("2026-02-03"));
  expect([await stands(db, "S-1"), await stands(db, "S-2")]).toEqual([
    "12 dispatched, 10 planned",
    "5 at-hub, 3 dispatched",
  ]);
  await mergeConsignments(db, placedBook, "S-2", { consignments: ["S-1"], on: "2026-02-04" }, doingOn("2026-02-04"));
  expect([await stands(db, "S-1"), await stands(db, "S-2")]).toEqual(["", "5 at-hub, 15 dispatched, 10 planned"]);
  expect(await ledger(db, "pol-ambulances")).toBe(before);
});

describe("what is refused", () => {
  test.each([
    ["C-1", { event: "fly" }, "unknown_delivery_event"],
    ["C-9", { event: "dispatch" }, "unknown_consignment"],
    ["C-2", { event: "hand-over" }, "event_out_of_order"],
    ["C-2", { event: "use" }, "event_out_of_order"],
    ["C-2", { event: "dispatch", lines: [{ line: 1, pieces: 6 }] }, "more_than_stands_there"],
    ["C-2", { event: "dispatch", lines: [{ line: 1, pieces: 0 }] }, "consignment_lines_invalid"],
    ["C-2", { event: "dispatch", lines: [{ line: 1, pieces: 1.5 }] }, "consignment_lines_invalid"],
    [
      "C-2",
      {
        event: "dispatch",
        lines: [
          { line: 1, pieces: 1 },
          { line: 1, pieces: 1 },
        ],
      },
      "consignment_lines_invalid",
    ],
    ["C-2", { event: "dispatch", lines: [{ line: 2, pieces: 1 }] }, "unknown_consignment_line"],
    ["C-2", { event: "dispatch", on: "2026-01-31" }, "event_out_of_order"],
    ["C-2", { event: "dispatch", on: "2026-05-01" }, "event_in_the_future"],
    ["C-2", { event: "dispatch", on: "soon" }, "invalid_date"],
    ["C-2", { event: "dispatch", side: "recipient" }, "event_of_the_other_side"],
    ["C-1", { event: "confirm", side: "donor" }, "event_of_the_other_side"],
    ["C-2", { event: "dispatch", source: "nobody" }, "unknown_source"],
    ["C-2", { event: "return" }, "event_without_reason"],
  ] satisfies (readonly [string, EventOrder, string])[])("%s: %o is %s", async (consignment, order, code) => {
    const before = await stands(db, "C-2");
    await expect(enterEvent(db, placedBook, consignment, order, doingOn("2026-04-01"))).rejects.toMatchObject({ code });
    expect(await stands(db, "C-2")).toBe(before);
  });

  test.each([
    ["C-1", "P-5", "consignment_exists_already"],
    ["C 1", "P-5", "parameter_invalid"],
    ["C-4", "P-9", "unknown_placement"],
  ])("a consignment %s of %s is %s", async (id, placement, code) => {
    await expect(made(id, [placement, 1])).rejects.toMatchObject({ code });
  });

  test("one of two streams", async () => {
    await expect(made("C-4", ["P-5", 1], ["P-3", 1])).rejects.toMatchObject({ code: "consignment_of_several_streams" });
    await expect(made("C-4", ["P-5", 0])).rejects.toMatchObject({ code: "consignment_lines_invalid" });
    await expect(made("C-4")).rejects.toMatchObject({ code: "consignment_lines_invalid" });
  });

  test("a merge of a consignment with itself, with another stream, or with nothing", async () => {
    const merged = async (into: string, ...consignments: string[]) =>
      mergeConsignments(db, placedBook, into, { consignments }, doingOn("2026-04-01"));
    for (const others of [["S-2"], ["T-1"], ["S-1"], []])
      await expect(merged("S-2", ...others)).rejects.toMatchObject({ code: "consignments_cannot_merge" });
  });
});
