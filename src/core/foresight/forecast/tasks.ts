import { bandsOf, covariance, groupBands } from "./bands.ts";
import type { Driver, ForecastModel, Running } from "./model.ts";
import type { Band } from "./quantiles.ts";
import { everyMonth, simulate, simulateAll } from "./simulate.ts";

/** The models of a forecast by name, and the shared room for the paths of the first one's lines all together, every month of every class. */
export type Work = Readonly<{
  models: Readonly<Record<string, ForecastModel>>;
  whole: string; // the name of the model whose lines are run together
  running: Running;
  target: Readonly<{ class: number; month: number }> | null; // of what spread and drivers are told
  paths: Float64Array;
}>;

/** A part of the work that can be done by itself. Those of kind `paths` come first: the others read what they wrote. */
export type Task =
  | Readonly<{ kind: "paths"; first: number; end: number }>
  | Readonly<{ kind: "bands"; class: number }>
  | Readonly<{ kind: "group"; model: string; lines: readonly number[]; kept: readonly number[] }>
  | Readonly<{
      kind: "chance";
      model: string;
      lines: readonly number[] | null;
      class: number;
      month: number;
      least: number;
    }>
  | Readonly<{ kind: "driver"; driver: Driver }>;

export type Answer = Readonly<{
  paths: null;
  bands: readonly Band[];
  group: Readonly<{ bands: readonly (readonly Band[])[]; shareOfSpread: number | null }>;
  chance: Readonly<{ probability: number; mean: number }>;
  driver: number | null;
}>;

const driverPaths = 2048;
const otherSeed = 0x5eed;

/** Does one task. What comes of it hangs on the work and the task alone, not on who does it or when. */
export function doTask(work: Work, task: Task, onBlock?: () => void): Answer[Task["kind"]] {
  const whole = modelOf(work, work.whole);
  const { paths: count } = work.running;
  switch (task.kind) {
    case "paths":
      simulate(whole, whole.lines, work.running, { ...task, kept: everyMonth(whole) }, work.paths, onBlock);
      return null;
    case "bands": {
      const size = whole.months * count;
      return bandsOf(work.paths.subarray(task.class * size, (task.class + 1) * size), 1, whole.months, count)[0] ?? [];
    }
    case "group":
      return groupAnswer(work, task);
    case "chance":
      return chanceOf(work, task);
    case "driver":
      return driverShare(work, task.driver);
  }
}

function modelOf({ models }: Work, name: string): ForecastModel {
  const model = models[name];
  if (model === undefined) throw new RangeError(`no model ${name}`);
  return model;
}

/** The paths of the whole in one class at the end of one month. */
function wholeAt({ paths, running, models, whole }: Work, place: number, month: number): Float64Array {
  const from = (place * (models[whole]?.months ?? 0) + month) * running.paths;
  return paths.subarray(from, from + running.paths);
}

function groupAnswer(work: Work, { model: name, lines, kept }: Extract<Task, { kind: "group" }>): Answer["group"] {
  const model = modelOf(work, name);
  const own = lines.flatMap((index) => model.lines[index] ?? []);
  const { target, running } = work;
  const at = target === null || name !== work.whole ? -1 : kept.indexOf(target.month);
  if (target === null || at === -1) return { bands: groupBands(model, own, running, kept), shareOfSpread: null };
  const paths = simulateAll(model, own, running, kept);
  const from = (target.class * kept.length + at) * running.paths;
  const all = wholeAt(work, target.class, target.month);
  const variance = covariance(all, all);
  const share = variance > 0 ? covariance(paths.subarray(from, from + running.paths), all) / variance : null;
  return { bands: bandsOf(paths, model.classes.length, kept.length, running.paths), shareOfSpread: share };
}

/** In which part of the paths at least so much has come, and how much has on the mean. */
function chanceOf(work: Work, task: Extract<Task, { kind: "chance" }>): Answer["chance"] {
  const model = modelOf(work, task.model);
  const { paths: count } = work.running;
  const values =
    task.lines === null && task.model === work.whole
      ? wholeAt(work, task.class, task.month)
      : simulateAll(
          model,
          (task.lines ?? model.lines.keys().toArray()).flatMap((index) => model.lines[index] ?? []),
          work.running,
          [task.month],
        ).subarray(task.class * count, (task.class + 1) * count);
  // What is summed in another order may miss a sum by its last bits.
  const least = task.least - 1e-9 * Math.abs(task.least);
  let met = 0;
  let sum = 0;
  for (const value of values) {
    if (value >= least) met += 1;
    sum += value;
  }
  return { probability: met / count, mean: sum / count };
}

const unlike = new WeakMap<Work, number>(); // what two runs with nothing in common covary by, which is the same for all drivers of a work

/**
 * The first-order Sobol index of a driver: the covariance of two runs that have this driver's draws in common and no other, less that of two that have
 * nothing in common, as a part of the variance. Saltelli et al. (2010), Computer Physics Communications 181, table 2 (b). Exactly 0 for a driver that moves
 * nothing; null where nothing varies.
 */
function driverShare(work: Work, driver: Driver): number | null {
  const { target, running } = work;
  if (target === null) return null;
  const model = modelOf(work, work.whole);
  const lines = model.lines.filter((line) => line.class === target.class);
  const paths = Math.min(driverPaths, running.paths);
  const all = wholeAt(work, target.class, target.month).subarray(0, paths);
  const variance = covariance(all, all);
  if (!(variance > 0)) return null;
  const redrawn = (except: Driver | null) => {
    const other = { seed: running.seed, paths, otherSeed: { seed: running.seed ^ otherSeed, except } };
    return simulateAll(model, lines, other, [target.month]).subarray(target.class * paths, (target.class + 1) * paths);
  };
  const nothingInCommon = unlike.get(work) ?? covariance(all, redrawn(null));
  unlike.set(work, nothingInCommon);
  const shared = covariance(all, redrawn(driver)) - nothingInCommon;
  return Math.min(1, Math.max(0, shared / variance));
}
