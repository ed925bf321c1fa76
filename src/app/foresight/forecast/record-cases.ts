import type { BindingClass } from "#core/bindingness.ts";
import { fit, type Fitted, type Known } from "#core/foresight/forecast/fit.ts";
import { coursesOf, paceOf, stoodAt, type Course } from "#core/foresight/forecast/history.ts";
import type { ForecastModel } from "#core/foresight/forecast/model.ts";
import { monthNumber, monthText } from "#core/foresight/forecast/months.ts";
import type { ForecastPolicy } from "#core/foresight/forecast/policy.ts";
import type { Case } from "#core/foresight/forecast/score.ts";
import { daysInMonth } from "#core/frame.ts";
import type { RecordCase } from "#core/views-forecast.ts";
import type { Database } from "#store/database.ts";
import { releasesOf } from "#store/release-lines.ts";
import { knownAt, type CellsRead } from "./known.ts";

const leastMonths = 11; // a year, or nearly
const classesLookedAt: readonly BindingClass[] = ["bound", "placed", "moved"];

export type Origin = Readonly<{ day: string; release: string; until: string | null }>;
export type About = Readonly<{
  origin: Origin;
  kind: RecordCase["kind"];
  class: BindingClass;
  giver: string;
  outcomeOn: number;
  toldNow: number; // what the latest knowledge says stood when the origin's record ended
}>;
export type Found = Case & About;

/** A case before its band is known, and what the band is made of. */
export type Open = Omit<Case, "band"> &
  About &
  Readonly<{ model: ForecastModel; place: number; lines: readonly number[] }>;

type Asked = Readonly<{ bookNo: number; book: string; knownTo: string }>;

/** Every case of a book: a giver in a class at an origin, with what came of it. What is read for more than one origin is read once. */
export async function openCases(db: Database, asked: Asked, policy: ForecastPolicy): Promise<Open[]> {
  const { bookNo, book, knownTo } = asked;
  const before: CellsRead = new Map();
  const read = async (day: string, until: string | null): Promise<Known> =>
    knownAt(db, { bookNo, book, knownAt: day, until, horizon: 12 }, policy, before);
  const latest = await read(knownTo, null);
  const courses = coursesOf(latest.vintages, startOf(policy, book));
  const releases = (await releasesOf(db, bookNo)).filter((release) => release.publishedOn < knownTo);
  const seen = new Set<string>();
  const found: Open[] = [];
  for (const day of [...new Set(releases.map((release) => release.publishedOn))].sort()) {
    const release = releases
      .filter((one) => one.publishedOn === day)
      .map((one) => one.name)
      .join("; ");
    found.push(...casesOf(await read(day, null), { day, release, until: null }, courses, policy, seen));
  }
  const cut = new Set<string>();
  for (const month of cutMonths(courses)) {
    const until = lastDay(month);
    const origin = { day: until, release: `the latest record up to ${monthText(month)}`, until };
    found.push(...casesOf(await read(knownTo, until), origin, courses, policy, cut));
  }
  return found;
}

function startOf(policy: ForecastPolicy, book: string): number | undefined {
  const from = policy.books[book]?.from;
  return from === undefined ? undefined : monthNumber(from) - 1;
}

/** The last day of a month by its number. */
export function lastDay(month: number): string {
  const text = monthText(month);
  return `${text}-${daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5)))}`;
}

/** The ends of calendar years at which the latest record can be cut: it says what stood then and a year later. */
function cutMonths(courses: readonly Course[]): number[] {
  const months = courses.flatMap((course) => (course.class === "bound" ? course.months.slice(1) : []));
  const last = Math.max(...months);
  return [...new Set(months)].filter((month) => month % 12 === 11 && month + leastMonths <= last).sort((a, b) => a - b);
}

function casesOf(
  known: Known,
  origin: Origin,
  latest: readonly Course[],
  policy: ForecastPolicy,
  seen: Set<string>,
): Open[] {
  const fitted = fit(known, policy);
  return classesLookedAt.flatMap((name) => {
    const recordTo = fitted.recordTo.get(name);
    const later = latest.filter((course) => course.class === name);
    if (recordTo === undefined || later.length === 0) return [];
    const outcomeOn = outcomeMonth(later, recordTo);
    const key = `${name} ${recordTo}`;
    if (outcomeOn === undefined || seen.has(key)) return [];
    seen.add(key);
    return giverCases(fitted, known, policy, { name, recordTo, outcomeOn, later, origin });
  });
}

/** The first month, nearly a year or more after one, at the end of which the latest record says what stood. */
function outcomeMonth(later: readonly Course[], recordTo: number): number | undefined {
  return later[0]?.months.find((month) => month >= recordTo + leastMonths);
}

type Looked = Readonly<{
  name: BindingClass;
  recordTo: number;
  outcomeOn: number;
  later: readonly Course[];
  origin: Origin;
}>;

function giverCases(
  { model, base }: Fitted,
  known: Known,
  policy: ForecastPolicy,
  { name, recordTo, outcomeOn, later, origin }: Looked,
): Open[] {
  const place = model.classes.indexOf(name);
  const courses = coursesOf(known.vintages, startOf(policy, known.book)).filter((course) => course.class === name);
  const outcomes = stoodBy(later, outcomeOn);
  const thens = stoodBy(later, recordTo);
  const further = stretched(model, outcomeOn - base);
  const isFirst = model.classes.find((one) => one !== "said") === name;
  return model.givers.flatMap((giver, index): Open[] => {
    const lines = further.lines.flatMap((line, at) => (line.giver === index && line.class === place ? [at] : []));
    const stands = lines.reduce((sum, at) => sum + (further.lines[at]?.stock ?? 0), 0);
    const outcome = outcomes.get(giver);
    if (stands <= 0 || outcome === undefined) return [];
    const open = known.open.reduce((sum, one) => (one.giver === giver && isFirst ? sum + one.amount : sum), 0);
    const own = courses.filter((course) => course.giver === giver);
    const pace = own.reduce((sum, course) => sum + paceOf(course), 0);
    return [
      {
        origin,
        kind: origin.until === null ? "as-known" : "hindsight",
        class: name,
        giver,
        outcomeOn,
        toldNow: thens.get(giver) ?? 0,
        stands,
        outcome,
        promised: stands + open,
        pace: stands + pace * (outcomeOn - recordTo),
        model: further,
        place,
        lines,
      },
    ];
  });
}

/** What each giver stood at by the end of a month. */
function stoodBy(courses: readonly Course[], month: number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const course of courses) sums.set(course.giver, (sums.get(course.giver) ?? 0) + stoodAt(course, month));
  return sums;
}

/** A model over so many months, new giving going on as in its last month. */
function stretched<M extends Fitted["model"]>(model: M, months: number): M {
  const fill = (array: Float64Array) =>
    Float64Array.from({ length: months }, (_, at) => array[Math.min(at, array.length - 1)] ?? 0);
  const keep = (array: Float64Array) => Float64Array.from({ length: months }, (_, at) => array[at] ?? 0);
  return {
    ...model,
    months,
    lines: model.lines.map((line) => ({ ...line, fresh: fill(line.fresh), planned: keep(line.planned) })),
  };
}
