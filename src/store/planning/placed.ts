import type { Placed } from "#core/planning/placed.ts";
import { rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";

/**
 * What of a book's offers is placed with its needs as known before an instant (null: all), in the order in which it was placed; what was taken
 * back is left out. `pieces` are those that the need can still count on, `taken` those that the offer no longer has. `gone`: the states of deliveries
 * in which nobody has a piece any more. `overtook`: only what a plan did not know of and is not of it.
 */
export async function placedIn(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
  gone: readonly string[],
  overtook?: Readonly<{ no: number; knownAt: string; recordedAt: string }>,
): Promise<Placed[]> {
  const chosen =
    overtook === undefined
      ? sql`true`
      : sql`p.plan_no is distinct from ${overtook.no}
            and (p.known_at > ${overtook.knownAt}::timestamptz or p.recorded_at > ${overtook.recordedAt}::timestamptz)`;
  const known = (column: string) => cut(sql.ref(column), knownBefore);
  const rows = await rowsOf<
    Omit<Placed, "pieces" | "taken" | "costMinor"> & { pieces: string; gone: string; cost: string }
  >(
    db,
    sql`select o.id as offer, n.id as need, p.item, p.due_until as "dueUntil", p.pieces::text as pieces, coalesce(g.pieces, 0)::text as gone,
               case when u.kind = 'currency' then p.quantity else 0 end::text as cost
        from placement p join offer o on o.no = p.offer_no join need n on n.no = p.need_no join promise m on m.no = o.promise_no join unit u on u.no = m.unit_no
        left join lateral (
          select sum(case when v.to_state = any (${gone}::text[]) then v.pieces else -v.pieces end) as pieces
          from consignment_line l join delivery_move v on v.line_no = l.no join delivery_event e on e.no = v.event_no
          where l.placement_no = p.no and ${known("e.known_at")}
            and coalesce(v.to_state = any (${gone}::text[]), false) <> coalesce(v.from_state = any (${gone}::text[]), false)
        ) g on true
        where p.book_no = ${bookNo} and ${known("p.known_at")} and ${chosen}
          and not exists (select from posting r where r.reverses = p.posting_no and ${known("r.known_at")})
        order by p.no`,
  );
  return rows.map(({ pieces, gone: lost, cost, ...row }) => ({
    ...row,
    pieces: Number(pieces) - Number(lost),
    taken: Number(pieces),
    costMinor: Number(cost),
  }));
}
