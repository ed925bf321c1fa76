import { driverNumber, fillWalks, seedOf } from "./draw.ts";
import {
  drawCommon,
  drawDecision,
  drawLine,
  emptyFactors,
  prepareLines,
  type DecisionFactors,
  type LineFactors,
  type PreparedLine,
} from "./factors.ts";
import { blockPaths, type ForecastModel, type ModelLine, type Running } from "./model.ts";

/** The paths of a group of lines: what has come by the end of each month kept, at `((class * kept) + month) * paths + path`. */
export type Paths = Float64Array;

/** Which paths are run, and of which months (0 the first) what has come is kept, in order. */
export type Range = Readonly<{ first: number; end: number; kept: readonly number[] }>;

/** The room that a block is worked out in, and what of it stays the same from block to block. */
type Workshop = Readonly<{
  model: ForecastModel;
  kept: readonly number[];
  lines: readonly PreparedLine[];
  factors: readonly LineFactors[];
  decisions: readonly DecisionFactors[];
  common: Float64Array;
  walks: readonly (Float64Array | null)[]; // by currency; null where none is used or it does not move
  arriving: Float64Array; // of one path, by class, currency and month
}>;

/** Every month of a model. */
export function everyMonth({ months }: ForecastModel): number[] {
  return Array.from({ length: months }, (_, month) => month);
}

/**
 * Runs the paths from `first` (even) up to `end` of some lines of a model into `out`, which has room for all paths of the running. What a path comes to
 * depends on its number alone.
 */
export function simulate(
  model: ForecastModel,
  lines: readonly ModelLine[],
  running: Running,
  range: Range,
  out: Paths,
  onBlock: () => void = () => undefined,
): void {
  const shop = workshopOf(model, lines, range.kept);
  for (let first = range.first; first < range.end; first += blockPaths) {
    runBlock(shop, running, first, Math.min(blockPaths, range.end - first), out);
    onBlock();
  }
}

/** All paths of some lines of a model. */
export function simulateAll(
  model: ForecastModel,
  lines: readonly ModelLine[],
  running: Running,
  kept: readonly number[] = everyMonth(model),
): Paths {
  const out = new Float64Array(model.classes.length * kept.length * running.paths);
  simulate(model, lines, running, { first: 0, end: running.paths, kept }, out);
  return out;
}

function workshopOf(model: ForecastModel, lines: readonly ModelLine[], kept: readonly number[]): Workshop {
  const { months, classes, currencies, decisions } = model;
  const used = new Set(lines.map((line) => line.currency));
  return {
    model,
    kept,
    lines: prepareLines(lines),
    factors: lines.map(() => emptyFactors(blockPaths)),
    decisions: decisions.map(() => ({ taken: new Float64Array(blockPaths), delay: new Float64Array(blockPaths) })),
    common: new Float64Array(blockPaths),
    walks: currencies.map(({ monthlyVolatility }, index) =>
      used.has(index) && monthlyVolatility > 0 ? new Float64Array(blockPaths * months) : null,
    ),
    arriving: new Float64Array(classes.length * currencies.length * months),
  };
}

function runBlock(shop: Workshop, running: Running, first: number, paths: number, out: Paths): void {
  const { model, lines, factors, decisions, common, walks } = shop;
  drawCommon(running, first, common);
  for (const [index, decision] of model.decisions.entries())
    drawDecision(running, decision, index, first, decisions[index] as DecisionFactors);
  for (const [index, line] of lines.entries())
    drawLine(model, running, line, first, common, decisions, factors[index] as LineFactors);
  for (const [index, walk] of walks.entries()) {
    if (walk === null) continue;
    const volatility = model.currencies[index]?.monthlyVolatility ?? 0;
    fillWalks(seedOf(running, "rates"), driverNumber("rates"), index, volatility, model.months, first, paths, walk);
  }
  for (let path = 0; path < paths; path += 1) {
    gatherPath(shop, path);
    for (let at = 0; at < model.classes.length; at += 1)
      addUp(shop, at, path, stockOf(shop, at, path), out, running.paths, first + path);
  }
}

/** What of one path arrives in each class, currency and month. */
function gatherPath({ model, lines, factors, arriving }: Workshop, path: number): void {
  const { months } = model;
  const width = model.currencies.length * months;
  arriving.fill(0);
  for (let index = 0; index < lines.length; index += 1) {
    const { line } = lines[index] as PreparedLine;
    const factor = factors[index] as LineFactors;
    const until = Math.min(months, factor.until[path] as number);
    const at = line.class * width + line.currency * months;
    addFresh(arriving, at, line.fresh, factor.pace[path] as number, until);
    addPlanned(arriving, at, line.planned, factor.scale[path] as number, factor.delay[path] as number, until);
  }
}

function addFresh(arriving: Float64Array, at: number, fresh: Float64Array, pace: number, until: number): void {
  if (fresh.length === 0 || pace === 0) return;
  for (let month = 0; month < until; month += 1)
    arriving[at + month] = (arriving[at + month] as number) + pace * (fresh[month] as number);
}

/** What was promised by month, so many months (and a part of one) later. */
function addPlanned(
  arriving: Float64Array,
  at: number,
  planned: Float64Array,
  scale: number,
  delay: number,
  until: number,
): void {
  if (planned.length === 0 || scale === 0 || delay >= until) return;
  const whole = Math.floor(delay);
  const later = scale * (delay - whole);
  const sooner = scale - later;
  arriving[at + whole] = (arriving[at + whole] as number) + sooner * (planned[0] as number);
  for (let month = whole + 1; month < until; month += 1)
    arriving[at + month] =
      (arriving[at + month] as number) +
      sooner * (planned[month - whole] as number) +
      later * (planned[month - whole - 1] as number);
}

function stockOf({ lines, factors }: Workshop, at: number, path: number): number {
  let sum = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const { line } = lines[index] as PreparedLine;
    if (line.class === at) sum += line.stock * ((factors[index] as LineFactors).stock[path] as number);
  }
  return sum;
}

/** Adds up what arrives, at the rate of the month it arrives in. */
function addUp(
  { model, kept, walks, arriving }: Workshop,
  place: number,
  path: number,
  stock: number,
  out: Paths,
  stride: number,
  column: number,
): void {
  const { months } = model;
  const count = model.currencies.length;
  for (let currency = 0; currency < count; currency += 1) {
    const walk = walks[currency];
    if (walk === null || walk === undefined) continue;
    const from = (place * count + currency) * months;
    const row = path * months;
    for (let month = 0; month < months; month += 1)
      arriving[from + month] = (arriving[from + month] as number) * (walk[row + month] as number);
  }
  let sum = stock;
  let month = 0;
  for (let at = 0; at < kept.length; at += 1) {
    for (const last = kept[at] as number; month <= last; month += 1)
      for (let currency = 0; currency < count; currency += 1)
        sum += arriving[(place * count + currency) * months + month] as number;
    out[(place * kept.length + at) * stride + column] = sum;
  }
}
