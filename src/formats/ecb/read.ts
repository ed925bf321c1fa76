import type { ImportRemark } from "#core/entries.ts";
import { MainstayError } from "#core/errors.ts";
import { isNumber } from "../cells.ts";
import { pause, type ReadOptions } from "../reading.ts";
import { readCsvTable } from "../text/csv.ts";

/** How many units of a currency one euro was worth on a day, as the decimal the bank prints. */
export type EcbRate = Readonly<{ currency: string; on: string; rate: string }>;
export type EcbHistory = Readonly<{ rates: readonly EcbRate[]; remarks: readonly ImportRemark[] }>;

const rowsBetweenPauses = 1_000;

/**
 * Reads the European Central Bank's reference rates as published (eurofxref-hist.csv): one row a day, newest first, one column a currency, `N/A` where none was set.
 * A row or cell that cannot be read is left out with a remark; a day printed twice keeps its first row.
 * @throws MainstayError rates_header_unreadable | header_only | import_cancelled, and those of `readCsvTable`
 */
export async function readEcbHistory(
  bytes: Uint8Array,
  options: ReadOptions = { fileName: "eurofxref-hist.csv" },
): Promise<EcbHistory> {
  const table = await readCsvTable(bytes, options, ",");
  const header = (table.rows[0] ?? []).map((cell) => cell.trim());
  const currencies = header.map((cell) => (/^[A-Z]{3}$/.test(cell) ? cell : null));
  const place = { file: options.fileName, row: 1 };
  if (header[0]?.toLowerCase() !== "date" || currencies.every((currency) => currency === null)) {
    throw new MainstayError(
      "rates_header_unreadable",
      JSON.stringify(header.slice(0, 8).join(",").slice(0, 120)),
      place,
    );
  }
  if (table.rows.length < 2) throw new MainstayError("header_only", undefined, place);
  const rates: EcbRate[] = [];
  const remarks: ImportRemark[] = [];
  const days = new Set<string>();
  for (const [index, row] of table.rows.entries()) {
    if (index === 0 || row.every((cell) => cell.trim() === "")) continue;
    if (index % rowsBetweenPauses === 0) await pause(options, index, table.rows.length);
    const refuse = (column: string, found: string, reason: string) =>
      remarks.push({
        severity: "refused",
        code: "rate_unreadable",
        sheet: null,
        row: index + 1,
        column,
        found: found.slice(0, 200),
        reason,
      });
    const on = (row[0] ?? "").trim();
    if (!isDay(on)) refuse("Date", on, "not a day written YYYY-MM-DD; the row is left out");
    else if (days.has(on)) refuse("Date", on, "the day was there before; the row is left out");
    else {
      days.add(on);
      addRates(row, currencies, on, rates, refuse);
    }
  }
  return { rates, remarks };
}

function addRates(
  row: readonly string[],
  currencies: readonly (string | null)[],
  on: string,
  rates: EcbRate[],
  refuse: (column: string, found: string, reason: string) => void,
): void {
  currencies.forEach((currency, column) => {
    const rate = (row[column] ?? "").trim();
    if (currency === null || rate === "" || rate === "N/A") return;
    if (isNumber(rate) && Number(rate) > 0) rates.push({ currency, on, rate });
    else refuse(currency, rate, "not a rate greater than zero");
  });
}

function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
