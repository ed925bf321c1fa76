import { byQuarters, refining } from "./coarse.ts";
import type { Hooks, PlanOptions } from "./driving.ts";
import type { Instance } from "./instance.ts";
import { buildModel, type PlanModel } from "./model/build.ts";
import { nearModel } from "./model/near.ts";
import { linesOfSolution, planOf, type Lines } from "./model/decode.ts";
import { familiesOf } from "./model/lines.ts";
import { resourcesOf } from "./model/resources.ts";
import { usesOf } from "./model/uses.ts";
import type { Plan } from "./plan.ts";
import { fillUp, keepsPins } from "./preview.ts";
import { registerOf } from "./register.ts";
import { trimmed, withoutBroken } from "./trim.ts";
import type { Solve } from "./solving.ts";

/** How much of what later families would use is kept for them while a family is solved. */
const reserved = 0.8;
const nodesPerFamily = 20;
/** Needs times buckets up to which prices are found in the buckets of the plan. */
const fineUpTo = 20_000;

type Family = Instance["needs"];
type Shares = Readonly<{ prices: Float64Array; uses: readonly Float64Array[] }>; // by family: what it takes of each resource at those prices

/**
 * By families of needs that draw on the same kinds. A broken plan of all together gives prices for what families share - hubs, centres, transport,
 * money - and what each takes. At those prices each family's best, whatever it takes, bounds what it can earn: the sum, with the price of all there
 * is, bounds every plan (Lagrange). Then each is solved in whole units within what is left, later ones' shares mostly kept back.
 */
export async function planByFamilies(
  instance: Instance,
  options: PlanOptions & Readonly<{ gap: number }>,
  solve: Solve,
  hooks: Hooks,
  preview: Plan,
): Promise<Plan | null> {
  const pinned = new Set(instance.pins.map(({ need }) => need));
  const isPinned = (needs: Family): number => (needs.some(({ id }) => pinned.has(id)) ? 0 : 1);
  const families = familiesOf(instance.needs).toSorted((one, other) => isPinned(one) - isPinned(other));
  const shares = sharesOf(instance, families, solve, hooks);
  if (shares === null) return null;
  await hooks.pause();
  const list = resourcesOf(registerOf(instance)).list;
  const left = Float64Array.from(list, ({ limit }) => limit);
  const awaited = sumOf(shares.uses);
  let bound = list.reduce((sum, { limit }, at) => sum + limit * (shares.prices[at] ?? 0), 0);
  const parts: Lines[] = [];
  let bounded = 0;
  for (const [at, needs] of families.entries()) {
    if (hooks.stopped() || isOver(options, hooks)) break;
    bound += mostOf(instance, needs, shares.prices, solve, hooks);
    bounded += 1;
    for (const [row, used] of (shares.uses[at] ?? new Float64Array()).entries())
      awaited[row] = (awaited[row] ?? 0) - used;
    const limits = left.map((amount, row) => Math.max(0, amount - reserved * (awaited[row] ?? 0)));
    const { model, values } = solveFamily(instance, needs, shares.prices, limits, solve, options.gap, hooks);
    if (values !== null) {
      parts.push(linesOfSolution(model, values));
      for (const [row, used] of usesOf(model, values).entries()) left[row] = (left[row] ?? 0) - used;
    }
    hooks.onProgress({ step: `Family ${at + 1} of ${families.length}`, incumbent: null, bound: null });
    await hooks.pause();
  }
  const filled = filledUp(instance, joined(parts));
  if (!keepsPins(instance, filled) && !keepsPins(instance, preview))
    return planOf(instance, filled, { state: "limit", bound: null });
  const best = keepsPins(instance, filled) && filled.score >= preview.score ? filled : preview;
  const proven = bounded === families.length && Number.isFinite(bound) && !hooks.stopped() ? bound : null;
  const plan = planOf(instance, best, { state: hooks.stopped() ? "cancelled" : "optimal", bound: proven });
  return plan.state === "optimal" && (plan.gap ?? 1) > options.gap ? { ...plan, state: "limit" } : plan;
}

const isOver = ({ seconds }: PlanOptions, { elapsed }: Hooks): boolean => seconds !== null && elapsed() > seconds;

/** Rounded parts made whole again: what is broken goes, what there is room for comes, and what lies idle then makes room once more. */
function filledUp(instance: Instance, lines: Lines): Plan {
  const once = fillUp(instance, withoutBroken(instance, lines));
  return fillUp(instance, trimmed(instance, once));
}

function sumOf(lists: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(lists[0]?.length ?? 0);
  for (const list of lists) for (const [at, value] of list.entries()) sum[at] = (sum[at] ?? 0) + value;
  return sum;
}

function joined(parts: readonly Lines[]): Lines {
  return {
    assignments: parts.flatMap(({ assignments }) => assignments),
    purchases: parts.flatMap(({ purchases }) => purchases),
    coverage: parts.flatMap(({ coverage }) => coverage),
  };
}

/**
 * Prices of what is shared and each family's part, from the broken plan of all; by quarters where all is many.
 * @returns null where there is no plan at all
 */
function sharesOf(instance: Instance, families: readonly Family[], solve: Solve, hooks: Hooks): Shares | null {
  hooks.onProgress({ step: "Prices of what is shared", incumbent: null, bound: null });
  const coarse = instance.needs.length * instance.buckets.length > fineUpTo ? byQuarters(instance) : null;
  const model = buildModel(coarse?.instance ?? instance, { apart: false });
  const relaxed = solve(model.sparse, {
    relaxed: true,
    method: "interior",
    tolerance: coarse === null ? 1e-4 : 1e-3,
    stopped: hooks.stopped,
  });
  if (relaxed.status === "infeasible") return null;
  const prices = Float64Array.from(model.rowOf, (row) => (row < 0 ? 0 : Math.max(0, relaxed.prices?.[row] ?? 0)));
  const values = relaxed.values ?? new Float64Array(model.sparse.columns);
  const ids = families.map((needs) => new Set(needs.map(({ id }) => id)));
  const uses = ids.map((own) => usesOf(model, values, own));
  if (coarse === null) return { prices, uses };
  const refine = refining(instance, coarse);
  return { prices: refine.prices(prices), uses: uses.map(refine.uses) };
}

/** The most that a family can earn at these prices, within no limits but its own. */
function mostOf(instance: Instance, needs: Family, prices: Float64Array, solve: Solve, { stopped }: Hooks): number {
  const model = buildModel(instance, { needs, prices, apart: false });
  return solve(model.sparse, { relaxed: true, method: "simplex", stopped }).bound;
}

/** A family's plan within limits: broken first, then near that with whole systems. */
function solveFamily(
  instance: Instance,
  needs: Family,
  prices: Float64Array,
  limits: Float64Array,
  solve: Solve,
  gap: number,
  { stopped }: Hooks,
): { model: PlanModel; values: Float64Array | null } {
  const model = buildModel(instance, { needs, prices, limits });
  const broken = solve(model.sparse, { relaxed: true, method: "simplex", stopped });
  if (broken.values === null) return { model, values: null };
  const near = solve(nearModel(model, broken.values), { gap: gap * 0.6, nodes: nodesPerFamily, stopped });
  return { model, values: near.values ?? solve(model.sparse, { gap, nodes: nodesPerFamily, stopped }).values };
}
