/** A column of a table: its header and what it holds. Text is guarded against being read as a formula; figures are not touched. */
export type Column<Row> = Readonly<{
  name: string;
  kind: "text" | "figure";
  of: (row: Row) => string | number | null;
}>;

/** The header row as RFC 4180 writes it, with its line end. */
export function csvHeader<Row>(columns: readonly Column<Row>[]): string {
  return csvLine(columns.map((column) => csvCell(column.name, "text")));
}

/** A row as RFC 4180 writes it, with its line end. */
export function csvRow<Row>(columns: readonly Column<Row>[], row: Row): string {
  return csvLine(columns.map((column) => csvCell(column.of(row), column.kind)));
}

function csvLine(cells: readonly string[]): string {
  return `${cells.join(",")}\r\n`;
}

/** A text that a spreadsheet would take for a formula gets an apostrophe before it. */
function csvCell(value: string | number | null, kind: Column<never>["kind"]): string {
  if (value === null) return "";
  const text = String(value);
  const safe = kind === "text" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
