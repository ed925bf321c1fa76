import { carriedOn, standingOf } from "./carried.ts";
import { byHalfYears, refining } from "./coarse.ts";
import { timed, type Hooks, type PlanOptions } from "./driving.ts";
import type { Instance } from "./instance.ts";
import { boundOf, mostOfColumns } from "./model/bound.ts";
import { buildModel, type PlanModel } from "./model/build.ts";
import { nearModel } from "./model/near.ts";
import { asProven, linesOfSolution, planOf, type Lines } from "./model/decode.ts";
import { familiesOf, linesOf } from "./model/lines.ts";
import { resourcesOf } from "./model/resources.ts";
import { roundedSolution } from "./model/rounded.ts";
import { transferred } from "./model/transfer.ts";
import { usesOf } from "./model/uses.ts";
import type { Plan } from "./plan.ts";
import { keepsPins } from "./preview.ts";
import { registerOf } from "./register.ts";
import { calendarOf, rewards } from "./rules.ts";
import { repaired } from "./trim.ts";
import type { Solve } from "./solving.ts";

/** How much of what later families would use is kept for them while a family is solved. */
const reserved = 0.8;
const nodesPerFamily = 20;
/** Needs times buckets up to which prices are found in the buckets of the plan. */
const fineUpTo = 5_000;
/** Columns up to which a family is solved by the simplex method: above, an interior point is sooner near enough. */
const simplexUpTo = 12_000;
/** An interior point has a little of everything: what is little of a whole piece isn't used. */
const inside = { least: 0.05, beside: 0 };

type Family = Instance["needs"];
type Shares = Readonly<{ prices: Float64Array; uses: readonly Float64Array[] }>; // by family: what it takes of each resource at those prices
/** What all steps are given: the solver, within the time that is left. */
type Work = Readonly<{ solve: Solve; hooks: Hooks; gap: number }>;

/**
 * By families of needs that draw on the same kinds. A broken plan of all together gives prices for what families share - hubs, centres, transport,
 * money - and what each takes. At those prices each family's best bounds what it can earn: the sum, with the price of all there is, bounds every
 * plan (Lagrange). Near that best each is then solved in whole units within what is left, later ones' shares mostly kept back. Never worse than the
 * quick plan; where time runs out, families not looked at are bounded by what they would earn if all were met on the first day.
 */
export async function planByFamilies(
  instance: Instance,
  options: PlanOptions & Readonly<{ gap: number }>,
  solve: Solve,
  hooks: Hooks,
  preview: Plan,
): Promise<Plan | null> {
  const families = pinnedFirst(instance, smallFirst(instance, familiesOf(instance.needs)));
  const { gap } = options;
  const work: Work = { solve: timed(solve, options, hooks), hooks, gap };
  const shares = sharesOf(instance, families, work);
  if (shares === null) return null;
  await hooks.pause();
  const { parts, bound } = await eachFamily(instance, families, shares, options, work, preview.score);
  const filled = joined(instance, parts);
  if (!keepsPins(instance, filled) && !keepsPins(instance, preview))
    return planOf(instance, filled, { state: "limit", bound: null });
  const best = keepsPins(instance, filled) && filled.score >= preview.score ? filled : preview;
  const proven = Number.isFinite(bound) && !hooks.stopped() ? bound : null;
  hooks.onProgress({ step: "Filled up", incumbent: best.score, bound: proven });
  return asProven(planOf(instance, best, { state: hooks.stopped() ? "cancelled" : "optimal", bound: proven }), gap);
}

/** Families of which something is pinned before the others, which would take the room that it must have. */
export function pinnedFirst({ pins }: Instance, families: readonly Family[]): Family[] {
  const pinned = new Set(pins.map(({ need }) => need));
  const isPinned = (needs: Family): number => (needs.some(({ id }) => pinned.has(id)) ? 0 : 1);
  return families.toSorted((one, other) => isPinned(one) - isPinned(other));
}

