import type { PlanState } from "./planning/plan.ts";

/**
 * The shapes of plans that leave the record. Pieces are whole numbers; money is a decimal string in the plan's currency; shares and scores are numbers of
 * the plan, never of the ledger. Null where not known. Buckets are named by their index in `buckets`.
 */

export const planGoals = ["cover", "fair"] as const;
export type PlanGoal = (typeof planGoals)[number];

export const acceptanceStates = ["open", "proposed", "part", "accepted"] as const;

/** How far a plan's assignments are placed. `proposed`: a proposal to adopt it is under way and nothing is placed yet. */
export type Acceptance = Readonly<{
  state: (typeof acceptanceStates)[number];
  assignments: number; // of the plan, purchases among them
  placed: number; // of them
  proposals: readonly Readonly<{ id: string; title: string; state: string }>[]; // those that would adopt it, or did
}>;

/** Why an offer that a plan counts on can't be had any more. */
export const planCauses = ["withdrawn", "consent-refused", "consent-pending"] as const;
export type PlanCause = Readonly<{ offer: string; title: string; what: (typeof planCauses)[number] }>;

export type PlanRow = Readonly<{
  id: string;
  title: string;
  book: string;
  synthetic: boolean;
  goal: PlanGoal;
  state: PlanState;
  from: string; // the first day of the horizon
  until: string;
  score: number; // the reward
  bound: number | null;
  gap: number | null; // (bound - score) / bound
  needs: number;
  whole: number; // needs covered in full
  share: number | null; // of an average need, each counting once: pieces of different kinds make no sum; null where there is no need
  assignments: number; // purchases among them
  standing: string | null; // the plan it was made from
  causes: readonly PlanCause[]; // why it was made anew from that plan, the newest first; none where somebody asked for it
  knownAt: string;
  recordedAt: string;
  actor: string;
  acceptance: Acceptance;
}>;

/** The plan that stands, and the offers it still counts on that can't be had any more, the newest first. */
export type PlanStanding = Readonly<{ plan: string; lost: readonly PlanCause[] }>;
export type PlanList = Readonly<{
  book: string;
  synthetic: boolean;
  standing: PlanStanding | null; // null where no plan stands
  plans: readonly PlanRow[];
}>;

/** What was asked for. */
export type PlanAsked = Readonly<{
  goal: PlanGoal;
  from: string;
  until: string;
  seconds: number | null;
  gap: number | null;
  preview: boolean;
  without: readonly string[]; // offers left out
  pins: readonly Readonly<{ offer: string; need: string; hub: string | null; quantity: number }>[];
  standing: string | null;
  causes: readonly PlanCause[];
}>;

/** A need in a plan. `byBucket` is what is complete by the end of each bucket in which more comes. */
export type PlanNeed = Readonly<{
  need: string;
  title: string;
  capability: string;
  priority: number;
  item: string;
  itemName: string;
  needed: number;
  covered: number; // in whole units of the kind asked for, substitutes for their worth
  late: number; // of them, complete after `until`
  from: string; // the first day of the stretch in which it is wanted first
  until: string; // the last day of the stretch in which the day it is wanted by lies
  byBucket: readonly Readonly<{ bucket: number; covered: number }>[];
}>;

/** The needs of a priority, each counting once, whatever it is counted in. */
export type PlanClass = Readonly<{
  priority: number;
  needs: number;
  whole: number; // covered in full
  none: number; // covered not at all
  late: number; // with a part that is late
  share: number | null; // of an average need
}>;

/** A line of the plan: what is given, or bought with what is given. `part`: it belongs to the need's package. */
export type PlanAssignment = Readonly<{
  kind: "given" | "bought";
  offer: string;
  giver: string;
  giverName: string;
  need: string;
  needTitle: string;
  priority: number;
  item: string;
  itemName: string;
  part: boolean;
  hub: string;
  hubName: string;
  bucket: number;
  from: string; // the bucket's days
  until: string;
  orderedBy: string | null; // for what is bought: the last day of the bucket in which it is ordered
  quantity: number;
  cost: string | null; // of what is bought
  placed: number; // pieces of it that are placed
}>;
export type PlanAssignments = Readonly<{
  plan: string;
  currency: string;
  synthetic: boolean;
  total: number;
  assignments: readonly PlanAssignment[];
  next: string | null; // the cursor of the next page
}>;

/**
 * What flows from a giver over a capability to a priority class: the plan as a picture. Kinds make a sum only by a value: the one that the giver states of
 * what it gives, and the price of what is bought. What nobody has valued is counted apart.
 */
export type PlanFlow = Readonly<{
  giver: string;
  giverName: string;
  capability: string;
  priority: number;
  stream: string;
  assignments: number;
  unvalued: number; // of them, which have no part in `value`
  value: string; // in the plan's currency
}>;

