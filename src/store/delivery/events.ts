import type { DeliverySide } from "#core/views-delivery.ts";
import type { SourceRef } from "#core/views.ts";
import { sourceRef } from "../books.ts";
import { onlyRow, rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";

export type NewEvent = Readonly<{
  consignmentNo: number;
  kind: string;
  side: DeliverySide;
  on: string;
  place: string | null;
  evidence: string | null;
  reason: string;
  partner: number | null;
  knownAt: string;
  sourceNo: number;
  actor: string;
}>;

/** Enters an event and returns its number. */
export async function insertEvent(trx: Queries, event: NewEvent): Promise<number> {
  const { no } = await onlyRow<{ no: number }>(
    trx,
    sql`insert into delivery_event (consignment_no, kind, side, on_day, place, evidence, reason, partner, known_at, source_no, actor)
        values (${event.consignmentNo}, ${event.kind}, ${event.side}, ${event.on}::date, ${event.place}, ${event.evidence}, ${event.reason},
                ${event.partner}, ${event.knownAt}::timestamptz, ${event.sourceNo}, ${event.actor})
        returning no`,
  );
  return no;
}

export type NewMove = Readonly<{ lineNo: number; from: string | null; to: string | null; pieces: bigint }>;

/** Enters what an event moved. */
export async function insertMoves(
  trx: Queries,
  event: Readonly<{ no: number; consignmentNo: number }>,
  moves: readonly NewMove[],
): Promise<void> {
  if (moves.length === 0) return;
  await rowsOf(
    trx,
    sql`insert into delivery_move (event_no, consignment_no, line_no, from_state, to_state, pieces)
        select ${event.no}, ${event.consignmentNo}, l.* from unnest(${moves.map((m) => m.lineNo)}::bigint[], ${moves.map((m) => m.from)}::text[],
          ${moves.map((m) => m.to)}::text[], ${moves.map((m) => m.pieces.toString())}::numeric[]) as l`,
  );
}

/** Enters what the recipient said of lines. */
export async function insertSaid(
  trx: Queries,
  event: Readonly<{ no: number; consignmentNo: number }>,
  said: readonly Readonly<{ lineNo: number; pieces: bigint }>[],
): Promise<void> {
  if (said.length === 0) return;
  await rowsOf(
    trx,
    sql`insert into delivery_said (event_no, consignment_no, line_no, pieces)
        select ${event.no}, ${event.consignmentNo}, l.* from unnest(${said.map((s) => s.lineNo)}::bigint[], ${said.map((s) => s.pieces.toString())}::numeric[]) as l`,
  );
}

/** Says of postings which event made them. */
export async function linkEventPostings(trx: Queries, event: number, postings: readonly number[]): Promise<void> {
  if (postings.length === 0) return;
  await rowsOf(
    trx,
    sql`insert into delivery_posting (event_no, posting_no) select ${event}, * from unnest(${postings}::bigint[])`,
  );
}

export type StoredEvent = Readonly<{
  no: number;
  consignmentNo: number;
  kind: string;
  side: DeliverySide;
  on: string;
  place: string | null;
  evidence: string | null;
  reason: string;
  other: string | null;
  moves: readonly Readonly<{ line: number; from: string | null; to: string | null; pieces: string }>[];
  said: readonly Readonly<{ line: number; pieces: string }>[];
  postings: readonly string[];
  knownAt: string;
  recordedAt: string;
  actor: string;
  source: SourceRef;
}>;

/** The events of a consignment known before an instant (null: all), oldest first. */
export async function eventsOf(db: Queries, consignmentNo: number, knownBefore: string | null): Promise<StoredEvent[]> {
  return rowsOf<StoredEvent>(
    db,
    sql`select e.no, e.consignment_no as "consignmentNo", e.kind, e.side, e.on_day as "on", e.place, e.evidence, e.reason, other.id as other,
               coalesce((select json_agg(json_build_object('line', l.seq, 'from', m.from_state, 'to', m.to_state, 'pieces', m.pieces::text) order by m.no)
                         from delivery_move m join consignment_line l on l.no = m.line_no where m.event_no = e.no), '[]') as moves,
               coalesce((select json_agg(json_build_object('line', l.seq, 'pieces', d.pieces::text) order by l.seq)
                         from delivery_said d join consignment_line l on l.no = d.line_no where d.event_no = e.no), '[]') as said,
               coalesce((select array_agg(p.posting_no::text order by p.posting_no) from delivery_posting p where p.event_no = e.no), '{}') as postings,
               e.known_at as "knownAt", e.recorded_at as "recordedAt", e.actor, ${sourceRef} as source
        from delivery_event e join source s on s.no = e.source_no
        left join delivery_event pair on pair.no = e.partner or pair.partner = e.no
        left join consignment other on other.no = pair.consignment_no
        where e.consignment_no = ${consignmentNo} and ${cut(sql`e.known_at`, knownBefore)} order by e.no`,
  );
}

/** The last event of each consignment known before an instant. */
export async function lastEvents(
  db: Queries,
  consignments: readonly number[],
  knownBefore: string | null,
): Promise<ReadonlyMap<number, Readonly<{ no: number; kind: string; on: string }>>> {
  const rows = await rowsOf<{ consignmentNo: number; no: number; kind: string; on: string }>(
    db,
    sql`select distinct on (consignment_no) consignment_no as "consignmentNo", no, kind, on_day as "on" from delivery_event e
        where consignment_no = any (${consignments}::int[]) and ${cut(sql`e.known_at`, knownBefore)} order by consignment_no, no desc`,
  );
  return new Map(rows.map(({ consignmentNo, ...event }) => [consignmentNo, event]));
}
