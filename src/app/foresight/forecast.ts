import { lookBack } from "./forecast-record.ts";
import type { MilestoneAsked } from "./forecast/milestones.ts";
import { openPlan } from "./forecast/plan.ts";
import { forecastFrame, type ForecastAsked } from "./forecast/frame.ts";
import { forecastPolicy } from "./forecast/policy.ts";
import { remembered } from "./forecast/remember.ts";
import { runStages, type ForecastHooks } from "./forecast/pool.ts";
import { forecastView } from "./forecast/view.ts";
import type { ForecastScenario } from "#core/foresight/forecast/scenario.ts";
import { MainstayError } from "#core/errors.ts";
import type { ForecastView, RecordSummary } from "#core/views-forecast.ts";
import type { Database } from "#store/database.ts";

export type { ForecastHooks } from "./forecast/pool.ts";
export type { MilestoneAsked } from "./forecast/milestones.ts";

export const usualHorizon = 24;
export const usualPaths = 10_000;
export const usualSeed = 1;
export const largestHorizon = 120;
const mostPaths = 100_000;

/** A forecast that is asked for. What is left out is usual: known at the last day on which the record may change, 24 months, 10,000 paths, seed 1. */
export type ForecastOrder = Readonly<{
  book: string;
  knownAt?: string | undefined;
  horizonMonths?: number | undefined;
  seed?: number | undefined;
  paths?: number | undefined;
  milestones?: readonly MilestoneAsked[] | undefined;
  scenario?: ForecastScenario | undefined;
  record?: boolean | undefined; // false: how forecasts did before is left out
}>;

/**
 * What will have arrived by each month after a day, how sure that is and whom it hangs on, as the record was known at the end of that day. The same order
 * gives the same answer to the last digit, whatever the machine and however many threads work at it.
 * @throws MainstayError unknown_book, invalid_date, parameter_invalid, forecast_without_record, scenario_without_effect, forecast_cancelled, forecast_failed
 */
export async function standingForecast(
  db: Database,
  order: ForecastOrder,
  hooks: ForecastHooks = {},
): Promise<ForecastView> {
  const { horizonMonths = usualHorizon, seed = usualSeed, paths = usualPaths, milestones = [] } = order;
  refuseOutside("horizon", horizonMonths, 1, largestHorizon);
  refuseOutside("paths", paths, 2, mostPaths);
  refuseOutside("seed", seed, 0, 0xffffffff);
  hooks.onProgress?.({ step: "Reading the record", done: 0 });
  const question = { kind: "forecast", ...order, horizonMonths, seed, paths, milestones };
  const knownHere = async () => runForecast(db, { ...order, horizonMonths, seed, paths, milestones }, hooks);
  return remembered(db, question, hooks.signal, knownHere);
}

type Whole = ForecastOrder & Required<Pick<ForecastOrder, "horizonMonths" | "seed" | "paths" | "milestones">>;

async function runForecast(db: Database, order: Whole, hooks: ForecastHooks): Promise<ForecastView> {
  const { horizonMonths, seed, paths, milestones } = order;
  const asked: ForecastAsked = {
    book: order.book,
    knownAt: order.knownAt,
    horizon: horizonMonths,
    scenario: order.scenario,
  };
  const policy = forecastPolicy();
  const frame = await forecastFrame(db, asked, policy);
  const plan = await openPlan(db, frame, { policy, milestones, running: { seed, paths } });
  const answers = await runStages(plan.work, plan.stages, hooks);
  const record = order.record === false ? null : await recordOf(db, order.book, hooks);
  return forecastView(db, frame, plan, answers, { policy, scenario: order.scenario, record });
}

async function recordOf(db: Database, book: string, hooks: ForecastHooks): Promise<RecordSummary | null> {
  const { summary } = await lookBack(db, book, { ...hooks, onProgress: undefined });
  return summary.cases === 0 ? null : summary;
}

function refuseOutside(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new MainstayError("parameter_invalid", `${value}, not a whole number from ${least} to ${most}`, { field });
}
