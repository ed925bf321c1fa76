import { countPoll } from "./count.ts";
import type { Participant, PositionEvent, ProposalEvent } from "./events.ts";
import { millisecondsOf, readInstant } from "./instants.ts";
import { isOpen, type Guard, type Procedure, type Transition } from "./procedure.ts";
import { isRecorded, pollOf, waysOn, type Proposal } from "./proposal.ts";
import { accepted, refused, type Refusal, type Result } from "./result.ts";
import { isMet } from "./rules.ts";

/** Whether a guard lets a transition through, and if not, why. */
export function guardRefusal(procedure: Procedure, proposal: Proposal, guard: Guard): Refusal | null {
  if (guard === "text") {
    return proposal.text === null ? refused("proposal_text_missing", `step ${proposal.step.id}`).refusal : null;
  }
  const met = isMet(procedure.rule, countPoll(procedure.rule, pollOf(proposal)));
  if (guard === "rule-met" && !met) return refused("proposal_rule_not_met", procedure.title).refusal;
  if (guard === "rule-not-met" && met) return refused("proposal_rule_met", procedure.title).refusal;
  return null;
}

/**
 * The way an event takes from the step: a transition, or null when it is put on record there.
 * Refused with `silence_already_expired`, `proposal_closed`, `proposal_transition_not_allowed`, or what a guard says.
 */
export function wayFor(procedure: Procedure, proposal: Proposal, on: ProposalEvent["type"]): Result<Transition | null> {
  if (isRecorded(procedure, proposal.step.id, on)) return accepted(null);
  const ways = waysOn(procedure, proposal.step.id, on);
  if (ways.length === 0) return refused(...notFrom(proposal, on));
  let first: Refusal | null = null;
  for (const way of ways) {
    const refusal =
      way.needs.map((guard) => guardRefusal(procedure, proposal, guard)).find((one) => one !== null) ?? null;
    if (refusal === null) return accepted(way);
    first ??= refusal;
  }
  return first === null ? refused(...notFrom(proposal, on)) : { ok: false, refusal: first };
}

function notFrom(
  proposal: Proposal,
  on: string,
): ["silence_already_expired" | "proposal_closed" | "proposal_transition_not_allowed", string] {
  const found = `${on} in the step "${proposal.step.title}"`;
  const ranOut = proposal.trail.at(-1)?.on === "silence-expired";
  if (ranOut && (on === "objection" || on === "silence-extended" || on === "position-stated"))
    return ["silence_already_expired", `${on}; the silence expired at ${proposal.trail.at(-1)?.at}`];
  return isOpen(proposal.step.kind) ? ["proposal_transition_not_allowed", found] : ["proposal_closed", found];
}

/** Whether what an event says of itself holds: its author, its deadline, its text, its position. */
export function checkEvent(procedure: Procedure, proposal: Proposal, event: ProposalEvent): Result<null> {
  switch (event.type) {
    case "position-stated":
      return checkPosition(procedure, proposal, event);
    case "objection":
    case "statement-made": {
      const author = participantOf(proposal, event.participant);
      if (!author.ok) return author;
      return event.text.trim() === ""
        ? refused("objection_must_be_written", `${event.type} of ${event.participant} without words`)
        : accepted(null);
    }
    case "reservation-placed":
    case "reservation-lifted":
      return checkReservation(proposal, event.type, event.participant);
    case "text-issued":
      return checkVersion(proposal, event.version);
    case "silence-started":
      return checkDeadline(event.at, event.expiresAt);
    case "silence-extended":
      return checkDeadline(proposal.deadline?.expiresAt ?? event.at, event.expiresAt);
    case "re-issued": {
      const version = checkVersion(proposal, event.version);
      return version.ok ? checkDeadline(event.at, event.expiresAt) : version;
    }
    case "opened":
    case "taken-to-meeting":
    case "put-to-vote":
    case "adopted":
    case "rejected":
    case "issued":
    case "withdrawn":
    case "annulled":
    case "expired":
      return accepted(null);
  }
}

function participantOf(proposal: Proposal, id: string): Result<Participant> {
  const found = proposal.opened.participants.find((one) => one.id === id);
  if (found === undefined) return refused("not_a_participant", id);
  return found.takesPart ? accepted(found) : refused("not_a_participant", `${id}, which does not take part`);
}

function checkPosition(procedure: Procedure, proposal: Proposal, event: PositionEvent): Result<null> {
  const author = participantOf(proposal, event.participant);
  if (!author.ok) return author;
  if (!procedure.positions.includes(event.position))
    return refused(
      "position_not_in_procedure",
      `${event.position}, where ${procedure.positions.join(", ")} can be said`,
    );
  if (event.position === "constructive-abstain" && (event.declaration ?? "").trim() === "")
    return refused("declaration_missing", `the position of ${event.participant}`);
  const breaking = event.position === "against" && waysOn(procedure, proposal.step.id, "objection").length > 0;
  if (breaking) return refused("objection_must_be_written", `a position of ${event.participant} against the text`);
  return accepted(null);
}

function checkReservation(proposal: Proposal, type: string, participant: string): Result<null> {
  const author = participantOf(proposal, participant);
  if (!author.ok) return author;
  const stands = proposal.reservations.some((one) => one.participant === participant && one.liftedAt === null);
  if (type === "reservation-placed" && stands) return refused("reservation_stands_already", participant);
  if (type === "reservation-lifted" && !stands) return refused("reservation_not_standing", participant);
  return accepted(null);
}

function checkVersion(proposal: Proposal, version: number): Result<null> {
  const next = (proposal.text?.version ?? 0) + 1;
  return version === next
    ? accepted(null)
    : refused("text_version_not_next", `version ${version}, where ${next} is next`);
}

function checkDeadline(after: string, expiresAt: string): Result<null> {
  const expiry = readInstant(expiresAt);
  if (!expiry.ok) return expiry;
  if (expiry.value > millisecondsOf(after)) return accepted(null);
  return refused("silence_expiry_not_later", `${expiresAt}, which is not after ${after}`);
}
