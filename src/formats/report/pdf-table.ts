import { notesOf, textOf } from "#core/foresight/report/shown.ts";
import type { ReportTable } from "#core/views-report.ts";
import { colors, decorate, heightOf, page, placeFor, rule, write, type Sheet, type Style } from "../invoice/sheet.ts";
import { layoutOf, type Layout, type PlacedColumn } from "./pdf-layout.ts";
import { spansOf } from "./words.ts";

const whole = { x: page.left, width: page.inner };
const small: Style = { size: 6.5, color: colors.muted };
const padding = 1.1; // above and below a row's text
const leastRows = 4;
const shortTable = 330; // points
const lineGap = 1.5; // as the sheet writes

/** Draws a table with its title, notes and source; its head returns at the top of each further page. Gives the y below it. */
export function drawReportTable(sheet: Sheet, table: ReportTable, source: string, above: number, top: number): number {
  const title = `${table.number}. ${table.title}`;
  if (table.rows.length === 0) {
    const y = write(
      sheet,
      sheet.root,
      "H3",
      title,
      { ...whole, y: fresh(sheet, above, 40, top) },
      { size: 9.5, bold: true },
    );
    return write(sheet, sheet.root, "P", table.empty, { ...whole, y }, { size: 8.5, color: colors.muted });
  }
  const layout = layoutOf(sheet, table);
  const said = textOf(table);
  const text: Style = { size: 7.5, color: colors.muted };
  const headHeight = headHeightOf(sheet, layout, table);
  const before = 16 + (said === "" ? 0 : heightOf(sheet, said, page.inner, text)) + headHeight;
  const heights = table.rows.map((_, index) => rowHeightOf(sheet, layout, index));
  const below = notesIn(table, source).reduce((sum, note) => sum + heightOf(sheet, note, page.inner, small), 4);
  const all = heights.reduce((sum, one) => sum + one, before + below);
  const first = heights.slice(0, leastRows).reduce((sum, one) => sum + one, before);
  // What half a page holds is not broken; of anything longer some rows stand below the head.
  let y = fresh(sheet, above, all <= shortTable ? all : first, top);
  y = write(sheet, sheet.root, "H3", title, { ...whole, y }, { size: 9.5, bold: true });
  if (said !== "") y = write(sheet, sheet.root, "P", said, { ...whole, y: y - 0.5 }, text);
  y = drawRows(sheet, table, layout, y + 3, top);
  return drawNotes(sheet, table, source, y + 2, top);
}

/** Where a block of some height may begin; at the top of a new page where this one does not hold it. */
function fresh(sheet: Sheet, y: number, height: number, top: number): number {
  const place = placeFor(sheet, y, height);
  return place === y ? y : top;
}

function drawRows(sheet: Sheet, table: ReportTable, layout: Layout, above: number, top: number): number {
  const struct = sheet.doc.struct("Table");
  sheet.root.add(struct);
  let y = drawHead(sheet, table, layout, above, struct);
  table.rows.forEach((row, index) => {
    const height = rowHeightOf(sheet, layout, index);
    const place = fresh(sheet, y, height, top);
    y = place === y ? y : drawHead(sheet, table, layout, place, null);
    const bold = row.kind === "total";
    if (bold && table.rows[index - 1]?.kind !== "total") rule(sheet, { ...whole, y }, colors.ink, 0.75);
    const line = sheet.doc.struct("TR");
    struct.add(line);
    for (const column of layout.columns) drawCell(sheet, layout, column, { index, y: y + padding, bold }, line);
    line.end();
    y += height;
    rule(sheet, { ...whole, y }, colors.rule, 0.4);
  });
  struct.end();
  rule(sheet, { ...whole, y }, colors.ink, 0.75);
  return y;
}

type CellPlace = Readonly<{ index: number; y: number; bold: boolean }>;

/** A cell with its note's mark hanging beside it, so that figures stay below each other. */
function drawCell(
  sheet: Sheet,
  { size }: Layout,
  column: PlacedColumn,
  { index, y, bold }: CellPlace,
  line: PDFKit.PDFStructureElement,
): void {
  const { doc } = sheet;
  const { text = "", mark = null } = column.cells[index] ?? {};
  const draw = (): void => {
    doc.font(bold ? "bold" : "regular", size).fillColor(colors.ink);
    const options = { width: column.width, align: column.figure ? ("right" as const) : ("left" as const), lineGap };
    doc.text(sheet.shown(text), column.x, y, column.figure ? { ...options, lineBreak: false } : options);
  };
  const children: (PDFKit.PDFStructureElement | (() => void))[] = [draw];
  if (mark !== null) {
    const across = column.figure
      ? column.width
      : doc.font(bold ? "bold" : "regular", size).widthOfString(sheet.shown(text));
    const drawMark = (): void => {
      doc.font("regular", size * 0.72).fillColor(colors.muted);
      doc.text(mark, column.x + Math.min(across, column.width) + 0.8, y - 0.6, { lineBreak: false });
    };
    children.push(doc.struct("Reference", {}, drawMark));
  }
  const scope: PDFKit.Mixins.StructureElementOptions & { scope?: string } = column.first ? { scope: "Row" } : {};
  line.add(doc.struct(column.first ? "TH" : "TD", scope, children as never));
}

