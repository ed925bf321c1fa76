import { classRank } from "#core/bindingness.ts";
import type { Dimension } from "#core/views.ts";
import { rowOf, rowsOf, sql, type Database, type Queries } from "./database.ts";
import type { Cell, FigureQuery } from "./counted.ts";
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
 * Figures are right without it, only slower; so what fails here is left to the next time. Within a transaction it does nothing.
 */
export async function settle(db: Database, postings: number): Promise<void> {
  if (db.isTransaction) return;
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
  "slug" in query.frame.boundary ||
  [query.category, query.stream, query.unit, query.promise].some((word) => word !== undefined);

/** Whether the cube keeps what a figure asks for: by giver, year, month, class in any combination, as the sources valued it, not narrowed further. */
function cubeKeeps(query: FigureQuery, by: readonly Dimension[]): boolean {
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

/** Whom the boundary and the filters leave as givers and receivers, as arrays of row numbers or null for everyone; and the classes. */
function narrowing(query: FigureQuery): RawBuilder<unknown> {
  const { kind } = query.frame.boundary;
  const recipient = sql`select recipient_no from book where no = ${query.bookNo}`;
  const partyKind = kind === "nations" ? "nation" : "organisation";
  const receivers =
    kind === "all" ? recipient : sql`${recipient} union select no from party where kind <> ${partyKind}`;
  const givers = [
    ...(kind === "all" ? [] : [sql`kind = ${partyKind}`]),
    ...(query.donor === undefined ? [] : [sql`id = ${query.donor}`]),
  ];
  const classes = query.classes.length === 0 ? sql`null` : sql`${query.classes.map(classRank)}`;
  return sql`${classes}::smallint[],
    ${givers.length === 0 ? sql`null::integer[]` : sql`array(select no from party where ${sql.join(givers, sql` and `)})`}, array(${receivers})`;
}

const reasons = (unit: string): readonly (string | null)[] => [
  null,
  "no date is given, so it cannot stand as of a day",
  `the source gives no valuation in ${unit}`,
];

type KeptCell = Readonly<{
  donor: string | null;
  class: string | null;
  period: string | null;
  unit: string | null;
  scale: number;
  why: number;
  value: string;
  postings: number;
}>;

/** The day a period begins with, as the period's own name. */
const periodName = (start: string | null, length: number) => start?.slice(0, length) ?? "undated";

/**
 * The cells of a figure the cube keeps, the same as from the postings one by one. Undefined when it cannot say: then the postings are asked.
 * `lump`: what cannot be converted comes by unit and reason alone, without its dimensions, which saves most of the cells.
 */
export async function cubeCells(
  db: Queries,
  query: FigureQuery,
  by: readonly Dimension[],
  lump = false,
): Promise<Cell[] | undefined> {
  if (!cubeKeeps(query, by) || !(await cubeIsReady(db))) return undefined;
  const { frame } = query;
  const grain = by.includes("month") ? "month" : by.includes("year") ? "year" : null;
  const bothGrains = grain === "month" && by.includes("year");
  const order: Readonly<Partial<Record<Dimension, RawBuilder<unknown>>>> = {
    donor: sql`d.id`,
    class: sql`2`,
    year: bothGrains ? sql`date_trunc('year', p.period)` : sql`p.period`,
    month: sql`p.period`,
  };
  const rows = await rowsOf<KeptCell>(
    db,
    sql`select d.id as donor, (array['said', 'bound', 'placed', 'moved', 'received'])[p.class] as class, p.period::text as period,
               u.code as unit, u.scale, p.why, round(p.value)::text as value, p.postings
        from cube_cells(${query.bookNo}, ${frame.asOf}::date, ${frame.knownBefore}::timestamptz, (select no from unit where code = ${frame.unit}), ${grain},
          ${by.includes("donor")}, ${by.includes("class")}, ${lump}, ${narrowing(query)}) p
        left join party d on d.no = p.donor_no left join unit u on u.no = p.unit_no
        order by ${sql.join([...by.flatMap((dimension) => order[dimension] ?? []), sql`u.code`, sql`p.why`])}`,
  );
  if (rows.some((row) => row.unit === null)) return undefined;
  const why = reasons(frame.unit);
  return rows.map((row): Cell => {
    const counts = row.why === 0;
    const name = (dimension: Dimension) => {
      if (dimension === "donor") return row.donor;
      if (dimension === "class") return row.class;
      return periodName(row.period, dimension === "month" ? 7 : 4);
    };
    return {
      dims: lump && !counts ? [] : by.map(name),
      unit: row.unit ?? "",
      scale: row.scale,
      amount: counts ? row.value : null,
      original: counts ? "0" : row.value,
      postings: row.postings,
      reason: why[row.why] ?? null,
    };
  });
}

/** How many sources stand behind a figure the cube keeps. Undefined when it cannot say. */
export async function cubeSources(db: Queries, query: FigureQuery): Promise<number | undefined> {
  if (narrowed(query) || !(await cubeIsReady(db))) return undefined;
  const row = await rowOf<{ sources: number }>(
    db,
    sql`select cube_sources(${query.bookNo}, ${query.frame.knownBefore}::timestamptz, ${narrowing(query)}) as sources`,
  );
  return row?.sources ?? 0;
}
