import type { PlanModel } from "../model/build.ts";
import { extended, type AddedRow } from "../model/extend.ts";
import type { Instance } from "../instance.ts";
import type { Plan } from "../plan.ts";
import type { Solution, Solve } from "../solving.ts";

/** The needs of one priority, and how well they are covered: the mean of the parts in which each is, 0 to 1. */
export type ClassCoverage = Readonly<{ priority: number; covered: number }>;

export function classesCovered(instance: Instance, coverage: Plan["coverage"]): readonly ClassCoverage[] {
  const worth = new Map(
    coverage.map(({ need, byBucket }) => [need, byBucket.reduce((sum, { worthPpm }) => sum + worthPpm, 0) / 1_000_000]),
  );
  return [...Map.groupBy(instance.needs, ({ priority }) => priority)]
    .toSorted(([one], [other]) => one - other)
    .map(([priority, needs]) => ({
      priority,
      covered: needs.reduce((sum, { id, quantity }) => sum + (worth.get(id) ?? 0) / quantity, 0) / needs.length,
    }));
}

/** How well a solution covers what the entries of a row are of. */
export function coveredBy(entries: AddedRow["entries"], values: Float64Array): number {
  return entries.reduce((sum, [column, share]) => sum + share * (values[column] ?? 0), 0);
}

/** Rows of the model that say how well each priority is covered. */
export function classRows(model: PlanModel, needs: Instance["needs"]): ReadonlyMap<number, AddedRow["entries"]> {
  const count = Map.groupBy(needs, ({ priority }) => priority);
  const rows = new Map<number, [number, number][]>(
    [...count.keys()].toSorted((one, other) => one - other).map((priority) => [priority, []]),
  );
  for (const { need, earned } of model.needs) {
    const share = 1 / (need.quantity * (count.get(need.priority)?.length ?? 1));
    for (const { column, worth } of earned) rows.get(need.priority)?.push([column, worth * share]);
  }
  return rows;
}

export type Floors = Readonly<{
  floors: ReadonlyMap<number, number>; // by priority: the coverage that no other choice makes better without making a lower one worse
  least: number; // the best that the worst covered priority can have
}>;

const near = 1e-6;
const freezing = 1e-5; // a price above this holds a class down

/**
 * The fairest coverage of the priorities, in broken units: the least is made as great as it can be, those that can't be more are held there, and so on
 * with the rest (lexicographic maximin). @returns null where it can't be found
 */
export function fairFloors(model: PlanModel, needs: Instance["needs"], solve: Solve, large: boolean): Floors | null {
  const rows = classRows(model, needs);
  const floors = new Map<number, number>();
  let least: number | null = null;
  while (floors.size < rows.size) {
    const open = [...rows.keys()].filter((priority) => !floors.has(priority));
    const z = model.sparse.columns;
    const added: AddedRow[] = [...rows].map(([priority, entries]) => {
      const floor = floors.get(priority);
      return floor === undefined
        ? { lower: 0, upper: Infinity, entries: [...entries, [z, -1] as const] }
        : { lower: floor - near, upper: Infinity, entries };
    });
    const staged = extended(
      model.sparse,
      [{ cost: 1, lower: 0, upper: 1 }],
      added,
      new Float64Array(model.sparse.columns),
    );
    const solution = solve(
      staged,
      large ? { relaxed: true, method: "interior", asItIs: true } : { relaxed: true, method: "simplex" },
    );
    const value = solution.values?.[z];
    if (value === undefined) return null;
    least ??= value;
    for (const priority of held(solution, model, rows, open, value)) floors.set(priority, Math.max(0, value - near));
  }
  return { floors, least: least ?? 0 };
}

/** Those whose price says that they hold the least down; where none does, all that are at it. */
function held(
  solution: Solution,
  model: PlanModel,
  rows: ReturnType<typeof classRows>,
  open: readonly number[],
  value: number,
): number[] {
  const at = [...rows.keys()];
  const priced = open.filter(
    (priority) => Math.abs(solution.prices?.[model.sparse.rows + at.indexOf(priority)] ?? 0) > freezing,
  );
  if (priced.length > 0) return priced;
  const values = solution.values ?? new Float64Array();
  const low = open.filter((priority) => coveredBy(rows.get(priority) ?? [], values) <= value + 10 * near);
  return low.length > 0 ? low : [...open];
}
