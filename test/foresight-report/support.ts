import { readFileSync } from "node:fs";
import Papa from "papaparse";
import readXlsxFile from "read-excel-file/universal";
import { pledgeReport, type ReportQuestion } from "#app/foresight/report.ts";
import { playRehearsal } from "#app/rehearsal.ts";
import { shown } from "#core/foresight/report/shown.ts";
import type { PledgeReport, ReportTable } from "#core/views-report.ts";
import type { Database } from "#store/database.ts";
import { readPdf, type Piece } from "../formats/read-pdf.ts";
import { openRecord } from "../support/record.ts";

export const clock = () => "2026-11-02T09:00:00Z";
const rehearsal = "harbour-fund.json";

/** A record with the worked case and the rehearsal. */
export async function openReported(): Promise<Readonly<{ db: Database; close: () => Promise<void> }>> {
  const { db, close } = await openRecord();
  const text = readFileSync(new URL(`../../reference/rehearsal/${rehearsal}`, import.meta.url), "utf8");
  await playRehearsal(db, { name: rehearsal, text });
  return { db, close };
}

/** The rehearsal's fund in the second half of 2025, as known a month later. */
export const harbour: ReportQuestion = {
  fund: "harbour-fund",
  period: "2025H2",
  knownAt: "2026-01-31",
  forecast: false,
};
/** What the alliance of the worked case gave in 2024, as known at the latest release. */
export const alliance: ReportQuestion = { group: "nato", period: "2024", knownAt: "2026-04-30", forecast: false };

export const reportOf = async (db: Database, question: ReportQuestion): Promise<PledgeReport> =>
  pledgeReport(db, clock, question);

export const allTables = (report: PledgeReport): readonly ReportTable[] => [...report.front, ...report.annex];

/** A report's cell by the names of its table, row and column. */
export function valueAt(report: PledgeReport, table: string, row: string, column: string): string | null | undefined {
  const found = allTables(report).find((one) => one.id === table);
  const place = found?.columns.findIndex((one) => one.id === column) ?? -1;
  return found?.rows.find((one) => one.id === row)?.cells[place]?.value;
}

/** Everything a reader of paper sees in a table, row by row: the name, then each cell as shown. */
export function shownRows(table: ReportTable): readonly (readonly string[])[] {
  return table.rows.map((row) => [
    row.name,
    ...table.columns.map((column, place) => shown(row.cells[place] ?? { value: "", note: null }, column)),
  ]);
}

/** The cells of the tables of a PDF with their heads, in the order they are drawn; heads that return on a further page are left out. */
export async function pdfCells(
  bytes: Uint8Array,
): Promise<Readonly<{ cells: readonly string[]; pieces: readonly Piece[]; pages: number }>> {
  const { pieces, pages } = await readPdf(bytes);
  const cells = pieces.filter((piece) => piece.tag === "TD" || piece.tag === "TH").map((piece) => piece.text);
  return { cells, pieces, pages };
}

/** A workbook's sheets as rows of cells. */
export async function sheetsOf(bytes: Uint8Array): Promise<ReadonlyMap<string, readonly (readonly unknown[])[]>> {
  const sheets = await readXlsxFile(bytes.slice().buffer);
  return new Map(sheets.map(({ sheet, data }) => [sheet, data]));
}

export type TidyRow = Readonly<Record<string, string>>;
export function tidyRows(text: string): readonly TidyRow[] {
  return Papa.parse<TidyRow>(text, { header: true, skipEmptyLines: true }).data;
}
