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
  type Steps,
} from "./factors.ts";
import { blockPaths, type ForecastModel, type ModelLine, type Running } from "./model.ts";

/** The paths of a group of lines: what has come by the end of each month kept, at `((class * kept) + month) * paths + path`. */
export type Paths = Float64Array;

/** Which paths are run, and of which months (0 the first) what has come is kept, in order. */
export type Range = Readonly<{ first: number; end: number; kept: readonly number[] }>;

/** The room that a block is worked out in, and what of it stays the same from block to block. Only classes and currencies that the lines have are in it. */
type Workshop = Readonly<{
  model: ForecastModel;
  kept: readonly number[];
  lines: readonly PreparedLine[];
  slots: Int32Array; // by line: where what it brings is gathered
  factors: readonly LineFactors[];
  decisions: readonly DecisionFactors[];
  common: Float64Array;
  classes: readonly number[];
  walks: readonly Walk[]; // by currency in use
  changes: Float64Array; // of one path, by class, currency and month
  arriving: Float64Array; // of one path and class, by month
}>;

type Walk = Readonly<{ currency: number; volatility: number; values: Float64Array | null }>; // null: it does not move

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
  const { months, decisions } = model;
  const classes = [...new Set(lines.map((line) => line.class))].sort((one, other) => one - other);
  const currencies = [...new Set(lines.map((line) => line.currency))].sort((one, other) => one - other);
  return {
    model,
    kept,
    lines: prepareLines(lines),
    slots: Int32Array.from(
      lines,
      (line) => (classes.indexOf(line.class) * currencies.length + currencies.indexOf(line.currency)) * months,
    ),
    factors: lines.map(() => emptyFactors(blockPaths)),
    decisions: decisions.map(() => ({ taken: new Float64Array(blockPaths), delay: new Float64Array(blockPaths) })),
    common: new Float64Array(blockPaths),
    classes,
    walks: currencies.map((currency) => {
      const volatility = model.currencies[currency]?.monthlyVolatility ?? 0;
      return { currency, volatility, values: volatility > 0 ? new Float64Array(blockPaths * months) : null };
    }),
    changes: new Float64Array(classes.length * currencies.length * months),
    arriving: new Float64Array(months),
  };
}

function runBlock(shop: Workshop, running: Running, first: number, paths: number, out: Paths): void {
  const { model, lines, factors, decisions, common, walks, classes, kept } = shop;
  drawCommon(running, first, common);
  for (const [index, decision] of model.decisions.entries())
    drawDecision(running, decision, index, first, decisions[index] as DecisionFactors);
  for (const [index, line] of lines.entries())
    drawLine(model, running, line, first, common, decisions, factors[index] as LineFactors);
  const seed = seedOf(running, "rates");
  for (const { currency, volatility, values } of walks)
    if (values !== null)
      fillWalks(seed, driverNumber("rates"), currency, volatility, model.months, first, paths, values);
  for (let path = 0; path < paths; path += 1) {
    gatherPath(shop, path);
    for (const [at, place] of classes.entries()) {
      arrivalsOf(shop, at, path);
      const to = place * kept.length * running.paths + first + path;
      addUp(shop, stockOf(shop, place, path), out, to, running.paths);
    }
  }
}

/**
 * By how much what arrives changes from month to month on one path, in each class and currency: most of what is promised or expected is as much in a month as in
 * the one before, so that few changes stand for many months.
 */
function gatherPath({ model, lines, slots, factors, changes }: Workshop, path: number): void {
  const { months } = model;
  changes.fill(0);
  for (let index = 0; index < lines.length; index += 1) {
    const { fresh, planned } = lines[index] as PreparedLine;
    const factor = factors[index] as LineFactors;
    const until = Math.min(months, factor.until[path] as number);
    const at = slots[index] as number;
    let level = 0; // what arrives in the month before the last one
    if (fresh.months.length > 0) level += addSteps(changes, at, fresh, factor.pace[path] as number, until);
    if (planned.months.length > 0)
      level += addLater(changes, at, planned, factor.scale[path] as number, factor.delay[path] as number, until);
    if (until < months) changes[at + until] = (changes[at + until] as number) - level;
  }
}

/** Steps so many times as high; what they come to before month `until`. */
function addSteps(changes: Float64Array, at: number, { months, by }: Steps, factor: number, until: number): number {
  let level = 0;
  for (let index = 0; index < months.length; index += 1) {
    const month = months[index] as number;
    if (month >= until) break;
    const change = factor * (by[index] as number);
    changes[at + month] = (changes[at + month] as number) + change;
    level += change;
  }
  return level;
}

/** Steps so many months (and a part of one) later; what they come to before month `until`. */
function addLater(
  changes: Float64Array,
  at: number,
  { months, by }: Steps,
  scale: number,
  delay: number,
  until: number,
): number {
  if (scale === 0 || delay >= until) return 0;
  const whole = Math.floor(delay);
  const later = scale * (delay - whole);
  const sooner = scale - later;
  let level = 0;
  for (let index = 0; index < months.length; index += 1) {
    const month = (months[index] as number) + whole;
    if (month >= until) break;
    const change = by[index] as number;
    changes[at + month] = (changes[at + month] as number) + sooner * change;
    level += sooner * change;
    if (month + 1 >= until) break;
    changes[at + month + 1] = (changes[at + month + 1] as number) + later * change;
    level += later * change;
  }
  return level;
}

function stockOf({ lines, factors }: Workshop, place: number, path: number): number {
  let sum = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const { line } = lines[index] as PreparedLine;
    if (line.class === place) sum += line.stock * ((factors[index] as LineFactors).stock[path] as number);
  }
  return sum;
}

/** What of one path arrives of a class in each month, at the rates of that month. */
function arrivalsOf({ model, walks, changes, arriving }: Workshop, at: number, path: number): void {
  const { months } = model;
  arriving.fill(0);
  for (let slot = 0; slot < walks.length; slot += 1) {
    const from = (at * walks.length + slot) * months;
    const { values } = walks[slot] as Walk;
    if (values === null) addLevels(changes, from, arriving);
    else addAtRates(changes, from, values, path * months, arriving);
  }
}

function addLevels(changes: Float64Array, from: number, arriving: Float64Array): void {
  let level = 0;
  for (let month = 0; month < arriving.length; month += 1) {
    level += changes[from + month] as number;
    arriving[month] = (arriving[month] as number) + level;
  }
}

function addAtRates(
  changes: Float64Array,
  from: number,
  rates: Float64Array,
  row: number,
  arriving: Float64Array,
): void {
  let level = 0;
  for (let month = 0; month < arriving.length; month += 1) {
    level += changes[from + month] as number;
    arriving[month] = (arriving[month] as number) + level * (rates[row + month] as number);
  }
}

/** Adds up what arrives, from what stands, and keeps the months asked for. */
function addUp({ kept, arriving }: Workshop, stock: number, out: Paths, first: number, stride: number): void {
  let sum = stock;
  let month = 0;
  for (let index = 0; index < kept.length; index += 1) {
    for (const last = kept[index] as number; month <= last; month += 1) sum += arriving[month] as number;
    out[first + index * stride] = sum;
  }
}
