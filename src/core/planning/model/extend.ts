import type { SparseModel } from "./sparse.ts";

export type AddedRow = Readonly<{
  lower: number;
  upper: number;
  entries: readonly (readonly [column: number, value: number])[];
}>;

/** A model with further broken columns at its end, further rows that may name them, and, where given, another reward for all columns. */
export function extended(
  model: SparseModel,
  columns: readonly Readonly<{ cost: number; lower: number; upper: number }>[],
  rows: readonly AddedRow[],
  cost: Float64Array = model.cost,
): SparseModel {
  const added = Array.from({ length: model.columns + columns.length }, () => [] as [number, number][]);
  for (const [at, { entries }] of rows.entries())
    for (const [column, value] of entries) added[column]?.push([model.rows + at, value]);
  const more = rows.reduce((sum, { entries }) => sum + entries.length, 0);
  const starts = new Int32Array(added.length + 1);
  const indices = new Int32Array(model.indices.length + more);
  const values = new Float64Array(indices.length);
  let next = 0;
  for (const [column, own] of added.entries()) {
    for (let at = model.starts[column] ?? 0; column < model.columns && at < (model.starts[column + 1] ?? 0); at += 1) {
      indices[next] = model.indices[at] ?? 0;
      values[next] = model.values[at] ?? 0;
      next += 1;
    }
    for (const [row, value] of own) {
      indices[next] = row;
      values[next] = value;
      next += 1;
    }
    starts[column + 1] = next;
  }
  const of = (list: Float64Array, what: readonly number[]) => Float64Array.from([...list, ...what]);
  return {
    columns: added.length,
    rows: model.rows + rows.length,
    cost: of(
      cost,
      columns.map((one) => one.cost),
    ),
    lower: of(
      model.lower,
      columns.map((one) => one.lower),
    ),
    upper: of(
      model.upper,
      columns.map((one) => one.upper),
    ),
    whole: Uint8Array.from([...model.whole, ...columns.map(() => 0)]),
    rowLower: of(
      model.rowLower,
      rows.map(({ lower }) => lower),
    ),
    rowUpper: of(
      model.rowUpper,
      rows.map(({ upper }) => upper),
    ),
    starts,
    indices,
    values,
  };
}
