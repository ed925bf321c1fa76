import { rowsOf, sql, type Queries } from "../database.ts";

/** The names of parties by their ids. */
export async function partyNames(db: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsOf<{ id: string; name: string }>(
    db,
    sql`select id, name from party where id = any (${ids}::text[])`,
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}
