import type { BindingClass, Stream } from "#core/bindingness.ts";
import { classRank } from "#core/bindingness.ts";
import type { DatePrecision } from "#core/entries.ts";
import type { RawBuilder } from "kysely";
import { sql } from "./database.ts";
import { liveReleases, valuedPostings, type FigureQuery } from "./figures.ts";
import { likePattern } from "./parties.ts";

/** What narrows a list of promises. The figure query's own filters and boundary apply too. */
export type PromiseFilter = Readonly<{
  q?: string | undefined; // words found in the title, the explanation, the code or the giver's name
  unit?: string | undefined; // the promise's own unit
  code?: string | undefined;
  evenGone?: boolean; // also when no live release has it any more
}>;

export const promiseSorts = [
  "amount",
  "announced",
  "donor",
  "category",
  "stream",
  "title",
  "unit",
  "code",
  "release",
] as const;
export type PromiseSort = Readonly<{ by: (typeof promiseSorts)[number]; descending: boolean }>;

/** A promise as stored and valued: `amounts` in millionths of the frame's unit by class (said first), `original` in smallest parts of its unit. */
export type PromiseLine = Readonly<{
  no: number;
  id: string;
  code: string;
  donor: string;
  donorName: string;
  category: string;
  stream: Stream;
  title: string;
  unit: string;
  scale: number;
  announcedOn: string | null;
  datePrecision: DatePrecision;
  original: string | null;
  amounts: readonly (string | null)[];
  furthest: BindingClass | null;
  release: string | null;
}>;

const sortKeys: Readonly<Record<PromiseSort["by"], RawBuilder<unknown>>> = {
  amount: sql`sort_amount`,
  announced: sql`"announcedOn"`,
  donor: sql`"donorName"`,
  category: sql`category`,
  stream: sql`stream`,
  title: sql`title`,
  unit: sql`unit`,
  code: sql`code`,
  release: sql`release`,
};

/**
 * The promises in a frame, in a given order and never in doubt about ties, with `total` of them all on each row. A promise is in the list
 * when a live release reads it or it has postings that belong to no release; when, as of a day, anything of it had happened or its date
 * or quantity is not known; when its giver is inside the boundary; and when something stands at the classes asked.
 */
export function promiseLines(
  query: FigureQuery,
  filter: PromiseFilter,
  sort: PromiseSort,
  page: Readonly<{ limit: number; offset: number }> | null,
): RawBuilder<PromiseLine & { total: number }> {
  const direction = sort.descending ? sql`desc nulls last` : sql`asc nulls last`;
  const slice = page === null ? sql`` : sql`limit ${page.limit} offset ${page.offset}`;
  return sql`with ${promiseTables(query)}, line as (
      select pr.no, pr.id, pr.code, d.id as donor, d.name as "donorName", pr.category, pr.stream, coalesce(r.title, pr.code) as title,
             u.code as unit, u.scale, o.announced as "announcedOn", coalesce(o.precision, 'none') as "datePrecision",
             o.quantity::text as original, array[a.said::text, a.bound::text, a.placed::text, a.moved::text, a.received::text] as amounts,
             (array['said', 'bound', 'placed', 'moved', 'received'])[o.furthest] as furthest, r.release,
             ${sortAmount(query)} as sort_amount
      from promise pr join party d on d.no = pr.donor_no join unit u on u.no = pr.unit_no
      left join shown r on r.promise_no = pr.no left join own o on o.promise_no = pr.no left join amounts a on a.promise_no = pr.no
      where ${sql.join(conditions(query, filter), sql` and `)}
    )
    select *, count(*) over ()::int as total from line order by ${sortKeys[sort.by]} ${direction}, id ${slice}`;
}

