import type { SparseModel } from "./model/sparse.ts";

/** How far to go, and how. Work is limited by nodes rather than by time wherever a result must be the same on every machine. */
export type SolveOptions = Readonly<{
  relaxed?: boolean; // whole columns may be broken
  method?: "simplex" | "interior"; // of a relaxed model; interior stops without a vertex
  tolerance?: number; // of the interior point
  asItIs?: boolean; // the model is not simplified first: an interior point's prices are only good then
  gap?: number; // stop when (bound - value) / value is no more
  nodes?: number;
  stalled?: number; // stop after so many nodes without anything better
  seconds?: number;
  effort?: number; // share of the work that looks for better plans, 0 to 1
  start?: Float64Array; // a plan to begin with, one value a column
  onProgress?: (bound: number, value: number | null) => void;
  stopped?: () => boolean; // asked now and then
}>;

/** `limit`: the best there was when the work ran out; `failed`: nothing can be said. */
export type SolveStatus = "optimal" | "limit" | "infeasible" | "unbounded" | "stopped" | "failed";

/** Values of columns, null where there are none; `bound`: no values have a greater reward; `prices` of rows, for relaxed models. */
export type Solution = Readonly<{
  status: SolveStatus;
  values: Float64Array | null;
  value: number | null;
  bound: number;
  prices: Float64Array | null;
  nodes: number;
}>;

/** A solver of linear models with whole columns, as the drivers are given it. */
export type Solve = (model: SparseModel, options: SolveOptions) => Solution;
