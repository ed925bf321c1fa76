import { unzipSync, zipSync, type Zippable } from "fflate";
import type { SheetData } from "write-excel-file/universal";
import { isFigure, notesOf, shown, unitOf } from "#core/foresight/report/shown.ts";
import { dayWords } from "#core/months.ts";
import { present } from "#core/present.ts";
import type { PledgeReport, ReportCell, ReportColumn, ReportTable } from "#core/views-report.ts";
import { writable } from "../xlsx/writable.ts";
import { frameLine, markOf, sourceLine } from "./words.ts";

type Cell = SheetData[number][number];

const text = (value: string, bold = false): Cell =>
  bold ? { value: writable(value), type: String, fontWeight: "bold" } : { value: writable(value), type: String };

/**
 * A report as a workbook: what it says in short, then a sheet a table with figures as numbers, then method and sources. The same report is the same
 * bytes: the parts are packed once more, each dated by the day of knowledge.
 */
export async function reportXlsx(report: PledgeReport): Promise<Uint8Array> {
  const { default: writeWorkbook } = await import("write-excel-file/universal");
  const tables = [...report.front, ...report.annex];
  const file = writeWorkbook([
    { data: frontData(report, tables), sheet: "In short", columns: [{ width: 26 }, { width: 24 }, { width: 90 }] },
    ...tables.map((table) => ({
      data: tableData(report, table),
      sheet: table.number,
      columns: [{ width: 28 }, ...table.columns.map((column) => ({ width: isFigure(column) ? 20 : 24 }))],
      stickyRowsCount: headRow,
    })),
    { data: methodData(report), sheet: "Method and sources", columns: [{ width: 28 }, { width: 140 }] },
  ]);
  return repacked(new Uint8Array(await (await file.toBlob()).arrayBuffer()), report.knownAt);
}

/** The parts of a packed file packed anew in their order, all bearing one day. */
function repacked(bytes: Uint8Array, day: string): Uint8Array {
  const [year, month, date] = day.split("-").map(Number);
  // The packer writes the clock's own hours and days, so that this is the same in every time zone.
  const mtime = new Date(present(year, "a year"), present(month, "a month") - 1, present(date, "a day"));
  const parts = Object.entries(unzipSync(bytes)).map(
    ([name, content]) => [name, [content, { mtime, level: 6 }]] as const,
  );
  return zipSync(Object.fromEntries(parts) as Zippable);
}

const synthetic = "SYNTHETIC: made up to try the program out; nothing in it is a fact";
const headRow = 5; // of a table, counted from one

function frontData(report: PledgeReport, tables: readonly ReportTable[]): SheetData {
  return [
    [text(report.title, true)],
    [text(report.subtitle)],
    [text(report.synthetic ? `${synthetic}. ${frameLine(report)}` : frameLine(report))],
    ...(report.modelled === null ? [] : [[text(report.modelled)]]),
    [],
    ...report.findings.map((one) => [text(one)]),
    [],
    ...report.marks.map((mark) => {
      const { figure, unit } = markOf(report, mark);
      return [text(mark.label), text(`${figure} ${unit}`), text(mark.note)];
    }),
    [],
    [text("Sheet", true), text("Rows", true), text("What it holds", true)],
    ...tables.map((table) => [text(table.number), { value: table.rows.length, type: Number }, text(table.title)]),
  ];
}

function tableData(report: PledgeReport, table: ReportTable): SheetData {
  const over: SheetData = [[null, ...table.columns.map((column) => (column.over === null ? null : text(column.over)))]];
  return [
    [text(`${table.number}. ${table.title}`, true)],
    [text(`${report.synthetic ? `${synthetic}. ` : ""}${report.subtitle}. ${frameLine(report)}`)],
    [text(table.text)],
    ...over,
    [text(table.nameHead, true), ...table.columns.map((column) => text(headWith(column), true))],
    ...table.rows.map((row) => [
      text(row.name, row.kind === "total"),
      ...table.columns.map((column, place) =>
        figure(row.cells[place] ?? { value: null, note: null }, column, row.kind === "total"),
      ),
    ]),
    ...(table.rows.length === 0 ? [[text(table.empty)]] : []),
    [],
    ...notesOf(table).map(({ mark, text: words }) => [text(mark === null ? words : `${mark}. ${words}`)]),
    [text(sourceLine(report))],
  ];
}

/** A head with its unit, in which amounts stand to the smallest part, and the mark of its note. */
function headWith(column: ReportColumn): string {
  const unit = unitOf({ unit: column.unit, shown: "exact" });
  const head = column.head.replaceAll("\u00ad", "");
  return `${head}${unit === "" ? "" : `, ${unit}`}${column.note === null ? "" : ` [${column.note}]`}`;
}

function figure(cell: ReportCell, column: ReportColumn, bold: boolean): Cell {
  if (cell.value === "") return null;
  if (cell.value === null || !isFigure(column)) return text(shown(cell, column), bold);
  const decimals = cell.value.split(".")[1]?.length ?? 0;
  const format = `#,##0${decimals === 0 ? "" : `.${"0".repeat(decimals)}`}`;
  const number = { value: Number(cell.value), type: Number, format } as const;
  return bold ? { ...number, fontWeight: "bold" } : number;
}

function methodData(report: PledgeReport): SheetData {
  return [
    ...report.method.flatMap(({ title, paragraphs }) =>
      paragraphs.map((one, place) => [place === 0 ? text(title, true) : null, text(one)]),
    ),
    ...report.sources.map((one, place) => {
      const parts = [
        one.title,
        one.publisher,
        one.publishedOn === null ? "" : dayWords(one.publishedOn),
        one.url ?? "",
      ];
      return [place === 0 ? text("Sources", true) : null, text(parts.filter((part) => part !== "").join(", "))];
    }),
  ];
}
