import type { ErrorCode } from "#core/errors.ts";
import { columnLetter, type Table } from "../reading.ts";

/** Something in a table that can't be entered. */
export type TableProblem = Readonly<{
  code: ErrorCode;
  sheet: string | null;
  row: number | null;
  column: string | null;
  found: string;
}>;

/** One row as a record, with where it stands. */
export type ReadRow<T> = Readonly<{ record: T; row: number }>;
export type ReadTable<T> = Readonly<{
  sheet: string | null;
  rows: readonly ReadRow<T>[];
  problems: readonly TableProblem[];
}>;

/** What a cell of a row holds, by its column's name; a cell that is not written as its column asks is a problem of the row. */
export type Cells = Readonly<{
  text: (column: string) => string;
  /** A whole number; null where the cell is empty. */
  whole: (column: string) => number | null;
  /** One of some words; the first where the cell is empty. */
  word: <W extends string>(column: string, words: readonly W[]) => W;
  /** What `read` makes of the cell; `empty` where it can't. */
  list: <T>(column: string, read: (cell: string) => T | undefined, empty: T, form: string) => T;
}>;

export type ColumnNeeds = Readonly<{ name: string; required: boolean }>;

const shown = 200;

/** Reads the rows under a header by their columns' names, in any order; each row as `make` makes it of its cells. Empty rows are left out. */
export function readRows<T>(table: Table, columns: readonly ColumnNeeds[], make: (cells: Cells) => T): ReadTable<T> {
  const { sheet } = table;
  const [header = []] = table.rows;
  const { places, problems } = readHeader(sheet, header, columns);
  if (problems.length > 0) return { sheet, rows: [], problems };
  const rows: ReadRow<T>[] = [];
  for (const [index, cells] of table.rows.entries()) {
    if (index === 0 || cells.every((cell) => cell.trim() === "")) continue;
    const row = index + 1;
    const own: TableProblem[] = [];
    const wrong = (column: string, found: string) =>
      own.push({ code: "cell_unreadable", sheet, row, column, found: found.slice(0, shown) });
    const record = make(cellsOf(cells, places, columns, wrong));
    if (own.length === 0) rows.push({ record, row });
    problems.push(...own);
  }
  return { sheet, rows, problems };
}

function readHeader(
  sheet: string | null,
  header: readonly string[],
  columns: readonly ColumnNeeds[],
): { places: Map<string, number>; problems: TableProblem[] } {
  const places = new Map<string, number>();
  const problems: TableProblem[] = [];
  for (const [index, cell] of header.entries()) {
    const name = plain(cell);
    if (name === "") continue;
    const column = columns.find((one) => plain(one.name) === name);
    const place = { sheet, row: 1, column: columnLetter(index) };
    if (column === undefined)
      problems.push({
        ...place,
        code: "cell_unreadable",
        found: `${cell.trim().slice(0, shown)}, a column that the template has not`,
      });
    else if (places.has(column.name))
      problems.push({ ...place, code: "cell_unreadable", found: `${column.name}, a second time` });
    else places.set(column.name, index);
  }
  const missing = columns.filter((one) => one.required && !places.has(one.name)).map((one) => one.name);
  if (missing.length > 0)
    problems.push({ code: "missing_columns", sheet, row: 1, column: null, found: missing.join(", ") });
  return { places, problems };
}

function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, " ");
}

function cellsOf(
  cells: readonly string[],
  places: ReadonlyMap<string, number>,
  columns: readonly ColumnNeeds[],
  wrong: (column: string, found: string) => void,
): Cells {
  const text = (column: string): string => cells[places.get(column) ?? -1]?.trim() ?? "";
  for (const { name, required } of columns)
    if (required && text(name) === "") wrong(name, "nothing, and something is needed here");
  return {
    text,
    whole: (column) => {
      const cell = text(column);
      if (cell === "") return null;
      if (/^\d{1,15}(\.0+)?$/.test(cell)) return Number(cell);
      wrong(column, `${cell}, not a whole number without separators`);
      return null;
    },
    word: (column, words) => {
      const cell = text(column).toLowerCase();
      const [first] = words;
      const found = cell === "" ? first : words.find((word) => word === cell);
      if (found === undefined) wrong(column, `${cell}, not one of ${words.join(", ")}`);
      return found ?? (first as (typeof words)[number]);
    },
    list: (column, read, empty, form) => {
      const cell = text(column);
      if (cell === "") return empty;
      const found = read(cell);
      if (found === undefined) wrong(column, `${cell}, not written as ${form}`);
      return found ?? empty;
    },
  };
}
