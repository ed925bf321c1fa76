import type { BindingClass, Stream } from "./bindingness.ts";
import type { Driver } from "./foresight/forecast/model.ts";
import type { ScenarioChange } from "./foresight/forecast/scenario.ts";

/**
 * The shapes of forecasts that leave the record. Amounts are decimal strings in whole units of the forecast's currency, rounded to a thousand: estimates,
 * never figures of the ledger. Null where not known. Months are YYYY-MM and stand for their end.
 */

/** A month's band: in one path of ten it is below `p10`, in one of ten above `p90`. */
export type FanPoint = Readonly<{ month: string; p10: string; p50: string; p90: string; mean: string }>;

/** What will have reached a class, by month. `fan` is empty and `reason` says why where the record knows nothing of the class. */
export type ClassFan = Readonly<{
  class: BindingClass;
  onRecord: string | null; // what stands in the class as known
  recordTo: string | null; // the last day that the record of the class speaks of
  reason: string | null;
  fan: readonly FanPoint[];
}>;

export type GiverFan = Readonly<{
  giver: string;
  name: string;
  currency: string; // in which it gives
  history: number; // months of giving on record
  ownWeight: number; // 0 to 1: how much its own history counts; the rest is its group's
  shareOfSpread: number | null; // of the variance of the whole at the horizon, in the class of the drivers; null where nothing varies
  classes: readonly ClassFan[]; // every third month and the last
}>;
export type StreamFan = Readonly<{ stream: Stream; classes: readonly ClassFan[] }>;
export type LineFan = Readonly<{ fund: string; line: string; title: string; classes: readonly ClassFan[] }>;

/** How sure it is. `probability` null: nothing that the forecast can speak of, and `reason` says why. */
export type MilestoneChance = Readonly<{ id: string; probability: number | null; reason: string | null }>;
export type NeedChance = Readonly<{
  need: string;
  title: string;
  book: string;
  until: string; // the day it is wanted by
  quantity: number;
  received: number | null; // handed over, on record; null where the book holds no deliveries
  expected: number | null; // at the mean of all paths, handed over by then
  probability: number | null; // that it is covered in full by then
  reason: string | null;
}>;

export type ForecastDecision = Readonly<{
  id: string;
  title: string;
  odds: number; // that it is taken at all
  expectedOn: string;
  effect: string; // in words
  source: string; // where the odds come from
}>;

/** A driver's share of the variance at the horizon when it alone varies; what is left to 1 is their acting together. */
export type DriverShare = Readonly<{ driver: Driver; title: string; share: number }>;

export type Parameter = Readonly<{
  name: string;
  title: string;
  value: string;
  origin: "record" | "policy" | "both"; // fitted, stated, or stated and drawn toward the record
  source: string;
}>;

/** How a forecast's own past did. `rules`: the model first, then the naive ones, by the same measures over the same cases. */
export type RecordSummary = Readonly<{
  knownAt: string | null; // outcomes are as known on this day, whatever day a forecast is known at
  cases: number;
  coverage: number | null; // share of outcomes inside the 80 % band
  rules: readonly RuleScore[];
  says: string;
}>;
export type RuleScore = Readonly<{
  rule: "model" | "promised" | "pace";
  title: string;
  pinball: string; // mean pinball loss over P10, P50 and P90, in units of the currency
  relative: number; // the same as a part of what stood on record, each case alike
  bias: string; // mean of forecast minus outcome at P50
}>;

export type ForecastView = Readonly<{
  book: string;
  title: string;
  synthetic: boolean;
  knownAt: string;
  recordTo: string; // the month up to which the record reaches; the forecast begins with the next
  nowMonth: string; // the month of known-at: what is before it is on record nowhere yet, though it has happened
  months: readonly string[];
  unit: string;
  paths: number;
  seed: number;
  scenario: Readonly<{ id: string | null; title: string; changes: readonly string[] }> | null;
  driverClass: BindingClass | null; // which class drivers and shares are told of
  classes: readonly ClassFan[];
  givers: readonly GiverFan[];
  streams: readonly StreamFan[];
  lines: readonly LineFan[];
  needs: readonly NeedChance[];
  milestones: readonly MilestoneChance[];
  decisions: readonly ForecastDecision[];
  drivers: readonly DriverShare[];
  parameters: readonly Parameter[];
  record: RecordSummary | null; // null where the book has no release old enough to be looked back from
  limits: readonly string[];
}>;

