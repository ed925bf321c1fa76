import type { Need } from "#core/planning/record.ts";
import { rowsOf, sql, type Queries } from "../database.ts";
import { lastVersions, type Stored } from "./versions.ts";

export type StoredNeed = Stored<Need, "stated" | "withdrawn">;

/** A book's needs as known before an instant, withdrawn ones too, in the order of their ids; all of them, or those named. */
export async function needsOf(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
  ids?: readonly string[],
): Promise<StoredNeed[]> {
  return lastVersions<Need, StoredNeed["state"]>(db, "need", bookNo, { knownBefore, ids });
}

/** Enters ids of needs and returns their row numbers by id. None of them is there yet. */
export async function insertNeeds(trx: Queries, bookNo: number, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await rowsOf<{ id: string; no: number }>(
    trx,
    sql`insert into need (book_no, id) select ${bookNo}, l.id from unnest(${ids}::text[]) with ordinality as l(id, position)
        order by l.position returning id, no`,
  );
  return new Map(rows.map((row) => [row.id, row.no]));
}