export type PlanEffort = Readonly<{
  giver: string;
  name: string;
  amount: string;
  share: number | null; // of all effort; null where there is none
  keyShare: number | null; // by the key; null where none is agreed
}>;

export type PlanGap = Readonly<{
  need: string;
  title: string;
  priority: number;
  item: string;
  itemName: string;
  missing: number;
}>;

export type PlanUnused = Readonly<{
  offer: string;
  giver: string;
  giverName: string;
  item: string;
  itemName: string;
  offered: number; // of money: in whole units of the currency
  unused: number;
  why: string;
}>;

export type PlanView = PlanRow &
  Readonly<{
    currency: string;
    asked: PlanAsked;
    goals: readonly Readonly<{ goal: string; value: number; bound: number | null }>[];
    buckets: readonly Readonly<{ from: string; until: string }>[];
    needsCovered: readonly PlanNeed[];
    classes: readonly PlanClass[];
    flows: readonly PlanFlow[];
    effort: readonly PlanEffort[];
    gaps: readonly PlanGap[]; // most urgent first
    unused: readonly PlanUnused[];
    problems: readonly PlanProblem[]; // what the checker finds; none in a sound plan
  }>;

export type PlanProblem = Readonly<{ code: string; says: string }>;
export type PlanCheck = Readonly<{ plan: string; checked: number; problems: readonly PlanProblem[] }>;

/** Where the solving of a plan stands. `plan` once it is kept; `problem` when refused or failed. */
export type PlanJob = Readonly<{
  id: string;
  book: string;
  state: "waiting" | "running" | "done" | "refused" | "cancelled" | "failed";
  step: string;
  incumbent: number | null;
  bound: number | null;
  gap: number | null;
  seconds: number; // since it began
  plan: string | null;
  problem: Readonly<{ code: string; message: string }> | null;
}>;

/** What became of the plan that stands once an offer changed. `job`: the new plan from it; null where none was started. */
export type Replanning = Readonly<PlanStanding & { job: PlanJob | null }>;

export type PlanChange = Readonly<{
  offer: string;
  need: string;
  item: string;
  hub: string;
  hubName: string;
  before: number; // pieces
  after: number;
  says: string; // such as: 12 fewer, moved to another need, there later
}>;

/** The plan `b` beside the plan `a`. Differences are b less a. */
export type PlanComparison = Readonly<{
  a: PlanRow;
  b: PlanRow;
  score: number;
  share: number | null; // of an average need; null where one of the two has no need
  same: number; // assignments that both have: as many pieces, by the same way and day
  changed: number; // assignments of `a` that `b` doesn't have as they were
  moved: number | null; // the part of a's assignments that changed; null where there are none
  total: number; // changes, of which the largest are listed
  changes: readonly PlanChange[];
  needs: readonly Readonly<{
    need: string;
    title: string;
    priority: number;
    needed: number;
    before: number;
    after: number;
  }>[]; // where they differ
  classes: readonly Readonly<{ priority: number; needs: number; before: number | null; after: number | null }>[]; // shares of an average need
  effort: readonly Readonly<{ giver: string; name: string; before: string; after: string }>[]; // where they differ
}>;

/** Why an offer goes where it goes, or why a need is not met. */
export type Explanation = Readonly<{
  plan: string;
  about: Readonly<{ kind: "offer" | "need"; id: string; title: string }>;
  says: readonly string[]; // in sentences, the most important first
  figures: readonly Readonly<{ name: string; value: string }>[];
  limits: readonly Readonly<{ name: string; says: string }>[]; // that bind
}>;

/** A change of the input that would help, verified by solving again. */
export type Lever = Readonly<{
  name: string;
  says: string;
  gain: number; // of the score
  coverage: readonly Readonly<{ priority: number; gained: number }>[]; // how much more of an average need, as a part of one
}>;
export type LeverList = Readonly<{ plan: string; levers: readonly Lever[] }>;

/** A plan on the way from the most points to the fairest: `part` of the way, how far the least covered priority is covered, and the most points with that. */
export type FairnessPoint = Readonly<{
  part: number; // 0: the most points; 1: the fairest
  least: number; // of an average need of the least covered priority, 0 to 1
  score: number;
  lost: number; // a part of the most points
}>;

/** What fairness costs, in broken units: whole ones reach a little less. */
export type FairnessPrice = Readonly<{
  plan: string;
  says: string;
  here: Readonly<{ least: number | null; score: number }>; // the plan itself; null where there is no need
  points: readonly FairnessPoint[]; // empty where it isn't worked out, and then `says` tells why
}>;

/** What an acceptance placed. */
export type Accepted = Readonly<{
  plan: string;
  giver: string | null; // null where a decision placed all
  proposal: string | null;
  placements: number;
  acceptance: Acceptance;
}>;
