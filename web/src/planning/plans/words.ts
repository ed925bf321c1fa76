import type {
  Acceptance,
  PlanCause,
  PlanComparison,
  PlanGoal,
  PlanRow,
  PlanView,
} from "../../../../src/core/views-plan.ts";
import { counted, formatCount } from "../../format/amounts.ts";
import { formatDay } from "../../format/days.ts";

export const goalWords: Readonly<Record<PlanGoal, string>> = {
  cover: "the most that the needs get",
  fair: "the least covered first",
};

const stateWords: Readonly<Record<PlanRow["state"], string>> = {
  optimal: "proven",
  limit: "stopped at its limit",
  preview: "a quick plan, not proven",
  cancelled: "stopped before it was done",
};

/** "0.32%" of a part of one; "not proven" where there is no bound. */
export function gapWords(gap: number | null): string {
  if (gap === null) return "not proven";
  return gap < 0.00005 ? "0%" : `${(gap * 100).toFixed(2)}%`;
}

/** "61.5%" of a part of one. */
export function shareWords(share: number | null): string {
  return share === null ? "not known" : `${(share * 100).toFixed(1)}%`;
}

/** What is proven of a plan, in a sentence. */
export function proofWords({ state, gap }: Pick<PlanRow, "state" | "gap">): string {
  if (gap === null) return `It is ${stateWords[state]}: nobody has shown how much better another could be.`;
  return gap < 0.00005 ? "No plan does better." : `No plan does better by more than ${gapWords(gap)}.`;
}

/** "stopped at its limit, gap 0.48%" */
export function stateOf({ state, gap }: Pick<PlanRow, "state" | "gap">): string {
  return gap === null ? stateWords[state] : `${stateWords[state]}, gap ${gapWords(gap)}`;
}

export function acceptanceWords({ state, assignments, placed }: Acceptance): string {
  if (state === "accepted") return "accepted: all of it is placed";
  if (state === "part") return `${placed} of ${counted(assignments, "assignment")} placed`;
  return state === "proposed" ? "put to decision" : "a proposal: nothing is placed";
}

/** The days a plan reaches over. */
export function horizonWords({ from, until }: Pick<PlanRow, "from" | "until">): string {
  return `${formatDay(from)} to ${formatDay(until)}`;
}

/** How many needs a plan covers in full, in part and not at all. */
export function needCounts({ needsCovered }: PlanView): Readonly<{ whole: number; part: number; none: number }> {
  const whole = needsCovered.filter((need) => need.covered >= need.needed).length;
  const none = needsCovered.filter((need) => need.covered <= 0).length;
  return { whole, part: needsCovered.length - whole - none, none };
}

/** How much of an average need is covered, in millionths; null where there is no need. */
export function averagePpm(needs: PlanView["needsCovered"]): number | null {
  const shares = needs.reduce((sum, need) => sum + Math.min(need.covered / need.needed, 1), 0);
  return needs.length === 0 ? null : Math.round((shares / needs.length) * 1_000_000);
}

const lostWords: Readonly<Record<PlanCause["what"], string>> = {
  withdrawn: "was withdrawn",
  "consent-refused": "was refused consent",
  "consent-pending": "waits for a consent",
};

/** "Six guns (O2), which was withdrawn" */
export function causeWords({ offer, title, what }: PlanCause): string {
  return `${title === "" ? offer : `${title} (${offer})`}, which ${lostWords[what]}`;
}

/** "5 assignments stay as they were, 1 changes: 16.7% of first." */
export function changedWords({ a, moved, same, changed }: PlanComparison): string {
  const share = moved === null ? "" : `: ${shareWords(moved)} of ${a.id}`;
  const stay = same === 1 ? "1 assignment stays as it was" : `${formatCount(same)} assignments stay as they were`;
  return `${stay}, ${formatCount(changed)} ${changed === 1 ? "changes" : "change"}${share}.`;
}
