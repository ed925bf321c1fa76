import type { BindingClass, Stream } from "../../bindingness.ts";
import { logarithm } from "./elementary.ts";

/** What came on record of a giver in a stream and class in a month (its number; null where no date is given). Major units. */
export type HistoryCell = Readonly<{
  giver: string;
  stream: Stream;
  class: BindingClass;
  month: number | null;
  amount: number;
}>;

/** The record as it stood after a release, or, the last one, as it stands at the forecast's knowledge. */
export type Vintage = Readonly<{ cells: readonly HistoryCell[] }>;

/** What a giver in a stream and class stood at by the end of some months, in order; the first is the month before the record begins, with what has no date. */
export type Course = Readonly<{
  giver: string;
  stream: Stream;
  class: BindingClass;
  months: readonly number[];
  sums: readonly number[];
}>;

/**
 * Each giver's course in each stream and class. Where the last vintage dates what it holds, its dates are taken; where it dates everything to one month (a
 * release that prints totals only), the totals of the vintages before it are the earlier points.
 * @param startOf the month before the first that counts, by book policy; undefined: the gap between the first two points is taken
 */
export function coursesOf(vintages: readonly Vintage[], start: number | undefined): Course[] {
  const last = vintages.at(-1)?.cells ?? [];
  return [...Map.groupBy(last, (cell) => cell.class)].flatMap(([bindingClass, cells]) => {
    const dated = monthsOf(cells);
    const isDated = dated.length > 1;
    const points = isDated
      ? dated.map((month) => ({
          month,
          sums: sumsBy(cells.filter((cell) => cell.month === null || cell.month <= month)),
        }))
      : vintagePoints(vintages, bindingClass);
    const months = points.map((point) => point.month);
    const first = months[0];
    if (first === undefined) return [];
    const before = start ?? first - Math.max(1, (months[1] ?? first + 12) - first);
    const undated = isDated ? sumsBy(cells.filter((cell) => cell.month === null)) : new Map<string, number>();
    return [...Map.groupBy(cells, keyOf)].map(([key, own]): Course => {
      const { giver, stream } = own[0] as HistoryCell;
      const sums = [undated.get(key) ?? 0, ...points.map((point) => point.sums.get(key) ?? 0)];
      return { giver, stream, class: bindingClass, months: [Math.min(before, first - 1), ...months], sums };
    });
  });
}

function keyOf({ giver, stream }: HistoryCell): string {
  return `${giver}/${stream}`;
}

function sumsBy(cells: readonly HistoryCell[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const cell of cells) sums.set(keyOf(cell), (sums.get(keyOf(cell)) ?? 0) + cell.amount);
  return sums;
}

function monthsOf(cells: readonly HistoryCell[]): number[] {
  return [...new Set(cells.flatMap((cell) => cell.month ?? []))].sort((one, other) => one - other);
}

function vintagePoints(
  vintages: readonly Vintage[],
  bindingClass: BindingClass,
): Readonly<{ month: number; sums: ReadonlyMap<string, number> }>[] {
  const points: Readonly<{ month: number; sums: ReadonlyMap<string, number> }>[] = [];
  for (const { cells } of vintages) {
    const own = cells.filter((cell) => cell.class === bindingClass);
    const month = monthsOf(own).at(-1);
    if (month === undefined) continue;
    while ((points.at(-1)?.month ?? -1) >= month) points.pop();
    points.push({ month, sums: sumsBy(own) });
  }
  return points;
}

/** What a course stood at by the end of a month: between its points in a straight line, before the first and after the last as they stand. */
export function stoodAt({ months, sums }: Pick<Course, "months" | "sums">, month: number): number {
  const after = months.findIndex((point) => point >= month);
  if (after === -1) return sums.at(-1) ?? 0;
  const high = sums[after] ?? 0;
  if (after === 0) return high;
  const from = months[after - 1] ?? 0;
  const low = sums[after - 1] ?? 0;
  return low + ((high - low) * (month - from)) / ((months[after] ?? 0) - from);
}

/** New giving a month over the last year on record, or over what there is of it; never below 0. */
export function paceOf(course: Course): number {
  const end = course.months.at(-1) ?? 0;
  const from = Math.max(course.months[0] ?? 0, end - 12);
  return Math.max(0, (stoodAt(course, end) - stoodAt(course, from)) / (end - from));
}

export function historyMonths({ months }: Course): number {
  return (months.at(-1) ?? 0) - (months[0] ?? 0);
}

/** New giving in stretches of so many months before the end of the course, the latest first. */
function stretchesOf(course: Course, length: number): number[] {
  const end = course.months.at(-1) ?? 0;
  const found: number[] = [];
  for (let from = end - length; from >= (course.months[0] ?? 0); from -= length)
    found.push(stoodAt(course, from + length) - stoodAt(course, from));
  return found;
}

const smallPart = 0.01; // of what stands: below it a year's giving is as good as nothing
const largestChange = 3; // in logarithms
const shortest = 6; // months: what is shorter tells nothing of a year

/** New giving of a year as seen from the year before. `silent`: none to speak of; otherwise by how much it changed, in logarithms. */
type Change = Readonly<{ silent: boolean; change: number }>;

/**
 * How new giving changed from one year to the next, over all courses and years on record; where less than two years are, from the first half of the record to
 * the second.
 */
function allChanges(courses: readonly Course[]): Change[] {
  return courses.flatMap((course) => {
    const little = smallPart * (course.sums.at(-1) ?? 0);
    const length = Math.min(12, Math.floor(historyMonths(course) / 2));
    if (length < shortest || little <= 0) return [];
    const stretches = stretchesOf(course, length);
    return stretches.slice(1).flatMap((earlier, index): Change[] => {
      const later = stretches[index] ?? 0;
      if (earlier <= little) return [];
      const change = logarithm(Math.max(little, later) / earlier);
      return [{ silent: later <= little, change: Math.min(largestChange, Math.max(-largestChange, change)) }];
    });
  });
}

/** The changes of those who went on giving, in logarithms, and how many of all did not. */
export function changesOf(
  courses: readonly Course[],
): Readonly<{ changes: readonly number[]; silent: number; seen: number }> {
  const all = allChanges(courses);
  const silent = all.filter((one) => one.silent).length;
  return { changes: all.flatMap((one) => (one.silent ? [] : [one.change])), silent, seen: all.length };
}
