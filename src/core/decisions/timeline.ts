import type { Instant, ProposalEvent } from "./events.ts";
import { afterEvent, atInstant } from "./fold.ts";
import { millisecondsOf, readInstant } from "./instants.ts";
import { clock, type EventType, type Procedure, type Standing } from "./procedure.ts";
import type { Proposal } from "./proposal.ts";
import { accepted, type Result } from "./result.ts";
import { described, type ProposalState } from "./state.ts";

/** Positions at one moment: who stood where, and whether the rule was met. */
export type PositionsAt = Readonly<{
  at: Instant;
  on: EventType | typeof clock;
  step: string;
  round: number;
  textVersion: number | null;
  standing: Readonly<Record<string, Standing>>;
  counts: ProposalState["counts"];
  met: boolean;
}>;

/**
 * How unity grew or broke: one entry for each event and each expiry up to an instant, in order.
 * Refused as `stateAt`.
 */
export function positionsOverTime(
  procedure: Procedure,
  events: readonly ProposalEvent[],
  until: Instant,
): Result<readonly PositionsAt[]> {
  const end = readInstant(until);
  if (!end.ok) return end;
  const entries: PositionsAt[] = [];
  let proposal: Proposal | null = null;
  const tick = (instant: Instant): void => {
    if (proposal === null) return;
    const later = atInstant(procedure, proposal, instant);
    if (later !== proposal) entries.push(entryOf(procedure, later, later.lastAt, clock));
    proposal = later;
  };
  for (const event of events) {
    if (millisecondsOf(event.at) > end.value) break;
    tick(event.at);
    const after: Result<Proposal> = afterEvent(procedure, proposal, event);
    if (!after.ok) return after;
    proposal = after.value;
    entries.push(entryOf(procedure, after.value, event.at, event.type));
  }
  tick(until);
  return accepted(entries);
}

function entryOf(procedure: Procedure, proposal: Proposal, at: Instant, on: PositionsAt["on"]): PositionsAt {
  const state = described(procedure, proposal, at);
  return {
    at,
    on,
    step: proposal.step.id,
    round: proposal.round,
    textVersion: proposal.text?.version ?? null,
    standing: Object.fromEntries(state.standing.map((one) => [one.participant, one.standing])),
    counts: state.counts,
    met: state.report.met,
  };
}
