import type { BindingClass, Stream } from "../../bindingness.ts";

/** What moves a forecast, in the order of the generator's keys: new ones are added at the end, or every figure changes. */
export const drivers = [
  "common",
  "pace",
  "realisation",
  "delay",
  "withdrawal",
  "rates",
  "decisions",
  "revision",
] as const;
export type Driver = (typeof drivers)[number];

/** Beta by its mean and concentration (the sum of its two parameters): the share of what is promised that comes. Mean 1: all of it. */
export type Realisation = Readonly<{ mean: number; concentration: number }>;

/** Lognormal: so many months late at the median. Median 0: on time. */
export type Delay = Readonly<{ medianMonths: number; sigma: number }>;

/**
 * One giver's support in one stream, of one class of bindingness. Amounts are floating point in the unit's major part: a forecast is an estimate, never a
 * figure of the ledger. Month 1 is the first month after the one up to which the record reaches; arrays begin with month 1.
 */
export type ModelLine = Readonly<{
  giver: number; // index into the model's givers
  subject: number; // draws of its own; lines of one giver and stream share it through all classes
  stream: Stream;
  fundLine: string | null; // "fund/line" for what goes to a line of a fund
  class: number; // index into the model's classes
  currency: number; // index into the model's currencies
  stock: number; // what stands in the class
  planned: Float64Array; // by month: promised with a date, before realisation and delay
  fresh: Float64Array; // by month: new giving expected beyond what is promised, before the pace factor
  realisation: Realisation;
  delay: Delay;
  paceSigma: number; // of the logarithm of the pace factor, whose median is 1
  silence: number; // chance that there is no new giving at all: the lowest part of the pace factor is 0
  revisionSigma: number; // relative, of what stands
  leavesPerMonth: number; // chance in each month that nothing further comes
  leavesFrom: number | null; // month from which nothing further comes, for certain; null: never for certain
  decision: number | null; // index of the decision that it hangs on
}>;

/** A decision still open, which is taken with some odds, at the earliest in a month and later by a lognormal delay. */
export type ModelDecision = Readonly<{ id: string; odds: number; month: number; delay: Delay }>;

export type ForecastModel = Readonly<{
  months: number;
  classes: readonly BindingClass[];
  givers: readonly string[]; // party ids
  currencies: readonly Readonly<{ code: string; monthlyVolatility: number }>[]; // 0 for the forecast's own unit
  commonShare: number; // of the variance of each giver's factors, what all givers have in common
  decisions: readonly ModelDecision[];
  lines: readonly ModelLine[];
}>;

/** A running of a model: how many paths under which seed. `frozen`: drivers drawn under another seed, to tell what each is answerable for. */
export type Running = Readonly<{
  seed: number;
  paths: number;
  otherSeed?: Readonly<{ seed: number; except: Driver | null }>;
}>;

/** Paths that are drawn together. Of no influence on what is drawn. */
export const blockPaths = 512;
