import type { Stream } from "#core/bindingness.ts";
import { rowOf, rowsOf, sql, type Queries } from "../database.ts";
import { valuedPostings, type FigureQuery } from "../figures.ts";
import { cut } from "../known.ts";

export type OpenAnnouncement = Readonly<{ giver: string; stream: Stream; month: string; amount: string }>;

/** What was announced and has gone no further on record, promise by promise, in millionths of the frame's unit, by the month of the latest announcement. */
export async function openAnnouncements(db: Queries, query: FigureQuery): Promise<OpenAnnouncement[]> {
  return rowsOf<OpenAnnouncement>(
    db,
    sql`with ${valuedPostings(query, [sql`pr.id`, sql`d.id`, sql`pr.stream`, sql`to_char(p.effective_on, 'YYYY-MM')`, sql`p.class::text`])},
          reached as (
            select dims[1] as promise, dims[2] as giver, dims[3] as stream, dims[5] as class, max(dims[4]) as month, sum(amount) as amount
            from valued where amount is not null group by 1, 2, 3, 4
          ), announced as (
            select s.promise, s.giver, s.stream, s.month,
                   s.amount - coalesce((select max(f.amount) from reached f where f.promise = s.promise and f.class <> '1'), 0) as amount
            from reached s where s.class = '1' and s.month is not null
          )
        select giver, stream, month, round(amount)::text as amount from announced where amount > 0 order by promise`,
  );
}

/** The last reference rate of every month of each currency up to a day, oldest first. */
export async function monthlyRates(
  db: Queries,
  currencies: readonly string[],
  upTo: string,
): Promise<{ currency: string; rate: number }[]> {
  return rowsOf(
    db,
    sql`select distinct on (currency, to_char(rate_on, 'YYYY-MM')) currency, rate::float8 as rate from rate
        where currency = any(${currencies}::text[]) and rate_on <= ${upTo}::date and rate_on > ${upTo}::date - interval '10 years'
        order by currency, to_char(rate_on, 'YYYY-MM'), rate_on desc`,
  );
}

export type DueInstalment = Readonly<{
  fund: string;
  line: string;
  lineTitle: string;
  stream: Stream;
  party: string;
  currency: string;
  scale: number;
  dueOn: string;
  amount: string;
  received: string;
  lastOn: string | null; // the day of the last payment
}>;

/** What is due to the funds of a book, part by part, and what of it was received, as known before an instant. Smallest parts of the fund's currency. */
export async function dueInstalments(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
): Promise<DueInstalment[]> {
  const known = cut(sql`a.at`, knownBefore);
  const alive = (alias: string) =>
    sql`not exists (select from fund_act b where b.reverses = ${sql.ref(`${alias}.no`)} and ${cut(sql`b.at`, knownBefore)})`;
  return rowsOf<DueInstalment>(
    db,
    sql`with paid as (
          select r.share_no, r.instalment_no, sum(r.amount) as amount, max(a.effective_on) as last_on
          from receipt r join fund_act a on a.no = r.act_no where ${known} and ${alive("a")} group by r.share_no, r.instalment_no
        )
        select f.id as fund, l.id as line, l.title as "lineTitle", l.stream, p.id as party, u.code as currency, u.scale, k.due_on as "dueOn",
               sl.amount::text as amount,
               round(coalesce(paid.amount, 0) * sl.amount / nullif(s.amount, 0))::text as received, paid.last_on as "lastOn"
        from call_share_line sl join call_share s on s.no = sl.share_no join fund_call k on k.no = s.call_no join fund_act a on a.no = k.act_no
        join fund f on f.no = k.fund_no join unit u on u.no = f.unit_no join fund_line l on l.no = sl.line_no join party p on p.no = s.party_no
        left join paid on paid.share_no = s.no
        where f.book_no = ${bookNo} and ${known} and ${alive("a")}
        union all
        select f.id, l.id, l.title, l.stream, p.id, u.code, u.scale, i.due_on, i.amount::text, coalesce(paid.amount, 0)::text, paid.last_on
        from pledge_instalment i join fund_pledge g on g.no = i.pledge_no join fund_act a on a.no = g.act_no
        join fund f on f.no = g.fund_no join unit u on u.no = f.unit_no join fund_line l on l.no = g.line_no join party p on p.no = g.party_no
        left join paid on paid.instalment_no = i.no
        where f.book_no = ${bookNo} and ${known} and ${alive("a")}
        order by 1, 2, 5, 8`,
  );
}

export type OpenProposal = Readonly<{ id: string; title: string; expires: string | null }>;

/** Proposals of a book under way and not decided, as known before an instant, with the end of their latest silence. */
export async function openProposals(db: Queries, bookNo: number, knownBefore: string | null): Promise<OpenProposal[]> {
  const known = cut(sql`e.at`, knownBefore);
  return rowsOf<OpenProposal>(
    db,
    sql`select p.id, coalesce((select e.body ->> 'title' from proposal_event e where e.proposal_no = p.no and e.body ->> 'title' is not null and ${known}
                 order by seq desc limit 1), p.id) as title,
               (select max(e.body ->> 'expiresAt') from proposal_event e where e.proposal_no = p.no and ${known}) as expires
        from proposal p left join decision d on d.proposal_no = p.no left join decision_end x on x.proposal_no = p.no
        where p.book_no = ${bookNo} and exists (select from proposal_event e where e.proposal_no = p.no and ${known})
          and (d.proposal_no is null or not ${cut(sql`d.at`, knownBefore)})
          and (x.proposal_no is null or not ${cut(sql`x.at`, knownBefore)})
          and not exists (select from proposal_event e where e.proposal_no = p.no and e.kind = 'withdrawn' and ${known})
        order by p.no`,
  );
}

export type PlacedAhead = Readonly<{ need: string; giver: string; item: string; due: string; pieces: number }>;

/** What is placed with the needs of a book, by giver, kind and day that it is due by, as known before an instant. */
export async function placedAhead(db: Queries, bookNo: number, knownBefore: string | null): Promise<PlacedAhead[]> {
  return rowsOf<PlacedAhead>(
    db,
    sql`select n.id as need, g.id as giver, l.item, l.due_until as due, sum(l.pieces)::float8 as pieces
        from placement l join need n on n.no = l.need_no join offer o on o.no = l.offer_no join promise q on q.no = o.promise_no join party g on g.no = q.donor_no
        where l.book_no = ${bookNo} and ${cut(sql`l.known_at`, knownBefore)}
          and not exists (select from posting r where r.reverses = l.posting_no and ${cut(sql`r.known_at`, knownBefore)})
        group by n.id, g.id, l.item, l.due_until order by n.id, g.id, l.item, l.due_until`,
  );
}

/** What changes whenever something that a forecast is made from has come to the record. */
export async function recordMark(db: Queries): Promise<string> {
  const row = await rowOf<{ mark: string }>(
    db,
    sql`select concat_ws(' ', (select max(no) from posting), (select max(no) from release), (select count(*) from proposal_event), (select count(*) from decision),
          (select count(*) from decision_end), (select max(no) from fund_act), (select count(*) from need_version), (select count(*) from offer_version),
          (select max(no) from placement), (select count(*) from delivery_event), (select count(*) from rate), (select count(*) from membership),
          (select count(*) from indicator_value)) as mark`,
  );
  return row?.mark ?? "";
}
