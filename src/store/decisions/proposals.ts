import type { ObjectKind } from "#core/decisions/terms.ts";
import { onlyRow, rowOf, rowsOf, sql, type Queries } from "../database.ts";

/** A proposal as it was opened, with what it ended in. Its events are loaded apart. */
export type StoredProposal = Readonly<{
  no: number;
  id: string;
  book: string;
  bookNo: number;
  synthetic: boolean;
  group: string | null;
  groupName: string | null;
  procedureText: string; // its file as it stood at opening
  object: ObjectKind;
  result: "adopted" | "rejected" | null; // as decided and recorded
  decidedAt: string | null;
  effect: string | null; // why what was adopted has no effect; empty where it has
  ended: boolean; // annulled or expired
}>;

/** An event as it was stored: its place in the list, its body as JSON and when it was entered. */
export type StoredEvent = Readonly<{ proposalNo: number; seq: number; body: unknown; recordedAt: string }>;

const columns = sql`p.no, p.id, b.slug as book, b.no as "bookNo", b.synthetic, g.slug as "group", g.name as "groupName", p.procedure_text as "procedureText",
  p.object, d.result, d.at as "decidedAt", d.effect, e.proposal_no is not null as ended`;
const tables = sql`proposal p join book b on b.no = p.book_no left join party_group g on g.no = p.group_no
  left join decision d on d.proposal_no = p.no left join decision_end e on e.proposal_no = p.no`;

export async function findProposal(db: Queries, id: string): Promise<StoredProposal | undefined> {
  return rowOf<StoredProposal>(db, sql`select ${columns} from ${tables} where p.id = ${id}`);
}

/** The proposals of a book, newest first. */
export async function proposalsOfBook(db: Queries, bookNo: number): Promise<StoredProposal[]> {
  return rowsOf<StoredProposal>(
    db,
    sql`select ${columns} from ${tables} where p.book_no = ${bookNo} order by p.no desc`,
  );
}

/** The proposals not decided of which some silence was to expire by an instant. Some of them may have been broken before, or withdrawn. */
export async function proposalsExpiredBy(db: Queries, instant: string): Promise<StoredProposal[]> {
  return rowsOf<StoredProposal>(
    db,
    sql`select ${columns} from ${tables} where d.proposal_no is null and exists (
          select from proposal_event s where s.proposal_no = p.no and (s.body ->> 'expiresAt')::timestamptz <= ${instant}::timestamptz)
        order by p.no`,
  );
}

/** The events of proposals, each proposal's in their order. */
export async function eventsOf(db: Queries, proposals: readonly number[]): Promise<StoredEvent[]> {
  return rowsOf<StoredEvent>(
    db,
    sql`select proposal_no as "proposalNo", seq, body, recorded_at as "recordedAt" from proposal_event
        where proposal_no = any(${proposals}::int[]) order by proposal_no, seq`,
  );
}

/** Lets one writer at a time at a proposal, to the end of the transaction; by its id, so that the opening is one too. */
export async function lockProposal(trx: Queries, id: string): Promise<void> {
  await rowsOf(trx, sql`select pg_advisory_xact_lock(hashtextextended('mainstay.proposal ' || ${id}, 0))`);
}

export type NewProposal = Readonly<{
  id: string;
  bookNo: number;
  group: string;
  procedure: string;
  procedureFrom: string;
  procedureText: string;
  object: ObjectKind;
  actor: string;
}>;

/** Enters a proposal and returns its number. */
export async function insertProposal(trx: Queries, proposal: NewProposal): Promise<number> {
  const row = await onlyRow<{ no: number }>(
    trx,
    sql`insert into proposal (id, book_no, group_no, procedure_id, procedure_from, procedure_text, object, actor)
        values (${proposal.id}, ${proposal.bookNo}, (select no from party_group where slug = ${proposal.group}), ${proposal.procedure},
          ${proposal.procedureFrom}, ${proposal.procedureText}, ${proposal.object}, ${proposal.actor}) returning no`,
  );
  return row.no;
}

export type NewEvent = Readonly<{ seq: number; at: string; kind: string; body: string; actor: string }>;

/** Enters an event, its body as JSON text. The key of proposal and place in the list refuses a second one there. */
export async function insertEvent(trx: Queries, proposalNo: number, event: NewEvent): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into proposal_event (proposal_no, seq, at, kind, body, actor)
        values (${proposalNo}, ${event.seq}, ${event.at}, ${event.kind}, ${event.body}::jsonb, ${event.actor})`,
  );
}

export type NewDecision = Readonly<{
  proposalNo: number;
  result: "adopted" | "rejected";
  at: string;
  outcome: string;
  effect: string;
}>;

/** Enters what a proposal ended in, its outcome as JSON text. */
export async function insertDecision(trx: Queries, decision: NewDecision): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into decision (proposal_no, result, at, outcome, effect)
        values (${decision.proposalNo}, ${decision.result}, ${decision.at}, ${decision.outcome}::jsonb, ${decision.effect})`,
  );
}

/** Ends an adopted decision: no more is drawn on it. */
export async function endDecision(
  trx: Queries,
  proposalNo: number,
  ending: Readonly<{ kind: "annulled" | "expired"; at: string; reason: string }>,
): Promise<void> {
  await rowsOf(trx, sql`select end_decision(${proposalNo}, ${ending.kind}, ${ending.at}, ${ending.reason})`);
}
