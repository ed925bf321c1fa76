import { countPoll, standingOf, tableOf } from "./count.ts";
import type { Instant, ProposalEvent } from "./events.ts";
import { afterEvent, atInstant } from "./fold.ts";
import { readInstant } from "./instants.ts";
import { isOpen, type Procedure, type Standing } from "./procedure.ts";
import { counted, pollOf, type Position, type Proposal } from "./proposal.ts";
import { accepted, refused, type Result } from "./result.ts";
import { judge, type RuleReport } from "./rules.ts";

/** A proposal at an instant. */
export type ProposalState = Proposal &
  Readonly<{
    at: Instant;
    open: boolean; // still to be decided
    standing: readonly Readonly<{ participant: string; standing: Standing; position: Position | null }>[];
    report: RuleReport; // how the rule stands with the positions of the round; once decided, as it stood then
    counts: ReturnType<typeof tableOf>;
  }>;

/**
 * The proposal as its events up to an instant, and the clock, have made it. Events later than the instant are not looked at.
 * Refused with the code of the first event that is not legal, or `proposal_not_opened` when nothing has happened yet.
 */
export function stateAt(
  procedure: Procedure,
  events: readonly ProposalEvent[],
  instant: Instant,
): Result<ProposalState> {
  const at = readInstant(instant);
  if (!at.ok) return at;
  let proposal: Proposal | null = null;
  for (const event of events) {
    const when = readInstant(event.at);
    if (!when.ok) return when;
    if (when.value > at.value) break;
    const after: Result<Proposal> = afterEvent(procedure, proposal, event);
    if (!after.ok) return after;
    proposal = after.value;
  }
  if (proposal === null) return refused("proposal_not_opened", `nothing by ${instant}`);
  return accepted(described(procedure, atInstant(procedure, proposal, instant), instant));
}

/** The events with one more, when it is legal after them. Refused with the code of what is wrong with it. */
export function appendEvent(
  procedure: Procedure,
  events: readonly ProposalEvent[],
  event: ProposalEvent,
): Result<readonly ProposalEvent[]> {
  let proposal: Proposal | null = null;
  for (const one of [...events, event]) {
    const after: Result<Proposal> = afterEvent(procedure, proposal, one);
    if (!after.ok) return after;
    proposal = after.value;
  }
  return accepted([...events, event]);
}

/** A proposal with its poll counted and judged. */
export function described(procedure: Procedure, proposal: Proposal, at: Instant): ProposalState {
  const poll = pollOf(proposal);
  return {
    ...proposal,
    at,
    open: isOpen(proposal.step.kind),
    standing: counted(proposal).map((one) => ({
      participant: one.id,
      standing: standingOf(poll, one.id),
      position: proposal.positions.get(one.id) ?? null,
    })),
    report: proposal.outcome?.report ?? judge(procedure.rule, countPoll(procedure.rule, poll)),
    counts: tableOf(procedure.rule, poll),
  };
}
