import type { ForecastModel, ModelLine, Running } from "./model.ts";
import { bandOf, type Band } from "./quantiles.ts";
import { simulateAll, type Paths } from "./simulate.ts";

/** The bands of a group by class and month kept, from its paths. */
export function bandsOf(paths: Paths, classes: number, kept: number, count: number): Band[][] {
  const room = new Float64Array(count);
  return Array.from({ length: classes }, (_, place) =>
    Array.from({ length: kept }, (__, month) => {
      const from = (place * kept + month) * count;
      room.set(paths.subarray(from, from + count));
      return bandOf(room);
    }),
  );
}

/** The bands of some lines of a model by class and month kept. */
export function groupBands(
  model: ForecastModel,
  lines: readonly ModelLine[],
  running: Running,
  kept: readonly number[],
): Band[][] {
  const paths = simulateAll(model, lines, running, kept);
  return bandsOf(paths, model.classes.length, kept.length, running.paths);
}

/** Covariance of two runs of equal length, divided by their number. */
export function covariance(one: Float64Array, other: Float64Array): number {
  const n = one.length;
  let first = 0;
  let second = 0;
  for (let at = 0; at < n; at += 1) {
    first += one[at] as number;
    second += other[at] as number;
  }
  first /= n;
  second /= n;
  let sum = 0;
  for (let at = 0; at < n; at += 1) sum += ((one[at] as number) - first) * ((other[at] as number) - second);
  return sum / n;
}
