import { bindingClasses, streams, type BindingClass, type Stream } from "../../bindingness.ts";
import { exponential, logarithm } from "./elementary.ts";
import { coursesOf, historyMonths, type Course, type Vintage } from "./history.ts";
import type { Delay, ForecastModel, ModelLine, Realisation } from "./model.ts";
import { paceLaws, spreadOf, type PaceSpread } from "./pace.ts";
import type { ForecastPolicy, ParameterName } from "./policy.ts";

/** An announcement of which so much has gone no further, by the month it was made in. Major units. */
export type OpenPromise = Readonly<{ giver: string; stream: Stream; amount: number; month: number }>;

/** What is known when a forecast is made. */
export type Known = Readonly<{
  book: string;
  vintages: readonly Vintage[]; // oldest first; the last is the record as it stands
  open: readonly OpenPromise[];
  volatilities: ReadonlyMap<string, Readonly<{ monthly: number; rates: number }>>; // from rates on record, by currency
  unit: string;
  now: number; // the month of known-at
  horizon: number; // months after it
}>;

/** What became of fitting, to be shown: each line's own pace, its group's, and how much the own counts. */
export type Fitted = Readonly<{
  model: ForecastModel;
  base: number; // the month before the model's first
  recordTo: ReadonlyMap<BindingClass, number>;
  ownWeight: ReadonlyMap<string, number>; // by giver
  history: ReadonlyMap<string, number>; // months on record, by giver
  figures: Readonly<Partial<Record<ParameterName, Readonly<{ value: number; seen: number }>>>>;
}>;

/** The values of the policy's parameters by their names. */
export function valuesOf(policy: ForecastPolicy): Readonly<Record<ParameterName, number>> {
  return Object.fromEntries(
    Object.entries(policy.parameters).map(([name, parameter]) => [name, parameter.value]),
  ) as Readonly<Record<ParameterName, number>>;
}

/** Fits the model to what is known. Every giver, class and stream on record has a line; a class of which nothing is on record has none. */
export function fit(known: Known, policy: ForecastPolicy): Fitted {
  const values = valuesOf(policy);
  const from = policy.books[known.book]?.from;
  const start = from === undefined ? undefined : Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 2;
  const courses = coursesOf(known.vintages, start);
  const classes = bindingClasses.filter((name) => courses.some((course) => course.class === name));
  const recordTo = new Map(
    classes.map((name) => [name, Math.min(known.now, endOf(courses.filter((course) => course.class === name)))]),
  );
  const base = Math.min(known.now, ...recordTo.values());
  const months = known.now - base + known.horizon;
  const givers = [...new Set(courses.map((course) => course.giver))].sort();
  const currencies = currenciesOf(givers, known, policy);
  const spreads = new Map(
    classes.map((name) => [
      name,
      spreadOf(
        courses.filter((course) => course.class === name),
        values,
      ),
    ]),
  );
  const laws = paceLaws(courses, spreads);
  const common = {
    realisation: { mean: values.realisationMean, concentration: values.realisationConcentration } satisfies Realisation,
    delay: { medianMonths: values.delayMedianMonths, sigma: values.delaySigma } satisfies Delay,
    revisionSigma: values.revisionSigma,
    leavesPerMonth: 1 - exponential(logarithm(1 - values.withdrawalPerYear) / 12),
  };
  const lines = courses.map((course): ModelLine => {
    const giver = givers.indexOf(course.giver);
    const planned = plannedOf(course, classes, known, values, base, months);
    const stands = Math.max(0, course.sums.at(-1) ?? 0);
    const { median = 0, mean = 0, sigma = 0, silence = 0 } = laws.get(course) ?? {};
    const begins = (recordTo.get(course.class) ?? base) - base;
    return {
      ...common,
      giver,
      subject: giver * streams.length + streams.indexOf(course.stream),
      stream: course.stream,
      fundLine: null,
      class: classes.indexOf(course.class),
      currency: currencies.of(course.giver),
      stock: stands,
      planned,
      fresh: Float64Array.from({ length: months }, (_, at) =>
        at < begins || mean <= 0 ? 0 : median * Math.max(0, 1 - (planned[at] ?? 0) / mean),
      ),
      paceSigma: sigma,
      silence,
      leavesFrom: null,
      decision: null,
    };
  });
  return {
    model: {
      months,
      classes,
      givers,
      currencies: currencies.list,
      commonShare: values.commonShare,
      decisions: [],
      lines,
    },
    base,
    recordTo,
    ownWeight: new Map(courses.map((course) => [course.giver, laws.get(course)?.ownWeight ?? 0])),
    history: new Map(courses.map((course) => [course.giver, historyMonths(course)])),
    figures: figuresOf(spreads.get(widestOf(courses) ?? "bound"), values),
  };
}

function endOf(courses: readonly Course[]): number {
  return Math.max(...courses.map((course) => course.months.at(-1) ?? 0));
}

/** The class with most givers on record, the firmer of equals. */
function widestOf(courses: readonly Course[]): BindingClass | undefined {
  const counts = [...Map.groupBy(courses, (course) => course.class)].map(([name, own]) => ({
    name,
    count: own.length,
  }));
  return counts.sort(
    (one, other) => other.count - one.count || bindingClasses.indexOf(other.name) - bindingClasses.indexOf(one.name),
  )[0]?.name;
}

function figuresOf(
  spread: PaceSpread | undefined,
  { paceSigma, silence, giverSigma }: Readonly<Record<ParameterName, number>>,
): Fitted["figures"] {
  return {
    paceSigma: { value: spread?.sigma ?? paceSigma, seen: spread?.changes ?? 0 },
    silence: { value: spread?.silence ?? silence, seen: spread?.seen ?? 0 },
    giverSigma: { value: spread?.giverSigma ?? giverSigma, seen: spread?.givers ?? 0 },
  };
}

/** What was announced and has gone no further, in even parts over the months to come, in the first class beyond announcing that is on record. */
function plannedOf(
  course: Course,
  classes: readonly BindingClass[],
  { open, now }: Known,
  { openPromiseAge, openPromiseMonths }: Readonly<Record<ParameterName, number>>,
  base: number,
  months: number,
): Float64Array {
  const planned = new Float64Array(months);
  if (course.class !== classes.find((name) => name !== "said")) return planned;
  for (const promise of open) {
    if (promise.giver !== course.giver || promise.stream !== course.stream) continue;
    if (promise.month > now || promise.month <= now - openPromiseAge) continue;
    for (let at = 1; at <= openPromiseMonths; at += 1) {
      const month = promise.month + at - base - 1;
      if (month >= 0 && month < months) planned[month] = (planned[month] ?? 0) + promise.amount / openPromiseMonths;
    }
  }
  return planned;
}

function currenciesOf(
  givers: readonly string[],
  { unit, volatilities }: Known,
  policy: ForecastPolicy,
): Readonly<{ list: ForecastModel["currencies"]; of: (giver: string) => number }> {
  const codeOf = (giver: string) => policy.currencies[giver] ?? unit;
  const codes = [unit, ...new Set(givers.map(codeOf).filter((code) => code !== unit))].sort((one, other) =>
    one === unit ? -1 : other === unit ? 1 : one < other ? -1 : 1,
  );
  return {
    list: codes.map((code) => ({
      code,
      monthlyVolatility:
        code === unit ? 0 : (volatilities.get(code)?.monthly ?? policy.volatilities.monthly[code] ?? 0),
    })),
    of: (giver) => codes.indexOf(codeOf(giver)),
  };
}
