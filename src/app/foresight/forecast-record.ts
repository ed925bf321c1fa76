import type { BindingClass } from "#core/bindingness.ts";
import { fit, type Fitted, type Known } from "#core/foresight/forecast/fit.ts";
import { coursesOf, paceOf, stoodAt, type Course } from "#core/foresight/forecast/history.ts";
import { monthNumber, monthText } from "#core/foresight/forecast/months.ts";
import type { ForecastModel } from "#core/foresight/forecast/model.ts";
import type { ForecastPolicy } from "#core/foresight/forecast/policy.ts";
import { coverageOf, isInside, lossesOf, rules, type Case, type Rule } from "#core/foresight/forecast/score.ts";
import type { Answer, Task } from "#core/foresight/forecast/tasks.ts";
import { daysInMonth } from "#core/frame.ts";
import type { ForecastRecord, RecordCase, RecordGroup, RecordSummary, RuleScore } from "#core/views-forecast.ts";
import type { Database } from "#store/database.ts";
import { partyNames } from "#store/register.ts";
import { releasesOf } from "#store/release-lines.ts";
import { book as listedBook, requireBook } from "../books.ts";
import { knownAt, forecastUnit } from "./forecast/known.ts";
import { forecastPolicy } from "./forecast/policy.ts";
import { remembered } from "./forecast/remember.ts";
import { runStages, type ForecastHooks } from "./forecast/pool.ts";
import { estimate } from "./forecast/view.ts";

const recordPaths = 2000;
const recordSeed = 1;
const leastMonths = 11; // a year, or nearly
const classesLookedAt: readonly BindingClass[] = ["bound", "placed", "moved"];

type Origin = Readonly<{ day: string; release: string; until: string | null }>;
type About = Readonly<{
  origin: Origin;
  kind: RecordCase["kind"];
  class: BindingClass;
  giver: string;
  outcomeOn: number;
}>;
type Found = Case & About;

/** A case before its band is known, and what the band is made of. */
type Open = Omit<Case, "band"> & About & Readonly<{ model: ForecastModel; place: number; lines: readonly number[] }>;

/**
 * How the forecast's own past did: made anew as it would have been made on the day of each release, beside what the latest knowledge says came about a year
 * later, and beside two naive rules. Apart from it the same with hindsight: the latest record cut at a day. It is remembered until the record changes.
 * @throws MainstayError unknown_book, forecast_cancelled, forecast_failed, forecast_desk_full
 */
export async function forecastRecord(db: Database, slug: string, hooks: ForecastHooks = {}): Promise<ForecastRecord> {
  await requireBook(db, slug);
  return remembered(db, { kind: "record", slug }, hooks.signal, async () => lookBack(db, slug, hooks));
}

const looked = new WeakMap<Database, Map<string, ForecastRecord>>();

/** The same without waiting for a turn, for a forecast that has its own. */
export async function lookBack(db: Database, slug: string, hooks: ForecastHooks): Promise<ForecastRecord> {
  const { no: bookNo } = await requireBook(db, slug);
  const { knownTo, postings, releases } = await listedBook(db, slug);
  const kept = looked.get(db) ?? new Map<string, ForecastRecord>();
  looked.set(db, kept);
  const key = `${slug} ${knownTo} ${postings} ${releases}`;
  const before = kept.get(key);
  if (before !== undefined) return before;
  const policy = forecastPolicy();
  const names = await partyNames(db);
  const open = knownTo === null ? [] : await openCases(db, { bookNo, book: slug, knownTo }, policy);
  const record = recordOf({ slug, knownTo }, await bandsFor(open, hooks), names);
  kept.set(key, record);
  return record;
}

/** Works the bands of all cases out in threads. */
async function bandsFor(open: readonly Open[], hooks: ForecastHooks): Promise<Found[]> {
  if (open.length === 0) return [];
  const models = [...new Set(open.map((one) => one.model))];
  const work = {
    models: Object.fromEntries(models.map((model, index) => [String(index), model])),
    whole: "0",
    running: { seed: recordSeed, paths: recordPaths },
    target: null,
    paths: new Float64Array(0),
  };
  const tasks = open.map(({ model, lines }): Task => ({
    kind: "group",
    model: String(models.indexOf(model)),
    lines,
    kept: [model.months - 1],
  }));
  const [answers] = await runStages(work, [{ step: "Looking back", weight: 1, tasks }], hooks);
  return open.flatMap(({ model: _model, place, lines: _lines, ...one }, at) => {
    const answer = answers?.[at] as Answer["group"] | undefined;
    const band = answer?.bands[place]?.[0];
    return band === undefined ? [] : [{ ...one, band }];
  });
}

function recordOf(
  { slug, knownTo }: Readonly<{ slug: string; knownTo: string | null }>,
  cases: readonly Found[],
  names: ReadonlyMap<string, string>,
): ForecastRecord {
  const asKnown = cases.filter((one) => one.kind === "as-known");
  return {
    book: slug,
    unit: forecastUnit,
    paths: recordPaths,
    seed: recordSeed,
    summary: summaryOf(asKnown, knownTo),
    hindsight: summaryOf(
      cases.filter((one) => one.kind === "hindsight"),
      knownTo,
    ),
    origins: groupsOf(cases, (one) => `${one.kind} ${one.origin.day} ${one.class}`, originName),
    givers: groupsOf(
      asKnown,
      (one) => one.giver,
      (one) => names.get(one.giver) ?? one.giver,
    ),
    cases: cases.map((one) => caseView(one, names)),
    notes: recordNotes,
  };
}

