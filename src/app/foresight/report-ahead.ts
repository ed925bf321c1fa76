import type { BindingClass } from "#core/bindingness.ts";
import { MainstayError } from "#core/errors.ts";
import { monthNumber } from "#core/foresight/forecast/months.ts";
import { dayNow } from "#core/foresight/milestones/standing.ts";
import type { ForecastFacts, ForecastLine, ReportFacts } from "#core/foresight/report/facts.ts";
import type { ClassFan, ForecastView } from "#core/views-forecast.ts";
import type { Database } from "#store/database.ts";
import type { Clock } from "../clock.ts";
import { standingForecast, type ForecastHooks } from "./forecast.ts";
import { askedOfForecast, milestoneScene, type MilestoneScene } from "./milestones/known.ts";
import { predictability } from "./predictability.ts";
import type { AskedReport } from "./report-asked.ts";

type Missing = Readonly<{ missing: string }>;

/** The indicators of predictability for the report's period, with its days, boundary and basis; or why there are none. */
export async function indicatorsFor(db: Database, report: AskedReport): Promise<ReportFacts["predictability"]> {
  const { asked, period, knownAt } = report;
  const { boundary, basis, unit } = asked.figureFrame;
  return orMissing("The indicators of predictability cannot be told", async () =>
    predictability(db, { book: asked.book.slug, by: "giver", periods: [period.id], knownAt, boundary, basis, unit }),
  );
}

/**
 * What the standing forecast expects by the next summit that was known of, or, where there is none, by the end of the half-year that begins after
 * the day of knowledge; or why nothing is expected.
 */
export async function forecastFor(
  db: Database,
  clock: Clock,
  { asked, knownAt, until }: AskedReport,
  hooks: ForecastHooks,
): Promise<ReportFacts["forecast"]> {
  const book = asked.book.slug;
  const scene = await milestoneScene(db, clock, { book, knownAt });
  const aim = aimOf(scene, knownAt, until);
  const horizonMonths = Math.max(1, monthNumber(aim.until) - monthNumber(knownAt));
  return orMissing("There is no forecast", async () => {
    const milestones = askedOfForecast(scene).filter((one) => one.id === aim.id);
    return factsOf(await standingForecast(db, { book, knownAt, horizonMonths, milestones }, hooks), aim);
  });
}

/** What cannot be told is said in the report; a fault of the program, or one who stops it, is not. */
async function orMissing<T>(what: string, work: () => Promise<T>): Promise<T | Missing> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MainstayError) || error.code === "forecast_cancelled") throw error;
    return { missing: `${what}: ${error.message}` };
  }
}

type Aim = Readonly<{ id: string | null; until: string; words: string }>;

function aimOf({ milestones }: MilestoneScene, knownAt: string, until: string | undefined): Aim {
  if (until !== undefined) return { id: null, until, words: "the day asked for" };
  const [next] = milestones
    .filter((one) => one.kind === "summit" && one.ending === null && dayNow(one).on > knownAt)
    .toSorted((left, right) => (dayNow(left).on < dayNow(right).on ? -1 : 1));
  if (next !== undefined) return { id: next.id, until: dayNow(next).on, words: next.title };
  const year = Number(knownAt.slice(0, 4));
  const end = knownAt.slice(5) <= "06-30" ? `${year}-12-31` : `${year + 1}-06-30`;
  return { id: null, until: end, words: "the end of the next half-year, since no summit to come was on record" };
}

function factsOf(view: ForecastView, aim: Aim): ForecastFacts | Missing {
  const { driverClass, months, record, limits } = view;
  const month = months.at(-1);
  if (driverClass === null || month === undefined)
    return { missing: "There is no forecast: the record says of no class how it moves." };
  const chance = view.milestones.find((one) => one.id === aim.id);
  return {
    until: aim.until,
    month,
    milestone: aim.words,
    probability: chance?.probability == null ? null : (chance.probability * 100).toFixed(0),
    class: driverClass,
    unit: view.unit,
    lines: [
      ...view.givers.flatMap(({ giver, classes }) => linesOf(giver, classes, month)),
      ...linesOf(null, view.classes, month),
    ],
    record: record?.says ?? null,
    notes: limits,
  };
}

function linesOf(party: string | null, classes: readonly ClassFan[], month: string): ForecastLine[] {
  return classes.flatMap((one): ForecastLine[] => {
    const point = one.fan.find((at) => at.month === month);
    if (point === undefined && one.onRecord === null) return [];
    return [
      {
        party,
        class: one.class satisfies BindingClass,
        now: one.onRecord,
        p10: point?.p10 ?? null,
        p50: point?.p50 ?? null,
        p90: point?.p90 ?? null,
        reason: one.reason,
      },
    ];
  });
}
