/** A linear model with whole and broken columns, to be maximised; the matrix is kept by columns. Infinity is no bound. */
export type SparseModel = Readonly<{
  columns: number;
  rows: number;
  cost: Float64Array;
  lower: Float64Array;
  upper: Float64Array;
  whole: Uint8Array; // 1 where a column takes whole numbers only
  rowLower: Float64Array;
  rowUpper: Float64Array;
  starts: Int32Array; // columns + 1
  indices: Int32Array;
  values: Float64Array;
}>;

/** Gathers a model column by column and row by row, entries in any order. An entry that is named twice counts as the sum. */
export type Gathering = {
  column: (cost: number, lower: number, upper: number, whole: boolean) => number;
  row: (lower: number, upper: number) => number;
  entry: (row: number, column: number, value: number) => void;
  addCost: (column: number, cost: number) => void;
  bound: (column: number, upper: number) => void;
  done: () => SparseModel;
};

type Numbers = { of: Float64Array; length: number };

function push(list: Numbers, value: number): void {
  if (list.length === list.of.length) {
    const wider = new Float64Array(list.length * 2);
    wider.set(list.of);
    list.of = wider;
  }
  list.of[list.length] = value;
  list.length += 1;
}

const numbers = (room = 1024): Numbers => ({ of: new Float64Array(room), length: 0 });
const cut = (list: Numbers): Float64Array => list.of.slice(0, list.length);

export function gathering(): Gathering {
  const [cost, lower, upper, whole] = [numbers(), numbers(), numbers(), numbers()];
  const [rowLower, rowUpper] = [numbers(), numbers()];
  const [entryRow, entryColumn, entryValue] = [numbers(4096), numbers(4096), numbers(4096)];
  return {
    column(price, from, to, isWhole) {
      push(cost, price);
      push(lower, from);
      push(upper, to);
      push(whole, isWhole ? 1 : 0);
      return cost.length - 1;
    },
    row(from, to) {
      push(rowLower, from);
      push(rowUpper, to);
      return rowLower.length - 1;
    },
    entry(row, column, value) {
      push(entryRow, row);
      push(entryColumn, column);
      push(entryValue, value);
    },
    addCost(column, price) {
      cost.of[column] = (cost.of[column] ?? 0) + price;
    },
    bound(column, to) {
      upper.of[column] = to;
    },
    done() {
      const matrix = byColumns(cost.length, cut(entryRow), cut(entryColumn), cut(entryValue));
      return {
        columns: cost.length,
        rows: rowLower.length,
        cost: cut(cost),
        lower: cut(lower),
        upper: cut(upper),
        whole: Uint8Array.from(cut(whole)),
        rowLower: cut(rowLower),
        rowUpper: cut(rowUpper),
        ...matrix,
      };
    },
  };
}

function byColumns(columns: number, row: Float64Array, column: Float64Array, value: Float64Array) {
  const starts = new Int32Array(columns + 1);
  for (const at of column) starts[at + 1] = (starts[at + 1] ?? 0) + 1;
  for (let at = 0; at < columns; at += 1) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
  const next = starts.slice();
  const indices = new Int32Array(row.length);
  const values = new Float64Array(row.length);
  for (let k = 0; k < row.length; k += 1) {
    const at = column[k] ?? 0;
    const place = next[at] ?? 0;
    next[at] = place + 1;
    indices[place] = row[k] ?? 0;
    values[place] = value[k] ?? 0;
  }
  return summed(starts, indices, values);
}

/** Each row once in a column. */
function summed(starts: Int32Array, indices: Int32Array, values: Float64Array) {
  const last = new Int32Array(indices.reduce((most, row) => Math.max(most, row), -1) + 1).fill(-1);
  const kept = new Int32Array(starts.length);
  let at = 0;
  for (let column = 0; column + 1 < starts.length; column += 1) {
    const first = at;
    for (let k = starts[column] ?? 0; k < (starts[column + 1] ?? 0); k += 1) {
      const row = indices[k] ?? 0;
      const before = last[row] ?? -1;
      if (before >= first && indices[before] === row) values[before] = (values[before] ?? 0) + (values[k] ?? 0);
      else {
        indices[at] = row;
        values[at] = values[k] ?? 0;
        last[row] = at;
        at += 1;
      }
    }
    kept[column + 1] = at;
  }
  return { starts: kept, indices: indices.slice(0, at), values: values.slice(0, at) };
}
