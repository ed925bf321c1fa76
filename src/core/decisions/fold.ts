import type { Instant, ProposalEvent } from "./events.ts";
import { millisecondsOf, readInstant } from "./instants.ts";
import { checkEvent, guardRefusal, wayFor } from "./legality.ts";
import { openProposal } from "./opening.ts";
import { outcomeOf } from "./outcome.ts";
import { clock, type Procedure, type Transition } from "./procedure.ts";
import { stepOf, waysOn, type Position, type Proposal } from "./proposal.ts";
import { accepted, refused, type Result } from "./result.ts";

/** A proposal after a further event, or null before the first. Refused as `checkEvent` and `wayFor` say. */
export function afterEvent(procedure: Procedure, before: Proposal | null, event: ProposalEvent): Result<Proposal> {
  const at = readInstant(event.at);
  if (!at.ok) return at;
  if (before === null)
    return event.type === "opened"
      ? openProposal(procedure, event)
      : refused("proposal_not_opened", `${event.type} first`);
  if (at.value < millisecondsOf(before.lastAt))
    return refused("proposal_event_out_of_order", `${event.type} at ${event.at}, after one at ${before.lastAt}`);
  const proposal = atInstant(procedure, before, event.at);
  const way = wayFor(procedure, proposal, event.type);
  if (!way.ok) return way;
  const checked = checkEvent(procedure, proposal, event);
  if (!checked.ok) return checked;
  const recorded = record(proposal, event);
  return accepted(way.value === null ? recorded : pass(procedure, recorded, way.value, event.at));
}

/** The proposal with a silence that has run out by the instant taken to its end, at the instant it ran out. A silence has run out when its deadline is reached. */
export function atInstant(procedure: Procedure, proposal: Proposal, instant: Instant): Proposal {
  const { deadline, step } = proposal;
  if (step.kind !== "silence" || deadline === null || millisecondsOf(deadline.expiresAt) > millisecondsOf(instant))
    return proposal;
  const way = waysOn(procedure, step.id, clock).find((one) =>
    one.needs.every((guard) => guardRefusal(procedure, proposal, guard) === null),
  );
  return way === undefined
    ? proposal
    : { ...pass(procedure, proposal, way, deadline.expiresAt), lastAt: deadline.expiresAt };
}

function pass(procedure: Procedure, proposal: Proposal, way: Transition, at: Instant): Proposal {
  const step = stepOf(procedure, way.to);
  const passage = { at, on: way.on, from: proposal.step.id, to: way.to, says: way.says };
  const deciding = (step.kind === "adopted" && proposal.outcome === null) || step.kind === "rejected";
  const outcome = deciding
    ? outcomeOf(procedure, proposal, step.kind === "adopted" ? "adopted" : "rejected", at)
    : proposal.outcome;
  const anew = way.newRound
    ? { positions: new Map<string, Position>(), round: proposal.round + 1, roundStartedAt: at }
    : {};
  const stillSilent = step.kind === "silence" ? proposal.deadline : null;
  return {
    ...proposal,
    ...anew,
    step,
    outcome,
    deadline: stillSilent,
    trail: [...proposal.trail, passage],
    lastAt: at,
  };
}

/** What an event puts on record, whichever way it leads. */
function record(before: Proposal, event: ProposalEvent): Proposal {
  const proposal = { ...before, lastAt: event.at };
  switch (event.type) {
    case "text-issued":
      return withText(proposal, event);
    case "silence-started":
      return { ...proposal, deadline: { expiresAt: event.expiresAt, startedAt: event.at } };
    case "silence-extended":
      return {
        ...proposal,
        deadline: { expiresAt: event.expiresAt, startedAt: before.deadline?.startedAt ?? event.at },
      };
    case "re-issued":
      return { ...withText(proposal, event), deadline: { expiresAt: event.expiresAt, startedAt: event.at } };
    case "position-stated":
      return withPosition(proposal, { ...event, objection: null });
    case "objection":
      return withPosition(proposal, {
        ...event,
        position: "against",
        declaration: null,
        objection: { form: event.form, text: event.text },
      });
    case "reservation-placed":
      return {
        ...proposal,
        reservations: [
          ...before.reservations,
          { participant: event.participant, placedAt: event.at, note: event.note, liftedAt: null },
        ],
      };
    case "reservation-lifted":
      return {
        ...proposal,
        reservations: before.reservations.map((one) =>
          one.participant === event.participant && one.liftedAt === null ? { ...one, liftedAt: event.at } : one,
        ),
      };
    case "statement-made":
      return withStatement(proposal, {
        participant: event.participant,
        kind: event.kind,
        text: event.text,
        madeAt: event.at,
      });
    case "issued":
      return { ...proposal, number: event.number };
    case "annulled":
    case "expired":
      return { ...proposal, ending: { kind: event.type, at: event.at, reason: event.reason } };
    case "opened":
    case "taken-to-meeting":
    case "put-to-vote":
    case "adopted":
    case "rejected":
    case "withdrawn":
      return proposal;
  }
}

/** Positions are taken on a text: a new one starts without any. */
function withText(proposal: Proposal, event: Extract<ProposalEvent, { type: "text-issued" | "re-issued" }>): Proposal {
  const { version, title, reference, body, terms, at } = event;
  const text = { version, title, reference, body, terms, issuedAt: at };
  return { ...proposal, text, texts: [...proposal.texts, text], positions: new Map() };
}

function withPosition(
  proposal: Proposal,
  stated: Readonly<Omit<Position, "since" | "textVersion"> & { at: Instant }>,
): Proposal {
  const { participant, position, reason, declaration, objection, at } = stated;
  const standing: Position = {
    participant,
    position,
    since: at,
    textVersion: proposal.text?.version ?? null,
    reason,
    declaration,
    objection,
  };
  return { ...proposal, positions: new Map(proposal.positions).set(participant, standing) };
}

/** A statement made after adoption, before the decision is issued, is attached to it too. */
function withStatement(proposal: Proposal, statement: Proposal["statements"][number]): Proposal {
  const statements = [...proposal.statements, statement];
  return { ...proposal, statements, outcome: proposal.outcome === null ? null : { ...proposal.outcome, statements } };
}
