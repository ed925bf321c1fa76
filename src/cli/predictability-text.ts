import type {
  FigureLine,
  IndicatorDefinition,
  IndicatorFigure,
  IndicatorId,
  MeasureUnit,
  PeriodView,
  PredictabilityRow,
  PredictabilitySide,
  PredictabilityView,
  RowBehind,
  RowsBehind,
} from "#core/views-predictability.ts";
import { groupDigits, tableText, type Column } from "./output.ts";

const headings: Readonly<Record<IndicatorId, string>> = {
  annual: "annual %",
  "medium-term": "3 years %",
  lateness: "days late",
  realisation: "realised %",
  revisions: "taken back %",
  volatility: "volatility %",
  "ad-hoc": "ad hoc %",
  "forward-coverage": "months",
  concentration: "HHI",
  burden: "burden",
  earmarks: "earmarked %",
};

/** The table of each period; of one giver, fund or stream each figure in full. */
export function figuresText(view: PredictabilityView, inFull: boolean): string {
  const { frame, boundary, basis, notes, knownTo, periods } = view;
  return [
    ...periods.map((period) =>
      inFull ? period.rows.map((row) => fullText(view, period, row)).join("\n") : periodText(view, period),
    ),
    `Book ${frame.book}${view.synthetic ? " (made up)" : ""}; known at ${frame.knownAt ?? `${knownTo}, the latest`}; given directly: ${view.class}, in ${frame.unit}.\n`,
    `${boundary}\n${basis}\n`,
    "No figure is a score, and there is no sum of them. What each is, and what it cannot tell: --definitions.\n",
    ...notes.map((note) => `Note: ${note}\n`),
  ].join("");
}

/** What is told of all together, not of one of a side. */
const overall: Readonly<Record<PredictabilitySide, readonly IndicatorId[]>> = {
  giver: ["forward-coverage", "concentration"],
  fund: ["burden"],
  stream: ["burden"],
};

function periodText(view: PredictabilityView, period: PeriodView): string {
  const { by, definitions, frame } = view;
  const columns: Column<PredictabilityRow>[] = [
    { title: by, cell: (row) => row.name },
    ...period.all.figures.flatMap(({ indicator }, index): Column<PredictabilityRow>[] =>
      overall[by].includes(indicator)
        ? []
        : [{ title: headings[indicator], cell: (row) => shortValue(row.figures[index]), right: true }],
    ),
  ];
  const together = period.all.figures
    .filter((figure) => overall[by].includes(figure.indicator))
    .map((figure) => `${figureText(figure, definitions, frame.unit)}\n`);
  return `${headOf(period)}\n${tableText(columns, [...period.rows, period.all])}\n${together.join("")}`;
}

function headOf({ period, from, until, open }: PeriodView): string {
  return `${period}: ${from} to ${until}${open ? ", not over on the last day known" : ""}\n`;
}

function shortValue(figure: IndicatorFigure | undefined): string {
  if (figure === undefined || figure.state === "unknown") return "unknown";
  return figure.value ?? "not scheduled";
}

function fullText({ definitions, frame }: PredictabilityView, period: PeriodView, row: PredictabilityRow): string {
  const figures = row.figures.map((figure) => figureText(figure, definitions, frame.unit));
  return `${row.name}, ${headOf(period)}\n${figures.join("\n")}\n`;
}

function figureText(figure: IndicatorFigure, definitions: readonly IndicatorDefinition[], currency: string): string {
  const { value, reason, lines } = figure;
  const definition = definitions.find(({ id }) => id === figure.indicator);
  const headline =
    value === null ? shortValue(figure) : `${withUnit(value, definition?.unit ?? "count", currency)}${exactOf(figure)}`;
  return [
    `${definition?.title}: ${headline}\n`,
    ...(reason === null ? [] : [`  ${reason}\n`]),
    ...lines.map((line) => `  ${lineText(line, currency)}\n`),
  ].join("");
}

function exactOf({ exact, value }: IndicatorFigure): string {
  return exact === null || exact === value || exact.length > 40 ? "" : ` (${exact})`;
}

function lineText({ what, value, unit, reason }: FigureLine, currency: string): string {
  if (value === null) return `${what}: unknown: ${reason}`;
  return `${what}: ${withUnit(value, unit, currency)}${reason === null ? "" : ` (${reason})`}`;
}

function withUnit(value: string, unit: MeasureUnit, currency: string): string {
  if (unit === "amount") return `${groupDigits(value)} ${currency}`;
  if (unit === "percent") return `${value} %`;
  return unit === "days" || unit === "months" ? `${value} ${unit}` : value;
}

export function definitionsText({ definitions }: Readonly<{ definitions: readonly IndicatorDefinition[] }>): string {
  return definitions
    .map(
      ({ id, title, definition, source, rows, cannotTell }) =>
        `${title} (${id})\n  ${definition}\n  Source: ${source}\n  Rows: ${rows}\n  Cannot tell: ${cannotTell}\n`,
    )
    .join("\n");
}

export function rowsText({ definition, row, period, figure, total, rows }: RowsBehind): string {
  const columns: Column<RowBehind>[] = [
    { title: "giver", cell: (one) => one.giver },
    { title: "what", cell: (one) => one.what },
    { title: "from", cell: (one) => one.from ?? "" },
    { title: "until", cell: (one) => one.until ?? "" },
    { title: "amount", cell: (one) => groupDigits(one.amount) ?? "", right: true },
    { title: "unit", cell: (one) => (one.amount === null ? "" : one.unit) },
    { title: "says", cell: (one) => one.says },
  ];
  const value = figure.value === null ? `${shortValue(figure)}: ${figure.reason}` : `${figure.value}${exactOf(figure)}`;
  return `${definition.title}, ${row.name}, ${period}: ${value}\n\n${tableText(columns, rows)}\n${total} ${total === 1 ? "row" : "rows"}${total > rows.length ? `, of which ${rows.length} are shown` : ""}.\n`;
}
