import { firstPlacementId } from "#core/planning/lines.ts";
import { rowsOf, sql, type Queries } from "../database.ts";

/** Lets one writer at a time at a book's needs, offers and placements, to the end of the transaction. */
export async function lockPlanning(trx: Queries, bookNo: number): Promise<void> {
  await rowsOf(trx, sql`select pg_advisory_xact_lock(hashtextextended('mainstay.planning', ${bookNo}::int))`);
}

/** An offer as placing looks at it: by its newest version, with what still stands as said. */
export type OfferStanding = Readonly<{
  id: string;
  no: number;
  giver: string;
  promise: string;
  unit: string;
  scale: number;
  said: string; // the stage that leads the class of what is said in the offer's stream
  placed: string;
  withdrawn: boolean;
  consent: string;
  left: string; // smallest parts
}>;

/** The offers of those ids. */
export async function offersToPlace(db: Queries, bookNo: number, ids: readonly string[]): Promise<OfferStanding[]> {
  return rowsOf<OfferStanding>(
    db,
    sql`select o.id, o.no, d.id as giver, m.id as promise, u.code as unit, u.scale, s.id as said, p.id as placed,
               v.state = 'withdrawn' as withdrawn, v.body -> 'consent' ->> 'state' as consent, coalesce(b.balance, 0)::text as "left"
        from offer o join promise m on m.no = o.promise_no join party d on d.no = m.donor_no join unit u on u.no = m.unit_no
        join lateral (select state, body from offer_version where offer_no = o.no order by seq desc limit 1) v on true
        join stage s on s.stream = m.stream and s.class = 1 and s.leads_class
        join stage p on p.stream = m.stream and p.class = 3 and p.leads_class
        left join account a on a.promise_no = m.no and a.stage = s.id and not a.contra
        left join account_balance b on b.account_no = a.no
        where o.book_no = ${bookNo} and o.id = any(${ids}::text[])`,
  );
}

/** The needs of those ids, each with whether it has been withdrawn. */
export async function needsToPlace(
  db: Queries,
  bookNo: number,
  ids: readonly string[],
): Promise<Readonly<{ id: string; no: number; withdrawn: boolean }>[]> {
  return rowsOf(
    db,
    sql`select n.id, n.no, (select state from need_version where need_no = n.no order by seq desc limit 1) = 'withdrawn' as withdrawn
        from need n where n.book_no = ${bookNo} and n.id = any(${ids}::text[])`,
  );
}

export type NewPlacement = Readonly<{
  id: string;
  offerNo: number;
  needNo: number;
  item: string;
  hub: string;
  dueFrom: string;
  dueUntil: string;
  pieces: number;
  quantity: bigint;
  posting: number;
}>;

/** Enters placements, each with its posting, in one call. */
export async function insertPlacements(
  trx: Queries,
  head: Readonly<{
    bookNo: number;
    planNo: number | null;
    proposalNo: number | null;
    source: string;
    knownAt: string;
    actor: string;
  }>,
  placements: readonly NewPlacement[],
): Promise<void> {
  const list = <T>(of: (placement: NewPlacement) => T): T[] => placements.map(of);
  await rowsOf(
    trx,
    sql`insert into placement (book_no, plan_no, proposal_no, known_at, source_no, actor, id, offer_no, need_no, item, hub, due_from, due_until,
                               pieces, quantity, posting_no)
        select ${head.bookNo}, ${head.planNo}, ${head.proposalNo}, ${head.knownAt}, (select no from source where id = ${head.source}), ${head.actor}, l.*
        from unnest(${list((one) => one.id)}::text[], ${list((one) => one.offerNo)}::int[], ${list((one) => one.needNo)}::int[],
          ${list((one) => one.item)}::text[], ${list((one) => one.hub)}::text[], ${list((one) => one.dueFrom)}::date[],
          ${list((one) => one.dueUntil)}::date[], ${list((one) => one.pieces)}::numeric[],
          ${list((one) => one.quantity.toString())}::numeric[], ${list((one) => one.posting)}::bigint[]) as l`,
  );
}

/** What was ever placed of a plan: each name, and whether it has been taken back since. */
export async function placedLinesOf(
  db: Queries,
  planNo: number,
): Promise<readonly Readonly<{ id: string; takenBack: boolean }>[]> {
  return rowsOf(
    db,
    sql`select id, exists (select from posting r where r.reverses = l.posting_no) as "takenBack" from placement l where plan_no = ${planNo}`,
  );
}

/** The names under which the lines of a plan that are placed and not taken back were placed first. */
export async function placedOf(db: Queries, planNo: number): Promise<ReadonlySet<string>> {
  const rows = await placedLinesOf(db, planNo);
  return new Set(rows.filter((row) => !row.takenBack).map((row) => firstPlacementId(row.id)));
}

/** A placement under a decision. `consignments`: those that carry pieces of it which have not come back. */
export type DecidedPlacement = Readonly<{
  id: string;
  offer: string;
  need: string;
  posting: number;
  takenBack: boolean;
  consignments: readonly string[];
}>;

/** What was placed under a decision, in the order of placing. */
export async function placementsUnder(db: Queries, proposal: string): Promise<DecidedPlacement[]> {
  return rowsOf<DecidedPlacement>(
    db,
    sql`select l.id, o.id as offer, n.id as need, l.posting_no::float8 as posting,
               exists (select from posting r where r.reverses = l.posting_no) as "takenBack",
               array(select distinct c.id from consignment_line i join consignment c on c.no = i.consignment_no cross join lateral line_standing(i.no) s
                     where i.placement_no = l.no and s.pieces > 0 and s.state <> 'returned' order by c.id) as consignments
        from placement l join offer o on o.no = l.offer_no join need n on n.no = l.need_no join proposal p on p.no = l.proposal_no
        where p.id = ${proposal} order by l.no`,
  );
}
