import type { Standing } from "#core/delivery/fold.ts";
import { requireBook } from "#app/books.ts";
import { requireCarried, standingOver } from "#app/delivery/carried.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { placedBook } from "../support/placements.ts";

/** A day's work by somebody. */
export function doingOn(day: string, actor = "test") {
  return { now: `${day}T12:00:00.000Z`, actor };
}

/** Where the pieces of a consignment stand, as words: 4 dispatched, 6 planned. */
export async function stands(db: Database, consignment: string, book = placedBook): Promise<string> {
  const { no } = await requireBook(db, book);
  return words(standingOver((await requireCarried(db, no, consignment)).linesNow));
}

export function words(standing: Standing): string {
  return [...standing]
    .map(([state, pieces]) => `${pieces} ${state}`)
    .toSorted((one, other) => (one.split(" ")[1]! < other.split(" ")[1]! ? -1 : 1))
    .join(", ");
}

/** What stands at the stages of an offer's promise: 90 materiel.announced, 10 materiel.allocated. */
export async function ledger(db: Database, offer: string, book = placedBook): Promise<string> {
  const rows = await rowsOf<{ stage: string; balance: string }>(
    db,
    sql`select a.stage, b.balance::text as balance from offer o join book k on k.no = o.book_no join account a on a.promise_no = o.promise_no
        join account_balance b on b.account_no = a.no join stage g on g.id = a.stage
        where o.id = ${offer} and k.slug = ${book} and b.balance > 0 order by g.ordinal`,
  );
  return rows.map(({ stage, balance }) => `${balance} ${stage.split(".")[1]}`).join(", ");
}
