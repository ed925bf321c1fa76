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
    await rowsOf(
      db,
      sql`vacuum (analyze) posting, account, account_balance, promise, reading, cube_delta, cube_cell, cube_source`,
    );
  } catch {
    // A cancelled statement or a lost connection: the postings themselves are committed.
  }
}

const narrowed = (query: FigureQuery) =>
  query.frame.boundary.kind === "group" ||
  [query.category, query.stream, query.unit, query.promise].some((word) => word !== undefined);

/** Whether the cube keeps what a figure asks for: by giver, year, month, class in any combination, as the sources valued it, not narrowed further. */
export function cubeKeeps(query: FigureQuery, by: readonly Dimension[]): boolean {
  return (
    !narrowed(query) && query.frame.basis.kind === "as-reported" && by.every((dimension) => kept.includes(dimension))
  );
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

/** What a figure that the cube keeps is grouped by, in numbers, which are cheaper to group than their names; null where not asked for. */
function groupColumns(by: readonly Dimension[]): RawBuilder<unknown> {
  const dated = by.includes("year") || by.includes("month");
  return sql`${by.includes("donor") ? sql`p.donor_no` : sql`null::int as donor_no`}, ${by.includes("class") ? sql`p.class` : sql`null::smallint as class`},
    ${dated ? sql`p.effective_on` : sql`null::date as effective_on`}`;
}

const noDate = "no date is given, so it cannot stand as of a day";

type KeptCell = Readonly<
  { unit: string | null; scale: number; amount: string; original: string; postings: number; why: number } & Record<
    string,
    unknown
  >
>;

/** The cells of a figure the cube keeps, the same as from the postings one by one. Undefined when it cannot say: then the postings are asked. */
export async function cubeCells(
  db: Queries,
  query: FigureQuery,
  by: readonly Dimension[],
): Promise<Cell[] | undefined> {
  if (!cubeKeeps(query, by) || !(await cubeIsReady(db))) return undefined;
  const { frame } = query;
  const names = by.map((dimension, index) => sql`${dimensionColumns[dimension]} as ${sql.ref(`dim${index}`)}, `);
  const rows = await rowsOf<KeptCell>(
    db,
    sql`with wanted as (select no, scale from unit where code = ${frame.unit}),
        line as (
          select ${groupColumns(by)}, p.unit_no, p.quantity, p.postings,
                 case when p.reported_unit_no = (select no from wanted) then p.reported
                      when p.unit_no = (select no from wanted) then p.quantity * (select 10::numeric ^ (6 - scale) from wanted) end as amount,
                 ${frame.asOf === null ? sql`false` : sql`p.effective_on is null`} as undated
          from cube_sums(${query.bookNo}, ${frame.asOf}::date, ${frame.knownBefore}::timestamptz, ${by.includes("month") ? "month" : "year"}) p
          join party d on d.no = p.donor_no where ${narrowing(query)}
        ), summed as (
          select donor_no, class, effective_on, why, case when why = 0 then (select no from wanted) else unit_no end as unit_no,
                 sum(amount) as amount, sum(quantity) as original, sum(postings) as postings
          from (select *, case when undated then 1 when amount is null then 2 else 0 end as why from line) as judged group by 1, 2, 3, 4, 5
        )
        select ${sql.join(names, sql``)} u.code as unit, u.scale, round(p.amount)::text as amount, p.original::text as original,
               p.postings::int as postings, p.why
        from summed p left join party d on d.no = p.donor_no left join unit u on u.no = p.unit_no
        order by ${sql.join([...by.map((_, index) => sql.lit(index + 1)), sql`u.code`])}`,
  );
  const reasons = [null, noDate, `the source gives no valuation in ${frame.unit}`];
  const cells = rows.map(({ unit, scale, amount, original, postings, why, ...rest }): Cell | undefined => {
    const dims = by.map((_, index) => rest[`dim${index}`] as string);
    return unit === null
      ? undefined
      : { dims, unit, scale, amount: why === 0 ? amount : null, original, postings, reason: reasons[why] ?? null };
  });
  const sayable = cells.filter((cell) => cell !== undefined);
  return sayable.length === cells.length ? sayable : undefined;
}

/** How many sources stand behind a figure the cube keeps. Undefined when it cannot say. */
export async function cubeSources(db: Queries, query: FigureQuery): Promise<number | undefined> {
  if (narrowed(query) || !(await cubeIsReady(db))) return undefined;
  const known = query.frame.knownBefore;
  const row = await rowOf<{ sources: number }>(
    db,
    sql`select count(*)::int as sources from source s where exists (
          select from cube_source p join party d on d.no = p.donor_no
          where p.book_no = ${query.bookNo} and p.source_no = s.no and ${known === null ? sql`true` : sql`p.known_from < ${known}::timestamptz`}
            and ${narrowing(query)}
        ) or s.no in (
          select p.source_no from posting p join unit u on u.no = p.unit_no and u.kind = 'currency' join party d on d.no = p.donor_no
          where p.no > (select through from cube_state) and p.book_no = ${query.bookNo} and p.class is not null
            and ${known === null ? sql`true` : sql`p.known_at < ${known}::timestamptz`} and ${narrowing(query)})`,
  );
  return row?.sources ?? 0;
}
