import type { PlanProblem } from "../views-plan.ts";
import { isPlacedAlready } from "./assemble.ts";
import type { Instance } from "./instance.ts";
import { planLines } from "./lines.ts";
import type { NeedCoverage, Plan, PlanState } from "./plan.ts";

/** What a list of plans shows of one. */
export type PlanSummary = Readonly<{
  state: PlanState;
  score: number;
  bound: number | null;
  gap: number | null;
  needs: number;
  whole: number;
  share: number | null;
  lines: number; // assignments and purchases that can be placed: not those that stand for what was placed before
  problems: readonly PlanProblem[]; // the first of those that the checker found
}>;

const keptProblems = 50;

/** A plan in short. @param problems what the checker found */
export function summaryOf(instance: Instance, plan: Plan, problems: readonly PlanProblem[]): PlanSummary {
  return {
    state: plan.state,
    score: plan.score,
    bound: plan.bound,
    gap: plan.gap,
    ...coverageCounts(gotByNeeds(instance, plan)),
    lines: planLines(plan).filter((line) => !isPlacedAlready(line.offer)).length,
    problems: problems.slice(0, keptProblems),
  };
}

/** A need and what it gets, in whole units of its own kind. */
type Got = Readonly<{ needed: number; covered: number }>;

/** How needs together are covered, each counting once: what they are counted in differs. `share` is that of an average need; null where there is none. */
export function coverageCounts(
  needs: readonly Got[],
): Readonly<{ needs: number; whole: number; share: number | null }> {
  const shares = needs.reduce((sum, { needed, covered }) => sum + Math.min(1, covered / needed), 0);
  return {
    needs: needs.length,
    whole: needs.filter(({ needed, covered }) => covered >= needed).length,
    share: needs.length === 0 ? null : shares / needs.length,
  };
}

/** What every need of an instance gets by a plan. */
export function gotByNeeds(instance: Instance, plan: Plan): readonly (Got & Readonly<{ priority: number }>)[] {
  const covered = new Map(plan.coverage.map((one) => [one.need, coveredUnits(one)]));
  return instance.needs.map(({ id, priority, quantity }) => ({
    priority,
    needed: quantity,
    covered: covered.get(id) ?? 0,
  }));
}

/** Whole units of the kind asked for that a need gets; what substitutes come to is rounded down. */
export function coveredUnits({ byBucket }: NeedCoverage, until = Infinity): number {
  const worth = byBucket.reduce((sum, { bucket, worthPpm }) => (bucket <= until ? sum + worthPpm : sum), 0);
  return Math.floor(worth / 1_000_000);
}
