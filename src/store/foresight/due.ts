import { rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";

/** Something due to a fund: a call, or a part of a pledge. Amounts in smallest parts of the fund's currency. */
export type DueRow = Readonly<{
  id: string; // the call's, or the reference of the pledge's part
  fund: string;
  fundTitle: string;
  currency: string;
  scale: number;
  title: string; // of the pledge; empty for a call
  number: number; // the instalment's
  of: number | null; // how many instalments; null where nobody says
  year: number | null;
  dueOn: string;
  knownAt: string;
  recordedAt: string;
  takenBackAt: string | null;
  takenBackRecordedAt: string | null;
  asked: string;
  came: string; // received, and credited in kind
  lastOn: string | null; // the last day on which something came
  lastKnownAt: string | null;
  lastRecordedAt: string | null;
  parties: readonly string[]; // who is to pay
  payers: number; // how many of them have paid in full
}>;

const stands = (act: string, knownBefore: string | null) =>
  sql`(${cut(sql.ref(`${act}.at`), knownBefore)} and not exists (
        select from fund_act back where back.reverses = ${sql.ref(`${act}.no`)} and ${cut(sql`back.at`, knownBefore)}))`;

/** The calls of a book's funds as known before an instant (null: all), those taken back among them. */
export async function callsDue(db: Queries, bookNo: number, knownBefore: string | null): Promise<DueRow[]> {
  return rowsOf<DueRow>(
    db,
    sql`with call as (
          select k.*, f.id as fund, f.title as fund_title, f.unit_no, a.at, a.recorded_at, back.at as taken_back_at, back.recorded_at as taken_back_recorded
          from fund f join fund_call k on k.fund_no = f.no join fund_act a on a.no = k.act_no
          left join fund_act back on back.reverses = a.no and ${cut(sql`back.at`, knownBefore)}
          where f.book_no = ${bookNo} and ${cut(sql`a.at`, knownBefore)}
        ), paid as (
          select r.share_no, a.effective_on, a.at, a.recorded_at, r.amount from receipt r join fund_act a on a.no = r.act_no
          where r.share_no is not null and ${stands("a", knownBefore)}
          union all
          select c.share_no, a.effective_on, a.at, a.recorded_at, c.credited from in_kind_credit c join fund_act a on a.no = c.act_no where ${stands("a", knownBefore)}
        ), share as (
          select s.call_no, s.no, p.id as party, s.amount, coalesce(sum(d.amount), 0) as came, max(d.effective_on) as last_on, max(d.at) as last_at,
                 max(d.recorded_at) as last_recorded
          from call c join call_share s on s.call_no = c.no join party p on p.no = s.party_no left join paid d on d.share_no = s.no
          group by s.call_no, s.no, p.id, s.amount
        )
        select c.id, c.fund, c.fund_title as "fundTitle", u.code as currency, u.scale, '' as title, c.instalment::int as number, c.instalments::int as "of",
               c.year::int as year, c.due_on as "dueOn", c.at as "knownAt", c.recorded_at as "recordedAt", c.taken_back_at as "takenBackAt",
               c.taken_back_recorded as "takenBackRecordedAt",
               coalesce(sum(s.amount), 0)::text as asked, coalesce(sum(s.came), 0)::text as came, max(s.last_on) as "lastOn", max(s.last_at) as "lastKnownAt",
               max(s.last_recorded) as "lastRecordedAt", coalesce(array_agg(s.party order by s.party) filter (where s.amount > 0), '{}') as parties,
               (count(*) filter (where s.amount > 0 and s.came >= s.amount))::int as payers
        from call c join unit u on u.no = c.unit_no left join share s on s.call_no = c.no
        group by c.id, c.fund, c.fund_title, u.code, u.scale, c.instalment, c.instalments, c.year, c.due_on, c.at, c.recorded_at, c.taken_back_at, c.taken_back_recorded
        order by c.due_on, c.id`,
  );
}

/** The parts of pledges to a book's funds as known before an instant (null: all), those taken back among them. */
export async function pledgesDue(db: Queries, bookNo: number, knownBefore: string | null): Promise<DueRow[]> {
  return rowsOf<DueRow>(
    db,
    sql`with part as (
          select i.no, i.reference, i.seq, i.due_on, i.amount, f.id as fund, f.title as fund_title, f.unit_no, g.title, p.id as party, a.at, a.recorded_at,
                 back.at as taken_back_at, back.recorded_at as taken_back_recorded, count(*) over (partition by g.no) as parts
          from fund f join fund_pledge g on g.fund_no = f.no join fund_act a on a.no = g.act_no join party p on p.no = g.party_no
          join pledge_instalment i on i.pledge_no = g.no
          left join fund_act back on back.reverses = a.no and ${cut(sql`back.at`, knownBefore)}
          where f.book_no = ${bookNo} and ${cut(sql`a.at`, knownBefore)}
        ), paid as (
          select r.instalment_no, sum(r.amount) as came, max(a.effective_on) as last_on, max(a.at) as last_at, max(a.recorded_at) as last_recorded
          from receipt r join fund_act a on a.no = r.act_no where r.instalment_no is not null and ${stands("a", knownBefore)} group by r.instalment_no
        )
        select i.reference as id, i.fund, i.fund_title as "fundTitle", u.code as currency, u.scale, i.title, i.seq::int as number, i.parts::int as "of", null::int as year,
               i.due_on as "dueOn", i.at as "knownAt", i.recorded_at as "recordedAt", i.taken_back_at as "takenBackAt", i.taken_back_recorded as "takenBackRecordedAt", i.amount::text as asked,
               coalesce(d.came, 0)::text as came, d.last_on as "lastOn", d.last_at as "lastKnownAt", d.last_recorded as "lastRecordedAt",
               array[i.party] as parties, (coalesce(d.came, 0) >= i.amount)::int as payers
        from part i join unit u on u.no = i.unit_no left join paid d on d.instalment_no = i.no order by i.due_on, i.reference`,
  );
}

/** The last event of a consignment. */
export type LastEvent = Readonly<{ consignment: number; on: string; knownAt: string; recordedAt: string }>;

export async function lastEvents(db: Queries, bookNo: number, knownBefore: string | null): Promise<LastEvent[]> {
  return rowsOf<LastEvent>(
    db,
    sql`select e.consignment_no as consignment, max(e.on_day) as "on", max(e.known_at) as "knownAt", max(e.recorded_at) as "recordedAt"
        from delivery_event e join consignment c on c.no = e.consignment_no
        where c.book_no = ${bookNo} and ${cut(sql`e.known_at`, knownBefore)} group by e.consignment_no`,
  );
}

/** A version of a need as far as its window goes. */
export type NeedWindow = Readonly<{
  no: number;
  id: string;
  seq: number;
  state: "stated" | "withdrawn";
  until: string;
  knownAt: string;
  recordedAt: string;
  reason: string;
  actor: string;
  source: string;
}>;

/** Every version of a book's needs known before an instant, by id, each need's oldest first. */
export async function needWindows(db: Queries, bookNo: number, knownBefore: string | null): Promise<NeedWindow[]> {
  return rowsOf<NeedWindow>(
    db,
    sql`select n.no, n.id, v.seq, v.state, v.body ->> 'until' as until, v.known_at as "knownAt", v.recorded_at as "recordedAt", v.reason, v.actor, s.id as source
        from need n join need_version v on v.need_no = n.no join source s on s.no = v.source_no
        where n.book_no = ${bookNo} and ${cut(sql`v.known_at`, knownBefore)} order by n.id collate "C", v.seq`,
  );
}

/** Who gives to a need, and when pieces for it last came into states in which they count as handed over. */
export type NeedGiving = Readonly<{
  need: number;
  givers: readonly string[];
  lastOn: string | null;
  lastKnownAt: string | null;
  lastRecordedAt: string | null;
}>;

export async function needGiving(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
  handedOver: readonly string[],
): Promise<NeedGiving[]> {
  return rowsOf<NeedGiving>(
    db,
    sql`select l.need_no as need, array_agg(distinct d.id order by d.id) as givers, max(e.on_day) as "lastOn", max(e.known_at) as "lastKnownAt",
               max(e.recorded_at) as "lastRecordedAt"
        from placement l join offer o on o.no = l.offer_no join promise q on q.no = o.promise_no join party d on d.no = q.donor_no
        left join (consignment_line c join delivery_move m on m.line_no = c.no and m.to_state = any (${handedOver}::text[]) join delivery_event e on e.no = m.event_no)
          on c.placement_no = l.no and ${cut(sql`e.known_at`, knownBefore)}
        where l.book_no = ${bookNo} and ${cut(sql`l.known_at`, knownBefore)} group by l.need_no`,
  );
}
