import type { Flow } from "#core/funds/figures.ts";
import { rowsOf, sql, type Queries } from "../database.ts";

/**
 * What moved in a fund by a day, and was known before an instant where one is given, summed by line, earmark and claim. A posting taken back counts against the way it first went. Of contributions, of
 * which there are thousands, the class that a posting counts in tells the way: called and credited change what is bound, and what came was bound.
 */
export async function flowsOf(
  db: Queries,
  fundNo: number,
  asOf: string,
  knownBefore: string | null = null,
): Promise<Flow[]> {
  const known = knownBefore === null ? sql`true` : sql`p.known_at < ${knownBefore}::timestamptz`;
  const rows = await rowsOf<Omit<Flow, "amount"> & { amount: string }>(
    db,
    sql`with called as (
          select sl.share_no, sl.line_no, p.class, p.sign * p.polarity as way, sum(p.polarity * p.quantity) as amount
          from fund_call k join call_share s on s.call_no = k.no join call_share_line sl on sl.share_no = s.no join posting p on p.promise_no = sl.promise_no
          where k.fund_no = ${fundNo} and p.effective_on <= ${asOf}::date and ${known} group by 1, 2, 3, 4
        ), other as (
          select 'pledge' as role, promise_no, no as claim, line_no, earmark_no from fund_pledge where fund_no = ${fundNo}
          union all
          select 'pot', promise_no, null, line_no, earmark_no from pot where fund_no = ${fundNo}
        ), posted as (
          select o.role, o.claim, o.line_no, o.earmark_no, p.debit_account, p.credit_account, p.polarity, o.role = 'pot' and p.authority_no is not null as moved,
                 sum(p.polarity * p.quantity) as amount
          from other o join posting p on p.promise_no = o.promise_no where p.effective_on <= ${asOf}::date and ${known} group by 1, 2, 3, 4, 5, 6, 7, 8
        ), flow as (
          select 'contribution' as role, share_no as claim, line_no, null::integer as earmark_no, case when way < 0 then class when class = 2 then 0 else 2 end as leaves,
                 case when way < 0 then 0 else class end as enters, false as moved, amount from called
          union all
          select p.role, p.claim, p.line_no, p.earmark_no, coalesce(case p.polarity when 1 then c.class else d.class end, 0),
                 coalesce(case p.polarity when 1 then d.class else c.class end, 0), p.moved, p.amount
          from posted p join account d on d.no = p.debit_account join account c on c.no = p.credit_account
        )
        select f.role, f.claim, l.id as line, e.id as earmark, f.leaves::integer as leaves, f.enters::integer as enters, f.moved, sum(f.amount)::text as amount
        from flow f join fund_line l on l.no = f.line_no left join earmark e on e.no = f.earmark_no
        group by f.role, f.claim, l.id, e.id, f.leaves, f.enters, f.moved having sum(f.amount) <> 0`,
  );
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }));
}
