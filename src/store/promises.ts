import type { BindingClass, Stream } from "#core/bindingness.ts";
import { classRank } from "#core/bindingness.ts";
import type { DatePrecision } from "#core/entries.ts";
import type { RawBuilder } from "kysely";
import { sql } from "./database.ts";
import { liveReleases, valuedPostings, type FigureQuery } from "./figures.ts";
import { likePattern } from "./parties.ts";
import { membersUnder } from "./takeovers.ts";

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
  // One that is gone from every release has no facts when all of it was taken back: it is joined loosely.
  const facts =
    filter.evenGone === true ? sql`left join fact f on f.promise_no = pr.no` : sql`join fact f on f.promise_no = pr.no`;
  return sql`with ${promiseTables(query)}, line as (
      select pr.no, pr.id, pr.code, d.id as donor, d.name as "donorName", pr.category, pr.stream, coalesce(f.title, pr.code) as title,
             u.code as unit, u.scale, f.announced as "announcedOn", coalesce(f.precision, 'none') as "datePrecision",
             f.quantity::text as original, array[f.said::text, f.bound::text, f.placed::text, f.moved::text, f.received::text] as amounts,
             (array['said', 'bound', 'placed', 'moved', 'received'])[f.furthest] as furthest, f.release,
             ${sortAmount(query)} as sort_amount
      from promise pr join party d on d.no = pr.donor_no join unit u on u.no = pr.unit_no ${facts}
      where ${sql.join(conditions(query, filter), sql` and `)}
    )
    select *, count(*) over ()::int as total from line order by ${sortKeys[sort.by]} ${direction}, id ${slice}`;
}

/**
 * The common table `fact`, one row a promise: what is valued by class, what stands in the promise's own unit, the reading of a live release.
 * They are brought together by grouping, not by joins: the planner cannot know how many rows each has, and would join them row by row.
 */
function promiseTables(query: FigureQuery): RawBuilder<unknown> {
  const { frame } = query;
  const scope = [sql`p.book_no = ${query.bookNo}`];
  if (frame.knownBefore !== null) scope.push(sql`p.known_at < ${frame.knownBefore}::timestamptz`);
  if (query.promise !== undefined) scope.push(sql`p.promise_no = (select no from promise where id = ${query.promise})`);
  if (query.donor !== undefined) scope.push(sql`p.donor_no = (select no from party where id = ${query.donor})`);
  const inScope = sql.join(scope, sql` and `);
  const dated =
    frame.asOf === null ? sql`true` : sql`(p.effective_on is null or p.effective_on <= ${frame.asOf}::date)`;
  const ofClass = (word: BindingClass) =>
    sql`sum(amount) filter (where class = ${classRank(word)} and stated) as ${sql.ref(word)}`;
  const none = (type: RawBuilder<unknown>, count: number) =>
    sql.join(Array.from({ length: count }, () => sql`null::${type}`));
  const noAmounts = none(sql`numeric`, 5);
  const noDates = sql`null::date, null::text, null::boolean`;
  const noReach = sql`null::smallint, null::numeric, null::smallint[]`;
  const noReading = none(sql`text`, 3);
  return sql`${valuedPostings(query, [sql`pr.no`, sql`p.class`, sql`p.polarity`])}, by_class as (
      select dims[1]::bigint as promise_no, dims[2]::smallint as class, sum(amount) as amount,
             sum(dims[3]::int) filter (where reason is null) <> 0 as stated
      from valued group by 1, 2
    ), standing as materialized (
      select p.promise_no, p.class, p.effective_on, p.date_precision, sum(p.sign * p.quantity) as quantity
      from posting p where ${inScope}
      group by p.promise_no, p.content_key, p.class, p.effective_on, p.date_precision having sum(p.polarity) <> 0
    ), stood as (
      select promise_no, class, sum(quantity) as quantity from standing p where class is not null and ${dated} group by promise_no, class
    ), part as (
      select promise_no, true as counted, false as loose, ${sql.join((["said", "bound", "placed", "moved", "received"] as const).map(ofClass))},
             null::date as announced, null::text as precision, null::boolean as reached, null::smallint as furthest,
             null::numeric as quantity, null::smallint[] as classes, null::text as release, null::text as title, null::text as explanation
      from by_class group by promise_no
      union all
      select promise_no, false, false, ${noAmounts}, (array_agg(effective_on order by effective_on nulls last, date_precision))[1],
             (array_agg(date_precision order by effective_on nulls last, date_precision))[1], bool_or(${dated}), ${noReach}, ${noReading}
      from standing p group by promise_no
      union all
      select promise_no, false, false, ${noAmounts}, ${noDates}, max(class) filter (where quantity > 0),
             (array_agg(quantity order by class desc) filter (where quantity > 0))[1], array_agg(class) filter (where quantity <> 0), ${noReading}
      from stood group by promise_no
      union all
      select promise_no, false, false, ${noAmounts}, ${noDates}, ${noReach}, release, title, explanation from (
        select distinct on (g.promise_no) g.promise_no, r.name as release, g.title, g.explanation
        from ${liveReleases(query)} r join reading g on g.release_no = r.no
        order by g.promise_no, r.published_on desc, r.no desc) shown
      union all
      select distinct promise_no, false, true, ${noAmounts}, ${noDates}, ${noReach}, ${noReading}
      from posting p where p.release_no is null and ${inScope}
    ), fact as (
      select promise_no, bool_or(counted) as counted, bool_or(loose) as loose, bool_or(announced is not null or precision is not null) as stands,
             any_value(said) as said, any_value(bound) as bound, any_value(placed) as placed, any_value(moved) as moved,
             any_value(received) as received, any_value(announced) as announced, any_value(precision) as precision, bool_or(reached) as reached,
             any_value(furthest) as furthest, any_value(quantity) as quantity, any_value(classes) as classes,
             any_value(release) as release, any_value(title) as title, any_value(explanation) as explanation
      from part group by promise_no
    )`;
}

