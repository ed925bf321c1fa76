import type { Blocking } from "./decisions/blocking.ts";
import type { Comparison, EventType, PositionKind, Standing, StepKind } from "./decisions/procedure.ts";
import type { ObjectKind, Terms } from "./decisions/terms.ts";

/** The shapes of proposals and decisions that leave the record. Instants are in UTC, amounts and weights decimal strings. */

export type ProposalRow = Readonly<{
  id: string;
  title: string;
  book: string;
  object: ObjectKind;
  fund: string | null; // the fund it is about
  group: string | null;
  groupName: string | null;
  procedure: string;
  procedureTitle: string;
  step: string; // the step's id and title
  stepTitle: string;
  stepKind: StepKind;
  openedAt: string;
  lastAt: string;
  expiresAt: string | null; // of the silence under way
  decidedAt: string | null;
  result: "adopted" | "rejected" | null;
  ending: "annulled" | "expired" | null;
  number: string | null;
}>;

/** A dated thing to watch: an expiry, a payment due, the last day of an authority. Past ones too. */
export type Deadline = Readonly<{
  at: string; // an instant, or a day
  kind: "silence-expires" | "payment-due" | "pledge-due" | "authority-ends";
  title: string;
  address: string; // the page that says more
}>;
export type DecisionCalendar = Readonly<{
  now: string;
  book: string;
  proposals: readonly ProposalRow[];
  deadlines: readonly Deadline[];
}>;

/** An instant as the clocks of a place show it. */
export type PlaceTime = Readonly<{ place: string; zone: string; day: string; time: string; offset: string }>;

export type ParticipantView = Readonly<{
  id: string;
  name: string;
  takesPart: boolean;
  roles: readonly string[];
  weights: Readonly<Record<string, string>>;
  standing: Standing;
  since: string | null;
  textVersion: number | null;
  reason: string | null; // null where there is none, or it is restricted
  restricted: boolean;
  declaration: string | null;
  objection: Readonly<{ form: "objection" | "amendment"; text: string }> | null;
  reservation: Readonly<{ placedAt: string; note: string }> | null;
  localExpiry: PlaceTime | null; // the silence's end by the party's own clocks, where its zone is known
}>;

export type TextView = Readonly<{
  version: number;
  title: string;
  reference: string | null;
  body: string;
  terms: Terms | null;
  issuedAt: string;
  actor: string;
}>;

/** One thing that happened, with what it says in words. `recordedAt` later than `at`: entered afterwards. */
export type EventView = Readonly<{
  seq: number | null; // null: the clock's own doing
  at: string;
  recordedAt: string | null;
  kind: EventType | "silence-expired";
  actor: string;
  party: string | null;
  partyName: string | null;
  says: string;
}>;

/** As in core/decisions/rules.ts, whole numbers as strings. */
export type ConditionView = Readonly<{
  id: string;
  says: string;
  measure: string;
  role: string | null;
  is: Comparison;
  met: boolean;
  have: string;
  need: string;
  gap: string;
}>;
export type NextStep = Readonly<{
  on: EventType | "silence-expired";
  allowed: boolean;
  says: string;
  at: string | null;
}>;

/** Who stood where after each event; the values of `standing` are in the order of `participants`. */
export type UnityPoint = Readonly<{
  at: string;
  on: string;
  round: number;
  textVersion: number | null;
  met: boolean;
  counts: Readonly<Record<Standing, number>>;
}>;

/** What a decision allows and how much of it is used. Amounts in the fund's currency. */
export type AuthorityView = Readonly<{
  id: string;
  kind: "call" | "spend" | "reallocate";
  fund: string;
  line: string | null;
  lineTitle: string | null;
  toFund: string | null;
  toLine: string | null;
  toLineTitle: string | null;
  currency: string;
  amount: string;
  used: string;
  paid: string;
  left: string;
  from: string;
  until: string;
  purpose: string;
  decision: string; // the proposal's id
  live: boolean;
  why: string; // why it is live or not, in words
}>;

/**
 * What was placed under a decision to adopt a plan. `toSettle`: what stays placed although the decision was annulled, since consignments carry it: a person
 * has to see to it.
 */
export type DecidedPlacements = Readonly<{
  placed: number;
  takenBack: number;
  toSettle: readonly Readonly<{ id: string; offer: string; need: string; consignments: readonly string[] }>[];
}>;

export type ProposalView = ProposalRow &
  Readonly<{
    now: string; // the instant of the answer
    synthetic: boolean;
    takesPart: string;
    positionsAllowed: readonly PositionKind[];
    texts: readonly TextView[];
    participants: readonly ParticipantView[];
    rule: Readonly<{ met: boolean; conditions: readonly ConditionView[]; passages: readonly string[] }>;
    counts: readonly Readonly<{ standing: Standing; weights: Readonly<Record<string, string>> }>[];
    missing: Readonly<{
      decided: boolean;
      ruleMet: boolean;
      ways: readonly (readonly ConditionView[])[];
      until: string | null;
      steps: readonly string[];
      openReservations: readonly string[];
    }>;
    blocking: Blocking;
    next: readonly NextStep[];
    unity: readonly UnityPoint[];
    events: readonly EventView[];
    outcome: Readonly<{
      result: "adopted" | "rejected";
      at: string;
      by: "silence" | "meeting" | "vote";
      says: string; // rule, counts and participants in a sentence
      textVersion: number | null;
      statements: readonly Readonly<{ party: string; partyName: string; kind: string; text: string }>[];
      reservations: readonly Readonly<{ party: string; partyName: string; note: string }>[];
      constructiveAbstainers: readonly Readonly<{
        party: string;
        partyName: string;
        declaration: string;
        exemptFrom: readonly string[];
      }>[];
      effect: string; // why what it decides could not be put into effect; empty when it was
      ending: Readonly<{ kind: "annulled" | "expired"; at: string; reason: string }> | null;
    }> | null;
    authorities: readonly AuthorityView[];
    uses: readonly Readonly<{
      at: string;
      kind: string;
      title: string;
      authority: string;
      amount: string;
      currency: string;
      postings: readonly string[];
    }>[];
    placements: DecidedPlacements | null; // what was placed under it; null where it placed nothing
    abstention: readonly Readonly<{ party: string; partyName: string; share: string; effect: string }>[] | null; // what staying out would cost whom, of a fund or a call under way
  }>;
