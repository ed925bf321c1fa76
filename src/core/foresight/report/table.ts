import { formatDecimal, rescale, valuationScale } from "../../money.ts";
import type { ReportCell, ReportColumn, ReportNote, ReportRow, ReportTable } from "../../views-report.ts";

/** A table's notes as they are met: the same text has one mark. */
export type Notes = Readonly<{ mark: (text: string | null) => string | null; list: () => readonly ReportNote[] }>;

export function openNotes(): Notes {
  const marks = new Map<string, string>();
  return {
    mark: (text) => {
      if (text === null || text === "") return null;
      const mark = marks.get(text) ?? String(marks.size + 1);
      marks.set(text, mark);
      return mark;
    },
    list: () => [...marks].map(([text, mark]) => ({ mark, text })),
  };
}

export const cell = (value: string | null, note: string | null = null): ReportCell => ({ value, note });

/** Millionths as a cell in the unit's smallest part; null is not known. */
export function amountCell(millionths: bigint | null, scale: number, note: string | null = null): ReportCell {
  return cell(millionths === null ? null : amountOf(millionths, scale), note);
}

/** Millionths as a decimal of the unit, rounded half away from zero once. */
export function amountOf(millionths: bigint, scale: number): string {
  return formatDecimal(rescale(millionths, valuationScale, scale), scale);
}

type Head = Readonly<{ over?: string; unit?: string; shown?: ReportColumn["shown"]; note?: string | null }>;
export const column = (id: string, head: string, kind: ReportColumn["kind"], rest: Head = {}): ReportColumn => ({
  id,
  head,
  over: rest.over ?? null,
  kind,
  unit: rest.unit ?? null,
  shown: rest.shown ?? "exact",
  note: rest.note ?? null,
});

export const row = (
  id: string,
  name: string,
  cells: readonly ReportCell[],
  kind: ReportRow["kind"] = "row",
): ReportRow => ({ id, name, kind, cells });

/** The cell of a row and a column; undefined where there is none. */
export function cellAt(table: ReportTable, rowId: string, columnId: string): ReportCell | undefined {
  const place = table.columns.findIndex((one) => one.id === columnId);
  return place < 0 ? undefined : table.rows.find((one) => one.id === rowId)?.cells[place];
}

/** The same table with a note that holds for every unknown cell of a column raised to its head. */
export function raised(table: ReportTable): ReportTable {
  const shared = table.columns.map((_, place) => {
    const marks = new Set(
      table.rows.map((one) => one.cells[place]).flatMap((one) => (one?.value === null ? [one.note] : [])),
    );
    const [only] = marks;
    return marks.size === 1 ? (only ?? null) : null;
  });
  return {
    ...table,
    columns: table.columns.map((one, place) => ({ ...one, note: one.note ?? shared[place] ?? null })),
    rows: table.rows.map((one) => ({
      ...one,
      cells: one.cells.map((own, place) =>
        own.value === null && shared[place] != null && table.columns[place]?.note === null
          ? { ...own, note: null }
          : own,
      ),
    })),
  };
}

export const totalId = "total";
