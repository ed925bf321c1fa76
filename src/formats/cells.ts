import { parseDecimal, valuationScale } from "#core/money.ts";

const placeholders = new Set([
  ".",
  "",
  "-",
  "n/a",
  "na",
  "nan",
  "none",
  "not given",
  "undisclosed",
  "unspecified",
  "not specified",
  "unclear",
  "unknown",
  "no price",
]);

/** Whether a cell says nothing: blank, or one of the words the tracker writes for it. */
export function isPlaceholder(cell: string): boolean {
  return placeholders.has(cell.trim().toLowerCase());
}

/** The cell at a column, trimmed; "" when the row is shorter or there is no such column. */
export function cellAt(row: readonly string[], column: number | undefined): string {
  return column === undefined ? "" : (row[column] ?? "").trim();
}

const decimal = /^[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,2})?$/;

/** Whether a cell is a plain decimal number as spreadsheets write it (no thousands separators). */
export function isNumber(cell: string): boolean {
  return decimal.test(cell.trim());
}

/** A number cell in whole parts of 10^-scale, rounding half away from zero; null when the cell is not a number. */
export function numberParts(cell: string, scale: number): bigint | null {
  return isNumber(cell) ? parseDecimal(cell, scale) : null;
}

/** A valuation cell in millionths; null when the cell is not a number. */
export function millionths(cell: string): bigint | null {
  return numberParts(cell, valuationScale);
}

/** Lower-case words joined by hyphens, for identifiers derived from text. Letters and digits of any script are kept. */
export function slug(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "");
}

/** What a table of words holds for a word of somebody else's, and never what every object inherits ("constructor"). */
export function lookUp<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