async function eachFamily(
  instance: Instance,
  families: readonly Family[],
  shares: Shares,
  options: PlanOptions,
  work: Work,
  incumbent: number,
): Promise<Readonly<{ parts: readonly Solved[]; bound: number }>> {
  const { hooks } = work;
  let bound = priceOfAll(instance, shares.prices);
  const whole = allMet(instance, families);
  const parts = await inTurn(instance, families, shares.uses, async (needs, limits, at) => {
    const all = whole[at] ?? 0;
    if (hooks.stopped() || isOver(options, hooks)) {
      bound += all;
      return null;
    }
    const best = bestOf(instance, needs, shares.prices, work);
    bound += Math.min(all, best.bound);
    await hooks.pause();
    const found = isOver(options, hooks) ? null : solveFamily(instance, needs, shares.prices, limits, best, work);
    const rest = whole.slice(at + 1).reduce((sum, one) => sum + one, 0);
    hooks.onProgress({ step: `Family ${at + 1} of ${families.length}`, incumbent, bound: Math.min(bound + rest, 100) });
    await hooks.pause();
    return found;
  });
  return { parts, bound: Math.min(bound, 100) };
}

/** What all there is of each shared resource comes to at these prices. */
function priceOfAll(instance: Instance, prices: Float64Array): number {
  const { list } = resourcesOf(registerOf(instance));
  return list.reduce((sum, { limit }, at) => sum + limit * (prices[at] ?? 0), 0);
}

/** Families by how large they are to solve: by the buckets in which something can come for one of their lines. */
function smallFirst(instance: Instance, families: readonly Family[]): Family[] {
  const register = registerOf(instance);
  const sized = families.map((needs) => ({
    needs,
    size: linesOf(register, needs).reduce((sum, { first, last }) => sum + last - first + 1, 0),
  }));
  return sized.toSorted((one, other) => one.size - other.size).map(({ needs }) => needs);
}

/** What each family would earn if all its needs were met on their first day. */
function allMet(instance: Instance, families: readonly Family[]): number[] {
  const reward = rewards(instance, calendarOf(instance.buckets));
  return families.map((needs) => needs.reduce((sum, need) => sum + need.quantity * reward(need, need.from), 0));
}

/** The bound alone that no plan can pass, without a plan. @returns null where it was stopped before it was known, or there is no plan at all */
export async function boundByFamilies(
  instance: Instance,
  options: PlanOptions,
  solve: Solve,
  hooks: Hooks,
): Promise<number | null> {
  const families = familiesOf(instance.needs);
  const work: Work = { solve: timed(solve, options, hooks), hooks, gap: 0 };
  const shares = sharesOf(instance, families, work);
  if (shares === null) return null;
  let bound = priceOfAll(instance, shares.prices);
  for (const [at, all] of allMet(instance, families).entries()) {
    await hooks.pause();
    if (hooks.stopped()) return null;
    bound += Math.min(all, bestOf(instance, families[at] ?? [], shares.prices, work).bound);
  }
  return Math.min(bound, 100);
}

type Found = Readonly<{ model: PlanModel; values: Float64Array | null; isRounded?: boolean }>;
/** Lines of a family; those of a rounded solution may pass limits. */
type Solved = Readonly<{ lines: Lines; isRounded: boolean }>;

/**
 * Solves one family after the other within what those before it have left of each resource, most of what those after it would use kept back.
 * @param uses by family: what it would use of each resource
 */
export async function inTurn(
  instance: Instance,
  families: readonly Family[],
  uses: readonly Float64Array[],
  solveOne: (needs: Family, limits: Float64Array, at: number) => Promise<Found | null>,
): Promise<Solved[]> {
  const left = Float64Array.from(resourcesOf(registerOf(instance)).list, ({ limit }) => limit);
  const awaited = sumOf(uses);
  const parts: Solved[] = [];
  for (const [at, needs] of families.entries()) {
    for (const [row, used] of (uses[at] ?? new Float64Array()).entries()) awaited[row] = (awaited[row] ?? 0) - used;
    const limits = left.map((amount, row) => Math.max(0, amount - reserved * (awaited[row] ?? 0)));
    const found = await solveOne(needs, limits, at);
    if (found?.values == null) continue;
    parts.push({ lines: linesOfSolution(found.model, found.values), isRounded: found.isRounded ?? false });
    for (const [row, used] of usesOf(found.model, found.values).entries()) left[row] = (left[row] ?? 0) - used;
  }
  return parts;
}

const isOver = ({ seconds }: PlanOptions, { elapsed }: Hooks): boolean => seconds !== null && elapsed() > seconds;