const recordNotes = [
  "An outcome is what the latest knowledge says stood at the end of the first month on record at least eleven months after the record of the origin ended.",
  "Everything promised on time: what stands, and all that was announced and had gone no further. Last year's pace: what stands, and new giving as in the last year on record (or what there is of it).",
  "A rule that says one figure says it for P10, P50 and P90 alike; its pinball loss is half of what it is off by.",
  "Later releases revise what they say of the past; cases as known have that against them, cases with hindsight do not.",
  "Givers of which nothing was on record at an origin are no cases: nobody could have forecast them.",
  "No figure of the model was fitted to the cases. Its form was changed once after a first look at them: that a pace known from a few months only is itself uncertain, and that a giver may fall silent, came in then. The few origins overlap in time and share their outcomes, so that cases are not independent.",
] as const;

type Asked = Readonly<{ bookNo: number; book: string; knownTo: string }>;

async function openCases(db: Database, asked: Asked, policy: ForecastPolicy): Promise<Open[]> {
  const { bookNo, book, knownTo } = asked;
  const read = async (day: string, until: string | null): Promise<Known> =>
    knownAt(db, { bookNo, book, knownAt: day, until, horizon: 12 }, policy);
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

function lastDay(month: number): string {
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
  const outcomes = new Map<string, number>();
  for (const course of later)
    outcomes.set(course.giver, (outcomes.get(course.giver) ?? 0) + stoodAt(course, outcomeOn));
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

function caseView(one: Found, names: ReadonlyMap<string, string>): RecordCase {
  return {
    origin: one.origin.day,
    release: one.origin.release,
    kind: one.kind,
    class: one.class,
    giver: one.giver,
    name: names.get(one.giver) ?? one.giver,
    outcomeOn: lastDay(one.outcomeOn),
    outcome: estimate(one.outcome),
    p10: estimate(one.band.p10),
    p50: estimate(one.band.p50),
    p90: estimate(one.band.p90),
    inside: isInside(one),
    promised: estimate(one.promised),
    pace: estimate(one.pace),
  };
}

const ruleTitles: Readonly<Record<Rule, string>> = {
  model: "The forecast",
  promised: "Everything promised on time",
  pace: "Last year's pace",
};

function scoreOf(rule: Rule, cases: readonly Case[]): RuleScore {
  const { pinball, relative, bias } = lossesOf(rule, cases);
  return {
    rule,
    title: ruleTitles[rule],
    pinball: estimate(pinball),
    relative: rounded(relative),
    bias: estimate(bias),
  };
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000 + 0;
}

function beats(cases: readonly Case[], of: "pinball" | "relative"): boolean {
  const [model = 0, ...others] = rules.map((rule) => lossesOf(rule, cases)[of]);
  return others.every((loss) => model < loss);
}

function summaryOf(cases: readonly Case[], knownAt: string | null): RecordSummary {
  if (cases.length === 0)
    return {
      knownAt,
      cases: 0,
      coverage: null,
      rules: [],
      says: "No release on record is old enough to look back from.",
    };
  const coverage = coverageOf(cases);
  const worse = rules
    .slice(1)
    .filter((rule) => lossesOf(rule, cases).pinball <= lossesOf("model", cases).pinball)
    .map((rule) => ruleTitles[rule].toLowerCase());
  const better =
    worse.length === 0
      ? "Its pinball loss is below that of both naive rules"
      : `It does no better than: ${worse.join(", and ")}`;
  const each = beats(cases, "relative")
    ? "; so it is where every giver counts alike."
    : worse.length === 0
      ? "; where every giver counts alike it is not."
      : "; nor where every giver counts alike.";
  const share = Math.round(100 * (coverage ?? 0));
  const aim = share >= 75 && share <= 85 ? "as aimed at (75 to 85 %)" : "where 75 to 85 % is the aim";
  return {
    knownAt,
    cases: cases.length,
    coverage: coverage === null ? null : rounded(coverage),
    rules: rules.map((rule) => scoreOf(rule, cases)),
    says: `${share} % of ${cases.length} outcomes lie in the 80 % band, ${aim}. ${better}${each}`,
  };
}

function originName({ origin, class: name, kind, outcomeOn }: Found): string {
  const how = kind === "as-known" ? `as known at ${origin.day}` : `with hindsight, up to ${origin.day}`;
  return `${name}, ${how}, for ${monthText(outcomeOn)}`;
}

function groupsOf(
  cases: readonly Found[],
  keyOf: (one: Found) => string,
  nameOf: (one: Found) => string,
): RecordGroup[] {
  return [...Map.groupBy(cases, keyOf)].flatMap(([key, own]) => {
    const [first] = own;
    return first === undefined
      ? []
      : [
          {
            key,
            name: nameOf(first),
            cases: own.length,
            coverage: rounded(coverageOf(own) ?? 0),
            rules: rules.map((rule) => scoreOf(rule, own)),
            beats: beats(own, "pinball"),
          },
        ];
  });
}
