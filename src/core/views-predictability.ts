import type { BindingClass } from "./bindingness.ts";
import type { FigureFrame } from "./views.ts";

/** The shapes that leave the indicators of predictability. Fractions are exact (`11/50`) beside a decimal; days are ISO days. */

export const indicatorIds = [
  "annual",
  "medium-term",
  "lateness",
  "realisation",
  "revisions",
  "volatility",
  "ad-hoc",
  "forward-coverage",
  "concentration",
  "burden",
  "earmarks",
] as const;
export type IndicatorId = (typeof indicatorIds)[number];

export const predictabilitySides = ["giver", "fund", "stream"] as const;
export type PredictabilitySide = (typeof predictabilitySides)[number];

export const measureUnits = ["percent", "days", "months", "ratio", "index", "amount", "count"] as const;
export type MeasureUnit = (typeof measureUnits)[number];

/** What an indicator is: its formula, where that comes from, the rows it is drawn from and what it cannot tell. */
export type IndicatorDefinition = Readonly<{
  id: IndicatorId;
  title: string;
  unit: MeasureUnit; // of the headline value
  better: "higher" | "lower" | "near-one" | "neither";
  definition: string;
  source: string;
  rows: string; // of which rows of the record it is made
  cannotTell: string;
}>;

/** A part of a figure: what was scheduled, one step's median, one class's rate. `value` null: unknown, for the `reason`. */
export type FigureLine = Readonly<{
  what: string;
  value: string | null; // a decimal in `unit`; amounts in major units of the figure's frame
  exact: string | null; // the fraction where it is one
  unit: MeasureUnit;
  reason: string | null;
}>;

/** `known` has a value; `not-scheduled`: nothing was planned that could be kept; `unknown`: the record cannot tell, for the `reason`. */
export type IndicatorFigure = Readonly<{
  indicator: IndicatorId;
  state: "known" | "not-scheduled" | "unknown";
  value: string | null;
  exact: string | null;
  reason: string | null; // in words; with a value, what limits it, or null
  lines: readonly FigureLine[];
  rows: number; // how many rows of the record are behind it
}>;

/** One giver, fund or stream (or all of them together, `id` null) in one period, with every indicator in the order of `indicatorIds`. */
export type PredictabilityRow = Readonly<{
  id: string | null;
  name: string;
  figures: readonly IndicatorFigure[];
}>;

export type PeriodView = Readonly<{
  period: string; // 2023, 2023H2 or FROM/TO
  from: string;
  until: string;
  open: boolean; // not over on the last day that is known
  all: PredictabilityRow;
  rows: readonly PredictabilityRow[];
}>;

export type PredictabilityView = Readonly<{
  frame: FigureFrame;
  boundary: string; // in words
  basis: string; // in words
  synthetic: boolean;
  by: PredictabilitySide;
  class: BindingClass; // in which what was given directly is counted
  knownTo: string; // the day asked, or the last one on which anything on record was known
  definitions: readonly IndicatorDefinition[];
  periods: readonly PeriodView[];
  notes: readonly string[]; // what was left out and why
}>;

/** One row of the record behind a figure, with the page that shows it. */
export type RowBehind = Readonly<{
  what: string;
  giver: string;
  from: string | null; // the day or the span in which it stands; null: no date is given
  until: string | null;
  amount: string | null; // major units; null where it is not an amount
  unit: string;
  says: string; // what the row does to the figure
  href: string;
}>;

export type RowsBehind = Readonly<{
  frame: FigureFrame;
  period: string;
  row: Readonly<{ id: string | null; name: string }>;
  definition: IndicatorDefinition;
  figure: IndicatorFigure;
  total: number;
  rows: readonly RowBehind[]; // the first thousand
}>;
