import type { BindingClass } from "#core/bindingness.ts";
import type { DatePrecision } from "#core/entries.ts";
import type { Arrival, DueKind } from "#core/foresight/predictability/facts.ts";
import { onlyRow, rowsOf, sql, type Queries } from "../database.ts";
import { liveReleases, valuedPostings, type FigureQuery } from "../figures.ts";
import { cut } from "../known.ts";
import { membersUnder } from "../takeovers.ts";
import type { RawBuilder } from "kysely";

/** A sum of the counted postings of one content and release, in millionths of the frame's unit; or why it has none, with its own unit. */
export type StatedRow = Readonly<{
  giver: string;
  stream: string;
  category: string;
  class: BindingClass;
  series: string;
  release: string;
  on: string | null;
  precision: DatePrecision;
  amount: string | null;
  unit: string;
  reason: string | null;
  rows: number;
}>;

export async function statedRows(db: Queries, query: FigureQuery): Promise<StatedRow[]> {
  const dims = [
    sql`d.id`,
    sql`pr.stream`,
    sql`pr.category`,
    sql`(array['said', 'bound', 'placed', 'moved', 'received'])[p.class]`,
    sql`coalesce(rel.series, '')`,
    sql`coalesce(rel.name, '')`,
    sql`p.effective_on::text`,
    sql`p.date_precision`,
  ];
  return rowsOf<StatedRow>(
    db,
    sql`with ${valuedPostings(query, dims, sql`left join release rel on rel.no = p.release_no`)}
        select dims[1] as giver, dims[2] as stream, dims[3] as category, dims[4] as class, dims[5] as series, dims[6] as release, dims[7] as "on",
               dims[8] as precision, sum(amount)::text as amount, code as unit, reason, count(*)::int as rows
        from valued group by dims, code, reason order by dims, code`,
  );
}

export type ReleaseRow = Readonly<{
  series: string;
  name: string;
  publishedOn: string;
  states: BindingClass[];
  partly: BindingClass[];
}>;

/** The releases of a book published before an instant, with the classes each states. */
export async function releasesWithClasses(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
): Promise<ReleaseRow[]> {
  const ofState = (
    state: string,
  ) => sql`coalesce(array_agg((array['said', 'bound', 'placed', 'moved', 'received'])[c.class] order by c.class)
      filter (where c.state = ${state}), '{}')`;
  return rowsOf<ReleaseRow>(
    db,
    sql`select r.series, r.name, r.published_on as "publishedOn", ${ofState("stated")} as states, ${ofState("partial")} as partly
        from release r left join release_coverage c on c.release_no = r.no
        where r.book_no = ${bookNo} and ${cut(sql`(r.published_on::timestamp at time zone 'UTC')`, knownBefore)}
        group by r.no order by r.series, r.published_on`,
  );
}

type Asked = Pick<FigureQuery, "bookNo" | "frame">;

/** Amounts in smallest parts of the unit. */
export type DueRow = Readonly<{
  id: string;
  kind: DueKind;
  title: string;
  giver: string;
  fund: string | null;
  page: string;
  stream: string;
  unit: string;
  scale: number;
  amount: string;
  dueOn: string;
  issuedOn: string;
  laidDownOn: string;
  voluntary: boolean;
  years: number;
  earmarked: boolean;
  arrivals: readonly Readonly<Pick<Arrival, "on"> & { amount: string }>[];
}>;

/** Whether a giver (the alias of its row) is inside the boundary on a day. */
function giverInside(query: Asked, giver: string, day: RawBuilder<unknown>): RawBuilder<unknown> {
  const { boundary } = query.frame;
  const no = sql.ref(`${giver}.no`);
  if (boundary.kind === "all") return sql`true`;
  if (boundary.kind === "under")
    return sql`exists (select from ${membersUnder(boundary.slug, query)} m where m.party_no = ${no} and m.valid @> ${day})`;
  if (boundary.kind === "group")
    return sql`exists (select from membership m join party_group g on g.no = m.group_no
      where g.slug = ${boundary.slug} and m.party_no = ${no} and m.valid @> ${day})`;
  return sql`${sql.ref(`${giver}.kind`)} = ${boundary.kind === "nations" ? "nation" : "organisation"}`;
}

const dayOf = (instant: string) => sql`(${sql.ref(instant)} at time zone 'UTC')::date`;

