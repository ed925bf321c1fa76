import { whoCanBlock, type Blocking } from "./blocking.ts";
import { countPoll } from "./count.ts";
import type { Instant } from "./events.ts";
import { guardRefusal, wayFor } from "./legality.ts";
import { clock, eventTypes, type EventType, type Procedure } from "./procedure.ts";
import { pollOf, stepOf, waysOn } from "./proposal.ts";
import type { Refusal } from "./result.ts";
import { waysToAdoption, type ConditionReport } from "./rules.ts";
import type { ProposalState } from "./state.ts";

/**
 * What is missing for adoption. `ruleMet`: the positions would do. `ways`: each a list of conditions, all of which would have to be met.
 * `until`: the instant at which an unbroken silence adopts it. `steps`: the events that adopt from this step or lead nearer to it, in words.
 * `openReservations`: reservations of parliaments that stand; they hold nothing up by themselves.
 */
export type Missing = Readonly<{
  decided: boolean;
  ruleMet: boolean;
  ways: readonly (readonly ConditionReport[])[];
  until: Instant | null;
  steps: readonly string[];
  openReservations: readonly string[];
}>;

export function missingForAdoption(procedure: Procedure, state: ProposalState): Missing {
  const openReservations = state.reservations.filter((one) => one.liftedAt === null).map((one) => one.participant);
  if (!state.open)
    return {
      decided: true,
      ruleMet: state.outcome?.report.met ?? false,
      ways: [],
      until: null,
      steps: [],
      openReservations,
    };
  return {
    decided: false,
    ruleMet: state.report.met,
    ways: waysToAdoption(procedure.rule, countPoll(procedure.rule, pollOf(state))),
    until: state.step.kind === "silence" ? (state.deadline?.expiresAt ?? null) : null,
    steps: pathToAdoption(procedure, state.step.id),
    openReservations,
  };
}

/** The shortest way of steps from here to adoption, in the words of the procedure. */
function pathToAdoption(procedure: Procedure, from: string): readonly string[] {
  const reached = new Map<string, readonly string[]>([[from, []]]);
  for (const [step, path] of reached) {
    if (stepOf(procedure, step).kind === "adopted") return path;
    for (const way of procedure.transitions) {
      if (way.from.includes(step) && !reached.has(way.to)) reached.set(way.to, [...path, way.says]);
    }
  }
  return [];
}

/** Who can still block, at the state's instant; nobody once it is decided. */
export function whoCanStillBlock(procedure: Procedure, state: ProposalState): Blocking {
  if (!state.open) return { blocked: false, baseline: "as-stated", alone: [], fewest: null, example: [], holding: [] };
  return whoCanBlock(procedure.rule, pollOf(state), procedure.positions);
}

/** What can come next: an event that is allowed, where it leads (null: it stays in the step) and in what words, or why it is refused. */
export type NextTransition =
  | Readonly<{ on: EventType | typeof clock; allowed: true; to: string | null; says: string; at: Instant | null }>
  | Readonly<{ on: EventType; allowed: false; refusal: Refusal }>;

/** Every event the procedure knows, and the clock where it is running, with what stands in the way of those refused. */
export function nextTransitions(procedure: Procedure, state: ProposalState): readonly NextTransition[] {
  const known = eventTypes.filter(
    (on) => procedure.transitions.some((way) => way.on === on) || procedure.records.some((one) => one.on.includes(on)),
  );
  const events = known.map((on): NextTransition => {
    const way = wayFor(procedure, state, on);
    if (!way.ok) return { on, allowed: false, refusal: way.refusal };
    return { on, allowed: true, to: way.value?.to ?? null, says: way.value?.says ?? "Put on record", at: null };
  });
  const running = waysOn(procedure, state.step.id, clock).filter((way) =>
    way.needs.every((guard) => guardRefusal(procedure, state, guard) === null),
  );
  const [first] = running;
  if (first === undefined || state.deadline === null) return events;
  return [...events, { on: clock, allowed: true, to: first.to, says: first.says, at: state.deadline.expiresAt }];
}
