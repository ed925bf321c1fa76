import { afterAll, beforeAll, expect, test } from "vitest";
import { enterEvent } from "#app/delivery/event.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { instanceOf } from "#app/planning/instance.ts";
import type { Database } from "#store/database.ts";
import { doingOn } from "../delivery/support.ts";
import { needOf, offerOf, openPlaced, placedBook, placingOf } from "../support/placements.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openPlaced({
    needs: [needOf({ id: "ambulances" })],
    offers: [offerOf({ id: "pol-ambulances" })],
    placements: [placingOf({ id: "P-1", offer: "pol-ambulances", need: "ambulances" })],
  }));
});
afterAll(() => close());

/** What is asked for and offered still, as planned at noon of a day. */
async function left(day: string): Promise<[asked: number | undefined, offered: number | undefined]> {
  const asked = { from: "2026-01-01", until: "2026-12-31", knownAt: `${day}T12:00:00Z` };
  const { needs, offers } = await instanceOf(db, placedBook, asked);
  return [needs[0]?.quantity, offers[0]?.quantity];
}

test("what was lost on the way is planned anew, and does not come back to its offer", async () => {
  const lines = [{ placement: "P-1", pieces: 10 }];
  const consignment = { id: "C-1", title: "Ten ambulances", on: "2026-02-01", lines };
  await newConsignment(db, placedBook, consignment, doingOn("2026-02-01"));
  expect(await left("2026-02-02")).toEqual([90, 90]);
  const happens = (event: string, day: string, pieces: number) =>
    enterEvent(
      db,
      placedBook,
      "C-1",
      { event, on: day, lines: [{ line: 1, pieces }], reason: "As reported" },
      doingOn(day),
    );
  await happens("dispatch", "2026-02-03", 10);
  await happens("lose", "2026-02-04", 4);
  await happens("return", "2026-02-05", 1);
  expect(await left("2026-02-06")).toEqual([94, 90]);
  expect(await left("2026-02-03")).toEqual([90, 90]);
});
