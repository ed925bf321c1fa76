import { usualGap, type Hooks, type PlanOptions } from "./driving.ts";
import { carriedOn } from "./carried.ts";
import { boundByFamilies } from "./families.ts";
import type { Instance } from "./instance.ts";
import { gathered } from "./lots.ts";
import { asProven, planOf } from "./model/decode.ts";
import type { Plan } from "./plan.ts";
import { keepsPins } from "./preview.ts";
import { planInstance } from "./solve.ts";
import type { Solve } from "./solving.ts";

/** What keeping the standing plan may cost before it is given up: a part of the score. */
const steadiness = 0.01;
/** Needs up to which a plan from nothing is solved to compare with, and up to which what is carried on is told its bound. */
const [comparedUpTo, boundedUpTo] = [60, 400];

/**
 * A plan after a change: the standing one carried on. Where few enough needs are open, one is solved from nothing as well: it gives the bound, and is
 * taken where keeping would cost more than a hundredth of the score. Goals tell the pieces of the standing plan that are kept.
 * @returns null where the pinned choices can't be kept
 */
export async function replan(
  instance: Instance,
  options: PlanOptions,
  solve: Solve,
  hooks: Hooks,
): Promise<Plan | null> {
  const gap = options.gap ?? usualGap;
  const steady = carriedOn(instance);
  hooks.onProgress({ step: "The standing plan carried on", incumbent: steady.score, bound: null });
  await hooks.pause();
  const isSound = keepsPins(instance, steady);
  if (isSound && instance.needs.length > comparedUpTo) {
    const isBounded = instance.needs.length <= boundedUpTo;
    const bound = isBounded ? await boundByFamilies(instance, options, solve, hooks) : null;
    return told(instance, steady, "optimal", bound, gap);
  }
  const fresh = await planInstance(instance, options, solve, hooks);
  if (fresh === null) return null;
  const isKept = isSound && steady.score >= fresh.score * (1 - steadiness);
  return told(instance, isKept ? steady : fresh, fresh.state, fresh.bound, gap);
}

/** A plan with what is claimed of it: that it is as good as was asked only where the bound proves that. */
function told(instance: Instance, plan: Plan, state: Plan["state"], bound: number | null, gap: number): Plan {
  const all = instance.standing.reduce((sum, { quantity }) => sum + quantity, 0);
  const goals = [
    { goal: "coverage", value: plan.score, bound },
    { goal: "pieces of the standing plan kept", value: keptPieces(instance, plan), bound: all },
  ];
  return asProven(planOf(instance, gathered(instance, plan), { state, bound, goals }), gap);
}

/** How many pieces of the standing plan a plan has as they were. */
function keptPieces({ standing }: Instance, { assignments, purchases }: Plan): number {
  const way = (offer: string, need: string, hub: string, bucket: number, bought: string) =>
    [offer, need, hub, bucket, bought].join("\t");
  const pieces = new Map<string, number>();
  const add = (key: string, quantity: number) => pieces.set(key, (pieces.get(key) ?? 0) + quantity);
  for (const line of assignments) add(way(line.offer, line.need, line.hub, line.bucket, ""), line.quantity);
  for (const line of purchases)
    add(way(line.money, line.need, line.hub, line.bucket, `${line.item} ${line.ordered}`), line.quantity);
  return standing.reduce((sum, { offer, need, hub, bucket, quantity, bought }) => {
    const key = way(offer, need, hub, bucket, bought === undefined ? "" : `${bought.item} ${bought.ordered}`);
    const kept = Math.min(quantity, pieces.get(key) ?? 0);
    pieces.set(key, (pieces.get(key) ?? 0) - kept);
    return sum + kept;
  }, 0);
}
