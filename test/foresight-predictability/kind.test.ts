import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enterEvent } from "#app/delivery/event.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { predictability } from "#app/foresight/predictability.ts";
import type { IndicatorFigure, IndicatorId } from "#core/views-predictability.ts";
import type { Database } from "#store/database.ts";
import { doingOn } from "../delivery/support.ts";
import { needOf, offerOf, openPlaced, placedBook, placingOf } from "../support/placements.ts";

// Support in kind: placements with a need as dues, consignments as what arrives, in a book of its own.

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openPlaced({
    needs: [needOf({ id: "ambulances" })],
    offers: [
      offerOf({ id: "in-time" }),
      offerOf({ id: "in-part", giver: "deu" }),
      offerOf({ id: "not-yet", giver: "fra" }),
    ],
    placements: ["in-time", "in-part", "not-yet"].map((id) =>
      placingOf({ id: `P-${id}`, offer: id, need: "ambulances" }),
    ),
  }));
  await carried("in-time", 10);
  await carried("in-part", 4);
});
afterAll(() => close());

/** Loads what is placed of an offer, and hands some of it over on 20 March 2026. */
async function carried(id: string, pieces: number): Promise<void> {
  const doing = doingOn("2026-03-25");
  await newConsignment(
    db,
    placedBook,
    { id, title: id, on: "2026-03-01", lines: [{ placement: `P-${id}`, pieces: null }] },
    doing,
  );
  for (const [event, on] of [
    ["dispatch", "2026-03-02"],
    ["hand-over", "2026-03-20"],
  ] as const)
    await enterEvent(db, placedBook, id, { event, on, lines: [{ line: 1, pieces }] }, doing);
}

async function figure(
  id: string | null,
  indicator: IndicatorId,
  knownAt: string,
  period = "2026-01-15/2026-12-31",
): Promise<IndicatorFigure> {
  const view = await predictability(db, { book: placedBook, periods: [period], unit: "item:ambulance", knownAt });
  const row = id === null ? view.periods[0]?.all : view.periods[0]?.rows.find((one) => one.id === id);
  const found = row?.figures.find((one) => one.indicator === indicator);
  if (found === undefined) throw new Error(`no ${indicator} of ${id}`);
  return found;
}

describe("placements are dues by the last day of their window, in pieces", () => {
  test("what was handed over of them has arrived, each giver's apart", async () => {
    const of = async (id: string | null) => (await figure(id, "annual", "2026-04-30")).exact;
    expect([await of("pol"), await of("deu"), await of("fra"), await of(null)]).toEqual(["1", "2/5", "0", "7/15"]);
  });
  test("they are not scheduled for a period that began before they were placed", async () => {
    expect(await figure("pol", "annual", "2026-04-30", "2026")).toMatchObject({
      state: "not-scheduled",
      lines: [
        { what: "Scheduled during the period", value: "10" },
        { what: "Arrived of that", value: "10" },
      ],
    });
  });
  test("before the hand-over was on record nothing had arrived", async () => {
    expect((await figure(null, "annual", "2026-03-24", "2026-01-15/2026-03-31")).state).toBe("not-scheduled");
    expect((await figure(null, "annual", "2026-04-01", "2026-01-15/2026-03-31")).exact).toBe("7/15");
  });
  test("what is still to come is late by the days since the window closed", async () => {
    expect(await figure("pol", "lateness", "2026-04-30")).toMatchObject({ value: "0", reason: null });
    expect(await figure("fra", "lateness", "2026-04-30")).toMatchObject({
      value: "30",
      reason: expect.stringContaining("still open") as string,
    });
  });
  test("a need is covered for the part of its months that is placed", async () => {
    // 30 of 100 ambulances, from January to December.
    expect((await figure(null, "forward-coverage", "2026-04-30", "2026-01-15/2026-04-30")).exact).toBe("18/5");
    expect((await figure("pol", "forward-coverage", "2026-04-30")).state).toBe("unknown");
  });
});
