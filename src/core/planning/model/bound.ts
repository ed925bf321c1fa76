import type { SparseModel } from "./sparse.ts";

/** Passes over the rows after which what a column can be at most is no longer made less; stocks that are handed on need one for each bucket. */
const passes = 100;

/**
 * A value that no values of a model can exceed, from any prices of its rows: the model's rows are lifted, each at its price, and every column takes
 * what is then best for it (Lagrange). It needs no solver to have been exact: poor prices make it loose, never wrong. Prices of the wrong sign,
 * where a row has no such limit, count as 0.
 * @param most what each column can be at most, as `mostOfColumns` has it
 * @returns Infinity where a column without a most has anything to gain
 */
export function boundOf(model: SparseModel, prices: Float64Array, most: Float64Array): number {
  const { columns, rows, cost, lower, starts, indices, values, rowLower, rowUpper } = model;
  const price = new Float64Array(rows);
  let bound = 0;
  for (let row = 0; row < rows; row += 1) {
    const asked = prices[row] ?? 0;
    const limit = (asked > 0 ? rowUpper[row] : rowLower[row]) ?? Infinity;
    if (asked === 0 || !Number.isFinite(asked) || !Number.isFinite(limit)) continue;
    price[row] = asked;
    bound += asked * limit;
  }
  for (let column = 0; column < columns; column += 1) {
    let gain = cost[column] ?? 0;
    for (let at = starts[column] ?? 0; at < (starts[column + 1] ?? 0); at += 1)
      gain -= (price[indices[at] ?? 0] ?? 0) * (values[at] ?? 0);
    if (gain !== 0) bound += gain * ((gain > 0 ? most[column] : lower[column]) ?? 0);
  }
  return bound;
}

/** What each column can be at most: its own limit, or what a row leaves it when all others in it are as little, or as much, as they can be. */
export function mostOfColumns(model: SparseModel): Float64Array {
  const most = model.upper.slice();
  for (let pass = 0; pass < passes; pass += 1) if (!lessened(model, most)) break;
  return most;
}

/** One pass over all rows. @returns whether any column can be less than before, where it had no limit or much less */
function lessened(
  { columns, rows, lower, starts, indices, values, rowLower, rowUpper }: SparseModel,
  most: Float64Array,
) {
  const [least, greatest] = [new Float64Array(rows), new Float64Array(rows)]; // of what a row sums up to, its finite parts
  const [openBelow, openAbove] = [new Int32Array(rows), new Int32Array(rows)]; // how many of its parts are not finite
  const each = (visit: (row: number, column: number, value: number) => void) => {
    for (let column = 0; column < columns; column += 1)
      for (let at = starts[column] ?? 0; at < (starts[column + 1] ?? 0); at += 1)
        visit(indices[at] ?? 0, column, values[at] ?? 0);
  };
  const add = (sums: Float64Array, open: Int32Array, row: number, part: number) => {
    if (Number.isFinite(part)) sums[row] = (sums[row] ?? 0) + part;
    else open[row] = (open[row] ?? 0) + 1;
  };
  each((row, column, value) => {
    const [low, high] = [value * (lower[column] ?? 0), value * (most[column] ?? Infinity)];
    add(least, openBelow, row, value > 0 ? low : high);
    add(greatest, openAbove, row, value > 0 ? high : low);
  });
  const found = Float64Array.from(most);
  each((row, column, value) => {
    if (value === 0) return;
    // A row below its upper limit holds its positive entries down, one above its lower limit its negative ones.
    const [limit, sum, open] = value > 0 ? [rowUpper, least, openBelow] : [rowLower, greatest, openAbove];
    const edge = limit[row] ?? 0;
    if (!Number.isFinite(edge) || (open[row] ?? 0) > 0) return;
    const room = edge - ((sum[row] ?? 0) - value * (lower[column] ?? 0));
    const at = Math.max(lower[column] ?? 0, room / value);
    // A little more than computed, so that rounding never cuts off what can be.
    found[column] = Math.min(found[column] ?? Infinity, at + 1e-6 * Math.max(1, Math.abs(at)));
  });
  let isLess = false;
  for (let column = 0; column < columns; column += 1)
    if ((found[column] ?? 0) < (most[column] ?? 0)) {
      isLess ||= (found[column] ?? 0) < (most[column] ?? 0) / 2;
      most[column] = found[column] ?? 0;
    }
  return isLess;
}
