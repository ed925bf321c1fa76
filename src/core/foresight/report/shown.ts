import { dayWords } from "../../months.ts";
import { formatDecimal, groupThousands, parseDecimal, roundHalfAway } from "../../money.ts";
import type { ReportCell, ReportColumn, ReportTable } from "../../views-report.ts";

/** What stands for a figure that is not known or of which nothing is on record. */
const unknownSign = "\u2013";

/** A cell as every format that is read by people shows it: minus signs, thousands apart, millions with one decimal where the column says so. */
export function shown(cell: ReportCell, column: ReportColumn): string {
  const { value } = cell;
  if (value === null) return unknownSign;
  if (value === "") return "";
  switch (column.kind) {
    case "text":
      return value;
    case "day":
      return dayWords(value);
    case "amount":
      return withMinus(groupThousands(column.shown === "millions" ? millions(value) : value));
    case "percent":
    case "number":
      return withMinus(groupThousands(value));
  }
}

const withMinus = (text: string): string => text.replace(/^-/, "\u2212");

/** Millions with one decimal, rounded half away from zero. */
export function millions(amount: string): string {
  return formatDecimal(roundHalfAway(parseDecimal(amount, 6), 10n ** 11n), 1);
}

/** A head with the unit of what stands below it. */
function headOf({ head, unit, shown: how }: ReportColumn): string {
  const words = unitOf({ unit, shown: how });
  return words === "" ? head : head === "" ? words : `${head}, ${words}`;
}

export function unitOf({ unit, shown: how }: Pick<ReportColumn, "unit" | "shown">): string {
  return unit === null ? "" : how === "millions" ? `${unit} million` : unit;
}

/** The head of a column in its table, without a unit that is said once above it. */
export function headIn(table: ReportTable, of: ReportColumn): string {
  return of.kind === "amount" && commonUnit(table) !== null ? of.head : headOf(of);
}

/** What stands between a table's title and its head: the unit of its amounts, and what is to be said of it. */
export function textOf(table: ReportTable): string {
  const unit = commonUnit(table);
  return [unit === null ? "" : `${unit}.`, table.text].filter((one) => one !== "").join(" ");
}

/** The unit that all amounts of a table are in, to be said once above it; null where they differ. */
function commonUnit(table: ReportTable): string | null {
  const units = new Set(table.columns.filter((one) => one.kind === "amount").map(unitOf));
  const [only] = units;
  return units.size === 1 && only !== undefined ? only : null;
}

export const isFigure = (column: ReportColumn): boolean =>
  column.kind === "amount" || column.kind === "percent" || column.kind === "number";

/** What stands below every table in which something is not known. */
const legend = `${unknownSign} not known, or nothing on record: never zero.`;

/** What stands below a table; the first has no mark. */
export function notesOf(table: ReportTable): readonly Readonly<{ mark: string | null; text: string }>[] {
  return [...(hasUnknown(table) ? [{ mark: null, text: legend }] : []), ...table.notes];
}

function hasUnknown(table: ReportTable): boolean {
  return table.rows.some((row) => row.cells.some((one) => one.value === null));
}
