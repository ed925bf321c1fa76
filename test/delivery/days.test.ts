import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enterEvent } from "#app/delivery/event.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { receiveAt } from "#app/delivery/receive.ts";
import { dayItCounts } from "#core/delivery/ledger.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { needOf, offerOf, openPlaced, placedBook, placingOf } from "../support/placements.ts";
import { doingOn, ledger, stands } from "./support.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openPlaced({
    needs: [needOf({ id: "ambulances" })],
    offers: ["early", "in-parts", "signed"].map((id) => offerOf({ id })),
    placements: ["early", "in-parts", "signed"].map((id) =>
      placingOf({ id: `P-${id}`, offer: id, need: "ambulances" }),
    ),
  }));
});
afterAll(() => close());

const event = async (id: string, kind: string, on: string, pieces?: number) =>
  enterEvent(
    db,
    placedBook,
    id,
    { event: kind, on, lines: pieces === undefined ? undefined : [{ line: 1, pieces }] },
    doingOn("2026-03-20"),
  );
const carries = async (id: string, on: string) =>
  newConsignment(
    db,
    placedBook,
    { id, title: id, on, lines: [{ placement: `P-${id}`, pieces: null }] },
    doingOn("2026-03-20"),
  );

/** The lowest that any stage of an offer's promise stands at on any day, as the ledger has it by the days that its postings count from. */
async function lowest(offer: string): Promise<number> {
  const [row] = await rowsOf<{ least: number }>(
    db,
    sql`with step as (
          select a.no, p.effective_on, case when p.debit_account = a.no then p.quantity else -p.quantity end as change
          from offer o join account a on a.promise_no = o.promise_no join posting p on a.no in (p.debit_account, p.credit_account) where o.id = ${offer}
        ), by_day as (select no, effective_on, sum(change) as change from step group by no, effective_on)
        select min(stands)::float8 as least from (select sum(change) over (partition by no order by effective_on) as stands from by_day) s`,
  );
  return row?.least ?? Number.NaN;
}

describe("on no day does less than nothing stand at a stage", () => {
  test("where something was dispatched before it was put on record as placed", async () => {
    await carries("early", "2025-12-01");
    await event("early", "dispatch", "2025-12-02");
    expect(await lowest("early")).toBe(0);
    expect(await ledger(db, "early")).toBe("90 announced, 10 dispatched");
  });

  test("where parts are handed over before they all have left", async () => {
    await carries("in-parts", "2026-03-01");
    await event("in-parts", "dispatch", "2026-03-02", 4);
    await event("in-parts", "dispatch", "2026-03-12", 6);
    await event("in-parts", "hand-over", "2026-03-05", 10);
    await receiveAt(db, placedBook, "in-parts", { lines: null, on: "2026-03-06" }, doingOn("2026-03-20", "recipient"));
    expect(await lowest("in-parts")).toBe(0);
    expect(await stands(db, "in-parts")).toBe("10 confirmed");
  });

  test("a receipt of a day on which nothing had left yet is refused, one of the day it left is not", async () => {
    await carries("signed", "2026-03-01");
    await event("signed", "dispatch", "2026-03-10");
    const received = async (on: string) =>
      receiveAt(db, placedBook, "signed", { lines: [{ line: 1, pieces: 10 }], on }, doingOn("2026-03-20", "recipient"));
    await expect(received("2026-03-09")).rejects.toMatchObject({
      code: "event_out_of_order",
      found: "received on 2026-03-09; line 1 left on 2026-03-10",
      place: { field: "on" },
    });
    expect(await stands(db, "signed")).toBe("10 dispatched");
    await received("2026-03-10");
    expect(await lowest("signed")).toBe(0);
    expect(await ledger(db, "signed")).toBe("90 announced, 10 confirmed");
  });
});

describe("the day that a step counts from", () => {
  const changes = [
    { on: "2026-03-01", change: 4n },
    { on: "2026-03-10", change: 6n },
    { on: "2026-03-12", change: -3n },
  ];
  test.each([
    [1n, "2026-03-05", "2026-03-05"], // as reported, where enough is there from then on
    [1n, "2026-02-01", "2026-03-01"],
    [5n, "2026-03-05", "2026-03-10"],
    [7n, "2026-03-20", "2026-03-20"],
    [7n, "2026-03-11", "2026-03-11"],
    [8n, "2026-03-11", "2026-03-11"], // more than stays: the ledger itself refuses it
  ])("%s pieces reported on %s count from %s", (quantity, on, day) => {
    expect(dayItCounts(changes, quantity, on)).toBe(day);
  });
});
