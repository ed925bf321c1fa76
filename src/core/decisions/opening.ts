import type { OpenedEvent, Participant } from "./events.ts";
import { measuresOf, rolesOf, type Procedure } from "./procedure.ts";
import { stepOf, type Proposal } from "./proposal.ts";
import { accepted, refused, type Result } from "./result.ts";

/**
 * The version of a procedure in force on a day.
 * Refused with `unknown_procedure`, `procedure_not_in_force`.
 */
export function procedureOn(procedures: readonly Procedure[], id: string, day: string): Result<Procedure> {
  const versions = procedures.filter((one) => one.id === id);
  if (versions.length === 0) return refused("unknown_procedure", JSON.stringify(id));
  const found = versions.find((one) => isInForce(one, day));
  return found === undefined ? refused("procedure_not_in_force", `${id} on ${day}`) : accepted(found);
}

/** Whether a version of a procedure is in force on a day. */
export function isInForce(procedure: Procedure, day: string): boolean {
  return procedure.validFrom <= day && (procedure.validTo === null || day <= procedure.validTo);
}

/** A proposal as it stands when opened. Refused with `procedure_mismatch`, `procedure_not_in_force`, `participants_invalid`, `participant_weight_missing`. */
export function openProposal(procedure: Procedure, event: OpenedEvent): Result<Proposal> {
  if (event.procedure !== procedure.id || event.procedureFrom !== procedure.validFrom)
    return refused(
      "procedure_mismatch",
      `${event.procedure} of ${event.procedureFrom}, read by ${procedure.id} of ${procedure.validFrom}`,
    );
  if (!isInForce(procedure, event.at.slice(0, 10)))
    return refused("procedure_not_in_force", `${procedure.id} of ${procedure.validFrom} on ${event.at.slice(0, 10)}`);
  const participants = checkParticipants(procedure, event.participants);
  if (!participants.ok) return participants;
  return accepted({
    opened: event,
    step: stepOf(procedure, procedure.start),
    text: null,
    texts: [],
    round: 0,
    roundStartedAt: event.at,
    positions: new Map(),
    reservations: [],
    statements: [],
    deadline: null,
    trail: [{ at: event.at, on: "opened", from: null, to: procedure.start, says: "Opened" }],
    outcome: null,
    ending: null,
    number: null,
    lastAt: event.at,
  });
}

function checkParticipants(procedure: Procedure, all: readonly Participant[]): Result<null> {
  const taking = all.filter((one) => one.takesPart);
  if (taking.length === 0) return refused("participants_invalid", "nobody takes part");
  if (new Set(all.map((one) => one.id)).size !== all.length)
    return refused("participants_invalid", "a participant named twice");
  const { count, roles } = procedure.seats;
  if (count !== null && taking.length !== count)
    return refused("participants_invalid", `${taking.length} take part where there are ${count} seats`);
  for (const [role, seats] of Object.entries(roles)) {
    const holders = taking.filter((one) => one.roles.includes(role)).length;
    if (holders !== seats)
      return refused("participants_invalid", `${holders} with the role ${role} where there are ${seats}`);
  }
  for (const role of rolesOf(procedure.rule))
    if (!taking.some((one) => one.roles.includes(role)))
      return refused("participants_invalid", `nobody with the role ${role}`);
  return checkWeights(procedure, taking);
}

function checkWeights(procedure: Procedure, taking: readonly Participant[]): Result<null> {
  for (const measure of measuresOf(procedure.rule)) {
    const without = taking.find((one) => one.weights[measure] === undefined || one.weights[measure] < 0n);
    if (without !== undefined) return refused("participant_weight_missing", `${measure} of ${without.id}`);
    if (taking.every((one) => one.weights[measure] === 0n))
      return refused("participants_invalid", `${measure} of all is nothing`);
  }
  return accepted(null);
}
