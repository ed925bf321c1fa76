import highsModule, { type Highs, type HighsCallbackMap, type Model } from "highs";
import type { SparseModel } from "#core/planning/model/sparse.ts";
import type { Solution, Solve, SolveOptions, SolveStatus } from "#core/planning/solving.ts";

/** The package's types are those of its CommonJS form, where the loader is called default; what is imported here is the loader itself. */
const loadHighs = highsModule as unknown as typeof highsModule.default;

let loaded: Promise<Highs> | null = null;

/**
 * HiGHS as WebAssembly, one thread, at most 2 GiB: loaded once a thread. It solves while it is called and blocks its thread, so the server calls
 * it in a worker.
 * @throws Error when the module can't be loaded; its text is cut, since the loader puts its whole file into it
 */
export async function loadSolver(): Promise<Solve> {
  const highs = await loadedOnce();
  return (model, options) => solveWith(highs, model, options);
}

function loadedOnce(): Promise<Highs> {
  loaded ??= loadHighs().catch((error: unknown) => {
    loaded = null;
    throw new Error(`HiGHS can't be loaded: ${cut(error)}`);
  });
  return loaded;
}

function cut(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.length > 300 ? `${text.slice(0, 300)} ...` : text;
}

/** The model in the form that other solvers read, whole columns included. */
export async function asMps(model: SparseModel, sense: "maximise" | "minimise"): Promise<Uint8Array> {
  const highs = await loadedOnce();
  const { maximize, minimize } = highs.constants.objectiveSense;
  const data = { ...dataOf(highs, model, false), sense: sense === "maximise" ? maximize : minimize };
  return highs.withModel(data, (held) => held.exportModel("mps"));
}

function solveWith(highs: Highs, model: SparseModel, options: SolveOptions): Solution {
  if (model.columns === 0) return nothingToChoose(model);
  const relaxed = options.relaxed ?? !model.whole.includes(1);
  const held = highs.createModel(dataOf(highs, model, relaxed));
  try {
    held.options.set(settings(options, relaxed));
    if (options.start !== undefined) held.setSolution({ colValue: options.start });
    held.run(callbacks(highs, options));
    return relaxed ? relaxedSolution(highs, held, options) : wholeSolution(highs, held);
  } catch (error) {
    throw new Error(`HiGHS failed: ${cut(error)}`, { cause: error });
  } finally {
    held.dispose();
  }
}

/** The solver refuses a model without columns. */
function nothingToChoose({ rowLower, rowUpper }: SparseModel): Solution {
  const holds = rowLower.every((lower) => lower <= 0) && rowUpper.every((upper) => upper >= 0);
  if (!holds) return { status: "infeasible", values: null, value: null, bound: -Infinity, prices: null, nodes: 0 };
  return {
    status: "optimal",
    values: new Float64Array(),
    value: 0,
    bound: 0,
    prices: new Float64Array(rowLower.length),
    nodes: 0,
  };
}

function dataOf(highs: Highs, model: SparseModel, relaxed: boolean) {
  const { columns, rows, cost, lower, upper, rowLower, rowUpper, starts, indices, values, whole } = model;
  return {
    numCols: columns,
    numRows: rows,
    sense: highs.constants.objectiveSense.maximize,
    colCost: cost,
    colLower: lower,
    colUpper: upper,
    rowLower,
    rowUpper,
    matrix: { format: "csc" as const, numRows: rows, numCols: columns, starts, indices, values },
    ...(relaxed ? {} : { integrality: Int32Array.from(whole) }),
  };
}

function settings(options: SolveOptions, relaxed: boolean): Record<string, string | number | boolean> {
  const set: Record<string, string | number | boolean> = { output_flag: false, random_seed: 0 };
  if (options.seconds !== undefined) set["time_limit"] = options.seconds;
  if (options.asItIs === true) set["presolve"] = "off";
  if (relaxed && options.method === "interior") {
    set["solver"] = "ipm";
    set["run_crossover"] = "off";
    if (options.tolerance !== undefined) set["ipm_optimality_tolerance"] = options.tolerance;
  } else if (relaxed) set["solver"] = "simplex";
  if (!relaxed) {
    if (options.gap !== undefined) set["mip_rel_gap"] = options.gap;
    if (options.nodes !== undefined) set["mip_max_nodes"] = options.nodes;
    if (options.stalled !== undefined) set["mip_max_stall_nodes"] = options.stalled;
    if (options.effort !== undefined) set["mip_heuristic_effort"] = options.effort;
  }
  return set;
}

function callbacks(highs: Highs, { onProgress, stopped }: SolveOptions): HighsCallbackMap {
  const { callbackType } = highs.constants;
  const map: Record<number, (event: never) => undefined> = {};
  if (onProgress !== undefined) {
    map[callbackType.mipLogging] = ({ data }: { data: { mip_dual_bound?: number; mip_primal_bound?: number } }) => {
      const value = data.mip_primal_bound;
      onProgress(data.mip_dual_bound ?? Infinity, value !== undefined && Math.abs(value) < 1e20 ? value : null);
      return undefined;
    };
  }
  if (stopped !== undefined) {
    const stop = (event: { interrupt: () => void }) => {
      if (stopped()) event.interrupt();
      return undefined;
    };
    map[callbackType.mipInterrupt] = stop;
    map[callbackType.ipmInterrupt] = stop;
    map[callbackType.simplexInterrupt] = stop;
  }
  return map as HighsCallbackMap;
}

function statusOf(highs: Highs, held: Model): SolveStatus {
  const { modelStatus } = highs.constants;
  const status = held.getModelStatus();
  if (status === modelStatus.optimal) return "optimal";
  if (status === modelStatus.infeasible) return "infeasible";
  if (status === modelStatus.unbounded || status === modelStatus.unboundedOrInfeasible) return "unbounded";
  if (status === modelStatus.interrupted) return "stopped";
  if (status === modelStatus.empty) return "optimal";
  return "limit";
}

function wholeSolution(highs: Highs, held: Model): Solution {
  const status = statusOf(highs, held);
  const has = Number(held.info.get("primal_solution_status")) === 2;
  const bound = Number(held.info.get("mip_dual_bound"));
  return {
    status,
    values: has ? held.getSolution().colValue : null,
    value: has ? held.getObjectiveValue() : null,
    bound: status === "infeasible" ? -Infinity : bound,
    prices: null,
    nodes: Number(held.info.get("mip_node_count")),
  };
}

/** An interior point that stops early is told as `limit`: its values and prices are near, and its caller proves the bound by itself. */
function relaxedSolution(highs: Highs, held: Model, options: SolveOptions): Solution {
  const status = statusOf(highs, held);
  const nearly = options.method === "interior" && status === "limit";
  if (status !== "optimal" && !nearly)
    return {
      status,
      values: null,
      value: null,
      bound: status === "infeasible" ? -Infinity : Infinity,
      prices: null,
      nodes: 0,
    };
  const { colValue, rowDual } = held.getSolution();
  const value = held.getObjectiveValue();
  return { status, values: colValue, value, bound: status === "optimal" ? value : Infinity, prices: rowDual, nodes: 0 };
}
