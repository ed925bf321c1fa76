import { rowsOf, sql, type Queries } from "../database.ts";

/** A day on which something of a fund of the book is due or ends. */
export type FundDeadline = Readonly<{
  on: string;
  kind: "payment-due" | "pledge-due" | "authority-ends";
  fund: string;
  fundTitle: string;
  what: string; // the call's id, the pledge's title, the authority's purpose
  party: string | null; // who pays what was pledged
  number: number | null; // the call's or the pledge's instalment
  key: string; // tells it apart from every other of its kind in the fund
  openedAt: string; // when the fund was opened
  proposal: string | null; // the decision that grants the authority
}>;

const stands = (one: string) =>
  sql`not exists (select from fund_act back where back.reverses = ${sql.ref(`${one}.act_no`)})`;

/** What is due to the funds of a book and not taken back, and the last days of authorities whose decisions stand. Past ones too. */
export async function fundDeadlines(db: Queries, bookNo: number): Promise<FundDeadline[]> {
  return rowsOf<FundDeadline>(
    db,
    sql`select c.due_on as "on", 'payment-due' as kind, f.id as fund, f.title as "fundTitle", c.id as what, null as party, c.instalment::int as number,
               null as proposal, c.id as key, f.opened_at as "openedAt"
        from fund f join fund_call c on c.fund_no = f.no where f.book_no = ${bookNo} and ${stands("c")}
        union all
        select i.due_on, 'pledge-due', f.id, f.title, g.title, p.name, i.seq::int, null, i.reference, f.opened_at
        from fund f join fund_pledge g on g.fund_no = f.no join party p on p.no = g.party_no join pledge_instalment i on i.pledge_no = g.no
        where f.book_no = ${bookNo} and ${stands("g")}
        union all
        select upper(a.valid) - 1, 'authority-ends', f.id, f.title, a.purpose, null, null, r.id, a.id, f.opened_at
        from fund f join authority a on a.fund_no = f.no join proposal r on r.no = a.proposal_no
        where f.book_no = ${bookNo} and not exists (select from decision_end e where e.proposal_no = a.proposal_no)
        order by 1, 2, 3, 9`,
  );
}
