import type { Stream } from "#core/bindingness.ts";
import { rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";

/** A step of pieces as it is on record. */
export type StoredMove = Readonly<{
  event: number;
  kind: string;
  on: string;
  from: string | null;
  to: string | null;
  pieces: string;
}>;

/** A line with its placement and all its moves, oldest first. Quantities as exact digits. */
export type StoredLine = Readonly<{
  no: number;
  consignmentNo: number;
  line: number;
  placementNo: number;
  placement: string;
  offer: string;
  offerTitle: string;
  fund: string | null;
  giver: string;
  giverName: string;
  need: string;
  needTitle: string;
  priority: number;
  item: string;
  plan: string | null;
  dueFrom: string;
  dueUntil: string;
  placed: string; // pieces of the placement
  quantity: string; // of the placement, smallest parts of the promise's unit
  promise: string;
  promiseStream: Stream;
  unit: string;
  unitKind: string;
  scale: number;
  moves: readonly StoredMove[];
  said: boolean; // the recipient has stated something of it
}>;

/** The lines of consignments as known before an instant (null: all), in order. */
export async function linesOf(
  db: Queries,
  consignments: readonly number[],
  knownBefore: string | null,
): Promise<StoredLine[]> {
  return rowsOf<StoredLine>(
    db,
    sql`with line as (select * from consignment_line where consignment_no = any (${consignments}::int[])),
        moved as (
          select m.line_no, json_agg(json_build_object('event', e.no, 'kind', e.kind, 'on', e.on_day, 'from', m.from_state, 'to', m.to_state, 'pieces', m.pieces::text)
                                     order by m.no) as moves
          from delivery_move m join delivery_event e on e.no = m.event_no
          where m.line_no in (select no from line) and ${cut(sql`e.known_at`, knownBefore)} group by m.line_no
        ), said as (
          select distinct d.line_no from delivery_said d join delivery_event e on e.no = d.event_no
          where d.line_no in (select no from line) and ${cut(sql`e.known_at`, knownBefore)}
        )
        select l.no, l.consignment_no as "consignmentNo", l.seq as line, p.no as "placementNo", p.id as placement, o.id as offer,
               coalesce(ov.body ->> 'title', o.id) as "offerTitle", ov.body ->> 'fund' as fund, d.id as giver, d.name as "giverName", n.id as need,
               coalesce(nv.body ->> 'title', n.id) as "needTitle", coalesce((nv.body ->> 'priority')::int, 5) as priority, p.item, pl.id as plan,
               p.due_from as "dueFrom", p.due_until as "dueUntil", p.pieces::text as placed, p.quantity::text as quantity, pr.id as promise,
               pr.stream as "promiseStream", u.code as unit, u.kind as "unitKind", u.scale, coalesce(moved.moves, '[]') as moves,
               said.line_no is not null as said
        from line l join placement p on p.no = l.placement_no join offer o on o.no = p.offer_no join promise pr on pr.no = o.promise_no
        join party d on d.no = pr.donor_no join unit u on u.no = pr.unit_no join need n on n.no = p.need_no
        left join plan pl on pl.no = p.plan_no left join moved on moved.line_no = l.no left join said on said.line_no = l.no
        left join lateral (select body from need_version v where v.need_no = n.no and ${cut(sql`v.known_at`, knownBefore)} order by seq desc limit 1) nv on true
        left join lateral (select body from offer_version v where v.offer_no = o.no and ${cut(sql`v.known_at`, knownBefore)} order by seq desc limit 1) ov on true
        where ${knownBefore === null ? sql`true` : sql`moved.line_no is not null`}
        order by l.consignment_no, l.seq`,
  );
}

/** The lines of all consignments that placements are on, in order, with the pieces that each carries and those that came back, as known before an instant. */
export async function piecesOnLines(
  db: Queries,
  placements: readonly number[],
  knownBefore: string | null,
): Promise<readonly Readonly<{ line: number; placement: number; carried: string; returned: string }>[]> {
  return rowsOf(
    db,
    sql`select l.no as line, l.placement_no as placement,
               sum(case when d.state <> 'returned' then d.pieces else 0 end)::text as carried,
               sum(case when d.state = 'returned' then d.pieces else 0 end)::text as returned
        from consignment_line l join delivery_move m on m.line_no = l.no join delivery_event e on e.no = m.event_no
        cross join lateral (values (m.to_state, m.pieces), (m.from_state, -m.pieces)) as d (state, pieces)
        where l.placement_no = any (${placements}::bigint[]) and ${cut(sql`e.known_at`, knownBefore)} and d.state is not null
        group by l.no, l.placement_no order by l.no`,
  );
}
