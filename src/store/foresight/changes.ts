import { rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";

/** A release taken into a book; the world could know it from its day of publication on. */
export type ReleaseTaken = Readonly<{ name: string; rows: number; knownAt: string; recordedAt: string }>;

export async function releasesTaken(db: Queries, bookNo: number, knownBefore: string | null): Promise<ReleaseTaken[]> {
  const known = sql`(r.published_on::timestamp at time zone 'UTC')`;
  return rowsOf<ReleaseTaken>(
    db,
    sql`select r.name, r.rows, ${known} as "knownAt", r.recorded_at as "recordedAt" from release r
        where r.book_no = ${bookNo} and ${cut(known, knownBefore)} order by r.no`,
  );
}

/** Pieces that a recipient signed for at one time. */
export type Signature = Readonly<{
  consignment: string;
  title: string;
  on: string;
  pieces: string;
  knownAt: string;
  recordedAt: string;
}>;

export async function signatures(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
  confirmed: readonly string[],
): Promise<Signature[]> {
  return rowsOf<Signature>(
    db,
    sql`select c.id as consignment, c.title, e.on_day as "on", sum(m.pieces)::text as pieces, e.known_at as "knownAt", e.recorded_at as "recordedAt"
        from consignment c join delivery_event e on e.consignment_no = c.no join delivery_move m on m.event_no = e.no
        where c.book_no = ${bookNo} and e.side = 'recipient' and m.to_state = any (${confirmed}::text[])
          and m.from_state <> all (${confirmed}::text[]) and ${cut(sql`e.known_at`, knownBefore)}
        group by e.no, c.id, c.title order by e.no`,
  );
}
