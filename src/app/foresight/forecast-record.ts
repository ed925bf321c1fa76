import { monthText } from "#core/foresight/forecast/months.ts";
import { coverageOf, isInside, lossesOf, rules, type Case, type Rule } from "#core/foresight/forecast/score.ts";
import type { Answer, Task } from "#core/foresight/forecast/tasks.ts";
import { present } from "#core/present.ts";
import type { ForecastRecord, RecordCase, RecordGroup, RecordSummary, RuleScore } from "#core/views-forecast.ts";
import type { Database } from "#store/database.ts";
import { partyNames } from "#store/register.ts";
import { book as listedBook, requireBook } from "../books.ts";
import { forecastUnit } from "./forecast/known.ts";
import { forecastPolicy } from "./forecast/policy.ts";
import { lastDay, openCases, type About, type Found, type Open } from "./forecast/record-cases.ts";
import { remembered } from "./forecast/remember.ts";
import { runStages, type ForecastHooks } from "./forecast/pool.ts";
import { estimate } from "./forecast/view.ts";

// A band's edge by 1,000 paths lies within a hundredth of the level asked for (standard error), where the share of 145 cases in the band is known to 3.3 hundredths.
const recordPaths = 1000;
const recordSeed = 1;
const toldOtherwise = 0.2; // of what stood: by so much the past is told otherwise, where it is said to be

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

type Looked = Readonly<{ cases: readonly Found[]; wholes: ReadonlyMap<string, Found> }>;

function originKey({ kind, origin, class: name }: About): string {
  return `${kind} ${origin.day} ${name}`;
}

/** Works the bands of all cases out in threads, and of all givers of an origin and class together. */
async function bandsFor(open: readonly Open[], hooks: ForecastHooks): Promise<Looked> {
  if (open.length === 0) return { cases: [], wholes: new Map() };
  const together = [...Map.groupBy(open, originKey).values()].map(togetherOf);
  const models = [...new Set(open.map((one) => one.model))];
  const work = {
    models: Object.fromEntries(models.map((model, index) => [String(index), model])),
    whole: "0",
    running: { seed: recordSeed, paths: recordPaths },
    target: null,
    paths: new Float64Array(0),
  };
  const all = [...open, ...together];
  const tasks = all.map(({ model, lines }): Task => ({
    kind: "group",
    model: String(models.indexOf(model)),
    lines,
    kept: [model.months - 1],
  }));
  const [answers] = await runStages(work, [{ step: "Looking back", weight: 1, tasks }], hooks);
  const found = all.map(({ model: _model, place, lines: _lines, ...one }, at): Found => {
    const answer = answers?.[at] as Answer["group"] | undefined;
    return { ...one, band: present(answer?.bands[place]?.[0], `the band of ${originKey(one)} ${one.giver}`) };
  });
  return {
    cases: found.slice(0, open.length),
    wholes: new Map(found.slice(open.length).map((one) => [originKey(one), one])),
  };
}

/** All cases of an origin and class as one. */
function togetherOf(own: readonly Open[]): Open {
  const [first] = own as readonly [Open];
  const sum = (of: (one: Open) => number) => own.reduce((all, one) => all + of(one), 0);
  return {
    ...first,
    giver: "",
    lines: own.flatMap((one) => one.lines),
    stands: sum((one) => one.stands),
    toldNow: sum((one) => one.toldNow),
    outcome: sum((one) => one.outcome),
    promised: sum((one) => one.promised),
    pace: sum((one) => one.pace),
  };
}

function recordOf(
  { slug, knownTo }: Readonly<{ slug: string; knownTo: string | null }>,
  { cases, wholes }: Looked,
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
    origins: groupsOf(cases, originKey, originName, (key) => wholes.get(key)),
    givers: groupsOf(
      asKnown,
      (one) => one.giver,
      (one) => names.get(one.giver) ?? one.giver,
      () => undefined,
    ),
    cases: cases.map((one) => caseView(one, names)),
    notes: [...(asKnown.length === 0 ? [] : [toldNote(asKnown), wholeNote([...wholes.values()])]), ...recordNotes],
  };
}

const recordNotes = [
  "An outcome is what the latest knowledge says stood at the end of the first month on record at least eleven months after the record of the origin ended.",
  "Everything promised on time: what stands, and all that was announced and had gone no further. Last year's pace: what stands, and new giving as in the last year on record (or what there is of it).",
  "A rule that says one figure says it for P10, P50 and P90 alike; its pinball loss is half of what it is off by.",
  "Later releases revise what they say of the past; cases as known have that against them, cases with hindsight do not.",
  "Givers of which nothing was on record at an origin are no cases: nobody could have forecast them.",
  "How far a year lies from a giver's rate, and how often it brings nothing, were stated by what came in 2022 and 2023: cases whose outcome lies there are no test of those two figures, later ones are. The form of the model was changed twice after a look at the cases: that a short record makes a pace uncertain and givers fall silent; and that a pace is the mean of all years on record, drawn toward the group's, and no median of the last.",
  "The few origins overlap in time and share their outcomes, so that cases are not independent.",
] as const;

/** How much of what missed the band is new giving, and how much the past told otherwise. */
function toldNote(cases: readonly Found[]): string {
  const alike = cases.filter((one) => Math.abs(one.toldNow - one.stands) <= toldOtherwise * one.stands);
  const otherwise = cases.filter((one) => !alike.includes(one));
  const net = cases.map((one) => ({ ...one, outcome: one.outcome - (one.toldNow - one.stands) }));
  const share = (of: readonly Found[]) => {
    const part = coverageOf(of);
    return part === null ? "none" : `${Math.round(100 * part)} % of ${of.length}`;
  };
  return `In the band as known then: ${share(alike)} whose past the latest knowledge tells as it was told then, within a fifth; ${share(otherwise)} whose past it tells otherwise. Without what it tells otherwise, of new giving alone, ${share(net)}.`;
}

function wholeNote(wholes: readonly Found[]): string {
  const above = wholes.filter((one) => one.outcome > one.band.p50).length;
  return `All givers of a release or cut and class together came out in the band in ${wholes.filter(isInside).length} of ${wholes.length}, and above P50 in ${above}: a few large givers may give several times their pace, which lifts the mean of a whole more than its median.`;
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

function wholeView(one: Found | undefined): RecordGroup["whole"] {
  if (one === undefined) return null;
  const { band, outcome } = one;
  return {
    p10: estimate(band.p10),
    p50: estimate(band.p50),
    p90: estimate(band.p90),
    outcome: estimate(outcome),
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
  wholeOf: (key: string) => Found | undefined,
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
            whole: wholeView(wholeOf(key)),
          },
        ];
  });
}
