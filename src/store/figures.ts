import type { BindingClass } from "#core/bindingness.ts";
import { classRank } from "#core/bindingness.ts";
import { maximumRateAgeDays, type Frame } from "#core/frame.ts";
import type { Dimension } from "#core/views.ts";
import { rowsOf, sql, type Queries } from "./database.ts";
import type { RawBuilder } from "kysely";

/** What a figure is drawn from: one book, a frame, and filters that narrow it. */
export type FigureQuery = Readonly<{
  bookNo: number;
  frame: Frame;
  classes: readonly BindingClass[]; // empty: all
  donor?: string | undefined; // party id
  category?: string | undefined;
  stream?: string | undefined;
  unit?: string | undefined; // what is counted; undefined: all currencies
  promise?: string | undefined; // promise id
}>;

/** One cell: its dimensions in the order asked, an amount in millionths of the frame's unit or why there is none. */
export type Cell = Readonly<{ dims: readonly (string | null)[]; unit: string; scale: number; amount: string | null; original: string; postings: number; reason: string | null }>;

const dimensionColumns: Readonly<Record<Dimension, RawBuilder<unknown>>> = {
  donor: sql`d.id`,
  category: sql`pr.category`,
  stream: sql`pr.stream`,
  group: sql`grp.slug`,
  year: sql`coalesce(to_char(p.effective_on, 'YYYY'), 'undated')`,
  month: sql`coalesce(to_char(p.effective_on, 'YYYY-MM'), 'undated')`,
  class: sql`(array['said', 'bound', 'placed', 'moved', 'received'])[p.class]`,
  unit: sql`u.code`,
};

/** The postings a figure counts, as joins and a condition over the aliases p (posting), pr (promise), d (donor), u (unit). */
export function countedPostings(query: FigureQuery): { from: RawBuilder<unknown>; where: RawBuilder<unknown> } {
  const { frame } = query;
  const conditions = [sql`p.book_no = ${query.bookNo}`, sql`p.class is not null`];
  if (query.classes.length > 0) conditions.push(sql`p.class = any(${query.classes.map(classRank)}::smallint[])`);
  if (frame.knownBefore !== null) conditions.push(sql`p.known_at < ${frame.knownBefore}::timestamptz`);
  if (query.donor !== undefined) conditions.push(sql`d.id = ${query.donor}`);
  if (query.category !== undefined) conditions.push(sql`pr.category = ${query.category}`);
  if (query.stream !== undefined) conditions.push(sql`pr.stream = ${query.stream}`);
  if (query.promise !== undefined) conditions.push(sql`pr.id = ${query.promise}`);
  conditions.push(query.unit === undefined ? sql`u.kind = 'currency'` : sql`u.code = ${query.unit}`);
  conditions.push(...boundaryConditions(query));
  return {
    from: sql`posting p join promise pr on pr.no = p.promise_no join party d on d.no = p.donor_no join unit u on u.no = p.unit_no`,
    where: sql.join(conditions, sql` and `),
  };
}

/** A giver inside, to someone outside: so transfers between givers net out, and the book's own recipient is always outside. */
function boundaryConditions(query: FigureQuery): RawBuilder<unknown>[] {
  const { boundary } = query.frame;
  const toRecipient = sql`pr.recipient_no = (select recipient_no from book where no = ${query.bookNo})`;
  if (boundary.kind === "all") return [toRecipient];
  if (boundary.kind !== "group") {
    const kind = boundary.kind === "nations" ? "nation" : "organisation";
    return [sql`d.kind = ${kind}`, sql`(${toRecipient} or exists (select from party r where r.no = pr.recipient_no and r.kind <> ${kind}))`];
  }
  const { slug } = boundary;
  const inside = (party: RawBuilder<unknown>) => sql`exists (
    select from membership m join party_group g on g.no = m.group_no
    where g.slug = ${slug} and m.party_no = ${party}
      and m.valid @> coalesce(p.effective_on, (p.known_at at time zone 'UTC')::date))`;
  return [inside(sql`p.donor_no`), sql`(${toRecipient} or not ${inside(sql`pr.recipient_no`)})`];
}

/**
 * Sums the counted postings by the dimensions asked. A cell stands for one way of converting: amounts that cannot be converted come as
 * cells of their own with the reason and the original sum, never as zero.
 */
export async function sumCells(db: Queries, query: FigureQuery, by: readonly Dimension[]): Promise<Cell[]> {
  const dims = by.map((dimension) => dimensionColumns[dimension]);
  const group = by.includes("group")
    ? sql`cross join lateral (
        select g.slug from membership m join party_group g on g.no = m.group_no
        where m.party_no = p.donor_no and m.valid @> coalesce(p.effective_on, (p.known_at at time zone 'UTC')::date)
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

export type CoverageRow = Readonly<{ class: BindingClass; state: "stated" | "unvalued" | "absent"; reason: string; release: string; publishedOn: string }>;

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
    query.frame.knownBefore === null ? sql`true` : sql`published_on < (${query.frame.knownBefore}::timestamptz at time zone 'UTC')::date`;
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

export type DifferenceRow = Readonly<{ release: string; donor: string; category: string; class: BindingClass; printed: string; ours: string }>;

/** Cells where a live release's own printed total is not the sum of its rows, to the cent. In millionths. Ours is as known on its publication day. */
export async function publishedDifferences(db: Queries, query: Pick<FigureQuery, "bookNo" | "frame">): Promise<DifferenceRow[]> {
  return rowsOf<DifferenceRow>(
    db,
    sql`select r.name as release, d.id as donor, t.category, (array['said', 'bound', 'placed', 'moved', 'received'])[t.class] as class,
               t.amount::text as printed, coalesce(o.amount, 0)::text as ours
        from ${liveReleases(query)} r join published_total t on t.release_no = r.no join party d on d.no = t.donor_no
        left join lateral (
          select sum(p.sign * p.reported) as amount from posting p join promise pr on pr.no = p.promise_no join release pe on pe.no = p.release_no
          where p.book_no = r.book_no and pe.series = r.series and pe.published_on <= r.published_on
            and p.class = t.class and p.donor_no = t.donor_no and pr.category = t.category) o on true
        where abs(coalesce(o.amount, 0) - t.amount) >= 10000 order by d.id, t.category`,
  );
}
