import type { PiecesOf } from "#core/planning/coverage.ts";
import { onlyRow, rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";
import { standingPlanNo } from "./standing.ts";

/** The states of deliveries in which pieces have got so far; `gone`: nobody has them any more. */
export type ReachedStates = Readonly<{
  moved: readonly string[];
  handedOver: readonly string[];
  confirmed: readonly string[];
  gone: readonly string[];
}>;

/**
 * What is placed with each need of a book by kind, and how far it has come by what was reported and signed for, as known before an instant (null: now); by
 * the need's number. What was lost, and what was taken back, is not in it.
 */
export async function coverageOf(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
  states: ReachedStates,
): Promise<ReadonlyMap<number, readonly PiecesOf[]>> {
  const known = (column: string) => cut(sql.ref(column), knownBefore);
  const inStates = (list: readonly string[]) =>
    sql`coalesce(sum(d.change) filter (where d.state = any (${list}::text[])), 0)`;
  const rows = await rowsOf<PiecesOf & Readonly<{ need: number }>>(
    db,
    sql`with line as (
          select l.no, l.need_no, l.item, l.pieces from placement l
          where l.book_no = ${bookNo} and ${known("l.known_at")}
            and not exists (select from posting r where r.reverses = l.posting_no and ${known("r.known_at")})
        ), moved as (
          select c.placement_no, m.from_state, m.to_state, m.pieces
          from delivery_move m join delivery_event e on e.no = m.event_no join consignment_line c on c.no = m.line_no
          where c.book_no = ${bookNo} and ${known("e.known_at")}
        ), d as (
          select placement_no, to_state as state, pieces as change from moved where to_state is not null
          union all select placement_no, from_state, -pieces from moved where from_state is not null
        ), far as (
          select placement_no, ${inStates(states.moved)} as moved, ${inStates(states.handedOver)} as handed, ${inStates(states.confirmed)} as confirmed,
                 ${inStates(states.gone)} as gone
          from d group by placement_no
        )
        select l.need_no as need, l.item, sum(l.pieces - coalesce(f.gone, 0))::float8 as placed, sum(coalesce(f.moved, 0))::float8 as moved,
               sum(coalesce(f.handed, 0))::float8 as "handedOver", sum(coalesce(f.confirmed, 0))::float8 as confirmed
        from line l left join far f on f.placement_no = l.no group by l.need_no, l.item order by l.need_no, l.item`,
  );
  return Map.groupBy(rows, (row) => row.need);
}

/** The plan that stands in a book: what it asks for of each need still, and what it gives, in millionths of a unit. */
export type StandingPlan = Readonly<{
  id: string;
  needs: ReadonlyMap<string, Readonly<{ asked: number; worthPpm: number }>>;
}>;

/** As known before an instant (null: now). */
export async function standingPlan(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
): Promise<StandingPlan | undefined> {
  const no = await standingPlanNo(db, bookNo, knownBefore);
  if (no === undefined) return undefined;
  const row = await onlyRow<{ id: string; needs: { need: string; asked: number; worthPpm: number }[] }>(
    db,
    sql`with standing as (select id, instance, result from plan where no = ${no}),
          asked as (select n ->> 'id' as need, (n ->> 'quantity')::float8 as asked from standing, jsonb_array_elements(instance -> 'needs') n),
          given as (select c ->> 'need' as need,
                           (select coalesce(sum((b ->> 'worthPpm')::float8), 0) from jsonb_array_elements(c -> 'byBucket') b) as worth
                    from standing, jsonb_array_elements(result -> 'coverage') c)
        select id, coalesce((select json_agg(json_build_object('need', a.need, 'asked', a.asked, 'worthPpm', coalesce(g.worth, 0)))
                             from asked a left join given g using (need)), '[]') as needs from standing`,
  );
  return { id: row.id, needs: new Map(row.needs.map((one) => [one.need, one])) };
}

export type PlacedLine = Readonly<{
  id: string;
  plan: string | null;
  proposal: string | null;
  offer: string;
  giver: string;
  giverName: string;
  need: string;
  needTitle: string;
  item: string;
  hub: string;
  dueFrom: string;
  dueUntil: string;
  pieces: number;
  quantity: string; // smallest parts of the unit
  unit: string;
  unitKind: string;
  scale: number;
  knownAt: string;
}>;

/** What is placed with a need, or of an offer, as known before an instant, in the order of placing. */
export async function placedLines(
  db: Queries,
  of: Readonly<{ needNo: number } | { offerNo: number }>,
  knownBefore: string | null,
): Promise<PlacedLine[]> {
  const which = "needNo" in of ? sql`l.need_no = ${of.needNo}` : sql`l.offer_no = ${of.offerNo}`;
  const known = (column: string) => cut(sql.ref(column), knownBefore);
  return rowsOf<PlacedLine>(
    db,
    sql`select l.id, p.id as plan, d.id as proposal, o.id as offer, g.id as giver, g.name as "giverName", n.id as need,
               (select body ->> 'title' from need_version v where v.need_no = n.no order by seq desc limit 1) as "needTitle",
               l.item, l.hub, l.due_from as "dueFrom", l.due_until as "dueUntil", l.pieces::float8 as pieces, l.quantity::text as quantity,
               u.code as unit, u.kind as "unitKind", u.scale, l.known_at as "knownAt"
        from placement l join offer o on o.no = l.offer_no join promise q on q.no = o.promise_no join unit u on u.no = q.unit_no
        join party g on g.no = q.donor_no join need n on n.no = l.need_no left join plan p on p.no = l.plan_no left join proposal d on d.no = l.proposal_no
        where ${which} and ${known("l.known_at")}
          and not exists (select from posting r where r.reverses = l.posting_no and ${known("r.known_at")}) order by l.no`,
  );
}
