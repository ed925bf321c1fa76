import type { Stream } from "#core/bindingness.ts";
import type { FundTerms, ObjectKind } from "#core/decisions/terms.ts";
import { rowOf, rowsOf, sql, type Queries } from "../database.ts";
import { titleOf } from "../decisions/title.ts";

/** A fund as it was opened. Amounts in smallest parts of its currency, `scale` decimals. */
export type StoredFund = Readonly<{
  no: number;
  id: string;
  title: string;
  book: string;
  bookNo: number;
  synthetic: boolean;
  partyNo: number;
  party: string;
  currency: string;
  unitNo: number;
  scale: number;
  members: string;
  membersName: string;
  from: string;
  until: string;
  terms: FundTerms;
  openedAt: string;
  proposal: string;
  ended: "annulled" | "expired" | null; // what its opening has ended in
}>;

/** The funds of a book in the order they were opened, or the one of an id. */
export async function storedFunds(
  db: Queries,
  which: Readonly<{ bookNo?: number; id?: string }>,
): Promise<StoredFund[]> {
  return rowsOf<StoredFund>(
    db,
    sql`select f.no, f.id, f.title, b.slug as book, b.no as "bookNo", b.synthetic, f.party_no as "partyNo", p.id as party, u.code as currency, u.no as "unitNo",
               u.scale, g.slug as members, g.name as "membersName", lower(f.valid) as "from", upper(f.valid) - 1 as until, f.terms,
               f.opened_at as "openedAt", pr.id as proposal, e.kind as ended
        from fund f join book b on b.no = f.book_no join party p on p.no = f.party_no join unit u on u.no = f.unit_no
        join party_group g on g.no = f.group_no join proposal pr on pr.no = f.proposal_no
        left join decision_end e on e.proposal_no = f.proposal_no
        where ${which.id === undefined ? sql`true` : sql`f.id = ${which.id}`} and ${which.bookNo === undefined ? sql`true` : sql`f.book_no = ${which.bookNo}`}
        order by f.no`,
  );
}

/** Lets one writer at a time at a fund's calls and receipts, to the end of the transaction. */
export async function lockFund(trx: Queries, fundNo: number): Promise<void> {
  await rowsOf(trx, sql`select pg_advisory_xact_lock(hashtextextended('mainstay.fund', ${fundNo}))`);
}

export type StoredLine = Readonly<{ no: number; id: string; title: string; stream: Stream; purpose: string }>;

export async function linesOf(db: Queries, fundNo: number): Promise<StoredLine[]> {
  return rowsOf<StoredLine>(
    db,
    sql`select no, id, title, stream, purpose from fund_line where fund_no = ${fundNo} order by ordinal`,
  );
}

export type StoredPot = Readonly<{
  promiseNo: number;
  promise: string;
  line: string;
  earmark: string | null;
  earmarkTitle: string | null;
  earmarkLines: readonly string[] | null;
}>;

export async function potsOf(db: Queries, fundNo: number): Promise<StoredPot[]> {
  return rowsOf<StoredPot>(
    db,
    sql`select p.promise_no as "promiseNo", m.id as promise, l.id as line, e.id as earmark, e.title as "earmarkTitle",
               (select array_agg(al.id order by al.ordinal) from earmark_line el join fund_line al on al.no = el.line_no where el.earmark_no = e.no) as "earmarkLines"
        from pot p join promise m on m.no = p.promise_no join fund_line l on l.no = p.line_no left join earmark e on e.no = p.earmark_no
        where p.fund_no = ${fundNo} order by l.ordinal, e.id nulls first`,
  );
}

export async function yearsOf(db: Queries, fundNo: number): Promise<{ year: number; amount: string }[]> {
  return rowsOf(db, sql`select year, amount::text as amount from fund_year where fund_no = ${fundNo} order by year`);
}

export type StoredKey = Readonly<{ from: string; text: string; proposal: string }>;

