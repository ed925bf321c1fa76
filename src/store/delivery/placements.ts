import type { Stream } from "#core/bindingness.ts";
import { rowsOf, sql, type Queries } from "../database.ts";

/** A placement with where its pieces stand, over all consignments. Quantities as exact digits; pieces without a state are in no consignment. */
export type CarriedPlacement = Readonly<{
  no: number;
  id: string;
  item: string;
  hub: string;
  pieces: string;
  quantity: string;
  promise: string;
  promiseStream: Stream;
  unit: string;
  standing: Readonly<Record<string, string>>;
}>;

/** What came to each stage of promises and left it, by the day it counts from; what has no day counts from the first there is. */
export async function stageChanges(
  db: Queries,
  promises: readonly string[],
): Promise<Readonly<{ promise: string; stage: string; on: string; change: string }>[]> {
  return rowsOf(
    db,
    sql`select q.id as promise, a.stage, coalesce(p.effective_on, '0001-01-01') as "on",
               sum(case when p.debit_account = a.no then p.quantity else -p.quantity end)::text as change
        from promise q join posting p on p.promise_no = q.no join account a on a.no in (p.debit_account, p.credit_account)
        where q.id = any (${promises}::text[]) and a.promise_no = q.no and not a.contra group by q.id, a.stage, "on"`,
  );
}

/** The placements of those ids, without those taken back, or of those numbers. */
export async function carriedPlacements(
  db: Queries,
  bookNo: number,
  which: Readonly<{ ids: readonly string[] } | { numbers: readonly number[] }>,
): Promise<CarriedPlacement[]> {
  const chosen =
    "ids" in which
      ? sql`p.id = any (${which.ids}::text[]) and not exists (select from posting r where r.reverses = p.posting_no)`
      : sql`p.no = any (${which.numbers}::bigint[])`;
  return rowsOf<CarriedPlacement>(
    db,
    sql`select p.no, p.id, p.item, p.hub, p.pieces::text as pieces, p.quantity::text as quantity, pr.id as promise, pr.stream as "promiseStream",
               u.code as unit, coalesce(stands.standing, '{}') as standing
        from placement p join offer o on o.no = p.offer_no join promise pr on pr.no = o.promise_no join unit u on u.no = pr.unit_no
        left join lateral (
          select json_object_agg(state, pieces::text) as standing from (
            select s.state, sum(s.pieces) as pieces from consignment_line l cross join lateral line_standing(l.no) s
            where l.placement_no = p.no group by s.state having sum(s.pieces) > 0
          ) as sums
        ) as stands on true
        where p.book_no = ${bookNo} and ${chosen} order by p.no`,
  );
}
