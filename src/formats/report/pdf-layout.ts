import { headIn, isFigure, shown } from "#core/foresight/report/shown.ts";
import type { ReportTable } from "#core/views-report.ts";
import { page, type Sheet } from "../invoice/sheet.ts";

export type PlacedColumn = Readonly<{
  first: boolean; // of the names
  head: string;
  headMark: string | null;
  figure: boolean; // to the right
  x: number;
  width: number;
  cells: readonly Readonly<{ text: string; mark: string | null }>[];
}>;
export type Layout = Readonly<{ size: number; columns: readonly PlacedColumn[] }>;

type Column = Omit<PlacedColumn, "x" | "width">;

const sizes = [7.4, 7.1, 6.8, 6.5, 6.2, 5.9, 5.6, 5.3, 5];
const between = 9; // points between two columns, where a note's mark hangs
const longestText = 150;

/** Columns with what they show and how wide they are, in the largest size in which no figure is broken. */
export function layoutOf(sheet: Sheet, table: ReportTable): Layout {
  const columns = columnsOf(table);
  const room = page.inner - between * (columns.length - 1) - 4;
  for (const size of sizes) {
    const least = columns.map((column) => leastWidth(sheet, column, size));
    if (sum(least) <= room || size === sizes.at(-1)) {
      const most = columns.map((column, place) => Math.max(least[place] ?? 0, wishedWidth(sheet, column, size)));
      return { size, columns: placed(columns, spread(least, most, room, columns)) };
    }
  }
  return { size: 5, columns: [] };
}

function columnsOf(table: ReportTable): readonly Column[] {
  const names = table.rows.map((row) => ({ text: row.name, mark: null }));
  return [
    { first: true, head: table.nameHead, headMark: null, figure: false, cells: names },
    ...table.columns.map((column, place): Column => ({
      first: false,
      head: headIn(table, column),
      headMark: column.note,
      figure: isFigure(column),
      cells: table.rows.map((row) => {
        const cell = row.cells[place] ?? { value: "", note: null };
        return { text: shown(cell, column), mark: cell.note };
      }),
    })),
  ];
}

/** As narrow as a column may be: no figure and no word is broken. */
function leastWidth(sheet: Sheet, { head, figure, cells }: Column, size: number): number {
  const words = (text: string): string[] => text.split(/[ \u00ad]/);
  const blank = sheet.doc.font("bold", size).widthOfString(" "); // breaking takes the blank after a word along
  const whole = figure ? cells.map((one) => one.text) : cells.flatMap((one) => words(one.text));
  const own = widest(sheet, whole, size, true) + (figure ? 0 : blank);
  const heads = widest(sheet, words(head), size * 0.94, false) + blank;
  return Math.max(figure ? own : Math.min(own, longestText), heads) + 0.5;
}

/** As wide as a column would be if all of it stood on one line. */
function wishedWidth(sheet: Sheet, { first, figure, cells, head }: Column, size: number): number {
  if (figure) return widest(sheet, [head], size * 0.94, false) + 1;
  return Math.min(widest(sheet, [head, ...cells.map((one) => one.text)], size, true) + 1, first ? 190 : 240);
}

function widest(sheet: Sheet, texts: readonly string[], size: number, bold: boolean): number {
  sheet.doc.font(bold ? "bold" : "regular", size);
  return [...new Set(texts)].reduce((most, text) => Math.max(most, sheet.doc.widthOfString(sheet.shown(text))), 0);
}

/** Widths between least and most: texts get what they wish first, then figures share what is left. */
function spread(
  least: readonly number[],
  most: readonly number[],
  room: number,
  columns: readonly Column[],
): readonly number[] {
  let left = Math.max(0, room - sum(least));
  const widths = [...least];
  const wish = (place: number): number => Math.max(0, (most[place] ?? 0) - (widths[place] ?? 0));
  const texts = columns.flatMap((column, place) => (column.figure ? [] : [place]));
  const wished = sum(texts.map(wish));
  for (const place of texts) {
    const more = wished === 0 ? 0 : wish(place) * Math.min(1, left / wished);
    widths[place] = (widths[place] ?? 0) + more;
  }
  left = Math.max(0, room - sum(widths));
  const figures = columns.flatMap((column, place) => (column.figure ? [place] : []));
  for (const place of figures) widths[place] = (widths[place] ?? 0) + Math.min(left / figures.length, 60);
  return widths;
}

function placed(columns: readonly Column[], widths: readonly number[]): readonly PlacedColumn[] {
  let x: number = page.left;
  return columns.map((column, place) => {
    const width = widths[place] ?? 0;
    const here = { ...column, x, width };
    x += width + between;
    return here;
  });
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
