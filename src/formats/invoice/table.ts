import { colors, decorate, heightOf, page, placeFor, rule, write, type Sheet, type Style, type Tag } from "./sheet.ts";

export type TableColumn = Readonly<{ title: string; width: number; align?: "left" | "right"; color?: string }>;
export type TableRow = Readonly<{ cells: readonly string[]; bold?: boolean }>;
export type TablePlace = Readonly<{ x: number; y: number }>;

const between = 12; // points between two columns
const padding = 3; // above and below a row's text
const headSize = 8;
const bodySize = 9.5;
const headHeight = 16;
const tallest = page.height - page.top - page.bottom - headHeight; // of a row

/** Draws a table with a head, which returns at the top of each further page. Gives the y below it. */
export function drawTable(
  sheet: Sheet,
  place: TablePlace,
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
): number {
  const table = sheet.doc.struct("Table");
  sheet.root.add(table);
  const cut = rows.flatMap((row) => cutToPages(sheet, columns, row));
  const [first = { cells: [] }] = cut;
  let y = placeFor(sheet, place.y, headHeight + rowHeight(sheet, columns, first));
  y = drawHead(sheet, table, { x: place.x, y }, columns);
  for (const row of cut) {
    const top = placeFor(sheet, y, rowHeight(sheet, columns, row));
    y = top === y ? y : repeatHead(sheet, { x: place.x, y: top }, columns);
    if (row.bold === true) rule(sheet, { x: place.x, y, width: widthOf(columns) }, colors.ink, 0.75);
    y = drawRow(sheet, table, { x: place.x, y }, columns, row);
  }
  table.end();
  return y;
}

/** Draws pairs of a name and its value below each other, as a table without a head. Gives the y below it. */
export function drawPairs(
  sheet: Sheet,
  place: TablePlace,
  columns: readonly [TableColumn, TableColumn],
  rows: readonly TableRow[],
): number {
  const table = sheet.doc.struct("Table");
  sheet.root.add(table);
  let y = place.y;
  for (const row of rows) y = drawRow(sheet, table, { x: place.x, y }, columns, row, "TH row");
  table.end();
  return y;
}

/** How high a row becomes, its padding included. */
export function rowHeight(sheet: Sheet, columns: readonly TableColumn[], row: TableRow): number {
  const heights = columns.map((column, place) =>
    heightOf(sheet, row.cells[place] ?? "", column.width, bodyStyle(column, row)),
  );
  return Math.max(...heights) + 2 * padding;
}

/** A row that no page holds, as several: its longest cell goes on in rows of its own. */
function cutToPages(sheet: Sheet, columns: readonly TableColumn[], row: TableRow): readonly TableRow[] {
  if (rowHeight(sheet, columns, row) <= tallest) return [row];
  const lengths = row.cells.map((cell) => cell.length);
  const place = lengths.indexOf(Math.max(...lengths));
  const cell = row.cells[place] ?? "";
  const blank = cell.lastIndexOf(" ", cell.length / 2);
  const at = blank > 0 ? blank : Math.floor(cell.length / 2);
  const head = { ...row, cells: row.cells.with(place, cell.slice(0, at)) };
  const tail = { ...row, cells: row.cells.map((_, index) => (index === place ? cell.slice(at).trim() : "")) };
  return [head, tail].flatMap((part) => cutToPages(sheet, columns, part));
}

function widthOf(columns: readonly TableColumn[]): number {
  return columns.reduce((width, column) => width + column.width, between * (columns.length - 1));
}

function bodyStyle(column: TableColumn, row: TableRow): Style {
  const { align = "left", color = colors.ink } = column;
  return row.bold === true ? { size: bodySize, align, bold: true } : { size: bodySize, align, color };
}

/** Each column with where it begins. */
function placed(columns: readonly TableColumn[], x: number): readonly Readonly<{ column: TableColumn; x: number }>[] {
  let at = x;
  return columns.map((column) => {
    const here = { column, x: at };
    at += column.width + between;
    return here;
  });
}

function headStyle(column: TableColumn): Style {
  return { size: headSize, color: colors.muted, align: column.align ?? "left" };
}

function drawHead(
  sheet: Sheet,
  table: PDFKit.PDFStructureElement,
  { x, y }: TablePlace,
  columns: readonly TableColumn[],
): number {
  const row = sheet.doc.struct("TR");
  table.add(row);
  const ends = placed(columns, x).map((here) =>
    write(
      sheet,
      row,
      "TH column",
      here.column.title,
      { x: here.x, y, width: here.column.width },
      headStyle(here.column),
    ),
  );
  row.end();
  return underline(sheet, { x, y: Math.max(...ends) + 2 }, columns, colors.ink);
}

/** The head once more, for the eye alone: a screen reader has heard it. */
function repeatHead(sheet: Sheet, { x, y }: TablePlace, columns: readonly TableColumn[]): number {
  let below = y;
  decorate(sheet, "Pagination", (doc) => {
    for (const here of placed(columns, x)) {
      const { size, color, align } = headStyle(here.column);
      doc.font("regular", size).fillColor(color ?? colors.muted);
      doc.text(here.column.title, here.x, y, { width: here.column.width, align: align ?? "left" });
      below = Math.max(below, doc.y);
    }
  });
  return underline(sheet, { x, y: below + 2 }, columns, colors.ink);
}

function underline(sheet: Sheet, { x, y }: TablePlace, columns: readonly TableColumn[], color: string): number {
  rule(sheet, { x, y, width: widthOf(columns) }, color, color === colors.ink ? 0.75 : 0.5);
  return y;
}

function drawRow(
  sheet: Sheet,
  table: PDFKit.PDFStructureElement,
  { x, y }: TablePlace,
  columns: readonly TableColumn[],
  cells: TableRow,
  firstTag: Tag = "TD",
): number {
  const row = sheet.doc.struct("TR");
  table.add(row);
  const ends = placed(columns, x).map((here, place) => {
    const box = { x: here.x, y: y + padding, width: here.column.width };
    const text = cells.cells[place] ?? "";
    return write(sheet, row, place === 0 ? firstTag : "TD", text, box, bodyStyle(here.column, cells));
  });
  row.end();
  return underline(sheet, { x, y: Math.max(...ends) + padding }, columns, colors.rule);
}
