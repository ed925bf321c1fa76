import { rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";

/** What was placed and is in no consignment. */
export type Uncarried = Readonly<{
  placement: string;
  offer: string;
  item: string;
  hub: string;
  giver: string;
  giverName: string;
  need: string;
  needTitle: string;
  priority: number;
  pieces: number;
  dueFrom: string;
  dueUntil: string;
}>;

/** The placements of a book due before a day (null: on any) of which pieces are in no consignment, as known before an instant (null: all). */
export async function uncarriedBefore(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
  day: string | null,
): Promise<Uncarried[]> {
  return rowsOf<Uncarried>(
    db,
    sql`select p.id as placement, o.id as offer, p.item, p.hub, d.id as giver, d.name as "giverName", n.id as need, coalesce(nv.body ->> 'title', n.id) as "needTitle",
               coalesce((nv.body ->> 'priority')::int, 5) as priority, (p.pieces - coalesce(c.pieces, 0))::float8 as pieces,
               p.due_from as "dueFrom", p.due_until as "dueUntil"
        from placement p join offer o on o.no = p.offer_no join promise pr on pr.no = o.promise_no join party d on d.no = pr.donor_no
        join need n on n.no = p.need_no
        left join lateral (select body from need_version v where v.need_no = n.no and ${cut(sql`v.known_at`, knownBefore)} order by seq desc limit 1) nv on true
        left join lateral (
          select sum(case when m.from_state is null then 1 else 0 end * m.pieces - case when m.to_state is null then 1 else 0 end * m.pieces
                     - case when m.to_state = 'returned' then m.pieces else 0 end + case when m.from_state = 'returned' then m.pieces else 0 end) as pieces
          from consignment_line l join delivery_move m on m.line_no = l.no join delivery_event e on e.no = m.event_no
          where l.placement_no = p.no and ${cut(sql`e.known_at`, knownBefore)}
        ) c on true
        where p.book_no = ${bookNo} and ${cut(sql`p.known_at`, knownBefore)} and (${day}::date is null or p.due_until < ${day}::date)
          and p.pieces > coalesce(c.pieces, 0)
          and not exists (select from posting r where r.reverses = p.posting_no and ${cut(sql`r.known_at`, knownBefore)})
        order by p.due_until, p.no`,
  );
}
