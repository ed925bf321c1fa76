import { groupThousands } from "../../money.ts";
import { present } from "../../present.ts";
import type { PledgeReport, ReportCell, ReportChart, ReportColumn, ReportTable } from "../../views-report.ts";
import { shown } from "./shown.ts";
import { cellAt } from "./table.ts";

/** What a shape means, for whoever gives it a colour. */
export type Ink = "bar" | "tick" | "ink" | "muted" | "rule";

/** A shape of a drawing, in points from the upper left corner. Texts stand on their baseline. */
export type Shape =
  | Readonly<{ kind: "rect"; x: number; y: number; width: number; height: number; ink: Ink }>
  | Readonly<{ kind: "line"; x1: number; y1: number; x2: number; y2: number; thickness: number; ink: Ink }>
  | Readonly<{
      kind: "text";
      x: number;
      y: number;
      text: string;
      size: number;
      anchor: "start" | "end";
      bold: boolean;
      ink: Ink;
    }>;

export type Drawing = Readonly<{ width: number; height: number; shapes: readonly Shape[] }>;

/** The report's table of an id; charts and marks name no other. */
export function tableIn(report: PledgeReport, id: string): ReportTable {
  return present(
    [...report.front, ...report.annex].find((one) => one.id === id),
    `the table ${id}`,
  );
}

/** A chart as shapes of one geometry for paper and screen. */
export function drawingOf(report: PledgeReport, chart: ReportChart, width: number): Drawing {
  const table = tableIn(report, chart.table);
  return chart.kind === "bars" ? barsOf(table, chart, width) : multiplesOf(table, chart, width);
}

const labelWidth = 112;
const valueWidth = 52;
const besideWidth = 44;
const rowHeight = 11.5;
const size = 7.5;
const headHeight = 14;

const asMillions = (column: ReportColumn): ReportColumn => ({ ...column, shown: "millions" });
const lengthOf = (cell: ReportCell | undefined): number | null =>
  cell?.value == null || cell.value === "" ? null : Math.max(0, Number(cell.value));
const columnIn = (table: ReportTable, id: string): ReportColumn =>
  present(
    table.columns.find((one) => one.id === id),
    `the column ${id}`,
  );

const text = (x: number, y: number, words: string, rest: Partial<Extract<Shape, { kind: "text" }>> = {}): Shape => ({
  kind: "text",
  x,
  y,
  text: words,
  size,
  anchor: "start",
  bold: false,
  ink: "ink",
  ...rest,
});

