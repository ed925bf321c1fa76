import { exponential, logarithm } from "./elementary.ts";

/**
 * Brings the k-th smallest value (0 the smallest) to its place, smaller ones before it, greater ones after it, and returns it.
 * Floyd and Rivest, "Algorithm 489: SELECT" (1975).
 */
export function select(values: Float64Array, k: number, from = 0, to = values.length - 1): number {
  let left = from;
  let right = to;
  while (right > left) {
    if (right - left > 600) narrow(values, k, left, right);
    const pivot = values[k] as number;
    let i = left;
    let j = right;
    swap(values, left, k);
    if ((values[right] as number) > pivot) swap(values, right, left);
    while (i < j) {
      swap(values, i, j);
      i += 1;
      j -= 1;
      while ((values[i] as number) < pivot) i += 1;
      while ((values[j] as number) > pivot) j -= 1;
    }
    if (values[left] === pivot) swap(values, left, j);
    else {
      j += 1;
      swap(values, j, right);
    }
    if (j <= k) left = j + 1;
    if (k <= j) right = j - 1;
  }
  return values[k] as number;
}

/** Selects in a sample around the place first, so that the pivot is close to the value wanted. */
function narrow(values: Float64Array, k: number, left: number, right: number): void {
  const n = right - left + 1;
  const i = k - left + 1;
  const z = logarithm(n);
  const s = 0.5 * exponential((2 * z) / 3);
  const spread = 0.5 * Math.sqrt((z * s * (n - s)) / n) * (i < n / 2 ? -1 : 1);
  const low = Math.max(left, Math.floor(k - (i * s) / n + spread));
  const high = Math.min(right, Math.floor(k + ((n - i) * s) / n + spread));
  select(values, k, low, high);
}

function swap(values: Float64Array, a: number, b: number): void {
  const kept = values[a] as number;
  values[a] = values[b] as number;
  values[b] = kept;
}

export type Band = Readonly<{ p10: number; p50: number; p90: number; mean: number }>;

/** The place of a quantile among n sorted values: the least value that at least such a share of them does not exceed. */
export function quantilePlace(share: number, n: number): number {
  return Math.min(n - 1, Math.max(0, Math.ceil(share * n - 1e-9) - 1));
}

/** P10, P50 and P90, exactly, and the mean. The values are put into another order. */
export function bandOf(values: Float64Array): Band {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at] as number;
  const places = [0.1, 0.5, 0.9].map((share) => quantilePlace(share, values.length)) as [number, number, number];
  const p50 = select(values, places[1]);
  const p10 = places[0] === places[1] ? p50 : select(values, places[0], 0, places[1] - 1);
  const p90 = places[2] === places[1] ? p50 : select(values, places[2], places[1] + 1);
  return { p10, p50, p90, mean: sum / values.length };
}
