import type { Instance } from "./instance.ts";
import { checkCoverage } from "./check/coverage.ts";
import { checkLimits } from "./check/limits.ts";
import { checkLines } from "./check/lines.ts";
import { note, type Note } from "./check/problem.ts";
import type { Plan } from "./plan.ts";
import { registerOf } from "./register.ts";
import { effortOf, scoreOf } from "./score.ts";

/**
 * What a plan breaks of its instance; nothing in a sound plan. It looks at the plan alone and knows nothing of how it was made: units whole, windows,
 * earmarks, exclusions and hubs kept, limits of offers, hubs, centres, transport, money and market kept, all or nothing, pins, packages complete
 * and in time, nothing idle, and coverage, effort and score as they are claimed.
 */
export function checkPlan(instance: Instance, plan: Plan): readonly Note[] {
  const register = registerOf(instance);
  return [
    ...checkLines(register, plan.assignments, plan.purchases),
    ...checkLimits(register, plan),
    ...checkCoverage(register, plan),
    ...checkClaims(instance, plan),
  ];
}

/** Effort, score, bound and gap as the lines make them. */
function checkClaims(instance: Instance, plan: Plan): Note[] {
  const found: Note[] = [];
  const claimed = new Map(plan.effort.map((effort) => [effort.giver, effort]));
  for (const { giver, minor, sharePpm } of effortOf(instance, plan)) {
    const own = claimed.get(giver);
    if ((own?.minor ?? 0) !== minor || (own?.sharePpm ?? 0) !== sharePpm)
      found.push(
        note("effort_wrong", `${giver} gives ${minor}, ${sharePpm} millionths of all; ${own?.minor ?? 0} is claimed`),
      );
  }
  const score = scoreOf(instance, plan.coverage);
  if (!isNear(score, plan.score)) found.push(note("score_wrong", `${plan.score} is claimed, it is ${score}`));
  if (plan.bound !== null && plan.score > plan.bound + tolerance(plan.bound))
    found.push(note("bound_wrong", `a score of ${plan.score} is above the bound of ${plan.bound}`));
  const gap = plan.bound === null ? null : plan.bound <= 0 ? 0 : (plan.bound - plan.score) / plan.bound;
  if ((gap === null) !== (plan.gap === null) || (gap !== null && !isNear(gap, plan.gap ?? 0)))
    found.push(note("gap_wrong", `a gap of ${plan.gap} is claimed, it is ${gap}`));
  return found;
}

function tolerance(value: number): number {
  return 1e-6 * Math.max(1, Math.abs(value));
}

function isNear(left: number, right: number): boolean {
  return Math.abs(left - right) <= tolerance(left);
}