function barsOf(table: ReportTable, chart: ReportChart, width: number): Drawing {
  const [bar = "", tick, beside] = chart.columns;
  const most = largest(
    chart.rows.flatMap((row) => chart.columns.map((column) => lengthOf(cellAt(table, row, column)))),
  );
  const values = beside === undefined ? valueWidth : valueWidth + besideWidth;
  const room = width - labelWidth - values;
  const x = (value: number): number => labelWidth + (value / most) * room;
  const bottom = headHeight + chart.rows.length * rowHeight;
  const grid = gridOf(most).flatMap((value): Shape[] => [
    { kind: "line", x1: x(value), y1: headHeight - 2, x2: x(value), y2: bottom, thickness: 0.5, ink: "rule" },
    text(x(value), headHeight - 5, millionsOf(value), { anchor: "end", ink: "muted", size: size - 1 }),
  ]);
  const valueAt = (right: number, y: number, row: string, id: string): Shape => {
    const cell = cellAt(table, row, id) ?? { value: "", note: null };
    return text(right, y + rowHeight - 3.5, shown(cell, asMillions(columnIn(table, id))), { anchor: "end" });
  };
  const heads = [bar, ...(beside === undefined ? [] : [beside])].map((id, place) =>
    text(
      width - values + valueWidth + place * besideWidth,
      headHeight - 5,
      place === 0 ? columnIn(table, id).head : (columnIn(table, id).unit ?? ""),
      { anchor: "end", ink: "muted", size: size - 1 },
    ),
  );
  const rows = chart.rows.flatMap((row, place): Shape[] => {
    const y = headHeight + place * rowHeight;
    const [length, mark] = [
      lengthOf(cellAt(table, row, bar)),
      tick === undefined ? null : lengthOf(cellAt(table, row, tick)),
    ];
    return [
      text(0, y + rowHeight - 3.5, nameIn(table, row)),
      ...(length === null
        ? []
        : [
            {
              kind: "rect",
              x: labelWidth,
              y: y + 2,
              width: x(length) - labelWidth,
              height: rowHeight - 4,
              ink: "bar",
            } as const,
          ]),
      ...(mark === null
        ? []
        : [
            {
              kind: "line",
              x1: x(mark),
              y1: y + 0.5,
              x2: x(mark),
              y2: y + rowHeight - 0.5,
              thickness: 1.5,
              ink: "tick",
            } as const,
          ]),
      valueAt(width - values + valueWidth, y, row, bar),
      ...(beside === undefined ? [] : [valueAt(width, y, row, beside)]),
    ];
  });
  const axis: Shape = {
    kind: "line",
    x1: labelWidth,
    y1: headHeight - 2,
    x2: labelWidth,
    y2: bottom,
    thickness: 0.75,
    ink: "ink",
  };
  return { width, height: bottom + 2, shapes: [...grid, ...heads, ...rows, axis] };
}

function multiplesOf(table: ReportTable, chart: ReportChart, width: number): Drawing {
  const label = 84;
  const gap = 10;
  const panel = (width - label) / Math.max(chart.columns.length, 1);
  const most = largest(
    chart.rows.flatMap((row) => chart.columns.map((column) => lengthOf(cellAt(table, row, column)))),
  );
  const room = panel - gap - 38;
  const bottom = headHeight + chart.rows.length * rowHeight;
  const names = chart.rows.map((row, place) => text(0, headHeight + (place + 1) * rowHeight - 3.5, nameIn(table, row)));
  const panels = chart.columns.flatMap((id, index): Shape[] => {
    const left = label + index * panel;
    const column = columnIn(table, id);
    return [
      text(left, headHeight - 5, column.head, { bold: true }),
      { kind: "line", x1: left, y1: headHeight - 2, x2: left, y2: bottom, thickness: 0.75, ink: "ink" },
      ...chart.rows.flatMap((row, place): Shape[] => {
        const y = headHeight + place * rowHeight;
        const cell = cellAt(table, row, id);
        const length = ((lengthOf(cell) ?? 0) / most) * room;
        return [
          ...(lengthOf(cell) === null
            ? []
            : [{ kind: "rect", x: left, y: y + 2, width: length, height: rowHeight - 4, ink: "bar" } as const]),
          text(left + length + 3, y + rowHeight - 3.5, cell === undefined ? "" : shown(cell, asMillions(column)), {
            ink: "muted",
            size: size - 0.5,
          }),
        ];
      }),
    ];
  });
  return { width, height: bottom + 2, shapes: [...names, ...panels] };
}

const nameIn = (table: ReportTable, row: string): string => {
  const name = table.rows.find((one) => one.id === row)?.name ?? row;
  return name.length <= 26 ? name : `${name.slice(0, 25)}\u2026`;
};

const largest = (lengths: readonly (number | null)[]): number => Math.max(1, ...lengths.map((one) => one ?? 0));

/** Two to five round values up to the largest, without zero. */
function gridOf(most: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [0.2, 0.5, 1, 2].map((part) => part * power).find((one) => most / one <= 5) ?? 5 * power;
  return Array.from({ length: Math.floor(most / step) }, (_, place) => (place + 1) * step);
}

const millionsOf = (value: number): string => groupThousands(String(Math.round(value / 1e5) / 10));
