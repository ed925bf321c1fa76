import type { FigureFrame } from "../../../src/core/views.ts";
import { formatDay, formatPeriod } from "../format/days.ts";

/** A share from 0 to 1 in per cent, one digit after the point. */
export function percentWords(share: number | null): string {
  return share === null ? "not known" : `${(share * 100).toFixed(1)}\u00a0%`;
}

/** A probability for reading: never certain where a path may still do otherwise. */
export function chanceWords(probability: number | null): string {
  if (probability === null) return "not known";
  if (probability > 0 && probability < 0.005) return "under 1\u00a0%";
  if (probability < 1 && probability > 0.995) return "over 99\u00a0%";
  return `${Math.round(probability * 100)}\u00a0%`;
}

type Drawn = Readonly<{ book: string; knownAt: string; unit: string; paths: number; seed: number; recordTo: string }>;

/** What a figure of a forecast was drawn with. */
export function drawnFrom({
  book,
  knownAt,
  unit,
  paths,
  seed,
  recordTo,
}: Drawn): Readonly<{ frame: FigureFrame; drawnWith: readonly string[] }> {
  return {
    frame: { book, asOf: null, knownAt, boundary: "all", basis: "as-reported", unit },
    drawnWith: [
      `known at ${formatDay(knownAt)}`,
      `record to ${formatPeriod(recordTo)}`,
      `${paths.toLocaleString("en")} paths, seed ${seed}`,
      "estimates, rounded to a thousand",
    ],
  };
}
