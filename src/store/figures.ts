import type { BindingClass } from "#core/bindingness.ts";
import type { CoverageState } from "#core/entries.ts";
import { maximumRateAgeDays } from "#core/frame.ts";
import type { Dimension } from "#core/views.ts";
import { rowsOf, sql, type Queries } from "./database.ts";
import { countedPostings, membershipDay, dimensionColumns, type Cell, type FigureQuery } from "./counted.ts";
import { cubeCells } from "./cube.ts";
import { isShown } from "./parties.ts";
import { membersUnder } from "./takeovers.ts";
import type { RawBuilder } from "kysely";

export type { Cell, FigureQuery } from "./counted.ts";

/**
 * Sums the counted postings by the dimensions asked. A cell stands for one way of converting: amounts that cannot be converted come as
 * cells of their own with the reason and the original sum, never as zero. Where the cube keeps what is asked it is taken from there.
 * `lump`: the dimensions of what cannot be converted are not needed, only its units and reasons.
 */
export async function sumCells(
  db: Queries,
  query: FigureQuery,
  by: readonly Dimension[],
  lump = false,
): Promise<Cell[]> {
  return (await cubeCells(db, query, by, lump)) ?? sumPostings(db, query, by);
}

/** The same from the postings one by one, whatever is asked. */
export async function sumPostings(db: Queries, query: FigureQuery, by: readonly Dimension[]): Promise<Cell[]> {
  const dims = by.map((dimension) => dimensionColumns[dimension]);
  const group = by.includes("group")
    ? sql`cross join lateral (
        select g.slug from membership m join party_group g on g.no = m.group_no
        where m.party_no = p.donor_no and m.valid @> ${membershipDay(query)} and ${isShown("g", query.bookNo)}
        group by g.slug) grp`
    : sql``;
  const rows = await rowsOf<Cell>(
    db,
    sql`with ${valuedPostings(query, dims, group)}
        select dims, code as unit, scale, round(sum(amount))::text as amount, sum(quantity)::text as original, count(*)::int as postings, reason
        from valued group by dims, code, scale, reason order by dims, code`,
  );
  return rows;
}

/**
 * The common tables `counted` and `valued`: every posting a figure counts, signed, with the given columns as text in `dims`, its `amount`
 * in whole millionths of the frame's unit, or the `reason` there is none. The one rule of conversion: every figure and every list is
 * drawn from it. Each posting is rounded by itself, so that the sum over any partition is the whole.
 */