/** The keys of a fund whose decisions stand, newest first; the one that it was opened with always does. */
export async function keysOf(db: Queries, fundNo: number): Promise<StoredKey[]> {
  return rowsOf<StoredKey>(
    db,
    sql`select k.valid_from as "from", k.key::text as text, p.id as proposal
        from fund_key k join fund f on f.no = k.fund_no join proposal p on p.no = k.proposal_no
        where k.fund_no = ${fundNo} and (k.proposal_no = f.proposal_no or not exists (select from decision_end e where e.proposal_no = k.proposal_no))
        order by k.valid_from desc`,
  );
}

export type StoredAuthority = Readonly<{
  id: string;
  kind: "call" | "spend" | "reallocate";
  fund: string;
  line: string | null;
  lineTitle: string | null;
  toFund: string | null;
  toLine: string | null;
  toLineTitle: string | null;
  currency: string;
  scale: number;
  amount: string;
  used: string;
  paid: string;
  from: string;
  until: string;
  purpose: string;
  proposal: string;
  ended: "annulled" | "expired" | null;
  endedOn: string | null;
}>;

/** What decisions allow: those of a fund (from it or to it), of a proposal, or the one of an id. */
export async function authoritiesOf(
  db: Queries,
  which: Readonly<{ fundNo?: number; proposal?: string; id?: string }>,
): Promise<StoredAuthority[]> {
  const conditions = [
    which.fundNo === undefined ? sql`true` : sql`(a.fund_no = ${which.fundNo} or a.to_fund_no = ${which.fundNo})`,
    which.proposal === undefined ? sql`true` : sql`p.id = ${which.proposal}`,
    which.id === undefined ? sql`true` : sql`a.id = ${which.id}`,
  ];
  return rowsOf<StoredAuthority>(
    db,
    sql`select a.id, a.kind, f.id as fund, l.id as line, l.title as "lineTitle", tf.id as "toFund", tl.id as "toLine", tl.title as "toLineTitle",
               u.code as currency, u.scale, a.amount::text as amount, b.used::text as used, b.paid::text as paid,
               lower(a.valid) as "from", upper(a.valid) - 1 as until, a.purpose, p.id as proposal, e.kind as ended, utc_day(e.at) as "endedOn"
        from authority a join authority_balance b on b.authority_no = a.no join fund f on f.no = a.fund_no join unit u on u.no = f.unit_no
        join proposal p on p.no = a.proposal_no left join fund_line l on l.no = a.line_no left join fund tf on tf.no = a.to_fund_no
        left join fund_line tl on tl.no = a.to_line_no left join decision_end e on e.proposal_no = a.proposal_no
        where ${sql.join(conditions, sql` and `)} order by a.no`,
  );
}

/** Proposals about a fund, newest first: those whose texts name it. */
export async function proposalsAbout(
  db: Queries,
  fund: string,
): Promise<{ id: string; title: string; object: ObjectKind; state: string }[]> {
  return rowsOf(
    db,
    sql`select p.id, ${titleOf("p.no")} as title, p.object, coalesce(e.kind, d.result, 'open') as state
        from proposal p left join decision d on d.proposal_no = p.no left join decision_end e on e.proposal_no = p.no
        where exists (select from proposal_event t where t.proposal_no = p.no and t.kind in ('text-issued', 're-issued')
          and (t.body #>> '{terms,fund}' = ${fund} or t.body #>> '{terms,fund,id}' = ${fund} or t.body #>> '{terms,from,fund}' = ${fund} or t.body #>> '{terms,to,fund}' = ${fund}))
        order by p.no desc`,
  );
}

/** The terms that an adopted proposal decided, undefined when it is not adopted or has ended. */
export async function adoptedTerms(
  db: Queries,
  proposal: string,
): Promise<Readonly<{ outcome: unknown; ended: string | null }> | undefined> {
  return rowOf(
    db,
    sql`select d.outcome, e.kind as ended from proposal p join decision d on d.proposal_no = p.no and d.result = 'adopted'
        left join decision_end e on e.proposal_no = p.no where p.id = ${proposal}`,
  );
}
