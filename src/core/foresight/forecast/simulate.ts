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
  arriving: Float64Array; // of one path, by class, currency and month
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
    arriving: new Float64Array(classes.length * currencies.length * months),
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
    for (const [slot, { values }] of walks.entries()) if (values !== null) atRates(shop, slot, values, path);
    for (const [at, place] of classes.entries())
      addUp(
        shop,
        at,
        stockOf(shop, place, path),
        out,
        place * kept.length * running.paths + first + path,
        running.paths,
      );
  }
}

/** What of one path arrives in each class, currency and month. */
function gatherPath({ model, lines, slots, factors, arriving }: Workshop, path: number): void {
  const { months } = model;
  arriving.fill(0);
  for (let index = 0; index < lines.length; index += 1) {
    const { fresh, planned } = (lines[index] as PreparedLine).line;
    const factor = factors[index] as LineFactors;
    const until = Math.min(months, factor.until[path] as number);
    const at = slots[index] as number;
    if (fresh.length > 0) addFresh(arriving, at, fresh, factor.pace[path] as number, until);
    if (planned.length > 0)
      addPlanned(arriving, at, planned, factor.scale[path] as number, factor.delay[path] as number, until);
  }
}

function addFresh(arriving: Float64Array, at: number, fresh: Float64Array, pace: number, until: number): void {
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
  if (scale === 0 || delay >= until) return;
  const whole = Math.floor(delay);
  const later = scale * (delay - whole);
  const sooner = scale - later;
  const from = at + whole;
  const end = until - whole;
  let before = 0;
  for (let month = 0; month < end; month += 1) {
    const due = planned[month] as number;
    arriving[from + month] = (arriving[from + month] as number) + (sooner * due + later * before);
    before = due;
  }
}

function stockOf({ lines, factors }: Workshop, place: number, path: number): number {
  let sum = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const { line } = lines[index] as PreparedLine;
    if (line.class === place) sum += line.stock * ((factors[index] as LineFactors).stock[path] as number);
  }
  return sum;
}

/** What arrives in a currency, at the rate of the month it arrives in. */
function atRates(
  { model, classes, walks, arriving }: Workshop,
  slot: number,
  values: Float64Array,
  path: number,
): void {
  const { months } = model;
  const row = path * months;
  for (let at = 0; at < classes.length; at += 1) {
    const from = (at * walks.length + slot) * months;
    for (let month = 0; month < months; month += 1)
      arriving[from + month] = (arriving[from + month] as number) * (values[row + month] as number);
  }
}

/** Adds up what arrives of a class, from what stands, and keeps the months asked for. */
function addUp(
  { model, kept, walks, arriving }: Workshop,
  at: number,
  stock: number,
  out: Paths,
  first: number,
  stride: number,
): void {
  const { months } = model;
  const from = at * walks.length * months;
  const end = from + walks.length * months;
  let sum = stock;
  let month = 0;
  for (let index = 0; index < kept.length; index += 1) {
    for (const last = kept[index] as number; month <= last; month += 1) {
      let arrives = 0;
      for (let place = from + month; place < end; place += months) arrives += arriving[place] as number;
      sum += arrives;
    }
    out[first + index * stride] = sum;
  }
}
