import type { Instant, OpenedEvent, Participant, ProposalEvent, Reason } from "./events.ts";
import type { Poll } from "./count.ts";
import type { clock, EventType, PositionKind, Procedure, Step, Transition } from "./procedure.ts";
import type { RuleReport } from "./rules.ts";
import type { Terms } from "./terms.ts";

/** A version of the text: its words, and what it would do once adopted (null where that is words alone). */
export type Text = Readonly<{
  version: number;
  title: string;
  reference: string | null;
  body: string;
  terms: Terms | null;
  issuedAt: Instant;
}>;

/** A position in force: the author's last one of the round. */
export type Position = Readonly<{
  participant: string;
  position: PositionKind;
  since: Instant;
  textVersion: number | null;
  reason: Reason | null;
  declaration: string | null;
  objection: Readonly<{ form: "objection" | "amendment"; text: string }> | null;
}>;

/** A reservation until a parliament has spoken. It is put on record and does not by itself hold a decision up. */
export type Reservation = Readonly<{ participant: string; placedAt: Instant; note: string; liftedAt: Instant | null }>;
export type Statement = Readonly<{
  participant: string;
  kind: "interpretative-statement" | "formal-reservation";
  text: string;
  madeAt: Instant;
}>;
export type Deadline = Readonly<{ expiresAt: Instant; startedAt: Instant }>;

/** How the proposal came from one step to the next. */
export type Passage = Readonly<{
  at: Instant;
  on: EventType | typeof clock;
  from: string | null;
  to: string;
  says: string;
}>;

/** A decision taken, or refused by a vote: everything it rests on, as it stood at that instant. */
export type Outcome = Readonly<{
  result: "adopted" | "rejected";
  at: Instant;
  by: "silence" | "meeting" | "vote";
  rule: Readonly<{ procedure: string; title: string; validFrom: string; passages: readonly string[] }>;
  text: Text | null;
  report: RuleReport;
  counts: readonly Readonly<{ standing: string; weights: Readonly<Record<string, bigint>> }>[];
  participants: readonly string[];
  positions: readonly Position[];
  statements: readonly Statement[];
  reservations: readonly Reservation[];
  constructiveAbstainers: readonly Readonly<{
    participant: string;
    declaration: string;
    exemptFrom: readonly string[];
  }>[];
}>;

/** What ended a decision once adopted. */
export type Ending = Readonly<{ kind: "annulled" | "expired"; at: Instant; reason: string }>;

/** A proposal as its events have made it. */
export type Proposal = Readonly<{
  opened: OpenedEvent;
  step: Step;
  text: Text | null;
  texts: readonly Text[];
  round: number; // silences and votes begun; positions are on the current text and of the round under way
  roundStartedAt: Instant;
  positions: ReadonlyMap<string, Position>;
  reservations: readonly Reservation[];
  statements: readonly Statement[];
  deadline: Deadline | null;
  trail: readonly Passage[];
  outcome: Outcome | null;
  ending: Ending | null;
  number: string | null; // under which the decision was issued
  lastAt: Instant;
}>;

export function stepOf(procedure: Procedure, id: string): Step {
  return procedure.steps.find((step) => step.id === id) ?? { id, title: id, kind: "preparing" };
}

/** Those whose positions count. */
export function counted(proposal: Proposal): readonly Participant[] {
  return proposal.opened.participants.filter((one) => one.takesPart);
}

/** Where everybody stands in the round under way. */
export function pollOf(proposal: Proposal): Poll {
  return {
    participants: counted(proposal),
    allTakePart: proposal.opened.participants.every((one) => one.takesPart),
    underSilence: proposal.step.kind === "silence",
    standing: new Map([...proposal.positions].map(([id, stated]) => [id, stated.position])),
  };
}

/** The ways on from a step for an event (or the clock), in the order the procedure gives them. */
export function waysOn(procedure: Procedure, step: string, on: Transition["on"]): readonly Transition[] {
  return procedure.transitions.filter((way) => way.on === on && way.from.includes(step));
}

/** Whether an event is put on record in a step without leaving it. */
export function isRecorded(procedure: Procedure, step: string, on: ProposalEvent["type"]): boolean {
  return procedure.records.some((one) => one.on.includes(on) && one.in.includes(step));
}