/** What is due to the funds of a book: members' parts of calls and instalments of pledges, with what came of each, as known in the frame. */
export async function fundDues(db: Queries, query: Asked): Promise<DueRow[]> {
  const { bookNo, frame } = query;
  const known = (column: string) => cut(sql.ref(column), frame.knownBefore);
  return rowsOf<DueRow>(
    db,
    sql`with live as (
          select a.no, a.at, a.effective_on from fund_act a join fund f on f.no = a.fund_no
          where f.book_no = ${bookNo} and ${known("a.at")} and a.kind <> 'reversal'
            and not exists (select from fund_act b where b.reverses = a.no and ${known("b.at")})
        ), came as (
          select r.share_no, r.instalment_no, json_agg(json_build_object('on', a.effective_on, 'amount', r.amount::text) order by a.effective_on, r.no) as list
          from receipt r join live a on a.no = r.act_no group by r.share_no, r.instalment_no
        ), credited as (
          select c.share_no, sum(c.credited) as amount from in_kind_credit c join live a on a.no = c.act_no group by c.share_no
        ), due as (
          select s.reference as id, 'call' as kind, f.title || ', call ' || k.year || '/' || k.instalment as title, s.party_no, f.no as fund_no, k.id as page,
                 s.amount - coalesce(x.amount, 0) as amount, k.due_on, ${dayOf("a.at")} as issued,
                 case when exists (select from fund_year y where y.fund_no = f.no and y.year = k.year) then least(${dayOf("f.opened_at")}, ${dayOf("a.at")})
                      else ${dayOf("a.at")} end as laid_down,
                 false as voluntary, 1 as years, false as earmarked, w.list
          from call_share s join fund_call k on k.no = s.call_no join live a on a.no = k.act_no join fund f on f.no = k.fund_no
          left join came w on w.share_no = s.no left join credited x on x.share_no = s.no
          union all
          select i.reference, 'instalment', g.title || ', ' || i.seq, g.party_no, g.fund_no, g.id, i.amount, i.due_on, ${dayOf("a.at")}, ${dayOf("a.at")}, true,
                 (select count(distinct extract(year from o.due_on))::int from pledge_instalment o where o.pledge_no = g.no), g.earmark_no is not null, w.list
          from pledge_instalment i join fund_pledge g on g.no = i.pledge_no join live a on a.no = g.act_no left join came w on w.instalment_no = i.no
        )
        select d.id, d.kind, d.title, p.id as giver, f.id as fund, d.page, 'finance' as stream, u.code as unit, u.scale, d.amount::text as amount,
               d.due_on as "dueOn", d.issued as "issuedOn", d.laid_down as "laidDownOn", d.voluntary, d.years, d.earmarked, coalesce(d.list, '[]') as arrivals
        from due d join party p on p.no = d.party_no join fund f on f.no = d.fund_no join unit u on u.no = f.unit_no
        where f.book_no = ${bookNo} and ${giverInside(query, "p", sql`d.due_on`)} order by d.due_on, p.id, d.id`,
  );
}

/** Placements with needs as dues by the last day of their window; what was handed over came. Pieces of money offers stand for their price. */
export async function placementDues(db: Queries, query: Asked, handedOver: readonly string[]): Promise<DueRow[]> {
  const { bookNo, frame } = query;
  const known = (column: string) => cut(sql.ref(column), frame.knownBefore);
  const isOver = (column: string) => sql`coalesce(${sql.ref(column)} = any (${handedOver}::text[]), false)`;
  return rowsOf<DueRow>(
    db,
    sql`with moved as (
          select c.placement_no, e.on_day, case when ${isOver("m.to_state")} then m.pieces else -m.pieces end as pieces
          from delivery_move m join delivery_event e on e.no = m.event_no join consignment_line c on c.no = m.line_no
          where c.book_no = ${bookNo} and ${known("e.known_at")} and ${isOver("m.to_state")} <> ${isOver("m.from_state")}
        ), by_day as (select placement_no, on_day, sum(pieces) as pieces from moved group by 1, 2 having sum(pieces) <> 0)
        select l.id, 'placement' as kind, l.item || ' for ' || n.id as title, g.id as giver, null as fund, n.id as page, q.stream, u.code as unit, u.scale,
               l.quantity::text as amount, l.due_until as "dueOn", ${dayOf("l.known_at")} as "issuedOn", ${dayOf("l.known_at")} as "laidDownOn",
               true as voluntary, 1 as years, false as earmarked,
               coalesce((select json_agg(json_build_object('on', b.on_day, 'amount', round(l.quantity * b.pieces / l.pieces)::text) order by b.on_day)
                         from by_day b where b.placement_no = l.no), '[]') as arrivals
        from placement l join offer o on o.no = l.offer_no join promise q on q.no = o.promise_no join unit u on u.no = q.unit_no
        join party g on g.no = q.donor_no join need n on n.no = l.need_no
        where l.book_no = ${bookNo} and ${known("l.known_at")}
          and not exists (select from posting r where r.reverses = l.posting_no and ${known("r.known_at")})
          and ${giverInside(query, "g", sql`l.due_until`)}
        order by l.due_until, g.id, l.no`,
  );
}

export type StepRow = Readonly<{
  promise: string;
  giver: string;
  fund: string | null;
  stream: string;
  from: BindingClass | null;
  to: BindingClass;
  on: string;
  quantity: string;
}>;

