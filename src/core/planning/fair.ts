import { timed, usualGap, type Hooks, type PlanOptions } from "./driving.ts";
import { balanced } from "./fair/balance.ts";
import { inTurn, joined, pinnedFirst } from "./families.ts";
import { classesCovered, classRows, coveredBy, fairFloors, type Floors } from "./fair/floors.ts";
import type { Instance } from "./instance.ts";
import { gathered } from "./lots.ts";
import { buildModel, type PlanModel } from "./model/build.ts";
import { linesOfSolution, planOf, type Lines } from "./model/decode.ts";
import { extended } from "./model/extend.ts";
import { familiesOf } from "./model/lines.ts";
import { nearModel } from "./model/near.ts";
import type { SparseModel } from "./model/sparse.ts";
import { usesOf } from "./model/uses.ts";
import type { Plan } from "./plan.ts";
import { keepsPins, previewPlan } from "./preview.ts";
import { burdenDeviation } from "./score.ts";
import type { Solve } from "./solving.ts";
import { repaired } from "./trim.ts";

/** Needs above which relaxed models are solved by the interior point, and above which the fairest coverage isn't sought in whole units at all. */
export const simplexUpTo = 60;
export const soughtUpTo = 400;
/** Points that a floor missed wholly takes off, so that whole units miss little of one, and never so much that no plan is found. */
const missing = 500;
const exact = 1e-6;
/** Whole units are sought for so much work, and no longer: of a small record, and of each family of a large one. */
const [nodes, nodesPerFamily] = [100, 20];

/**
 * The fair plan, goal after goal: the least covered priority as well covered as can be, then the next; with that held, the most reward; with that
 * held, effort nearest to the key. `goals` tell each with its bound in broken units; where whole units miss a floor, that shows there.
 * @returns null where not even the pinned choices can be kept
 */
export async function fairPlan(
  instance: Instance,
  options: PlanOptions,
  solve: Solve,
  hooks: Hooks,
): Promise<Plan | null> {
  const preview = previewPlan(instance);
  hooks.onProgress({ step: "A first plan", incumbent: preview.score, bound: null });
  await hooks.pause();
  if (instance.needs.length > soughtUpTo) return told(instance, preview, null, null, "limit");
  const model = buildModel(instance, { apart: true });
  const large = instance.needs.length > simplexUpTo;
  hooks.onProgress({ step: "Fairest coverage of the priorities", incumbent: null, bound: null });
  const inTime = timed(solve, options, hooks);
  const floors = fairFloors(model, instance.needs, inTime, large);
  await hooks.pause();
  if (floors === null) return keepsPins(instance, preview) ? told(instance, preview, null, null, "limit") : null;
  const most = large ? Infinity : solve(model.sparse, { relaxed: true, method: "simplex" }).bound;
  const bound = Number.isFinite(most) ? most : null;
  const found = large
    ? await floorsByFamilies(instance, preview, model, floors, options, inTime, hooks)
    : withFloors(instance, model, floors, options, inTime, hooks);
  if (found === null) return told(instance, preview, floors, bound, "limit");
  return told(instance, found.plan, floors, bound, hooks.stopped() ? "cancelled" : found.state);
}

type Sought = Readonly<{ plan: Lines; state: Plan["state"] }>;

/** The most reward in whole units with the floors held, as nearly as whole units can. */
function withFloors(
  instance: Instance,
  model: PlanModel,
  { floors }: Pick<Floors, "floors">,
  options: PlanOptions,
  solve: Solve,
  hooks: Hooks,
): Sought | null {
  const first = leastWhole(instance, model, solve);
  const solution = solve(wanted(model, instance.needs, floors, first?.least ?? 0), {
    gap: options.gap ?? usualGap,
    nodes,
    ...(first === null ? {} : { start: withMisses(model, instance, floors, first.values) }),
    onProgress: (bound, value) => hooks.onProgress({ step: "Whole units", incumbent: value, bound }),
  });
  if (solution.values === null) return null;
  const plan = repaired(instance, linesOfSolution(model, solution.values));
  return { plan, state: solution.status === "optimal" ? "optimal" : "limit" };
}

/**
 * The same for a large record, family after family: each is to cover its needs of each priority as well as the broken plan of all with the floors held covers
 * them, within what that leaves it of what is shared.
 */
