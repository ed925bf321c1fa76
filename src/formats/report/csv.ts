import { csvHeader, csvRow, type Column } from "#core/csv.ts";
import type { PledgeReport, ReportCell, ReportColumn, ReportRow, ReportTable } from "#core/views-report.ts";

type Line = Readonly<{
  report: PledgeReport;
  table: ReportTable;
  row: ReportRow;
  column: ReportColumn;
  cell: ReportCell;
}>;

const text = (name: string, of: (line: Line) => string | null): Column<Line> => ({ name, kind: "text", of });

const columns: readonly Column<Line>[] = [
  text("book", ({ report }) => report.book.slug),
  text("synthetic", ({ report }) => (report.synthetic ? "yes" : "no")),
  text("fund", ({ report }) => report.fund?.id ?? ""),
  text("group", ({ report }) => report.group?.slug ?? ""),
  text("period", ({ report }) => report.period.id),
  text("as_of", ({ report }) => report.asOf),
  text("known_at", ({ report }) => report.knownAt),
  text("boundary", ({ report }) => report.frame.boundary),
  text("basis", ({ report }) => report.frame.basis),
  text("table", ({ table }) => table.id),
  text("table_number", ({ table }) => table.number),
  text("row", ({ row }) => row.id),
  text("row_name", ({ row }) => row.name),
  text("column", ({ column }) => column.id),
  text("column_head", ({ column }) => column.head.replaceAll("\u00ad", "")),
  text("unit", ({ column }) => column.unit ?? ""),
  text("state", ({ cell }) => (cell.value === null ? "unknown" : cell.value === "" ? "not-applicable" : "known")),
  { name: "figure", kind: "figure", of: ({ column, cell }) => (isNumber(column) ? cell.value : null) },
  text("text", ({ column, cell }) => (isNumber(column) ? null : cell.value)),
  text("note", noteOf),
];

function noteOf({ table, column, cell }: Line): string | null {
  const marks = [cell.note, column.note];
  const found = table.notes.filter((one) => marks.includes(one.mark)).map((one) => one.text);
  return found.length === 0 ? null : found.join(" ");
}

const isNumber = ({ kind }: ReportColumn): boolean => kind === "amount" || kind === "percent" || kind === "number";

/** Every cell of every table of a report as one row of a long table (RFC 4180). A figure that is not known is empty, and `state` says so. */
export function reportCsv(report: PledgeReport): string {
  const lines = [...report.front, ...report.annex].flatMap((table) =>
    table.rows.flatMap((row) =>
      table.columns.map((column, place): Line => {
        return { report, table, row, column, cell: row.cells[place] ?? { value: null, note: null } };
      }),
    ),
  );
  return csvHeader(columns) + lines.map((line) => csvRow(columns, line)).join("");
}
