import type { BindingClass } from "../../../src/core/bindingness.ts";
import type { PromiseRow } from "../../../src/core/views.ts";
import { lengthOf, sumOf } from "../format/amounts.ts";
import { isMoney } from "../format/units.ts";

/** Filtering, ordering and grouping of the promises table: pure, so that ten thousand rows can be arranged between two frames. */

/** Stands in the unit filter for every unit that is not money: there are hundreds of kinds of items. */
export const itemsUnit = "items";

export type Filters = Readonly<{
  q?: string | undefined;
  donor?: string | undefined;
  category?: string | undefined;
  stream?: string | undefined;
  unit?: string | undefined;
}>;
export const sortKeys = ["announced", "donor", "category", "title", "unit", "original", "amount", "furthest"] as const;
export type SortKey = (typeof sortKeys)[number];
export type Sort = Readonly<{ key: SortKey; down: boolean }>;
export const groupKeys = ["donor", "category", "stream"] as const;
export type GroupKey = (typeof groupKeys)[number];

export type Line =
  | Readonly<{ kind: "group"; name: string; count: number; amount: string | null; unknown: number }>
  | Readonly<{ kind: "row"; row: PromiseRow }>;

/** "-amount" is by amount, largest first. Anything else not understood is by amount too. */
export function readSort(text: string | undefined): Sort {
  const key = sortKeys.find((name) => name === text?.replace(/^-/, ""));
  return key === undefined ? { key: "amount", down: true } : { key, down: text?.startsWith("-") === true };
}

export function writeSort(sort: Sort): string | undefined {
  return sort.key === "amount" && sort.down ? undefined : `${sort.down ? "-" : ""}${sort.key}`;
}

/** The rows that pass every filter; words are looked for in title, code and giver, all of them, in any order. */
export function filterRows(rows: readonly PromiseRow[], filters: Filters): readonly PromiseRow[] {
  const words = (filters.q ?? "")
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return rows.filter((row) => {
    if (filters.donor !== undefined && row.donor !== filters.donor) return false;
    if (filters.category !== undefined && row.category !== filters.category) return false;
    if (filters.stream !== undefined && row.stream !== filters.stream) return false;
    if (filters.unit === itemsUnit ? isMoney(row.unit) : filters.unit !== undefined && row.unit !== filters.unit)
      return false;
    if (words.length === 0) return true;
    const text = `${row.title} ${row.code} ${row.donorName}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Ordered by one column; what is unknown comes last either way, and equals keep their order. */
export function sortRows(rows: readonly PromiseRow[], sort: Sort, bindingClass: BindingClass): readonly PromiseRow[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row, sort.key, bindingClass) }));
  const turn = sort.down ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return (a.key === null ? 1 : 0) - (b.key === null ? 1 : 0);
    if (typeof a.key === "number" && typeof b.key === "number") return (a.key - b.key) * turn;
    return a.key < b.key ? -turn : a.key > b.key ? turn : 0;
  });
  return keyed.map(({ row }) => row);
}

function keyOf(row: PromiseRow, key: SortKey, bindingClass: BindingClass): string | number | null {
  if (key === "amount") return row.byClass[bindingClass] === null ? null : lengthOf(row.byClass[bindingClass]);
  if (key === "original") return row.original === null ? null : lengthOf(row.original);
  if (key === "announced") return row.announcedOn;
  if (key === "donor") return row.donorName.toLowerCase();
  return key === "furthest" ? row.furthest : row[key].toLowerCase();
}

/** The lines the table draws: rows as they are, or under a line for each group with its count and exact sum, largest group first. */
export function groupRows(
  rows: readonly PromiseRow[],
  group: GroupKey | undefined,
  bindingClass: BindingClass,
  closed: ReadonlySet<string>,
): readonly Line[] {
  if (group === undefined) return rows.map((row) => ({ kind: "row", row }));
  const found = new Map<string, PromiseRow[]>();
  for (const row of rows) {
    const name = group === "donor" ? row.donorName : row[group];
    const list = found.get(name);
    if (list === undefined) found.set(name, [row]);
    else list.push(row);
  }
  const groups = [...found].map(([name, list]) => ({ name, list, ...totalOf(list, bindingClass) }));
  groups.sort((a, b) => lengthOf(b.amount) - lengthOf(a.amount));
  return groups.flatMap(({ name, list, amount, unknown }): readonly Line[] => [
    { kind: "group", name, count: list.length, amount, unknown },
    ...(closed.has(name) ? [] : list.map((row): Line => ({ kind: "row", row }))),
  ]);
}

/** The exact sum of the class over the rows, and how many of them have no amount in it. */
export function totalOf(
  rows: readonly PromiseRow[],
  bindingClass: BindingClass,
): Readonly<{ amount: string | null; unknown: number }> {
  const amounts = rows.map((row) => row.byClass[bindingClass]);
  return { amount: sumOf(amounts), unknown: amounts.filter((amount) => amount === null).length };
}
