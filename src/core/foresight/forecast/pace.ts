import type { BindingClass } from "../../bindingness.ts";
import { exponential, logarithm, normalProbability, normalQuantile } from "./elementary.ts";
import { changesOf, historyMonths, meanPaceOf, type Course } from "./history.ts";
import type { ParameterName } from "./policy.ts";

type Values = Readonly<Record<ParameterName, number>>;

/** What a class of the record says of pace, drawn toward what is stated, and from how many observations. */
export type PaceSpread = Readonly<{
  sigma: number; // of the logarithm of a year's new giving around its rate
  silence: number; // chance that a year brings nothing
  giverSigma: number; // of the logarithm of givers' rates around their group's
  changes: number;
  seen: number;
  givers: number;
}>;

/** New giving a month of one course, as it is drawn: nothing at the chance of silence, otherwise the median times the exponential of sigma times a normal number. */
export type PaceLaw = Readonly<{
  median: number;
  mean: number; // silence and all
  sigma: number;
  silence: number;
  ownWeight: number; // how much the giver's own record counts in it, 0 to 1; the rest is its group's
}>;

const leastSilence = 0.001;
const mostSilence = 0.9;

/** A value drawn toward a stated one. `sum`: of what was found, over so many seen; `weight`: as if so many had been seen before. */
function drawnToward(sum: number, seen: number, stated: number, weight: number): number {
  return (sum + stated * weight) / (seen + weight);
}

/**
 * The variance of the logarithm of the mean of so many years of a rate's giving, each lognormal around it by itself, as if the mean were lognormal too: Fenton,
 * "The sum of log-normal probability distributions in scatter transmission systems" (1960). For one year it is the year's own.
 */
function varianceOfMean(yearVariance: number, years: number): number {
  return logarithm(1 + (exponential(yearVariance) - 1) / years);
}

/**
 * What a course's record says of a year in which something comes: the logarithm of the median, and the variance that it is known with; null where nothing was
 * ever given. Of one year the next is as likely to be above as below it: the pace is a median. Of many the pace is a mean, of years with nothing too, and most
 * years lie below it.
 */
function rateOf(
  course: Course,
  yearVariance: number,
  silence: number,
): Readonly<{ log: number; variance: number }> | null {
  const pace = meanPaceOf(course);
  if (pace <= 0) return null;
  const years = Math.max(1, historyMonths(course)) / 12;
  const variance = varianceOfMean(yearVariance, years);
  // The share of years in which something came, given that there was one: all of one year, what is not silent of many.
  const giving = (1 - silence) / (1 - exponential(Math.max(1, years) * logarithm(silence)));
  return { log: logarithm(pace / giving) - Math.max(0, yearVariance - variance) / 2, variance };
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);
}

function groupsOf(courses: readonly Course[]): (readonly Course[])[] {
  return [...Map.groupBy(courses, (course) => `${course.stream}/${course.class}`).values()];
}

/** What the courses of one class say of pace. */
export function spreadOf(
  courses: readonly Course[],
  { paceSigma, silence, giverSigma, paceWeight }: Values,
): PaceSpread {
  const { changes, silent, seen } = changesOf(courses);
  const never = Math.min(mostSilence, Math.max(leastSilence, drawnToward(silent, seen, silence, paceWeight)));
  // From one year to the next both are off their rate: the variance of a change is twice that of a year.
  const squares = changes.reduce((sum, change) => sum + change * change, 0) / 2;
  const yearVariance = drawnToward(squares, changes.length, paceSigma * paceSigma, paceWeight);
  let between = 0;
  let givers = 0;
  for (const own of groupsOf(courses)) {
    const rates = own.flatMap((course) => rateOf(course, yearVariance, never) ?? []);
    const middle = meanOf(rates.map((rate) => rate.log));
    const within = meanOf(rates.map((rate) => rate.variance)) * (rates.length - 1);
    if (rates.length < 2) continue;
    between += rates.reduce((sum, rate) => sum + (rate.log - middle) * (rate.log - middle), 0) - within;
    givers += rates.length - 1;
  }
  return {
    sigma: Math.sqrt(yearVariance),
    silence: never,
    giverSigma: Math.sqrt(drawnToward(Math.max(0, between), givers, giverSigma * giverSigma, paceWeight)),
    changes: changes.length,
    seen,
    givers,
  };
}

/**
 * The law of each course's pace. Rates are estimated as small areas are from few observations each: each is drawn toward its group's mean, the more the less is
 * known of it and the more alike the group is, in logarithms (Fay and Herriot, "Estimates of income for small places", 1979).
 */
export function paceLaws(
  courses: readonly Course[],
  spreads: ReadonlyMap<BindingClass, PaceSpread>,
): ReadonlyMap<Course, PaceLaw> {
  return new Map(
    groupsOf(courses).flatMap((own) => {
      const spread = own[0] === undefined ? undefined : spreads.get(own[0].class);
      return spread === undefined ? [] : groupLaws(own, spread);
    }),
  );
}

function groupLaws(own: readonly Course[], { sigma, silence, giverSigma }: PaceSpread): [Course, PaceLaw][] {
  const yearVariance = sigma * sigma;
  const between = giverSigma * giverSigma;
  const rates = own.map((course) => rateOf(course, yearVariance, silence));
  const middle = meanOf(rates.flatMap((rate) => rate?.log ?? []));
  return own.map((course, at) => {
    const rate = rates[at] ?? null;
    if (rate === null) return [course, { median: 0, mean: 0, sigma: 0, silence: 0, ownWeight: 0 }];
    const ownWeight = between / (between + rate.variance);
    const log = ownWeight * rate.log + (1 - ownWeight) * middle;
    // The predictive variance: a year around its rate, and the rate around what is known of it.
    const predictive = Math.sqrt(yearVariance + ownWeight * rate.variance);
    return [course, drawnLaw(exponential(log), predictive, silence, ownWeight)];
  });
}

const upper = 0.9;

/**
 * Median and spread are those of givers that go on, but silence takes the lowest part of the one normal number that both are drawn with. So the drawn law is
 * the one that has, of those left, the same median and the same P90.
 */
function drawnLaw(goingOn: number, sigma: number, silence: number, ownWeight: number): PaceLaw {
  const middle = normalQuantile(silence + 0.5 * (1 - silence));
  const high = normalQuantile(silence + upper * (1 - silence));
  const drawn = (sigma * normalQuantile(upper)) / (high - middle);
  const median = goingOn * exponential(-drawn * middle);
  const left = normalProbability(drawn - normalQuantile(silence));
  return { median, mean: median * exponential(0.5 * drawn * drawn) * left, sigma: drawn, silence, ownWeight };
}