/** Steps from class to class by acts of their own, on days of their own, as known in the frame; those taken back left out. */
export async function classSteps(db: Queries, query: Asked): Promise<StepRow[]> {
  const { bookNo, frame } = query;
  const known = (column: string) => cut(sql.ref(column), frame.knownBefore);
  const word = (column: string) => sql`(array['said', 'bound', 'placed', 'moved', 'received'])[${sql.ref(column)}]`;
  return rowsOf<StepRow>(
    db,
    sql`select pr.id as promise, d.id as giver, f.id as fund, pr.stream, ${word("c.class")} as "from", ${word("t.class")} as "to", p.effective_on as "on",
               p.quantity::text as quantity
        from posting p join promise pr on pr.no = p.promise_no join party d on d.no = p.donor_no
        join account t on t.no = p.debit_account join account c on c.no = p.credit_account
        left join fund f on f.party_no in (pr.donor_no, pr.recipient_no) and f.book_no = p.book_no
        where p.book_no = ${bookNo} and p.release_no is null and p.sign = 1 and p.polarity = 1 and p.date_precision = 'day' and ${known("p.known_at")}
          and not exists (select from posting r where r.reverses = p.no and ${known("r.known_at")})
          and ${giverInside(query, "d", sql`p.effective_on`)}
        order by p.effective_on, p.no`,
  );
}

export type PlanRow = Readonly<{
  promise: string;
  giver: string;
  stream: string;
  title: string;
  fromYear: number;
  untilYear: number;
  knownOn: string;
}>;

/** Promises that live releases read under a title that names a span of years, and that stand at all; known since the first release that had them. */
export async function titledPlans(db: Queries, query: Asked): Promise<PlanRow[]> {
  const known = cut(sql`p.known_at`, query.frame.knownBefore);
  return rowsOf<PlanRow>(
    db,
    sql`with named as (
          select distinct on (g.promise_no) g.promise_no, g.title, regexp_match(g.title, '\\m(20[0-9]{2})\\s*[-\u2013/]\\s*(20[0-9]{2})\\M') as years
          from ${liveReleases(query)} r join reading g on g.release_no = r.no where g.title ~ '\\m20[0-9]{2}\\s*[-\u2013/]\\s*20[0-9]{2}\\M'
          order by g.promise_no, r.published_on desc
        )
        select pr.id as promise, d.id as giver, pr.stream, n.title, n.years[1]::int as "fromYear", n.years[2]::int as "untilYear",
               (select min(e.published_on) from reading o join release e on e.no = o.release_no where o.promise_no = pr.no) as "knownOn"
        from named n join promise pr on pr.no = n.promise_no join party d on d.no = pr.donor_no
        where pr.book_no = ${query.bookNo} and ${giverInside(query, "d", sql`make_date(n.years[1]::int, 1, 1)`)}
          and exists (select from posting p where p.promise_no = pr.no and ${known} group by p.class having sum(p.sign * p.quantity) > 0)
        order by d.id, pr.id`,
  );
}

/** The last day on which anything of a book became known, before an instant; null where nothing had. */
export async function lastKnownDay(db: Queries, bookNo: number, knownBefore: string | null): Promise<string | null> {
  const known = (column: string) => cut(sql.ref(column), knownBefore);
  const row = await onlyRow<{ day: string | null }>(
    db,
    sql`select (greatest(
          (select max(p.known_at) from posting p where p.book_no = ${bookNo} and ${known("p.known_at")}),
          (select max(a.at) from fund_act a join fund f on f.no = a.fund_no where f.book_no = ${bookNo} and ${known("a.at")}),
          (select max(e.known_at) from delivery_event e join consignment c on c.no = e.consignment_no where c.book_no = ${bookNo} and ${known("e.known_at")}),
          (select max(v.known_at) from need_version v join need n on n.no = v.need_no where n.book_no = ${bookNo} and ${known("v.known_at")})
        ) at time zone 'UTC')::date as day`,
  );
  return row.day;
}

export type GiverRow = Readonly<{
  id: string;
  name: string;
  kind: "nation" | "organisation";
  gdp: Readonly<Record<string, string>> | null;
}>;

/** Parties by their ids with their GDP in US dollars by year, the newest source's where several state it. */
export async function giversWithGdp(db: Queries, ids: readonly string[]): Promise<GiverRow[]> {
  return rowsOf<GiverRow>(
    db,
    sql`select p.id, p.name, p.kind,
               (select json_object_agg(year, value) from (
                  select distinct on (i.year) i.year::text as year, i.value::text as value from indicator_value i
                  where i.party_no = p.no and i.indicator = 'gdp' order by i.year, i.source_no desc) newest) as gdp
        from party p where p.id = any (${ids}::text[]) order by p.id`,
  );
}
