import type { ProposalEvent } from "#core/decisions/events.ts";
import { millisecondsOf } from "#core/decisions/instants.ts";
import type { Procedure } from "#core/decisions/procedure.ts";
import { valueOf } from "#core/decisions/result.ts";
import { stateAt, type ProposalState } from "#core/decisions/state.ts";
import { MainstayError } from "#core/errors.ts";
import { eventFromJson } from "#formats/proposals/events.ts";
import { readProcedure } from "#formats/procedures/read.ts";
import type { Queries } from "#store/database.ts";
import { eventsOf, findProposal, lockProposal, type StoredProposal } from "#store/decisions/proposals.ts";

/** A proposal as it is on record: what it is judged by, what has happened to it, and when each of that was entered. */
export type Case = Readonly<{
  stored: StoredProposal;
  procedure: Procedure; // the one frozen with it
  events: readonly ProposalEvent[];
  recordedAt: readonly string[];
}>;

/** Proposals with their events, in one look-up. */
export async function casesOf(db: Queries, stored: readonly StoredProposal[]): Promise<readonly Case[]> {
  const rows = await eventsOf(
    db,
    stored.map((one) => one.no),
  );
  const events = Map.groupBy(rows, (row) => row.proposalNo);
  const procedures = new Map<string, Procedure>(); // many proposals are under the same text
  return stored.map((one) => {
    const procedure =
      procedures.get(one.procedureText) ?? readProcedure(one.procedureText, `the procedure of ${one.id}`);
    procedures.set(one.procedureText, procedure);
    const own = events.get(one.no) ?? [];
    return {
      stored: one,
      procedure,
      events: own.map((row) => eventFromJson(row.body)),
      recordedAt: own.map((row) => row.recordedAt),
    };
  });
}

/** @throws MainstayError unknown_proposal */
export async function requireCase(db: Queries, id: string): Promise<Case> {
  const stored = await findProposal(db, id);
  const [found] = stored === undefined ? [] : await casesOf(db, [stored]);
  if (found === undefined) throw new MainstayError("unknown_proposal", JSON.stringify(id), { field: "id" });
  return found;
}

/** The same with nobody else writing to it until the transaction ends. @throws MainstayError unknown_proposal */
export async function lockedCase(trx: Queries, id: string): Promise<Case> {
  await lockProposal(trx, id);
  return requireCase(trx, id);
}

/** The state at an instant, or at the last thing on record where a clock that goes slower than another's says an earlier one. */
export function stateBy({ procedure, events, stored }: Case, now: string): ProposalState {
  const known = [now, events.at(-1)?.at ?? now, stored.decidedAt ?? now];
  const latest = known.reduce((one, other) => (millisecondsOf(other) > millisecondsOf(one) ? other : one));
  return valueOf(stateAt(procedure, events, latest));
}
