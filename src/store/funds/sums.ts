import type { Flow } from "#core/funds/figures.ts";
import { rowsOf, sql, type Queries } from "../database.ts";

/** What moved in a whole fund by a day, without telling claims, lines and earmarks apart; what is overdue of its calls. Smallest parts. */
export type FundSums = Readonly<{ flows: readonly Flow[]; arrears: bigint; envelope: bigint }>;

type Row = Readonly<{ fundNo: number; what: Flow["role"] | "arrears" | "envelope" }> &
  Omit<Flow, "role" | "amount"> &
  Readonly<{ amount: string }>;

/**
 * The sums of every fund of a book, as flowsOf would give them, drawn from what the acts that stand have entered: thousands of contributions need not
 * be looked at one by one for a list of funds.
 */
export async function sumsOf(db: Queries, bookNo: number, asOf: string): Promise<ReadonlyMap<number, FundSums>> {
  const rows = await rowsOf<Row>(
    db,
    sql`with standing as materialized (
          select a.no, a.fund_no from fund_act a join fund f on f.no = a.fund_no
          where f.book_no = ${bookNo} and a.effective_on <= ${asOf}::date and not exists (select from fund_act back where back.reverses = a.no)
        ), called as (
          select k.no, k.fund_no, k.due_on, k.amount - k.uncovered as amount from fund_call k join standing a on a.no = k.act_no
        ), came as (
          select a.fund_no, s.call_no, sum(r.amount) as amount from standing a join receipt r on r.act_no = a.no
          left join call_share s on s.no = r.share_no group by a.fund_no, s.call_no
        ), credited as (
          select a.fund_no, s.call_no, sum(c.credited) as amount from standing a join in_kind_credit c on c.act_no = a.no
          join call_share s on s.no = c.share_no group by a.fund_no, s.call_no
        ), spent as (
          select pot.fund_no, coalesce(case p.polarity when 1 then c.class else d.class end, 0) as leaves,
                 coalesce(case p.polarity when 1 then d.class else c.class end, 0) as enters, sum(p.polarity * p.quantity) as amount
          from pot join fund f on f.no = pot.fund_no join posting p on p.promise_no = pot.promise_no and p.authority_no is not null
          join account d on d.no = p.debit_account join account c on c.no = p.credit_account
          where f.book_no = ${bookNo} and p.effective_on <= ${asOf}::date group by 1, 2, 3
        ), flow (fund_no, what, leaves, enters, moved, amount) as (
          select fund_no, 'contribution', 0, 2, false, amount from called
          union all select fund_no, 'contribution', 2, 0, false, amount from credited
          union all select fund_no, 'contribution', 2, 5, false, amount from came where call_no is not null
          union all select a.fund_no, 'pledge', 0, 1, false, i.amount
                    from standing a join fund_pledge g on g.act_no = a.no join pledge_instalment i on i.pledge_no = g.no
          union all select fund_no, 'pledge', 1, 5, false, amount from came where call_no is null
          union all select fund_no, 'pot', 0, 2, false, amount from came
          union all select fund_no, 'pot', leaves, enters, true, amount from spent
          union all select k.fund_no, 'arrears', 0, 0, false, k.amount - coalesce(came.amount, 0) - coalesce(credited.amount, 0)
                    from called k left join came on came.call_no = k.no left join credited on credited.call_no = k.no where k.due_on < ${asOf}::date
          union all select y.fund_no, 'envelope', 0, 0, false, y.amount from fund_year y join fund f on f.no = y.fund_no where f.book_no = ${bookNo}
        )
        select fund_no as "fundNo", what, leaves, enters, moved, sum(amount)::text as amount from flow group by 1, 2, 3, 4, 5`,
  );
  return new Map([...Map.groupBy(rows, (row) => row.fundNo)].map(([fundNo, own]) => [fundNo, summed(own)]));
}

function summed(rows: readonly Row[]): FundSums {
  const of = (what: Row["what"]): bigint => BigInt(rows.find((row) => row.what === what)?.amount ?? 0);
  const flows = rows.flatMap(({ what, leaves, enters, moved, amount }): Flow[] => {
    if (what === "arrears" || what === "envelope") return [];
    return [{ role: what, claim: null, line: "", earmark: null, leaves, enters, moved, amount: BigInt(amount) }];
  });
  return { flows, arrears: of("arrears"), envelope: of("envelope") };
}
