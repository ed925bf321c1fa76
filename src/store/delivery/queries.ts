import type { DeliverySide, QueryOutcome } from "#core/views-delivery.ts";
import { onlyRow, rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";

export type NewQuery = Readonly<{
  eventNo: number;
  consignmentNo: number;
  lineNo: number;
  about: "quantity" | "day";
  donorPieces: bigint;
  donorOn: string | null;
  recipientPieces: bigint;
  recipientOn: string;
  at: string;
}>;

/** Opens queries and returns their numbers, in order. */
export async function insertQueries(trx: Queries, queries: readonly NewQuery[]): Promise<number[]> {
  if (queries.length === 0) return [];
  const list = <T>(of: (query: NewQuery) => T): T[] => queries.map(of);
  const rows = await rowsOf<{ no: number }>(
    trx,
    sql`insert into consignment_query (event_no, consignment_no, line_no, about, donor_pieces, donor_on, recipient_pieces, recipient_on, at)
        select * from unnest(${list((q) => q.eventNo)}::bigint[], ${list((q) => q.consignmentNo)}::int[], ${list((q) => q.lineNo)}::bigint[],
          ${list((q) => q.about)}::text[], ${list((q) => q.donorPieces.toString())}::numeric[], ${list((q) => q.donorOn)}::date[],
          ${list((q) => q.recipientPieces.toString())}::numeric[], ${list((q) => q.recipientOn)}::date[], ${list((q) => q.at)}::timestamptz[])
        returning no`,
  );
  return rows.map((row) => row.no);
}

export type StoredQuery = Readonly<{
  no: number;
  eventNo: number;
  consignmentNo: number;
  consignment: string;
  consignmentTitle: string;
  lineNo: number;
  line: number;
  item: string;
  giver: string;
  giverName: string;
  need: string;
  about: "quantity" | "day";
  donorPieces: string;
  donorOn: string | null;
  recipientPieces: string;
  recipientOn: string;
  at: string;
  messages: readonly Readonly<{ side: DeliverySide; says: string; actor: string; at: string }>[];
  settled: Readonly<{
    outcome: QueryOutcome;
    pieces: string | null;
    on: string | null;
    reason: string;
    events: readonly string[];
    actor: string;
    at: string;
  }> | null;
}>;

/** The queries of a book known before an instant (null: all), oldest first: all, those of consignments, or the one of a number. */
export async function queriesOf(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
  which: Readonly<{ consignments?: readonly number[]; no?: number }> = {},
): Promise<StoredQuery[]> {
  const conditions = [
    sql`c.book_no = ${bookNo}`,
    cut(sql`q.at`, knownBefore),
    which.consignments === undefined ? sql`true` : sql`q.consignment_no = any (${which.consignments}::int[])`,
    which.no === undefined ? sql`true` : sql`q.no = ${which.no}`,
  ];
  return rowsOf<StoredQuery>(
    db,
    sql`select q.no, q.event_no as "eventNo", c.no as "consignmentNo", c.id as consignment, c.title as "consignmentTitle", l.no as "lineNo", l.seq as line,
               p.item, d.id as giver, d.name as "giverName", n.id as need, q.about, q.donor_pieces::text as "donorPieces", q.donor_on as "donorOn",
               q.recipient_pieces::text as "recipientPieces", q.recipient_on as "recipientOn", q.at,
               coalesce((select json_agg(json_build_object('side', m.side, 'says', m.says, 'actor', m.actor, 'at', ${instant(sql`m.at`)}) order by m.seq)
                         from query_message m where m.query_no = q.no and ${cut(sql`m.at`, knownBefore)}), '[]') as messages,
               (select json_build_object('outcome', t.outcome, 'pieces', t.pieces::text, 'on', t.on_day, 'reason', t.reason, 'actor', t.actor,
                                         'events', t.events::text[], 'at', ${instant(sql`t.at`)})
                from query_settlement t where t.query_no = q.no and ${cut(sql`t.at`, knownBefore)}) as settled
        from consignment_query q join consignment c on c.no = q.consignment_no join consignment_line l on l.no = q.line_no
        join placement p on p.no = l.placement_no join need n on n.no = p.need_no join offer o on o.no = p.offer_no
        join promise pr on pr.no = o.promise_no join party d on d.no = pr.donor_no
        where ${sql.join(conditions, sql` and `)} order by q.no`,
  );
}

function instant(column: ReturnType<typeof sql>) {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** Adds a message to a query. */
export async function insertMessage(
  trx: Queries,
  queryNo: number,
  message: Readonly<{ side: DeliverySide; says: string; at: string; actor: string }>,
): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into query_message (query_no, seq, side, says, at, actor)
        select ${queryNo}, coalesce(max(seq), 0) + 1, ${message.side}, ${message.says}, ${message.at}::timestamptz, ${message.actor}
        from query_message where query_no = ${queryNo}`,
  );
}

export type NewSettlement = Readonly<{
  queryNo: number;
  outcome: QueryOutcome;
  pieces: bigint | null;
  on: string | null;
  reason: string;
  events: readonly number[];
  at: string;
  actor: string;
}>;

/** Settles a query. */
export async function insertSettlement(trx: Queries, made: NewSettlement): Promise<void> {
  await onlyRow(
    trx,
    sql`insert into query_settlement (query_no, outcome, pieces, on_day, reason, events, at, actor)
        values (${made.queryNo}, ${made.outcome}, ${made.pieces?.toString() ?? null}::numeric, ${made.on}::date, ${made.reason}, ${made.events}::bigint[],
                ${made.at}::timestamptz, ${made.actor}) returning query_no`,
  );
}
