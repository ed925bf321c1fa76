import { classRank } from "#core/bindingness.ts";
import type { Dimension } from "#core/views.ts";
import { rowOf, rowsOf, sql, type Database, type Queries } from "./database.ts";
import { boundaryConditions, dimensionColumns, type Cell, type FigureQuery } from "./counted.ts";
import type { RawBuilder } from "kysely";

/** Postings after the last refresh that a figure reads one by one before the cube is refreshed. */
const longestTail = 10_000;
const kept: readonly Dimension[] = ["donor", "year", "month", "class"];

/** Takes every posting committed before into the cube. Returns how many; null when someone is just posting, and it is left to the next. */
export async function refreshCube(db: Queries): Promise<number | null> {
  const row = await rowOf<{ taken: number | null }>(db, sql`select refresh_cube() as taken`);
  return row?.taken ?? null;
}

/**
 * After postings were committed, outside of any transaction: refreshes the cube and, after many, what the planner knows of the tables.
 * Figures are right without it, only slower; so what fails here is left to the next time.
 */
export async function settle(db: Database, postings: number): Promise<void> {
  try {
    await refreshCube(db);
    if (postings < 1000) return;
    await rowsOf(db, sql`vacuum (analyze) posting, account, account_balance, promise, reading, cube_delta, cube_cell, cube_source`);
  } catch {
    // A cancelled statement or a lost connection: the postings themselves are committed.
  }
}

const narrowed = (query: FigureQuery) =>
  query.frame.boundary.kind === "group" ||
  [query.category, query.stream, query.unit, query.promise].some((word) => word !== undefined);

/** Whether the cube keeps what a figure asks for: by giver, year, month, class in any combination, as the sources valued it, not narrowed further. */
export function cubeKeeps(query: FigureQuery, by: readonly Dimension[]): boolean {
  return !narrowed(query) && query.frame.basis.kind === "as-reported" && by.every((dimension) => kept.includes(dimension));
}

/** Whether the cube is filled and fresh enough; refreshes it when too many postings came after. */
async function cubeIsReady(db: Queries): Promise<boolean> {
  const state = () =>
    rowOf<{ through: number; tail: number }>(
      db,
      sql`select through, coalesce((select max(no) from posting), 0) - through as tail from cube_state`,
    );
  const before = await state();
  if (before === undefined) return false;
  if (before.tail <= longestTail) return before.through > 0;
  if (db.isTransaction || (await refreshCube(db)) === null) return false;
  return true;
}

function narrowing(query: FigureQuery): RawBuilder<unknown> {
  const conditions = [...boundaryConditions(query)];
  if (query.classes.length > 0) conditions.push(sql`p.class = any(${query.classes.map(classRank)}::smallint[])`);
  if (query.donor !== undefined) conditions.push(sql`d.id = ${query.donor}`);
  return sql.join(conditions, sql` and `);
}

/** The cells of a figure the cube keeps, the same as from the postings one by one. Undefined when it cannot say: then the postings are asked. */
export async function cubeCells(db: Queries, query: FigureQuery, by: readonly Dimension[]): Promise<Cell[] | undefined> {
  if (!cubeKeeps(query, by) || !(await cubeIsReady(db))) return undefined;
  const { frame } = query;
  const dims = by.map((dimension) => dimensionColumns[dimension]);
  const dimArray = dims.length === 0 ? sql`'{}'::text[]` : sql`array[${sql.join(dims)}]::text[]`;
  const undated = frame.asOf === null ? sql`null` : sql`case when p.effective_on is null then 'no date is given, so it cannot stand as of a day' end`;
  const rows = await rowsOf<Omit<Cell, "unit" | "scale"> & { unit: string | null; scale: number | null }>(
    db,
    sql`with line as (
          select ${dimArray} as dims, u.code, u.scale, p.quantity, p.postings, ${undated} as why,
                 case when ru.code = ${frame.unit} then p.reported
                      when u.code = ${frame.unit} then p.quantity * 10::numeric ^ (6 - u.scale) end as amount
          from cube_sums(${query.bookNo}, ${frame.asOf}::date, ${frame.knownBefore}::timestamptz, ${by.includes("month") ? "month" : "year"}) p
          join party d on d.no = p.donor_no left join unit u on u.no = p.unit_no left join unit ru on ru.no = p.reported_unit_no
          where ${narrowing(query)}
        ), valued as (
          select dims, code, scale, quantity, postings, case when why is null then amount end as amount,
                 coalesce(why, case when amount is null then 'the source gives no valuation in ' || ${frame.unit} end) as reason
          from line
        )
        select dims, case when reason is null then ${frame.unit} else code end as unit,
               case when reason is null then (select scale from unit where code = ${frame.unit}) else scale end as scale,
               round(sum(amount))::text as amount, sum(quantity)::text as original, sum(postings)::int as postings, reason
        from valued group by 1, 2, 3, reason order by 1, 2`,
  );
  const cells = rows.filter((row): row is Cell => row.unit !== null && row.scale !== null);
  return cells.length === rows.length ? cells : undefined;
}

/** How many sources stand behind a figure the cube keeps. Undefined when it cannot say. */
export async function cubeSources(db: Queries, query: FigureQuery): Promise<number | undefined> {
  if (narrowed(query) || !(await cubeIsReady(db))) return undefined;
  const known = query.frame.knownBefore;
  const row = await rowOf<{ sources: number }>(
    db,
    sql`select count(distinct p.source_no)::int as sources from (
          select source_no, donor_no, recipient_no, class, known_from from cube_source where book_no = ${query.bookNo}
          union all
          select t.source_no, t.donor_no, t.recipient_no, t.class, t.known_at from posting t join unit u on u.no = t.unit_no and u.kind = 'currency'
          where t.no > (select through from cube_state) and t.book_no = ${query.bookNo} and t.class is not null) p
        join party d on d.no = p.donor_no
        where ${known === null ? sql`true` : sql`p.known_from < ${known}::timestamptz`} and ${narrowing(query)}`,
  );
  return row?.sources ?? 0;
}

