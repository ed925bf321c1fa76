import { emptyTally, type Tally } from "./counting.ts";

// Counts reach C(60, 30), which no plain number holds: each is kept as two thirty-bit parts.
const bits = 30;
const mask = 2 ** bits - 1;

type Counts = Readonly<{ low: Int32Array; high: Int32Array }>;

const countsOf = (cells: number): Counts => ({ low: new Int32Array(cells), high: new Int32Array(cells) });

/** How many steps countByTable takes, each of some nanoseconds, and how many cells it holds, of eight bytes each. */
export function tableEffort(weights: readonly number[], most: number): Readonly<{ steps: number; cells: number }> {
  const cells = (weights.length + 1) * (most + 1);
  return { steps: cells * (weights.length + new Set(weights).size), cells };
}

/**
 * Coalitions whose weights add up to at most `most`, by generating functions: the coefficients of the product of (1 + y x^weight) over the
 * members, kept by size and weight; a member is taken out of the product by dividing by its factor (Brams and Affuso 1976; Bilbao and others 2000).
 */
export function countByTable(weights: readonly number[], most: number): Tally {
  const members = weights.length;
  const width = most + 1;
  const product = multiply(weights, width);
  const tally = emptyTally(members);
  for (let size = 0; size <= members; size += 1) tally.all[size] = sumOfRow(product, size * width, width);
  const without = new Map<number, bigint[]>();
  for (const [member, weight] of weights.entries()) {
    if (weight > most) continue;
    const rest = without.get(weight) ?? divide(product, members, width, weight);
    without.set(weight, rest);
    tally.withMember[member] = tally.all.map((count, size) => count - (rest[size] ?? 0n));
  }
  return tally;
}

function multiply(weights: readonly number[], width: number): Counts {
  const product = countsOf((weights.length + 1) * width);
  const { low, high } = product;
  low[0] = 1;
  let [taken, reach] = [0, 0];
  for (const weight of weights) {
    if (weight >= width) continue;
    // From the largest size down, so that no coalition takes the member twice.
    for (let size = taken; size >= 0; size -= 1) {
      const last = Math.min(reach, width - 1 - weight);
      const [from, to] = [size * width, (size + 1) * width + weight];
      for (let at = 0; at <= last; at += 1) {
        const sum = (low[to + at] as number) + (low[from + at] as number);
        low[to + at] = sum & mask;
        high[to + at] = (high[to + at] as number) + (high[from + at] as number) + (sum >>> bits);
      }
    }
    taken += 1;
    reach = Math.min(reach + weight, width - 1);
  }
  return product;
}

/** By size, how many coalitions of the product do without one member of that weight. */
function divide(product: Counts, members: number, width: number, weight: number): bigint[] {
  const { low, high } = product;
  let [last, row] = [countsOf(width), countsOf(width)];
  const sums: bigint[] = [];
  for (let size = 0; size <= members; size += 1) {
    const from = size * width;
    row.low.set(low.subarray(from, from + width));
    row.high.set(high.subarray(from, from + width));
    for (let at = weight; at < width; at += 1) {
      const rest = (row.low[at] as number) - (last.low[at - weight] as number);
      row.low[at] = rest & mask;
      row.high[at] = (row.high[at] as number) - (last.high[at - weight] as number) + (rest >> bits);
    }
    sums.push(sumOfRow(row, 0, width));
    [last, row] = [row, last];
  }
  return sums;
}

function sumOfRow({ low, high }: Counts, from: number, width: number): bigint {
  // Sums of fewer than 2^23 numbers below 2^30 stay exact.
  let [lows, highs] = [0, 0];
  for (let at = from; at < from + width; at += 1) {
    lows += low[at] as number;
    highs += high[at] as number;
  }
  return (BigInt(highs) << BigInt(bits)) + BigInt(lows);
}
