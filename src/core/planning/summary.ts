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
  covered: number; // whole units of all needs
  needed: number;
  needs: number;
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
    covered: plan.coverage.reduce((sum, one) => sum + coveredUnits(one), 0),
    needed: instance.needs.reduce((sum, need) => sum + need.quantity, 0),
    needs: instance.needs.length,
    lines: planLines(plan).filter((line) => !isPlacedAlready(line.offer)).length,
    problems: problems.slice(0, keptProblems),
  };
}

/** Whole units of the kind asked for that a need gets; what substitutes come to is rounded down. */
export function coveredUnits({ byBucket }: NeedCoverage, until = Infinity): number {
  const worth = byBucket.reduce((sum, { bucket, worthPpm }) => (bucket <= until ? sum + worthPpm : sum), 0);
  return Math.floor(worth / 1_000_000);
}
