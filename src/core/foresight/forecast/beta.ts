import { exponential, logarithm, normalProbability } from "./elementary.ts";
import type { Realisation } from "./model.ts";

/** Where a table of a beta distribution is looked up: by the normal number of the same probability, which is how factors in common come in. */
export const tableFrom = -6;
export const tableStep = 1 / 32;
export const tableLength = 385; // to 6
const panels = 4096;

const kept = 64;
const made = new Map<string, Float64Array>();

/** A beta distribution's table, made once and not to be written to. The same few are asked for by every part of a forecast. */
export function betaTable(realisation: Realisation): Float64Array {
  const key = `${realisation.mean}/${realisation.concentration}`;
  const found = made.get(key) ?? tableOf(realisation);
  if (made.size < kept) made.set(key, found);
  return found;
}

/**
 * The quantiles of a beta distribution at the probabilities of the normal numbers from -6 to 6 by 1/32: to be read by linear interpolation. A mean of 1 (or
 * 0) is a certain thing. The distribution function is integrated by the midpoint rule over s, x = s^2 (3 - 2 s), which takes the ends' infinite densities away.
 */
function tableOf({ mean, concentration }: Realisation): Float64Array {
  const table = new Float64Array(tableLength);
  if (mean >= 1 || mean <= 0) return table.fill(mean >= 1 ? 1 : 0);
  const a = mean * concentration;
  const b = (1 - mean) * concentration;
  const cumulated = new Float64Array(panels + 1);
  let largest = -Infinity;
  const logs = new Float64Array(panels);
  for (let panel = 0; panel < panels; panel += 1) {
    const s = (panel + 0.5) / panels;
    const x = s * s * (3 - 2 * s);
    // (1 - x) written so that nothing is lost near 1.
    const rest = (1 - s) * (1 - s) * (1 + 2 * s);
    const log = (a - 1) * logarithm(x) + (b - 1) * logarithm(rest) + logarithm(6 * s * (1 - s));
    logs[panel] = log;
    if (log > largest) largest = log;
  }
  for (let panel = 0; panel < panels; panel += 1)
    cumulated[panel + 1] = (cumulated[panel] as number) + exponential((logs[panel] as number) - largest);
  const whole = cumulated[panels] as number;
  let panel = 0;
  for (let at = 0; at < tableLength; at += 1) {
    const wanted = normalProbability(tableFrom + at * tableStep) * whole;
    while (panel < panels - 1 && (cumulated[panel + 1] as number) < wanted) panel += 1;
    const below = cumulated[panel] as number;
    const width = (cumulated[panel + 1] as number) - below;
    const part = width > 0 ? Math.min(1, Math.max(0, (wanted - below) / width)) : 0;
    const s = (panel + part) / panels;
    table[at] = s * s * (3 - 2 * s);
  }
  return table;
}

/** The table's value at a normal number. */
export function lookUp(table: Float64Array, z: number): number {
  const place = (z - tableFrom) / tableStep;
  if (place <= 0) return table[0] as number;
  if (place >= tableLength - 1) return table[tableLength - 1] as number;
  const at = Math.floor(place);
  const low = table[at] as number;
  return low + ((table[at + 1] as number) - low) * (place - at);
}