/** One case of the look back: a giver at an origin. */
export type RecordCase = Readonly<{
  origin: string; // the day on which the forecast is made
  release: string;
  kind: "as-known" | "hindsight"; // hindsight: the latest record cut at a day, which knows revisions that nobody knew then
  class: BindingClass;
  giver: string;
  name: string;
  outcomeOn: string;
  outcome: string;
  p10: string;
  p50: string;
  p90: string;
  inside: boolean;
  promised: string; // what the rules said
  pace: string;
}>;
export type RecordGroup = Readonly<{
  key: string;
  name: string;
  cases: number;
  coverage: number;
  rules: readonly RuleScore[];
  beats: boolean; // pinball loss of the model below both rules'
  whole: Readonly<{ p10: string; p50: string; p90: string; outcome: string }> | null; // of all its givers together; null of a giver
}>;
export type ForecastRecord = Readonly<{
  book: string;
  unit: string;
  paths: number;
  seed: number;
  summary: RecordSummary; // of the cases as known then
  hindsight: RecordSummary; // of the others, which are easier
  origins: readonly RecordGroup[];
  givers: readonly RecordGroup[];
  cases: readonly RecordCase[];
  notes: readonly string[];
}>;

/** A scenario at hand. `shipped`: it comes with the program. */
export type ScenarioRow = Readonly<{
  id: string;
  title: string;
  description: string;
  shipped: boolean;
  actor: string | null; // who saved it
  recordedAt: string | null;
}>;
export type ScenarioList = Readonly<{ scenarios: readonly ScenarioRow[] }>;

/** What a scenario can be stated of. `knownAt`: the day whose forecast has these givers; null where there is nothing to forecast from. */
export type ScenarioChoices = Readonly<{
  book: string;
  knownAt: string | null;
  givers: readonly Readonly<{ id: string; name: string }>[];
  decisions: readonly Readonly<{
    id: string;
    title: string;
    from: string; // the first day on which it is open
    until: string; // the day on which it no longer is
    open: boolean; // on the day known at: only then a scenario of it has an effect
  }>[];
  keys: readonly Readonly<{ id: string; title: string }>[];
}>;

/** A scenario whole. `link`: the address under which the page shows it beside the standing forecast. */
export type SavedScenario = ScenarioRow & Readonly<{ changes: readonly ScenarioChange[]; link: string }>;

/** A month of one class under the standing forecast and under each scenario, in their order; null where a scenario has no effect to be reckoned. */
export type ComparedMonth = Readonly<{ month: string; bands: readonly (Omit<FanPoint, "month"> | null)[] }>;
export type ComparedGiver = Readonly<{ giver: string; name: string; p50: readonly (string | null)[] }>;

/** Scenarios beside the standing forecast, which is the first. The paths are the same, so that what differs is what was supposed. */
export type ScenarioComparison = Readonly<{
  book: string;
  title: string;
  synthetic: boolean;
  knownAt: string;
  recordTo: string;
  nowMonth: string;
  unit: string;
  paths: number;
  seed: number;
  class: BindingClass | null;
  columns: readonly Readonly<{
    id: string | null; // null: the standing forecast
    title: string;
    description: string;
    changes: readonly string[];
    problem: string | null; // why it has no effect on this day
    difference: string | null; // of P50 at the horizon from the standing forecast
    differencePercent: number | null;
  }>[];
  months: readonly ComparedMonth[];
  givers: readonly ComparedGiver[]; // at the horizon
}>;