export function valuedPostings(
  query: FigureQuery,
  dims: readonly RawBuilder<unknown>[],
  joins: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> {
  const counted = countedPostings(query);
  const dimArray = dims.length === 0 ? sql`'{}'::text[]` : sql`array[${sql.join(dims)}]::text[]`;
  return sql`counted as (
      select ${dimArray} as dims, u.no as unit_no, u.code, u.scale, p.effective_on,
             p.sign * p.quantity as quantity, p.sign * p.reported as reported, ru.code as reported_code
      from ${counted.from} left join unit ru on ru.no = p.reported_unit_no ${joins} where ${counted.where}
    ), ${valued(query)}`;
}

function valued(query: FigureQuery): RawBuilder<unknown> {
  const { frame } = query;
  const outOfDate =
    frame.asOf === null
      ? sql`null`
      : sql`case when effective_on is null then 'no date is given, so it cannot stand as of a day' end`;
  const dated = frame.asOf === null ? sql`true` : sql`(effective_on is null or effective_on <= ${frame.asOf}::date)`;
  if (frame.basis.kind === "as-reported") {
    return sql`valued as (
      select dims, code, scale, quantity, case when why is null then round(amount) end as amount,
             coalesce(why, case when amount is null then 'the source gives no valuation in ' || ${frame.unit} end) as reason
      from (select dims, code, scale, quantity, ${outOfDate} as why,
              case when reported_code = ${frame.unit} then reported
                   when code = ${frame.unit} then quantity * 10::numeric ^ (6 - scale) end as amount
            from counted where ${dated}) as line)`;
  }
  const day = frame.basis.kind === "constant" ? sql`${frame.basis.on}::date` : sql`effective_on`;
  return sql`needed as (
      select distinct currency, on_day from (
        select code as currency, ${day} as on_day from counted where ${dated}
        union all select ${frame.unit}, ${day} from counted where ${dated}) as pair
      where on_day is not null
    ), found as (
      select n.currency, n.on_day, case when n.currency = 'EUR' then 1 else r.rate end as rate,
             case when n.currency = 'EUR' then n.on_day else r.rate_on end as rate_on
      from needed n left join lateral (
        select rate, rate_on from rate where currency = n.currency and rate_on <= n.on_day order by rate_on desc limit 1) r on true
    ), priced as (
      select c.dims, c.code, c.quantity, c.scale, ${outOfDate} as why, ${day} as on_day,
             f.rate as rate_from, f.rate_on as on_from, t.rate as rate_to, t.rate_on as on_to
      from counted c left join found f on f.currency = c.code and f.on_day = ${day}
      left join found t on t.currency = ${frame.unit} and t.on_day = ${day} where ${dated}
    ), valued as (
      select dims, code, scale, quantity, case when why is null then round(amount) end as amount, why as reason from (
        select dims, code, scale, quantity,
          case when code = ${frame.unit} then quantity * 10::numeric ^ (6 - scale)
               else quantity * 10::numeric ^ (6 - scale) * rate_to / rate_from end as amount,
          coalesce(why, case
            when code = ${frame.unit} then null
            when on_day is null then 'no date is given, so no rate of the day applies'
            when rate_from is null then 'no reference rate of ' || code || ' on or before ' || on_day
            when rate_to is null then 'no reference rate of ' || ${frame.unit} || ' on or before ' || on_day
            when on_day - on_from > ${maximumRateAgeDays} then 'the last reference rate of ' || code || ' before ' || on_day || ' is of ' || on_from || ', too old'
            when on_day - on_to > ${maximumRateAgeDays} then 'the last reference rate of ' || ${frame.unit} || ' before ' || on_day || ' is of ' || on_to || ', too old'
          end) as why
        from priced) as line)`;
}

export type CoverageRow = Readonly<{
  class: BindingClass;
  state: CoverageState;
  reason: string;
  release: string;
  publishedOn: string;
}>;

/** What the releases alive at the frame's knowledge say of each class: the latest of each series. */
export async function coverageAt(db: Queries, query: Pick<FigureQuery, "bookNo" | "frame">): Promise<CoverageRow[]> {
  return rowsOf<CoverageRow>(
    db,
    sql`select (array['said', 'bound', 'placed', 'moved', 'received'])[c.class] as class, c.state, c.reason, r.name as release,
               r.published_on as "publishedOn"
        from ${liveReleases(query)} r join release_coverage c on c.release_no = r.no order by c.class, r.published_on desc`,
  );
}

/** A derived table of the releases alive at the frame's knowledge. */
export function liveReleases(query: Pick<FigureQuery, "bookNo" | "frame">): RawBuilder<unknown> {
  const known =
    query.frame.knownBefore === null
      ? sql`true`
      : sql`published_on < (${query.frame.knownBefore}::timestamptz at time zone 'UTC')::date`;
  return sql`(select distinct on (series) * from release where book_no = ${query.bookNo} and ${known} order by series, published_on desc)`;
}

export type UnquantifiedRow = Readonly<{ class: BindingClass; promises: number; donor: string; category: string }>;

/** Promises the live releases name without a quantity, by giver and category, at the least binding class their release speaks of. */
export async function unquantified(db: Queries, query: FigureQuery): Promise<UnquantifiedRow[]> {
  const narrowed = [
    query.donor === undefined ? sql`true` : sql`d.id = ${query.donor}`,
    query.category === undefined ? sql`true` : sql`pr.category = ${query.category}`,
    query.stream === undefined ? sql`true` : sql`pr.stream = ${query.stream}`,
    query.unit === undefined ? sql`u.kind = 'currency'` : sql`u.code = ${query.unit}`,
  ];
  return rowsOf<UnquantifiedRow>(
    db,
    sql`select (array['said', 'bound', 'placed', 'moved', 'received'])[c.class] as class, d.id as donor, pr.category, count(*)::int as promises
        from ${liveReleases(query)} r
        join (select release_no, min(class) as class from release_coverage where state <> 'absent' group by release_no) c on c.release_no = r.no
        join reading g on g.release_no = r.no and not g.quantity_stated join promise pr on pr.no = g.promise_no
        join party d on d.no = pr.donor_no join unit u on u.no = pr.unit_no
        where ${sql.join(narrowed, sql` and `)} group by 1, 2, 3 order by 1, 2, 3`,
  );
}

export type DifferenceRow = Readonly<{
  release: string;
  donor: string;
  category: string;
  class: BindingClass;
  printed: string;
  ours: string;
}>;

/** Cells where a live release's own printed total is not the sum of its rows, to the cent. In millionths. Ours is as known on its publication day. */
export async function publishedDifferences(db: Queries, query: FigureQuery): Promise<DifferenceRow[]> {
  return rowsOf<DifferenceRow>(
    db,
    sql`select r.name as release, d.id as donor, t.category, (array['said', 'bound', 'placed', 'moved', 'received'])[t.class] as class,
               t.amount::text as printed, coalesce(t.ours, 0)::text as ours
        from (select * from ${liveReleases(query)} every where exists (select from published_total where release_no = every.no)) r
        cross join lateral (
          select donor_no, category, class, sum(printed) as amount, sum(ours) as ours from (
            select donor_no, category, class, amount as printed, null as ours from published_total where release_no = r.no
            union all
            select p.donor_no, pr.category, p.class, null, p.sign * p.reported
            from release pe join posting p on p.release_no = pe.no and p.class is not null join promise pr on pr.no = p.promise_no
            where pe.book_no = r.book_no and pe.series = r.series and pe.published_on <= r.published_on) line
          group by donor_no, category, class) t
        join party d on d.no = t.donor_no
        where abs(coalesce(t.ours, 0) - t.amount) >= 10000 and ${concerned(query)} order by d.id, t.category, t.class`,
  );
}

/** Whether a total its publisher prints is of a giver and category that the figure counts. Of a group: who was ever in it. */
function concerned(query: FigureQuery): RawBuilder<unknown> {
  const { boundary } = query.frame;
  const conditions = [query.unit === undefined ? sql`true` : sql`false`];
  if (query.donor !== undefined) conditions.push(sql`d.id = ${query.donor}`);
  if (query.category !== undefined) conditions.push(sql`t.category = ${query.category}`);
  if (boundary.kind === "nations") conditions.push(sql`d.kind = 'nation'`);
  if (boundary.kind === "organisations") conditions.push(sql`d.kind = 'organisation'`);
  if (boundary.kind === "group") {
    conditions.push(sql`exists (
      select from membership m join party_group g on g.no = m.group_no where g.slug = ${boundary.slug} and m.party_no = d.no)`);
  }
  if (boundary.kind === "under")
    conditions.push(sql`d.no in (select party_no from ${membersUnder(boundary.slug, query)} ever)`);
  return sql.join(conditions, sql` and `);
}
