import { MainstayError } from "#core/errors.ts";
import { contradictions } from "#core/planning/contradictions.ts";
import type { Hooks } from "#core/planning/driving.ts";
import { fairPlan } from "#core/planning/fair.ts";
import type { Instance, Pin, Standing } from "#core/planning/instance.ts";
import type { Plan } from "#core/planning/plan.ts";
import { keepsPins, previewPlan } from "#core/planning/preview.ts";
import type { SolveProgress } from "#core/planning/progress.ts";
import { replan } from "#core/planning/replan.ts";
import { planInstance } from "#core/planning/solve.ts";
import { loadSolver } from "./highs.ts";

export type SolveAsked = Readonly<{
  goal: "cover" | "fair";
  seconds?: number | null; // the best there is by then
  gap?: number | null; // good enough
  preview?: boolean; // quick, without a proven bound
  pins?: readonly Pin[]; // instead of the instance's own
  standing?: readonly Standing[];
}>;

export type SolveHooks = Readonly<{
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: SolveProgress) => void) | undefined;
}>;

/**
 * Solves an instance in the calling thread, which is busy for as long as that takes: the server calls this in a worker.
 * @throws MainstayError plan_contradictory, plan_cancelled
 */
export async function solveInstance(
  given: Instance,
  asked: SolveAsked,
  { signal, onProgress }: SolveHooks = {},
): Promise<{ plan: Plan }> {
  const instance = { ...given, pins: asked.pins ?? given.pins, standing: asked.standing ?? given.standing };
  refuseContradictions(instance);
  if (asked.preview === true) return { plan: previewPlan(instance) };
  const started = performance.now();
  const hooks: Hooks = {
    elapsed: () => (performance.now() - started) / 1000,
    stopped: () => signal?.aborted ?? false,
    onProgress: (progress) => onProgress?.(progress),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  };
  const options = { gap: asked.gap ?? null, seconds: asked.seconds ?? null };
  const drive = asked.goal === "fair" ? fairPlan : instance.standing.length > 0 ? replan : planInstance;
  const plan = await drive(instance, options, await loadSolver(), hooks);
  if (hooks.stopped()) throw new MainstayError("plan_cancelled");
  if (plan !== null) return { plan };
  // The model has no place for a pinned piece that can be of no use, such as a crew trained after the last day; the quick plan has.
  const quick = previewPlan(instance);
  if (!keepsPins(instance, quick))
    throw new MainstayError("plan_contradictory", "the pinned choices can't all be kept together");
  return { plan: { ...quick, state: "limit" } };
}

const shownContradictions = 5;

function refuseContradictions(instance: Instance): void {
  const told = contradictions(instance).map(({ says }) => says);
  if (told.length === 0) return;
  const more = told.length > shownContradictions ? [`and ${told.length - shownContradictions} more`] : [];
  throw new MainstayError("plan_contradictory", [...told.slice(0, shownContradictions), ...more].join("; "));
}
