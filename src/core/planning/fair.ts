import type { Hooks, PlanOptions } from "./driving.ts";
import { balanced } from "./fair/balance.ts";
import { classesCovered, classRows, fairFloors, type Floors } from "./fair/floors.ts";
import type { Instance } from "./instance.ts";
import { gathered } from "./lots.ts";
import { buildModel, type PlanModel } from "./model/build.ts";
import { linesOfSolution, planOf, type Lines } from "./model/decode.ts";
import { extended } from "./model/extend.ts";
import { nearModel } from "./model/near.ts";
import type { SparseModel } from "./model/sparse.ts";
import type { Plan } from "./plan.ts";
import { keepsPins, previewPlan } from "./preview.ts";
import { burdenDeviation } from "./score.ts";
import type { Solve, SolveOptions } from "./solving.ts";
import { repaired } from "./trim.ts";

const usualGap = 0.005;
/** Needs above which relaxed models are solved by the interior point, and above which the fairest coverage isn't sought in whole units at all. */
export const simplexUpTo = 60;
export const soughtUpTo = 400;
/** Points that a floor missed wholly takes off, so that whole units miss little of one, and never so much that no plan is found. */
const missing = 500;
const exact = 1e-6;
/** Whole units are sought for so much work, and no longer. */
const nodes = { small: 100, large: 5 };
/** Seconds for whole units of a large record, where the first node alone may take longer than all others. */
const longest = 20;

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
  const floors = fairFloors(model, instance.needs, solve, large);
  await hooks.pause();
  if (floors === null) return keepsPins(instance, preview) ? told(instance, preview, null, null, "limit") : null;
  const most = solve(model.sparse, { relaxed: true, method: large ? "interior" : "simplex" }).bound;
  const found = withFloors(instance, model, floors, options, solve, hooks);
  const bound = Number.isFinite(most) ? most : null;
  if (found === null) return told(instance, preview, floors, bound, "limit");
  return told(instance, found.plan, floors, bound, hooks.stopped() ? "cancelled" : found.state);
}

/** The most reward in whole units with the floors held, as nearly as whole units can. */
function withFloors(
  instance: Instance,
  model: PlanModel,
  { floors }: Floors,
  options: PlanOptions,
  solve: Solve,
  hooks: Hooks,
): Readonly<{ plan: Lines; state: Plan["state"] }> | null {
  const large = instance.needs.length > simplexUpTo;
  const asked = options.seconds === null ? Infinity : Math.max(0.1, options.seconds - hooks.elapsed());
  const most = Math.min(asked, large ? longest : Infinity);
  const left = most === Infinity ? {} : { seconds: most };
  const first = large ? null : leastWhole(instance, model, solve, { ...left, stopped: hooks.stopped });
  const floored = wanted(model, instance, floors, first?.least ?? 0);
  const near = large ? nearFloors(model, floored, solve) : floored;
  if (near === null) return null;
  const solution = solve(near, {
    gap: options.gap ?? usualGap,
    nodes: large ? nodes.large : nodes.small,
    ...left,
    ...(first === null ? {} : { start: withMisses(model, instance, floors, first.values) }),
    stopped: hooks.stopped,
    onProgress: (bound, value) => hooks.onProgress({ step: "Whole units", incumbent: value, bound }),
  });
  if (solution.values === null) return null;
  const plan = repaired(instance, linesOfSolution(model, solution.values));
  return { plan, state: solution.status === "optimal" ? "optimal" : "limit" };
}

/** What is far too large to be sought whole is held near its broken solution. */
function nearFloors(model: PlanModel, floored: SparseModel, solve: Solve): SparseModel | null {
  const broken = solve(floored, { relaxed: true, method: "interior" });
  return broken.values === null ? null : nearModel({ ...model, sparse: floored }, broken.values);
}

/** How well the least covered priority can be covered in whole units: no other floor is worth less of that. Null where it isn't found. */
function leastWhole(
  instance: Instance,
  model: PlanModel,
  solve: Solve,
  limits: SolveOptions,
): Readonly<{ least: number; values: Float64Array }> | null {
  const z = model.sparse.columns;
  const rows = [...classRows(model, instance.needs).values()].map((entries) => {
    return { lower: 0, upper: Infinity, entries: [...entries, [z, -1] as const] };
  });
  const staged = extended(model.sparse, [{ cost: 1, lower: 0, upper: 1 }], rows, new Float64Array(z));
  const { values } = solve(staged, { ...limits, gap: 0, nodes: nodes.small });
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
    const covered = entries.reduce((sum, [column, share]) => sum + share * (values[column] ?? 0), 0);
    return Math.max(0, (floors.get(priority) ?? 0) - covered);
  });
  return Float64Array.from([...values, ...misses]);
}

/** The model with floors that may be missed at a high price, and one for all that holds. */
function wanted(model: PlanModel, instance: Instance, floors: ReadonlyMap<number, number>, least: number): SparseModel {
  const rows = [...classRows(model, instance.needs)];
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
