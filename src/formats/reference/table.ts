import Papa from "papaparse";
import { MainstayError } from "#core/errors.ts";
import { parseDecimal } from "#core/money.ts";

/** One row of a reference file: its cells by column, and where it stands (1-based, the header is row 1). */
export type Row = Readonly<{ file: string; row: number; cells: Readonly<Record<string, string>> }>;

/**
 * The rows of one reference file, checked against the columns it must have, in that order.
 * @throws MainstayError reference_invalid naming the file, and the row where a row has too many or too few cells
 */
export function readRows(files: ReadonlyMap<string, string>, file: string, columns: readonly string[]): readonly Row[] {
  const text = files.get(file);
  if (text === undefined) throw new MainstayError("reference_invalid", "no such file", { file });
  const parsed = Papa.parse<string[]>(text, { delimiter: ",", skipEmptyLines: true });
  const fault = parsed.errors[0];
  if (fault !== undefined)
    throw new MainstayError("reference_invalid", fault.message, { file, row: (fault.row ?? 0) + 1 });
  const [header = [], ...rest] = parsed.data;
  if (header.join(",") !== columns.join(",")) {
    throw new MainstayError("reference_invalid", `the columns ${header.join(", ")} instead of ${columns.join(", ")}`, {
      file,
      row: 1,
    });
  }
  return rest.map((values, index) => {
    const row = index + 2;
    if (values.length !== columns.length) {
      throw new MainstayError("reference_invalid", `${values.length} cells instead of ${columns.length}`, {
        file,
        row,
      });
    }
    return { file, row, cells: Object.fromEntries(columns.map((column, at) => [column, values[at] ?? ""])) };
  });
}

/** A refusal of one cell. */
export function refuse(row: Row, column: string, found: string): MainstayError {
  return new MainstayError("reference_invalid", found, { file: row.file, row: row.row, column });
}

/** The cell's text; empty is refused. @throws MainstayError reference_invalid */
export function text(row: Row, column: string): string {
  const found = row.cells[column] ?? "";
  if (found === "" || found !== found.trim())
    throw refuse(row, column, found === "" ? "nothing" : JSON.stringify(found));
  return found;
}

/** The cell's text, null when empty. */
export function optional(row: Row, column: string): string | null {
  const found = row.cells[column] ?? "";
  return found === "" ? null : text(row, column);
}

/** One of the given words. @throws MainstayError reference_invalid */
export function oneOf<T extends string>(row: Row, column: string, words: readonly T[]): T {
  const found = text(row, column);
  const word = words.find((candidate) => candidate === found);
  if (word === undefined) throw refuse(row, column, `${found}, not one of ${words.join(", ")}`);
  return word;
}

/** A day of the calendar as YYYY-MM-DD, null when empty. @throws MainstayError reference_invalid */
export function optionalDay(row: Row, column: string): string | null {
  const found = optional(row, column);
  if (found !== null && !isDay(found)) throw refuse(row, column, found);
  return found;
}

/** A day of the calendar as YYYY-MM-DD. @throws MainstayError reference_invalid */
export function day(row: Row, column: string): string {
  const found = optionalDay(row, column);
  if (found === null) throw refuse(row, column, "nothing");
  return found;
}

/** Whether a text is a day that exists, written YYYY-MM-DD. */
export function isDay(found: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(found);
  if (parts === null) return false;
  const [year = 0, month = 0, dayOfMonth = 0] = parts.slice(1).map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return dayOfMonth >= 1 && dayOfMonth <= (lengths[month - 1] ?? 0);
}

/** A non-negative number in whole parts of 10^-scale, with no digit lost. @throws MainstayError reference_invalid */
export function amount(row: Row, column: string, scale: number): bigint {
  const found = text(row, column);
  const fraction = /^\d+(?:\.(\d+))?$/.exec(found);
  if (fraction === null || (fraction[1] ?? "").length > scale) throw refuse(row, column, found);
  return parseDecimal(found, scale);
}

/** Refuses a second row of the same key. @throws MainstayError reference_invalid */
export function refuseDoubles(rows: readonly Row[], columns: readonly string[]): void {
  const seen = new Map<string, number>();
  for (const row of rows) {
    const key = columns.map((column) => row.cells[column] ?? "").join(" / ");
    const first = seen.get(key);
    if (first !== undefined) throw refuse(row, columns.join(", "), `${key}, which row ${first} has already`);
    seen.set(key, row.row);
  }
}
