import { timed, usualGap, type Hooks, type PlanOptions } from "./driving.ts";
import { planByFamilies } from "./families.ts";
import type { Instance } from "./instance.ts";
import { gathered } from "./lots.ts";
import { buildModel } from "./model/build.ts";
import { linesOfSolution, planOf } from "./model/decode.ts";
import type { Plan } from "./plan.ts";
import { keepsPins, previewPlan } from "./preview.ts";
import type { Solve } from "./solving.ts";
import { repaired } from "./trim.ts";

/** Needs up to which all is solved at once: at first where time and gap are the usual, otherwise where families were not enough. */
const wholeUpTo = 60;
const wholeFirstBelow = 0.01;

/**
 * The plan that covers most, most urgent and soonest, with the bound that no plan can pass. Pieces are whole; the state says why it stopped.
 * @returns null where not even the pinned choices can be kept
 */
export async function planInstance(
  instance: Instance,
  options: PlanOptions,
  solve: Solve,
  hooks: Hooks,
): Promise<Plan | null> {
  const plan = await bestPlan(instance, options, solve, hooks);
  return plan === null ? null : gathered(instance, plan);
}

async function bestPlan(instance: Instance, options: PlanOptions, solve: Solve, hooks: Hooks): Promise<Plan | null> {
  const gap = options.gap ?? usualGap;
  const preview = previewPlan(instance);
  hooks.onProgress({ step: "A first plan", incumbent: preview.score, bound: null });
  await hooks.pause();
  const isSmall = instance.needs.length <= wholeUpTo;
  if (isSmall && options.seconds === null && gap < wholeFirstBelow)
    return wholePlan(instance, { ...options, gap }, solve, hooks, preview);
  const plan = await planByFamilies(instance, { ...options, gap }, solve, hooks, preview);
  if (plan === null) return null;
  const isKept = keepsPins(instance, plan);
  if (isKept && (plan.state !== "limit" || !isSmall)) return plan;
  return wholePlan(instance, { ...options, gap }, solve, hooks, plan);
}

/** All at once, by branch and bound: never worse than the plan before, and its bound never above that. */
function wholePlan(instance: Instance, options: PlanOptions, solve: Solve, hooks: Hooks, before: Plan): Plan | null {
  const model = buildModel(instance, { apart: true });
  const solution = timed(
    solve,
    options,
    hooks,
  )(model.sparse, {
    gap: options.gap ?? usualGap,
    onProgress: (bound, value) => hooks.onProgress({ step: "Whole units", incumbent: value, bound }),
  });
  if (solution.status === "infeasible") return null;
  const least = Math.min(solution.bound, before.bound ?? Infinity);
  const bound = Number.isFinite(least) ? least : null;
  const state = solution.status === "optimal" ? "optimal" : solution.status === "stopped" ? "cancelled" : "limit";
  if (solution.values === null) return keepsPins(instance, before) ? planOf(instance, before, { state, bound }) : null;
  const filled = repaired(instance, linesOfSolution(model, solution.values));
  // The model has no place for a pinned piece that can be of no use; the quick plan may have.
  const kept = [filled, before].filter((one) => keepsPins(instance, one));
  const [best] = kept.toSorted((one, other) => other.score - one.score);
  return best === undefined
    ? null
    : planOf(instance, best, { state: best.score >= filled.score ? state : "limit", bound });
}
