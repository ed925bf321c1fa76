import { MainstayError } from "#core/errors.ts";
import type { ReadOptions, Table } from "../reading.ts";
import { readCsvTable } from "../text/csv.ts";
import { looksLikeWorkbook, openWorkbook } from "../xlsx/workbook.ts";
import { readGuarded } from "./write.ts";

/**
 * The table of a file: the sheet of that name of a workbook, its only sheet, or the whole of a CSV.
 * @throws MainstayError sheet_not_found, header_only, and those of openWorkbook and readCsvTable
 */
export async function readTable(bytes: Uint8Array, sheet: string, options: ReadOptions): Promise<Table> {
  const table = looksLikeWorkbook(bytes) ? await readSheetOf(bytes, sheet, options) : await readCsv(bytes, options);
  if (table.rows.length < 2)
    throw new MainstayError("header_only", undefined, { file: table.file, sheet: table.sheet ?? undefined });
  return table;
}

async function readSheetOf(bytes: Uint8Array, sheet: string, options: ReadOptions): Promise<Table> {
  const { sheetNames, readTable: read } = await openWorkbook(bytes, options);
  const named = sheetNames.find((name) => name.trim().toLowerCase() === sheet.toLowerCase());
  const name = named ?? (sheetNames.length === 1 ? sheetNames[0] : undefined);
  if (name === undefined)
    throw new MainstayError("sheet_not_found", `the sheets ${sheetNames.slice(0, 20).join(", ")}; none is ${sheet}`, {
      file: options.fileName,
    });
  return read(name);
}

async function readCsv(bytes: Uint8Array, options: ReadOptions): Promise<Table> {
  const table = await readCsvTable(bytes, options);
  return { ...table, rows: table.rows.map((row) => row.map(readGuarded)) };
}