/** The common tables: `amounts` valued by class, `own` what stands in the promise's own unit, `shown` the reading of a live release. */
function promiseTables(query: FigureQuery): RawBuilder<unknown> {
  const { frame } = query;
  const scope = [sql`p.book_no = ${query.bookNo}`];
  if (frame.knownBefore !== null) scope.push(sql`p.known_at < ${frame.knownBefore}::timestamptz`);
  if (query.promise !== undefined) scope.push(sql`p.promise_no = (select no from promise where id = ${query.promise})`);
  if (query.donor !== undefined) scope.push(sql`p.donor_no = (select no from party where id = ${query.donor})`);
  const dated =
    frame.asOf === null ? sql`true` : sql`(p.effective_on is null or p.effective_on <= ${frame.asOf}::date)`;
  const ofClass = (word: BindingClass) => sql`sum(amount) filter (where class = ${classRank(word)} and stated)`;
  return sql`${valuedPostings(query, [sql`pr.no`, sql`p.class`, sql`p.polarity`])}, by_class as (
      select dims[1]::bigint as promise_no, dims[2]::smallint as class, sum(amount) as amount,
             sum(dims[3]::int) filter (where reason is null) <> 0 as stated
      from valued group by 1, 2
    ), amounts as (
      select promise_no, ${ofClass("said")} as said, ${ofClass("bound")} as bound, ${ofClass("placed")} as placed,
             ${ofClass("moved")} as moved, ${ofClass("received")} as received
      from by_class group by promise_no
    ), standing as materialized (
      select p.promise_no, p.class, p.effective_on, p.date_precision, sum(p.sign * p.quantity) as quantity
      from posting p where ${sql.join(scope, sql` and `)}
      group by p.promise_no, p.content_key, p.class, p.effective_on, p.date_precision having sum(p.polarity) <> 0
    ), stood as (
      select promise_no, class, sum(quantity) as quantity from standing p where class is not null and ${dated} group by promise_no, class
    ), reach as (
      select promise_no, max(class) filter (where quantity > 0) as furthest,
             (array_agg(quantity order by class desc) filter (where quantity > 0))[1] as quantity,
             array_agg(class) filter (where quantity <> 0) as classes
      from stood group by promise_no
    ), own as (
      select s.*, f.furthest, f.quantity, f.classes
      from (select promise_no, (array_agg(effective_on order by effective_on nulls last, date_precision))[1] as announced,
                   (array_agg(date_precision order by effective_on nulls last, date_precision))[1] as precision,
                   bool_or(${dated}) as reached
            from standing p group by promise_no) s left join reach f on f.promise_no = s.promise_no
    ), shown as (
      select distinct on (g.promise_no) g.promise_no, r.name as release, g.title, g.explanation
      from ${liveReleases(query)} r join reading g on g.release_no = r.no
      order by g.promise_no, r.published_on desc, r.no desc
    )`;
}

/** What a promise is ranked by: its amount in the class asked, else the largest it has in any. */
function sortAmount(query: FigureQuery): RawBuilder<unknown> {
  const [theClass] = query.classes;
  return theClass === undefined
    ? sql`greatest(a.said, a.bound, a.placed, a.moved, a.received)`
    : sql`a.${sql.ref(theClass)}`;
}

function conditions(query: FigureQuery, filter: PromiseFilter): RawBuilder<unknown>[] {
  const { frame } = query;
  const known = frame.knownBefore === null ? sql`true` : sql`f.known_at < ${frame.knownBefore}::timestamptz`;
  const published =
    frame.knownBefore === null
      ? sql`true`
      : sql`e.published_on < (${frame.knownBefore}::timestamptz at time zone 'UTC')::date`;
  const found = [sql`pr.book_no = ${query.bookNo}`];
  found.push(
    filter.evenGone === true
      ? sql`(exists (select from posting f where f.promise_no = pr.no and ${known})
             or exists (select from reading g join release e on e.no = g.release_no where g.promise_no = pr.no and ${published}))`
      : sql`(r.promise_no is not null or exists (select from posting f where f.promise_no = pr.no and f.release_no is null and ${known}))`,
  );
  if (filter.evenGone !== true) found.push(sql`coalesce(o.reached, true)`, insideBoundary(query));
  if (query.classes.length > 0) {
    found.push(sql`o.classes && ${query.classes.map(classRank)}::smallint[]`);
  }
  if (query.donor !== undefined) found.push(sql`d.id = ${query.donor}`);
  if (query.category !== undefined) found.push(sql`pr.category = ${query.category}`);
  if (query.stream !== undefined) found.push(sql`pr.stream = ${query.stream}`);
  if (query.promise !== undefined) found.push(sql`pr.id = ${query.promise}`);
  if (filter.unit !== undefined) found.push(sql`u.code = ${filter.unit}`);
  if (filter.code !== undefined) found.push(sql`pr.code = ${filter.code}`);
  if (filter.q !== undefined) {
    const pattern = likePattern(filter.q);
    found.push(
      sql`(r.title ilike ${pattern} or r.explanation ilike ${pattern} or pr.code ilike ${pattern} or d.name ilike ${pattern})`,
    );
  }
  return found;
}

/** A giver inside a group on the day of a step is one whose steps are counted; where nothing is counted, one that ever belonged to it. */
function insideBoundary(query: FigureQuery): RawBuilder<unknown> {
  const { boundary } = query.frame;
  if (boundary.kind === "all") return sql`true`;
  if (boundary.kind !== "group") return sql`d.kind = ${boundary.kind === "nations" ? "nation" : "organisation"}`;
  return sql`(a.promise_no is not null or ((o.promise_no is null or u.kind <> 'currency') and exists (
      select from membership m join party_group g on g.no = m.group_no where g.slug = ${boundary.slug} and m.party_no = pr.donor_no)))`;
}