/** The head; for the eye alone where a screen reader has heard it (`struct` null). */
function drawHead(
  sheet: Sheet,
  table: ReportTable,
  layout: Layout,
  above: number,
  struct: PDFKit.PDFStructureElement | null,
): number {
  rule(sheet, { ...whole, y: above }, colors.ink, 0.75);
  const y = drawSpans(sheet, table, layout, above + 2);
  const height = Math.max(
    ...layout.columns.map((column) => heightOf(sheet, column.head, column.width, headStyle(layout, column))),
  );
  const line = struct === null ? null : sheet.doc.struct("TR");
  if (struct !== null && line !== null) struct.add(line);
  for (const column of layout.columns) {
    const style = headStyle(layout, column);
    const own = heightOf(sheet, column.head, column.width, style);
    const box = { x: column.x, y: y + height - own, width: column.width };
    if (column.headMark !== null) drawHeadMark(sheet, column.headMark, box, own, style);
    if (line !== null) write(sheet, line, "TH column", column.head, box, style);
    else
      decorate(sheet, "Pagination", (doc) => {
        doc.font("regular", style.size).fillColor(colors.muted);
        doc.text(sheet.shown(column.head), box.x, box.y, { width: box.width, align: style.align ?? "left", lineGap });
      });
  }
  line?.end();
  rule(sheet, { ...whole, y: y + height }, colors.ink, 0.75);
  return y + height;
}

/** A note's mark hangs beside the last line of a head; what it says stands below the table in words. */
function drawHeadMark(
  sheet: Sheet,
  mark: string,
  box: Readonly<{ x: number; y: number; width: number }>,
  height: number,
  { size }: Style,
): void {
  decorate(sheet, "Layout", (doc) => {
    doc.font("regular", size * 0.75).fillColor(colors.muted);
    doc.text(mark, box.x + box.width + 0.8, box.y + height - size * 1.5, { lineBreak: false });
  });
}

const headStyle = ({ size }: Layout, { figure }: PlacedColumn): Style => ({
  size: size * 0.94,
  color: colors.muted,
  align: figure ? "right" : "left",
});

/** What stands over several heads, with a rule below it as wide as they are. */
function drawSpans(sheet: Sheet, table: ReportTable, layout: Layout, y: number): number {
  if (table.columns.every((column) => column.over === null)) return y;
  let at = 1; // the first column is of the names
  for (const { over, width } of spansOf(table)) {
    const [first, last] = [layout.columns[at], layout.columns[at + width - 1]];
    at += width;
    if (over === null || first === undefined || last === undefined) continue;
    const across = last.x + last.width - first.x;
    decorate(sheet, "Layout", (doc) => {
      doc.font("regular", layout.size * 0.94).fillColor(colors.muted);
      doc.text(sheet.shown(over), first.x, y, { width: across, align: "center", lineBreak: false });
    });
    rule(sheet, { x: first.x, y: y + layout.size * 1.35, width: across }, colors.rule, 0.5);
  }
  return y + layout.size * 1.45;
}

function headHeightOf(sheet: Sheet, layout: Layout, table: ReportTable): number {
  const heads = layout.columns.map((column) => heightOf(sheet, column.head, column.width, headStyle(layout, column)));
  return Math.max(...heads) + 4 + (table.columns.every((column) => column.over === null) ? 0 : layout.size * 1.45);
}

function rowHeightOf(sheet: Sheet, { columns, size }: Layout, index: number): number {
  const heights = columns.map(({ figure, width, cells }) =>
    figure ? size * 1.26 : heightOf(sheet, cells[index]?.text ?? "", width, { size, bold: true }) - lineGap,
  );
  return Math.max(...heights) + 2 * padding;
}

function notesIn(table: ReportTable, source: string): readonly string[] {
  const run = notesOf(table).map(({ mark, text }) => (mark === null ? text : `${mark}. ${text}`));
  return [...(run.length === 0 ? [] : [run.join("  ")]), source];
}

function drawNotes(sheet: Sheet, table: ReportTable, source: string, above: number, top: number): number {
  return notesIn(table, source).reduce((y, note) => {
    const place = fresh(sheet, y, heightOf(sheet, note, page.inner, small), top);
    return write(sheet, sheet.root, "P", note, { ...whole, y: place }, small);
  }, above);
}