function sumOf(lists: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(lists[0]?.length ?? 0);
  for (const list of lists) for (const [at, value] of list.entries()) sum[at] = (sum[at] ?? 0) + value;
  return sum;
}

/** The families' lines as one sound plan: of rounded ones as much as there is room for beside the others, and what there is room for then. */
export function joined(instance: Instance, parts: readonly Solved[]): Plan {
  const [exact, rounded] = [parts.filter((part) => !part.isRounded), parts.filter((part) => part.isRounded)];
  if (rounded.length === 0) return repaired(instance, together(exact));
  const byBucket = standingOf(together(rounded)).toSorted((one, other) => one.bucket - other.bucket);
  return repaired(instance, carriedOn({ ...instance, standing: [...standingOf(together(exact)), ...byBucket] }));
}

function together(parts: readonly Solved[]): Lines {
  return {
    assignments: parts.flatMap(({ lines }) => lines.assignments),
    purchases: parts.flatMap(({ lines }) => lines.purchases),
    coverage: parts.flatMap(({ lines }) => lines.coverage),
  };
}

/**
 * Prices of what is shared and each family's part, from the broken plan of all; by half-years where all is many.
 * @returns null where there is no plan at all
 */
function sharesOf(instance: Instance, families: readonly Family[], { solve, hooks }: Work): Shares | null {
  hooks.onProgress({ step: "Prices of what is shared", incumbent: null, bound: null });
  const coarse = instance.needs.length * instance.buckets.length > fineUpTo ? byHalfYears(instance) : null;
  const model = buildModel(coarse?.instance ?? instance, { apart: false });
  const relaxed = solve(model.sparse, {
    ...pricing,
    tolerance: coarse === null ? 1e-4 : 1e-3,
  });
  if (relaxed.status === "infeasible") return null;
  const prices = Float64Array.from(model.rowOf, (row) => Math.max(0, (row < 0 ? 0 : relaxed.prices?.[row]) || 0));
  const values = relaxed.values ?? new Float64Array(model.sparse.columns);
  const ids = families.map((needs) => new Set(needs.map(({ id }) => id)));
  const uses = ids.map((own) => usesOf(model, values, own));
  if (coarse === null) return { prices, uses };
  const refine = refining(instance, coarse);
  return { prices: refine.prices(prices), uses: uses.map(refine.uses) };
}

/** An interior point whose prices are wanted. */
const pricing = { relaxed: true, method: "interior", asItIs: true } as const;

type Best = Readonly<{ bound: number; model: PlanModel; values: Float64Array | null; isVertex: boolean }>;

/** The most that a family can earn at these prices if it had all there is to itself: in broken numbers, and what is proven of it by their prices. */
function bestOf(instance: Instance, needs: Family, prices: Float64Array, { solve }: Work): Best {
  const model = buildModel(instance, { needs, prices, apart: false });
  const isVertex = model.sparse.columns <= simplexUpTo;
  const how = isVertex ? ({ relaxed: true, method: "simplex" } as const) : { ...pricing, tolerance: 1e-4 };
  const solution = solve(model.sparse, how);
  const proven =
    solution.prices === null ? Infinity : boundOf(model.sparse, solution.prices, mostOfColumns(model.sparse));
  return { bound: proven, model, values: solution.values, isVertex };
}

/**
 * A family's plan within limits: in whole units near its best; where it is large, or has none there, the best in broken numbers on the ways that its best
 * uses, rounded.
 */
function solveFamily(
  instance: Instance,
  needs: Family,
  prices: Float64Array,
  limits: Float64Array,
  best: Best,
  { solve, gap }: Work,
): Found {
  const model = buildModel(instance, { needs, prices, limits });
  const broken = best.isVertex
    ? solve(model.sparse, { relaxed: true, method: "simplex" }).values
    : best.values === null
      ? null
      : transferred(best.model, best.values, model);
  if (broken === null) return { model, values: null };
  if (!best.isVertex) {
    const used = nearModel(model, broken, inside);
    const vertex = solve(used, { relaxed: true, method: "simplex" }).values;
    return { model, values: roundedSolution(model, vertex ?? broken), isRounded: true };
  }
  const near = nearModel(model, broken);
  const { values } = solve(near, { gap: gap * 0.6, nodes: nodesPerFamily });
  return { model, values: values ?? roundedSolution(model, broken), isRounded: values === null };
}
