import type { Stream } from "#core/bindingness.ts";
import type { SourceRef } from "#core/views.ts";
import { sourceRef } from "../books.ts";
import { rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";

export type StoredConsignment = Readonly<{
  no: number;
  id: string;
  stream: Stream;
  title: string;
  hub: string;
  carrier: string | null;
  note: string;
  knownAt: string;
  recordedAt: string;
  source: SourceRef;
}>;

/** A book's consignments as known before an instant (null: all), in the order of their ids: all, or those named. */
export async function consignmentsOf(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
  ids?: readonly string[],
): Promise<StoredConsignment[]> {
  const named = ids === undefined ? sql`true` : sql`c.id = any (${ids}::text[])`;
  return rowsOf<StoredConsignment>(
    db,
    sql`select c.no, c.id, c.stream, c.title, c.hub, c.carrier, c.note, c.known_at as "knownAt", c.recorded_at as "recordedAt", ${sourceRef} as source
        from consignment c join source s on s.no = c.source_no
        where c.book_no = ${bookNo} and ${cut(sql`c.known_at`, knownBefore)} and ${named} order by c.id collate "C"`,
  );
}

export type NewConsignment = Readonly<{
  id: string;
  stream: Stream;
  title: string;
  hub: string;
  carrier: string | null;
  note: string;
}>;

/** Enters a consignment and returns its number; undefined where one of its name is there. */
export async function insertConsignment(
  trx: Queries,
  bookNo: number,
  made: NewConsignment,
  by: Readonly<{ knownAt: string; sourceNo: number; actor: string }>,
): Promise<number | undefined> {
  const [row] = await rowsOf<{ no: number }>(
    trx,
    sql`insert into consignment (book_no, id, stream, title, hub, carrier, note, known_at, source_no, actor)
        values (${bookNo}, ${made.id}, ${made.stream}, ${made.title}, ${made.hub}, ${made.carrier}, ${made.note}, ${by.knownAt}::timestamptz,
                ${by.sourceNo}, ${by.actor})
        on conflict (book_no, id) do nothing returning no`,
  );
  return row?.no;
}

/** Adds lines for placements that the consignment has none for, numbered on from its last. */
export async function ensureLines(
  trx: Queries,
  bookNo: number,
  consignmentNo: number,
  placements: readonly number[],
): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into consignment_line (consignment_no, book_no, seq, placement_no)
        select ${consignmentNo}, ${bookNo}, row_number() over (order by l.position) + coalesce((select max(seq) from consignment_line where consignment_no = ${consignmentNo}), 0),
               l.placement_no
        from unnest(${placements}::bigint[]) with ordinality as l(placement_no, position)
        where not exists (select from consignment_line o where o.consignment_no = ${consignmentNo} and o.placement_no = l.placement_no)`,
  );
}
