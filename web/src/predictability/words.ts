import type {
  IndicatorDefinition,
  IndicatorFigure,
  IndicatorId,
  MeasureUnit,
  PeriodView,
  PredictabilityRow,
  PredictabilitySide,
} from "../../../src/core/views-predictability.ts";
import { grouped } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";

export const sides: readonly (readonly [PredictabilitySide, string])[] = [
  ["giver", "Givers"],
  ["fund", "Funds"],
  ["stream", "Streams"],
];

/** What is told of all together, not of one of a side. */
const overall: Readonly<Record<PredictabilitySide, readonly IndicatorId[]>> = {
  giver: ["forward-coverage", "concentration"],
  fund: ["burden"],
  stream: ["burden"],
};

export function toldOf(side: PredictabilitySide, id: IndicatorId): boolean {
  return !overall[side].includes(id);
}

export const shortTitles: Readonly<Record<IndicatorId, string>> = {
  annual: "Arrived as scheduled",
  "medium-term": "Planned for three years",
  lateness: "Days late",
  realisation: "Realised",
  revisions: "Taken back",
  volatility: "Volatility",
  "ad-hoc": "Ad hoc",
  "forward-coverage": "Forward coverage",
  concentration: "Concentration",
  burden: "Burden ratio",
  earmarks: "Earmarked",
};

const unitHeads: Readonly<Record<MeasureUnit, string>> = {
  percent: "%",
  days: "days",
  months: "months",
  ratio: "",
  index: "0 to 1",
  amount: "",
  count: "",
};

export function unitHead(unit: MeasureUnit): string {
  return unitHeads[unit];
}

/** A figure's value as it is written in a table; where there is none, which of the two it is. */
export function valueWords(figure: IndicatorFigure | undefined): string {
  if (figure === undefined || figure.state === "unknown") return "unknown";
  return figure.value ?? "not scheduled";
}

/** A value with its unit: "79.1 %", "12 days". */
export function withUnit(value: string, unit: MeasureUnit, currency: string): string {
  if (unit === "amount") return `${currency} ${grouped(value)}`;
  if (unit === "percent") return `${value} %`;
  return unit === "days" || unit === "months" ? `${value} ${unit}` : value;
}

export function figureOf(row: PredictabilityRow, id: IndicatorId): IndicatorFigure | undefined {
  return row.figures.find((figure) => figure.indicator === id);
}

export function periodWords({ period, from, until, open }: PeriodView): string {
  const days = period.includes("/") ? `${formatDay(from)} to ${formatDay(until)}` : period;
  return open ? `${days} (not over)` : days;
}

/** One line on a period: how many givers, funds or streams have a value in each of the first indicators. */
export function summary(period: PeriodView, definitions: readonly IndicatorDefinition[]): string {
  const told = (id: IndicatorId) => period.rows.filter((row) => figureOf(row, id)?.state === "known").length;
  const parts = (["annual", "medium-term", "realisation", "volatility"] as const).map((id) => {
    const title = definitions.find((one) => one.id === id)?.title.toLowerCase() ?? id;
    return `${title} of ${told(id) === 0 ? "none" : told(id)}`;
  });
  return `Of the ${period.rows.length} on record it tells ${parts.join(", ")}. Press a figure for what it is and the rows behind it.`;
}
