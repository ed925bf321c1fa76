import type { Flow } from "#core/funds/figures.ts";
import { rowsOf, sql, type Queries } from "../database.ts";

/** What moved in a fund by a day, summed by line, earmark and claim. A posting taken back counts against the way it first went. */
export async function flowsOf(db: Queries, fundNo: number, asOf: string): Promise<Flow[]> {
  const rows = await rowsOf<Omit<Flow, "amount"> & { amount: string }>(
    db,
    sql`with mine as (
          select 'contribution' as role, sl.promise_no, sl.share_no as claim, sl.line_no, null::integer as earmark_no
          from fund_call k join call_share s on s.call_no = k.no join call_share_line sl on sl.share_no = s.no where k.fund_no = ${fundNo}
          union all
          select 'pledge', promise_no, no, line_no, earmark_no from fund_pledge where fund_no = ${fundNo}
          union all
          select 'pot', promise_no, null, line_no, earmark_no from pot where fund_no = ${fundNo}
        )
        select m.role, m.claim, l.id as line, e.id as earmark, way.leaves, way.enters, way.moved, sum(p.polarity * p.quantity)::text as amount
        from mine m join posting p on p.promise_no = m.promise_no join account d on d.no = p.debit_account join account c on c.no = p.credit_account
        join fund_line l on l.no = m.line_no left join earmark e on e.no = m.earmark_no
        cross join lateral (
          select coalesce(case p.polarity when 1 then c.class else d.class end, 0)::integer as leaves,
                 coalesce(case p.polarity when 1 then d.class else c.class end, 0)::integer as enters,
                 m.role = 'pot' and p.authority_no is not null as moved) as way
        where p.effective_on <= ${asOf}::date
        group by 1, 2, 3, 4, 5, 6, 7 having sum(p.polarity * p.quantity) <> 0`,
  );
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }));
}