/** What a promise is ranked by: its amount in the class asked, else the largest it has in any. */
function sortAmount(query: FigureQuery): RawBuilder<unknown> {
  const [theClass] = query.classes;
  return theClass === undefined
    ? sql`greatest(f.said, f.bound, f.placed, f.moved, f.received)`
    : sql.ref(`f.${theClass}`);
}

function conditions(query: FigureQuery, filter: PromiseFilter): RawBuilder<unknown>[] {
  const found = [sql`pr.book_no = ${query.bookNo}`];
  if (filter.evenGone === true) found.push(wasEverKnown(query.frame.knownBefore));
  else found.push(sql`(f.release is not null or f.loose)`, sql`coalesce(f.reached, true)`, insideBoundary(query));
  if (query.classes.length > 0) found.push(sql`f.classes && ${query.classes.map(classRank)}::smallint[]`);
  if (query.donor !== undefined) found.push(sql`d.id = ${query.donor}`);
  if (query.category !== undefined) found.push(sql`pr.category = ${query.category}`);
  if (query.stream !== undefined) found.push(sql`pr.stream = ${query.stream}`);
  if (query.promise !== undefined) found.push(sql`pr.id = ${query.promise}`);
  if (filter.unit !== undefined) found.push(sql`u.code = ${filter.unit}`);
  if (filter.code !== undefined) found.push(sql`pr.code = ${filter.code}`);
  if (filter.q !== undefined) {
    const pattern = likePattern(filter.q);
    found.push(
      sql`(f.title ilike ${pattern} or f.explanation ilike ${pattern} or pr.code ilike ${pattern} or d.name ilike ${pattern})`,
    );
  }
  return found;
}

/** Known by an instant from a posting or a reading, whether or not anything of it is left. */
function wasEverKnown(knownBefore: string | null): RawBuilder<unknown> {
  const known = knownBefore === null ? sql`true` : sql`k.known_at < ${knownBefore}::timestamptz`;
  const published =
    knownBefore === null ? sql`true` : sql`e.published_on < (${knownBefore}::timestamptz at time zone 'UTC')::date`;
  return sql`(exists (select from posting k where k.promise_no = pr.no and ${known})
    or exists (select from reading g join release e on e.no = g.release_no where g.promise_no = pr.no and ${published}))`;
}

/** A giver inside a group on the day of a step is one whose steps are counted; where nothing is counted, one that ever belonged to it. */
function insideBoundary(query: FigureQuery): RawBuilder<unknown> {
  const { boundary } = query.frame;
  if (boundary.kind === "all") return sql`true`;
  if (!("slug" in boundary)) return sql`d.kind = ${boundary.kind === "nations" ? "nation" : "organisation"}`;
  const ever =
    boundary.kind === "group"
      ? sql`select m.party_no from membership m join party_group g on g.no = m.group_no where g.slug = ${boundary.slug}`
      : sql`select party_no from ${membersUnder(boundary.slug, query)} member`;
  return sql`(f.counted or ((not f.stands or u.kind <> 'currency') and pr.donor_no in (${ever})))`;
}
