import { betaTable, lookUp } from "./beta.ts";
import { driverNumber, fillNormals, fillUniforms, seedOf } from "./draw.ts";
import { exponential, logarithm, normalQuantile } from "./elementary.ts";
import type { ForecastModel, ModelDecision, ModelLine, Running } from "./model.ts";

/** What a line's path hangs on, a number for each path of a block. */
export type LineFactors = Readonly<{
  scale: Float64Array; // share of what is promised that comes; 0 where its decision is not taken
  delay: Float64Array; // months later than promised
  pace: Float64Array; // factor on new giving
  until: Float64Array; // the last month in which anything comes
  stock: Float64Array; // factor on what stands
}>;

/** Amounts by month, as the months in which they change and by how much: from nothing, and from each month to the next. */
export type Steps = Readonly<{ months: Int32Array; by: Float64Array }>;

export type PreparedLine = Readonly<{ line: ModelLine; table: Float64Array; planned: Steps; fresh: Steps }>;

/** Lines with the tables that they are drawn from. */
export function prepareLines(lines: readonly ModelLine[]): PreparedLine[] {
  return lines.map((line) => ({
    line,
    table: betaTable(line.realisation),
    planned: stepsOf(line.planned),
    fresh: stepsOf(line.fresh),
  }));
}

function stepsOf(amounts: Float64Array): Steps {
  const by = amounts.map((amount, month) => amount - (amounts[month - 1] ?? 0));
  const months = [...by.keys()].filter((month) => by[month] !== 0);
  return { months: Int32Array.from(months), by: Float64Array.from(months, (month) => by[month] ?? 0) };
}

export type DecisionFactors = Readonly<{ taken: Float64Array; delay: Float64Array }>;

export function emptyFactors(paths: number): LineFactors {
  const row = (): Float64Array => new Float64Array(paths);
  return { scale: row(), delay: row(), pace: row(), until: row(), stock: row() };
}

/** What all givers have in common, a standard normal number a path: high where support does well. */
export function drawCommon(running: Running, first: number, out: Float64Array): void {
  fillNormals(seedOf(running, "common"), driverNumber("common"), 0, first, out);
}

/** Whether each open decision is taken (1 or 0), and how many months late. */
export function drawDecision(
  running: Running,
  { odds, delay }: ModelDecision,
  index: number,
  first: number,
  { taken, delay: late }: DecisionFactors,
): void {
  const seed = seedOf(running, "decisions");
  const key = driverNumber("decisions");
  fillUniforms(seed, key, 2 * index, first, taken);
  fillNormals(seed, key, 2 * index + 1, first, late);
  for (let path = 0; path < taken.length; path += 1) {
    taken[path] = (taken[path] as number) < odds ? 1 : 0;
    late[path] = lateness(delay.medianMonths, delay.sigma, late[path] as number);
  }
}

function lateness(median: number, sigma: number, z: number): number {
  return median === 0 ? 0 : median * (sigma === 0 ? 1 : exponential(sigma * z));
}

/** Draws a line's factors. `common`: of the same paths. `decisions`: of the model's open decisions, for the same paths. */
export function drawLine(
  model: ForecastModel,
  running: Running,
  { line, table }: PreparedLine,
  first: number,
  common: Float64Array,
  decisions: readonly DecisionFactors[],
  out: LineFactors,
): void {
  const shared = Math.sqrt(model.commonShare);
  const own = Math.sqrt(1 - model.commonShare);
  drawPromised(running, line, table, first, common, shared, own, out);
  drawPace(running, line, first, common, shared, own, out.pace);
  drawStock(running, line, first, out.stock);
  drawWithdrawal(running, line, model.months, first, out.until);
  const decision = line.decision === null ? undefined : decisions[line.decision];
  if (decision === undefined) return;
  for (let path = 0; path < out.scale.length; path += 1) {
    out.scale[path] = (out.scale[path] as number) * (decision.taken[path] as number);
    out.delay[path] = (out.delay[path] as number) + (decision.delay[path] as number);
  }
}

function drawPromised(
  running: Running,
  line: ModelLine,
  table: Float64Array,
  first: number,
  common: Float64Array,
  shared: number,
  own: number,
  { scale, delay }: LineFactors,
): void {
  fillNormals(seedOf(running, "realisation"), driverNumber("realisation"), line.subject, first, scale);
  fillNormals(seedOf(running, "delay"), driverNumber("delay"), line.subject, first, delay);
  const { medianMonths, sigma } = line.delay;
  for (let path = 0; path < scale.length; path += 1) {
    const z = common[path] as number;
    scale[path] = lookUp(table, shared * z + own * (scale[path] as number));
    delay[path] = lateness(medianMonths, sigma, own * (delay[path] as number) - shared * z);
  }
}

function drawPace(
  running: Running,
  { subject, paceSigma, silence }: ModelLine,
  first: number,
  common: Float64Array,
  shared: number,
  own: number,
  pace: Float64Array,
): void {
  if (paceSigma === 0 && silence === 0) {
    pace.fill(1);
    return;
  }
  const silentBelow = silence === 0 ? -Infinity : normalQuantile(silence);
  fillNormals(seedOf(running, "pace"), driverNumber("pace"), subject, first, pace);
  for (let path = 0; path < pace.length; path += 1)
    pace[path] = paceFactor(paceSigma, silentBelow, shared * (common[path] as number) + own * (pace[path] as number));
}

function paceFactor(sigma: number, silentBelow: number, z: number): number {
  return z < silentBelow ? 0 : exponential(sigma * z);
}

function drawStock(running: Running, { subject, revisionSigma }: ModelLine, first: number, stock: Float64Array): void {
  if (revisionSigma === 0) {
    stock.fill(1);
    return;
  }
  fillNormals(seedOf(running, "revision"), driverNumber("revision"), subject, first, stock);
  const drift = -0.5 * revisionSigma * revisionSigma;
  for (let path = 0; path < stock.length; path += 1)
    stock[path] = exponential(drift + revisionSigma * (stock[path] as number));
}

/** The month after which nothing comes any more: the first in which the giver leaves, at a steady chance, or a month that is certain. */
function drawWithdrawal(
  running: Running,
  { giver, leavesPerMonth, leavesFrom }: ModelLine,
  months: number,
  first: number,
  until: Float64Array,
): void {
  const certain = leavesFrom === null ? months : Math.max(0, leavesFrom - 1);
  if (leavesPerMonth === 0) {
    until.fill(certain);
    return;
  }
  fillUniforms(seedOf(running, "withdrawal"), driverNumber("withdrawal"), giver, first, until);
  const perLog = 1 / logarithm(1 - leavesPerMonth);
  for (let path = 0; path < until.length; path += 1)
    until[path] = Math.min(certain, Math.floor(logarithm(until[path] as number) * perLog));
}
