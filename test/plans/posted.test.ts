import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { constraintOf, rowsOf, sql, type Database } from "#store/database.ts";
import { needOf, offerOf, openPlaced, placingOf } from "../support/placements.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openPlaced({
    needs: [needOf({ id: "N" })],
    offers: [offerOf({ id: "A" }), offerOf({ id: "B" })],
    placements: [placingOf({ id: "P-A", offer: "A", need: "N", pieces: 10 })],
  }));
});
afterAll(() => close());

/** A placement put straight into the table, by a posting that is there: that of P-A, or the one by which an offer was said. */
async function inserted(change: Readonly<{ offer: string; quantity: number; posting: "placed" | "said" }>) {
  return rowsOf(
    db,
    sql`insert into placement (book_no, id, offer_no, need_no, item, hub, due_from, due_until, pieces, quantity, posting_no, known_at, source_no, actor)
        select p.book_no, 'straight-in', o.no, p.need_no, p.item, p.hub, p.due_from, p.due_until, ${change.quantity}, ${change.quantity},
               case when ${change.posting} = 'placed' then p.posting_no
                    else (select min(s.no) from posting s where s.promise_no = o.promise_no) end, p.known_at, p.source_no, 'somebody'
        from placement p, offer o where p.id = 'P-A' and o.id = ${change.offer} and o.book_no = p.book_no`,
  ).then(
    () => "placed",
    (error: unknown) => constraintOf(error),
  );
}

describe("a placement put into the table by hand is refused", () => {
  test.each([
    ["by a posting that places already", { offer: "A", quantity: 10, posting: "placed" }, "placement_posting"],
    ["by a posting of another offer", { offer: "B", quantity: 10, posting: "placed" }, "placement_posting"],
    ["by the posting that says what is offered", { offer: "A", quantity: 100, posting: "said" }, "placement_is_posted"],
    ["of more than was posted", { offer: "B", quantity: 1000, posting: "said" }, "placement_is_posted"],
  ] as const)("%s", async (_, change, constraint) => {
    expect(await inserted(change)).toBe(constraint);
  });
});
