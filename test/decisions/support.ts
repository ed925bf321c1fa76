import { readdirSync, readFileSync } from "node:fs";
import type { Participant, ProposalEvent } from "#core/decisions/events.ts";
import type { PositionKind, Procedure } from "#core/decisions/procedure.ts";
import type { Result } from "#core/decisions/result.ts";
import { stateAt, type ProposalState } from "#core/decisions/state.ts";
import { readProcedure } from "../../src/formats/procedures/read.ts";

const folder = new URL("../../policies/procedures/", import.meta.url);
export const files = readdirSync(folder);
export const textOf = (file: string): string => readFileSync(new URL(file, folder), "utf8");
export const shipped = files.map((file) => readProcedure(textOf(file), file));

export function procedure(id: string): Procedure {
  const found = shipped.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no procedure ${id}`);
  return found;
}

/** An instant so many seconds after noon on 1 July 2024. */
export const at = (seconds: number): string =>
  new Date(Date.UTC(2024, 6, 1, 12) + seconds * 1000).toISOString().replace(".000Z", "Z");

export type Seat = Readonly<{ id: string; weight?: bigint; roles?: readonly string[]; takesPart?: boolean }>;

/** Participants of a procedure: the weight goes to whatever measure the rule counts. */
export const seated = (seats: readonly Seat[]): Participant[] =>
  seats.map(({ id, weight = 1n, roles = [], takesPart = true }) => ({
    id,
    name: id.toUpperCase(),
    takesPart,
    roles,
    weights: { population: weight, contribution: weight },
  }));

export const opening = (rules: Procedure, participants: readonly Participant[], seconds = 0): ProposalEvent => ({
  type: "opened",
  at: at(seconds),
  actor: "secretariat",
  procedure: rules.id,
  procedureFrom: rules.validFrom,
  title: "A fund",
  object: { kind: "open-fund", reference: null },
  participants,
});

type Loose = Readonly<{ type: ProposalEvent["type"] }> & Readonly<Record<string, unknown>>;
const defaults: Readonly<Record<string, object>> = {
  "text-issued": { version: 1, title: "Text", reference: null, body: "", terms: null },
  "re-issued": { reference: null, body: "", terms: null },
  "position-stated": { reason: null, declaration: null },
  objection: { form: "objection", text: "Not so", reason: null },
  "reservation-placed": { note: "" },
  "taken-to-meeting": { note: "" },
  "put-to-vote": { note: "" },
  adopted: { note: "" },
  rejected: { note: "" },
  issued: { number: "1" },
  withdrawn: { reason: "" },
  annulled: { reason: "" },
  expired: { reason: "" },
};

/** An event at a number of seconds, what is usual filled in. */
export const event = (seconds: number, fields: Loose): ProposalEvent =>
  ({ at: at(seconds), actor: "secretariat", ...defaults[fields.type], ...fields }) as unknown as ProposalEvent;

export const stated = (
  seconds: number,
  participant: string,
  position: PositionKind,
  more: object = {},
): ProposalEvent =>
  event(seconds, {
    type: "position-stated",
    participant,
    position,
    declaration: position === "constructive-abstain" ? "We shall not be bound." : null,
    ...more,
  });

export const codeOf = (result: Result<unknown>): string => (result.ok ? "accepted" : result.refusal.code);

/** The state, or the refusal as a failed test. */
export function state(rules: Procedure, events: readonly ProposalEvent[], seconds: number): ProposalState {
  const found = stateAt(rules, events, at(seconds));
  if (!found.ok) throw new Error(found.refusal.message);
  return found.value;
}

/** Opened, text issued and put to the vote, and the positions then stated, one a second. */
export function voted(
  rules: Procedure,
  participants: readonly Participant[],
  votes: Readonly<Record<string, PositionKind>>,
): ProposalEvent[] {
  const entries = Object.entries(votes);
  return [
    opening(rules, participants),
    event(1, { type: "text-issued" }),
    event(2, { type: "put-to-vote" }),
    ...entries.map(([participant, position], index) => stated(3 + index, participant, position)),
  ];
}
