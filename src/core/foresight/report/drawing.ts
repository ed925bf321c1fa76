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

const widestLabel = 112;
const valueWidth = 48;
const besideWidth = 32;
const rowHeight = 11.5;
const narrowestPanel = 95;
const averageLetter = 4.1;
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
  const labelWidth = Math.min(widestLabel, width * 0.3);
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
      text(0, y + rowHeight - 3.5, nameIn(table, row, labelWidth)),
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
  const label = Math.min(84, width * 0.28);
  const across = Math.max(1, Math.min(chart.columns.length, Math.floor((width - label) / narrowestPanel)));
  const panel = (width - label) / across;
  const band = headHeight + chart.rows.length * rowHeight + 6;
  const most = largest(
    chart.rows.flatMap((row) => chart.columns.map((column) => lengthOf(cellAt(table, row, column)))),
  );
  const shapes = chart.columns.flatMap((id, index): Shape[] => {
    const place = { left: label + (index % across) * panel, top: Math.floor(index / across) * band };
    const names = index % across > 0 ? [] : namesOf(table, chart.rows, place.top, label);
    return [...names, ...panelOf(table, chart.rows, id, { ...place, most, room: panel - 48 })];
  });
  return { width, height: Math.ceil(chart.columns.length / across) * band - 4, shapes };
}

const namesOf = (table: ReportTable, rows: readonly string[], top: number, label: number): Shape[] =>
  rows.map((row, place) => text(0, top + headHeight + (place + 1) * rowHeight - 3.5, nameIn(table, row, label)));

type Panel = Readonly<{ left: number; top: number; most: number; room: number }>;

function panelOf(table: ReportTable, rows: readonly string[], id: string, { left, top, most, room }: Panel): Shape[] {
  const column = columnIn(table, id);
  const head = top + headHeight;
  return [
    text(left, head - 5, column.head, { bold: true }),
    { kind: "line", x1: left, y1: head - 2, x2: left, y2: head + rows.length * rowHeight, thickness: 0.75, ink: "ink" },
    ...rows.flatMap((row, place): Shape[] => {
      const y = head + place * rowHeight;
      const cell = cellAt(table, row, id);
      const length = lengthOf(cell);
      const across = ((length ?? 0) / most) * room;
      return [
        ...(length === null
          ? []
          : [{ kind: "rect", x: left, y: y + 2, width: across, height: rowHeight - 4, ink: "bar" } as const]),
        text(left + across + 3, y + rowHeight - 3.5, cell === undefined ? "" : shown(cell, asMillions(column)), {
          ink: "muted",
          size: size - 0.5,
        }),
      ];
    }),
  ];
}

/** A row's name, cut where the label is too narrow for it. */
const nameIn = (table: ReportTable, row: string, label: number): string => {
  const name = table.rows.find((one) => one.id === row)?.name ?? row;
  const longest = Math.floor(label / averageLetter);
  return name.length <= longest ? name : `${name.slice(0, longest - 1)}\u2026`;
};

const largest = (lengths: readonly (number | null)[]): number => Math.max(1, ...lengths.map((one) => one ?? 0));

/** Two to five round values up to the largest, without zero. */
function gridOf(most: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [0.2, 0.5, 1, 2].map((part) => part * power).find((one) => most / one <= 5) ?? 5 * power;
  return Array.from({ length: Math.floor(most / step) }, (_, place) => (place + 1) * step);
}

const millionsOf = (value: number): string => groupThousands(String(Math.round(value / 1e5) / 10));
