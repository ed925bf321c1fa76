/** What a party can say of a text. A constructive abstainer declares itself, and is then not bound by the decision. */
export const positionKinds = ["for", "against", "abstain", "constructive-abstain"] as const;
export type PositionKind = (typeof positionKinds)[number];

/** Where a party stands in the round under way: a position it has stated, or none. */
export const standings = [...positionKinds, "silent"] as const;
export type Standing = (typeof standings)[number];

/** Everything that can happen to a proposal. */
export const eventTypes = [
  "opened",
  "text-issued",
  "silence-started",
  "silence-extended",
  "objection",
  "re-issued",
  "position-stated",
  "reservation-placed",
  "reservation-lifted",
  "statement-made",
  "taken-to-meeting",
  "put-to-vote",
  "adopted",
  "rejected",
  "issued",
  "withdrawn",
  "annulled",
  "expired",
] as const;
export type EventType = (typeof eventTypes)[number];

/** The clock's own doing: the silence ran out. It is worked out from the deadline and never recorded. */
export const clock = "silence-expired";

/** An exact fraction, 0 <= numerator <= denominator. */
export type Ratio = Readonly<{ numerator: bigint; denominator: bigint }>;

/**
 * What a count is held against. `count`: a number. `share`: a part of what the standings named in `of` have together.
 * `blocking-minimum`: the fewest participants who together hold more than the share of a measure, and `plus` more.
 */
export type Bound =
  | Readonly<{ kind: "count"; count: bigint }>
  | Readonly<{ kind: "share"; share: Ratio; of: readonly Standing[] }>
  | Readonly<{ kind: "blocking-minimum"; measure: string; share: Ratio; plus: bigint }>;

export const comparisons = ["at-least", "more-than", "at-most", "less-than"] as const;
export type Comparison = (typeof comparisons)[number];

/** One test of a rule: the measure summed over those who stand so (in a role, where one is named), compared with a bound. */
export type Condition = Readonly<{
  kind: "condition";
  id: string;
  says: string;
  count: readonly Standing[];
  measure: string; // `members` counts one each; any other is a weight frozen with the participants
  role: string | null;
  is: Comparison;
  bound: Bound;
}>;

/**
 * When a proposal may be adopted. `participation` asks one rule when everybody takes part and another when some stay out; `unless-silence` asks
 * nothing of a text under silence, where saying nothing is consent.
 */
export type Rule =
  | Condition
  | Readonly<{ kind: "all" | "any"; rules: readonly Rule[] }>
  | Readonly<{ kind: "participation"; whenAll: Rule; whenSome: Rule }>
  | Readonly<{ kind: "unless-silence"; rule: Rule }>;

export const stepKinds = [
  "preparing",
  "silence",
  "broken",
  "meeting",
  "vote",
  "adopted",
  "rejected",
  "withdrawn",
  "annulled",
  "expired",
] as const;
export type StepKind = (typeof stepKinds)[number];
export type Step = Readonly<{ id: string; title: string; kind: StepKind }>;

export const guards = ["text", "rule-met", "rule-not-met"] as const;
export type Guard = (typeof guards)[number];

/** A way from one step to another. `newRound`: positions are taken anew. */
export type Transition = Readonly<{
  on: EventType | typeof clock;
  from: readonly string[];
  to: string;
  says: string;
  needs: readonly Guard[];
  newRound: boolean;
}>;

/** What is put on record without leaving the step. */
export type Recording = Readonly<{ on: readonly EventType[]; in: readonly string[] }>;

export type ProcedureSource = Readonly<{
  title: string;
  publisher: string;
  passage: string;
  url: string | null;
  says: string;
}>;

/** A way of deciding, as dated data. A procedure and the day its version came into force name it. */
export type Procedure = Readonly<{
  id: string;
  title: string;
  summary: string;
  basis: "published" | "practice" | "modelled";
  validFrom: string;
  validTo: string | null; // the last day in force
  sources: readonly ProcedureSource[];
  takesPart: string; // who, in words
  seats: Readonly<{ count: number | null; roles: Readonly<Record<string, number>> }>; // how many there must be, where that is fixed
  positions: readonly PositionKind[];
  exemptions: readonly string[]; // what a constructive abstainer need not do
  deadline: Readonly<{ workingDays: number; at: string; calendar: string; says: string }> | null; // what is usual
  start: string;
  steps: readonly Step[];
  transitions: readonly Transition[];
  records: readonly Recording[];
  rule: Rule;
}>;

/** Whether a proposal in such a step is still to be decided. */
export function isOpen(kind: StepKind): boolean {
  return kind === "preparing" || kind === "silence" || kind === "broken" || kind === "meeting" || kind === "vote";
}

/** Every condition of a rule, in the order it is written. */
export function conditionsOf(rule: Rule): readonly Condition[] {
  if (rule.kind === "condition") return [rule];
  if (rule.kind === "participation") return [...conditionsOf(rule.whenAll), ...conditionsOf(rule.whenSome)];
  return rule.kind === "unless-silence" ? conditionsOf(rule.rule) : rule.rules.flatMap(conditionsOf);
}

/** The weights a rule needs of every participant: all measures but the plain count. */
export function measuresOf(rule: Rule): readonly string[] {
  const named = conditionsOf(rule).flatMap((one) => [
    one.measure,
    ...(one.bound.kind === "blocking-minimum" ? [one.bound.measure] : []),
  ]);
  return [...new Set(named)].filter((measure) => measure !== "members");
}

/** The roles a rule asks of some participants. */
export function rolesOf(rule: Rule): readonly string[] {
  return [...new Set(conditionsOf(rule).flatMap((one) => (one.role === null ? [] : [one.role])))];
}
