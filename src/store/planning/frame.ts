import type { PlanningFrame } from "#core/planning/frame.ts";
import type { SourceRef } from "#core/views.ts";
import { sourceRef } from "../books.ts";
import { rowOf, rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";

export type StoredFrame = Readonly<{
  seq: number;
  body: PlanningFrame;
  knownAt: string;
  actor: string;
  source: SourceRef;
}>;

/** The capacities and prices of a book as known before an instant (null: the last); undefined where none were entered. */
export async function lastFrame(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
): Promise<StoredFrame | undefined> {
  const known = cut(sql`f.known_at`, knownBefore);
  return rowOf<StoredFrame>(
    db,
    sql`select f.seq, f.body, f.known_at as "knownAt", f.actor, ${sourceRef} as source
        from planning_frame f join source s on s.no = f.source_no where f.book_no = ${bookNo} and ${known} order by f.seq desc limit 1`,
  );
}

/** Enters a further version; the caller holds the lock of the book's planning. */
export async function insertFrame(
  trx: Queries,
  bookNo: number,
  body: PlanningFrame,
  by: Readonly<{ knownAt: string; sourceNo: number; actor: string }>,
): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into planning_frame (book_no, seq, body, known_at, source_no, actor)
        select ${bookNo}, coalesce(max(seq), 0) + 1, ${JSON.stringify(body)}::jsonb, ${by.knownAt}::timestamptz, ${by.sourceNo}, ${by.actor}
        from planning_frame where book_no = ${bookNo}`,
  );
}
