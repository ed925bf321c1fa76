import type { PlanCause } from "#core/views-plan.ts";
import { rowOf, rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";

/**
 * The number of the plan that stands in a book as known before an instant (null: now): the one of which something was accepted last and is placed still; where
 * nothing of any is, the one solved last that breaks no limit and is neither a quick one nor one that leaves offers out.
 */
export async function standingPlanNo(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
): Promise<number | undefined> {
  const known = (column: string) => cut(sql.ref(column), knownBefore);
  const row = await rowOf<{ no: number }>(
    db,
    sql`select p.no from plan p
        left join lateral (
          select max(l.no) as last from placement l
          where l.plan_no = p.no and ${known("l.known_at")}
            and not exists (select from posting r where r.reverses = l.posting_no and ${known("r.known_at")})
        ) accepted on true
        where p.book_no = ${bookNo} and ${known("p.known_at")}
          and (accepted.last is not null
               or p.asked ->> 'preview' = 'false' and p.asked -> 'without' = '[]' and p.summary -> 'problems' = '[]')
        order by accepted.last desc nulls last, p.no desc limit 1`,
  );
  return row?.no;
}

/** The offers of a plan that can't be planned with any more as they stand now, what became of each, the newest first. */
export async function offersLost(
  db: Queries,
  planNo: number,
): Promise<readonly (PlanCause & Readonly<{ knownAt: string }>)[]> {
  return rowsOf(
    db,
    sql`with plan as (select book_no, result from plan where no = ${planNo}),
          used as (
            select l ->> 'offer' as id from plan, jsonb_array_elements(result -> 'assignments') l
            union select l ->> 'money' from plan, jsonb_array_elements(result -> 'purchases') l
          )
        select o.id as offer, v.body ->> 'title' as title, v.known_at as "knownAt",
               case when v.state = 'withdrawn' then 'withdrawn' else 'consent-' || (v.body -> 'consent' ->> 'state') end as what
        from used u join plan p on true join offer o on o.book_no = p.book_no and o.id = u.id
        join lateral (select state, body, known_at from offer_version where offer_no = o.no order by seq desc limit 1) v on true
        where v.state = 'withdrawn' or v.body -> 'consent' ->> 'state' in ('pending', 'refused')
        order by v.known_at desc, o.id`,
  );
}