async function floorsByFamilies(
  instance: Instance,
  preview: Plan,
  model: PlanModel,
  { floors }: Pick<Floors, "floors">,
  options: PlanOptions,
  solve: Solve,
  hooks: Hooks,
): Promise<Sought | null> {
  const floored = wanted(model, instance.needs, floors, 0);
  const broken = solve(floored, { relaxed: true, method: "interior" }).values;
  if (broken === null) return null;
  const families = pinnedFirst(instance, familiesOf(instance.needs));
  const uses = families.map((needs) => usesOf(model, broken, new Set(needs.map(({ id }) => id))));
  const parts = await inTurn(instance, families, uses, async (needs, limits, at) => {
    if (hooks.stopped()) return null;
    const own = buildModel(instance, { needs, limits });
    const part = wanted(own, instance.needs, partsCovered(model, instance.needs, broken, needs), 0);
    const vertex = solve(part, { relaxed: true, method: "simplex" }).values;
    if (vertex === null) return null;
    const near = nearModel({ ...own, sparse: part }, vertex);
    const { values } = solve(near, { gap: options.gap ?? usualGap, nodes: nodesPerFamily });
    hooks.onProgress({ step: `Family ${at + 1} of ${families.length}`, incumbent: null, bound: null });
    await hooks.pause();
    return { model: own, values };
  });
  // One pinned family may have taken what another's pins need; and in little time the quick plan may be the fairer.
  const least = ({ coverage }: Lines) =>
    Math.min(1, ...classesCovered(instance, coverage).map(({ covered }) => covered));
  const [plan] = [joined(instance, parts), preview]
    .filter((one) => keepsPins(instance, one))
    .toSorted((one, other) => least(other) - least(one));
  return plan === undefined ? withFloors(instance, model, { floors }, options, solve, hooks) : { plan, state: "limit" };
}

/** How well a plan covers each priority by some of the needs: their part of the mean over all needs of it. */
function partsCovered(
  model: PlanModel,
  all: Instance["needs"],
  values: Float64Array,
  needs: Instance["needs"],
): ReadonlyMap<number, number> {
  const own = new Set(needs);
  const rows = classRows({ ...model, needs: model.needs.filter(({ need }) => own.has(need)) }, all);
  return new Map([...rows].map(([priority, entries]) => [priority, coveredBy(entries, values)]));
}

/** How well the least covered priority can be covered in whole units: no other floor is worth less of that. Null where it isn't found. */
function leastWhole(
  instance: Instance,
  model: PlanModel,
  solve: Solve,
): Readonly<{ least: number; values: Float64Array }> | null {
  const z = model.sparse.columns;
  const rows = [...classRows(model, instance.needs).values()].map((entries) => {
    return { lower: 0, upper: Infinity, entries: [...entries, [z, -1] as const] };
  });
  const staged = extended(model.sparse, [{ cost: 1, lower: 0, upper: 1 }], rows, new Float64Array(z));
  const { values } = solve(staged, { gap: 0, nodes });
  return values === null ? null : { least: (values[z] ?? 0) - exact, values: values.slice(0, z) };
}

/** A plan as one of the model with floors: with how much each is missed. */
function withMisses(
  model: PlanModel,
  instance: Instance,
  floors: ReadonlyMap<number, number>,
  values: Float64Array,
): Float64Array {
  const misses = [...classRows(model, instance.needs)].map(([priority, entries]) => {
    return Math.max(0, (floors.get(priority) ?? 0) - coveredBy(entries, values));
  });
  return Float64Array.from([...values, ...misses]);
}

/** The model with floors that may be missed at a high price, and one for all that holds. */
function wanted(
  model: PlanModel,
  needs: Instance["needs"],
  floors: ReadonlyMap<number, number>,
  least: number,
): SparseModel {
  const rows = [...classRows(model, needs)];
  const all = least > 0 ? rows.map(([, entries]) => ({ lower: least, upper: Infinity, entries })) : [];
  return extended(
    model.sparse,
    rows.map(() => ({ cost: -missing, lower: 0, upper: 1 })),
    [
      ...rows.map(([priority, entries], at) => {
        return {
          lower: floors.get(priority) ?? 0,
          upper: Infinity,
          entries: [...entries, [model.sparse.columns + at, 1] as const],
        };
      }),
      ...all,
    ],
  );
}

function told(
  instance: Instance,
  lines: Lines,
  floors: Floors | null,
  bound: number | null,
  state: Plan["state"],
): Plan {
  const plan = gathered(instance, planOf(instance, balanced(instance, lines), { state, bound }));
  const classes = classesCovered(instance, plan.coverage);
  const deviation = burdenDeviation(instance, plan.effort);
  return {
    ...plan,
    goals: [
      {
        goal: "least covered priority",
        value: Math.min(1, ...classes.map(({ covered }) => covered)),
        bound: floors?.least ?? null,
      },
      ...classes.map(({ priority, covered }) => ({
        goal: `coverage of priority ${priority}`,
        value: covered,
        bound: floors?.floors.get(priority) ?? null,
      })),
      { goal: "coverage", value: plan.score, bound: plan.bound },
      ...(deviation === null ? [] : [{ goal: "effort apart from the key", value: deviation, bound: 0 }]),
    ],
  };
}
