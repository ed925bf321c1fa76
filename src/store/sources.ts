import { countedPostings, type FigureQuery } from "./counted.ts";
import { cubeSources } from "./cube.ts";
import { rowOf, sql, type Queries } from "./database.ts";

/** How many sources stand behind the postings a figure counts. */
export async function countSources(db: Queries, query: FigureQuery): Promise<number> {
  const kept = await cubeSources(db, query);
  if (kept !== undefined) return kept;
  const { from, where } = countedPostings(query);
  const row = await rowOf<{ sources: number }>(
    db,
    sql`select count(distinct p.source_no)::int as sources from ${from} where ${where}`,
  );
  return row?.sources ?? 0;
}
