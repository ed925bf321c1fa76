import type { SheetData } from "write-excel-file/universal";
import { csvHeader, csvRow, type Column } from "#core/csv.ts";
import type { ItemKind } from "#core/planning/record.ts";
import { writable } from "../xlsx/writable.ts";
import type { TableColumn } from "./columns.ts";

/** Text that a spreadsheet would take for a formula gets an apostrophe before it, and so does what begins like one that got it. */
const formulaLike = /^'*[=+\-@\t\r]/;

/** A cell of text as it is written in a CSV. `readGuarded` undoes it. */
function guarded(text: string): string {
  return formulaLike.test(text) ? `'${text}` : text;
}

/** A cell of a CSV as it was before it was guarded. */
export function readGuarded(text: string): string {
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

/** Records as CSV: UTF-8, a header row, CRLF; quoted as RFC 4180 says. */
export function writeCsv<T>(columns: readonly TableColumn<T>[], records: readonly T[]): string {
  const written = columns.map(({ name, kind, of }): Column<T> => {
    // Guarded here, so that it can be undone exactly.
    return { name, kind: "figure", of: (record) => (kind === "text" ? guarded(String(of(record) ?? "")) : of(record)) };
  });
  return csvHeader(written) + records.map((record) => csvRow(written, record)).join("");
}

export type TemplateTable<T> = Readonly<{ sheet: string; columns: readonly TableColumn<T>[] }>;
/** What goes with a table in a workbook: the kinds that may be named, and notes on the whole. */
export type Beside = Readonly<{ kinds: readonly ItemKind[]; notes: readonly string[] }>;

/** Records as a workbook with the sheets Notes, which says what each column holds, and Kinds. Without records it is the template. */
export async function writeXlsx<T>(
  { sheet, columns }: TemplateTable<T>,
  records: readonly T[],
  { kinds, notes }: Beside,
): Promise<Uint8Array> {
  const data: SheetData = [
    columns.map((column) => head(column.name)),
    ...records.map((record) => rowOf(columns, record)),
  ];
  const noteRows: SheetData = [
    ...notes.map((note) => [{ value: note, type: String }]),
    [],
    [head("column"), head("needed"), head("what it holds")],
    ...columns.map(({ name, required, says }) =>
      [name, required ? "yes" : "", says].map((value) => ({ value, type: String })),
    ),
  ];
  const kindRows: SheetData = [
    ["id", "name", "capability", "counted in"].map(head),
    ...kinds.map((kind) =>
      [kind.id, kind.name, kind.capability, kind.counted].map((value) => ({ value, type: String })),
    ),
  ];
  const widths = columns.map((column) => ({ width: Math.max(12, Math.min(40, column.name.length + 8)) }));
  // Loaded when a workbook is written: commands that write none start without it.
  const { default: writeWorkbook } = await import("write-excel-file/universal");
  const file = writeWorkbook([
    { data, sheet, columns: widths, stickyRowsCount: 1 },
    { data: noteRows, sheet: "Notes", columns: [{ width: 24 }, { width: 10 }, { width: 110 }] },
    { data: kindRows, sheet: "Kinds", columns: [{ width: 30 }, { width: 50 }, { width: 24 }, { width: 16 }] },
  ]);
  return new Uint8Array(await (await file.toBlob()).arrayBuffer());
}

const head = (value: string) => ({ value, type: String, fontWeight: "bold" as const });

function rowOf<T>(columns: readonly TableColumn<T>[], record: T): SheetData[number] {
  return columns.map((column) => {
    const value = column.of(record);
    if (value === null || value === "") return null;
    if (column.kind === "number") return { value: Number(value), type: Number };
    if (column.kind === "day") return { value: new Date(`${value}T00:00:00Z`), type: Date, format: "yyyy-mm-dd" };
    // Always a text, so that no program computes it.
    return { value: writable(String(value)), type: String };
  });
}
