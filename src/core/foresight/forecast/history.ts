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

/** The months that anything is dated to. What an earlier release dated and a later one took back leaves a cell of nothing there: that is no date of the record. */
function monthsOf(cells: readonly HistoryCell[]): number[] {
  const months = cells.flatMap((cell) => (cell.amount === 0 || cell.month === null ? [] : [cell.month]));
  return [...new Set(months)].sort((one, other) => one - other);
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

/** New giving a month over all of the record: a year's giving is lumpy, and of several years the mean tells more than the last. What has no date came in it too. */
export function meanPaceOf(course: Course): number {
  return Math.max(0, course.sums.at(-1) ?? 0) / Math.max(1, historyMonths(course));
}

/**
 * New giving a month in stretches of so many months at the least before the end of the course, the latest first. They begin and end where the record says what
 * stood: a straight line between two points is no observation of steady giving.
 */
function stretchesOf({ months, sums }: Course, length: number): number[] {
  const found: number[] = [];
  let end = months.length - 1;
  for (let from = end - 1; from >= 0; from -= 1) {
    const span = (months[end] ?? 0) - (months[from] ?? 0);
    if (span < length) continue;
    found.push(((sums[end] ?? 0) - (sums[from] ?? 0)) / span);
    end = from;
  }
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
    const little = (smallPart * (course.sums.at(-1) ?? 0)) / 12;
    if (little <= 0) return [];
    const years = stretchesOf(course, 12);
    const stretches = years.length > 1 ? years : stretchesOf(course, shortest);
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
