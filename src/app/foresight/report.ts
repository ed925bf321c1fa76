import { bindingClasses, type BindingClass } from "#core/bindingness.ts";
import { MainstayError } from "#core/errors.ts";
import { buildReport } from "#core/foresight/report/build.ts";
import type { Ally, ReportFacts } from "#core/foresight/report/facts.ts";
import { givenTable, type Given } from "#core/foresight/report/given.ts";
import { reportPeriod } from "#core/foresight/report/period.ts";
import { boundaryName, describeBasis, describeBoundary, nextDay, parseDay } from "#core/frame.ts";
import { present } from "#core/present.ts";
import type { PledgeReport } from "#core/views-report.ts";
import type { Database } from "#store/database.ts";
import { coverageAt, type Cell, type CoverageRow } from "#store/figures.ts";
import { givenCells, sourcesOf, type GivenCell } from "#store/foresight/report.ts";
import type { StoredFund } from "#store/funds/funds.ts";
import { listGroups } from "#store/groups.ts";
import { partyNames } from "#store/register.ts";
import { book as bookOf } from "../books.ts";
import { dayOf, type Clock } from "../clock.ts";
import { settleProposals } from "../decisions/settle.ts";
import { requireFund } from "../funds/which.ts";
import {
  checkQuestion,
  classIsKnown,
  differencesOf,
  foldNotConverted,
  millionths,
  partialReason,
  unknownReason,
} from "../totals.ts";
import type { AskedReport } from "./report-asked.ts";
import type { ForecastHooks } from "./forecast.ts";
import { forecastFor, indicatorsFor } from "./report-ahead.ts";
import { decisionsIn } from "./report-decisions.ts";
import { fairOf } from "./report-fair.ts";
import { fundFacts } from "./report-fund.ts";

/** What a person may ask a pledge report of, as text. */
export type ReportQuestion = Readonly<{
  fund?: string | undefined; // of which fund; its book and its contributors are then those of the report
  group?: string | undefined; // of whose giving, where there is no fund
  book?: string | undefined;
  period: string;
  knownAt?: string | undefined; // today without it
  boundary?: string | undefined; // the group without it; all where there is no group either
  basis?: string | undefined;
  key?: string | undefined; // a key on the shelf; the fund's own without it, or by GDP
  until?: string | undefined; // to which day the forecast looks; the next summit without it
  forecast?: boolean | undefined; // whether to forecast, which takes a while; it is done without a word on it
}>;

const notAsked = { missing: "The forecast was not asked for." };
const usualBook = "worked-case";

/**
 * The pledge report of a fund, a group or a whole book for a period, as the record stood at the end of a day. Everything in it is cut by the
 * period's last day, or by the day of knowledge where that is earlier.
 * @throws MainstayError period_unreadable, report_period_not_begun, unknown_fund, unknown_group, unknown_key, and those of checkQuestion
 */
export async function pledgeReport(
  db: Database,
  clock: Clock,
  question: ReportQuestion,
  hooks: ForecastHooks = {},
): Promise<PledgeReport> {
  await settleProposals(db, clock);
  const period = reportPeriod(question.period);
  const knownAt = question.knownAt === undefined ? dayOf(clock()) : parseDay(question.knownAt, "known_at");
  if (period.from > knownAt) {
    const found = `${period.id} begins on ${period.from}, after ${knownAt}`;
    throw new MainstayError("report_period_not_begun", found, { field: "known_at" });
  }
  const asOf = period.to < knownAt ? period.to : knownAt;
  const fund = question.fund === undefined ? null : await fundAsked(db, question.fund, question.book);
  const slug = fund?.members ?? question.group;
  const asked = await checkQuestion(db, {
    book: fund?.book ?? question.book ?? usualBook,
    asOf,
    knownAt,
    boundary: question.boundary ?? (slug === undefined ? "all" : `group:${slug}`),
    basis: question.basis,
    unit: fund?.currency,
  });
  const [group] = slug === undefined ? [] : await listGroups(db, { bookNo: asked.book.no, frame: asked.frame }, slug);
  if (slug !== undefined && group === undefined)
    throw new MainstayError("unknown_group", JSON.stringify(slug), { field: "group" });
  const knownBefore = `${nextDay(knownAt)}T00:00:00Z`;
  const book = await bookOf(db, asked.book.slug);
  const until = question.until === undefined ? undefined : parseDay(question.until, "until");
  const { key } = question;
  const boundaryGroup = await groupName(db, asked);
  const report = {
    asked,
    book,
    period,
    asOf,
    knownAt,
    knownBefore,
    fund,
    group: group ?? null,
    boundaryGroup,
    key,
    until,
  };
  const ahead = {
    predictability: await indicatorsFor(db, report),
    forecast: question.forecast === false ? notAsked : await forecastFor(db, clock, report, hooks),
  };
  const decisions = await decisionsIn(db, clock, report);
  return buildReport({ ...(await factsOf(db, report)), ...ahead, decisions });
}

/** The name of the group that a boundary is drawn by; undefined where it is drawn by none. */
async function groupName(db: Database, { book, frame }: AskedReport["asked"]): Promise<string | undefined> {
  if (!("slug" in frame.boundary)) return undefined;
  const [found] = await listGroups(db, { bookNo: book.no, frame }, frame.boundary.slug);
  return found?.name;
}

async function fundAsked(db: Database, id: string, book: string | undefined): Promise<StoredFund> {
  const fund = await requireFund(db, id);
  if (book === undefined || fund.book === book) return fund;
  throw new MainstayError("unknown_fund", `${JSON.stringify(id)}, which is of the book ${fund.book}`, {
    field: "fund",
  });
}

type OfRecord = Omit<ReportFacts, "predictability" | "forecast" | "decisions">;

async function factsOf(db: Database, report: AskedReport): Promise<OfRecord> {
  const { asked, book, period, asOf, knownAt, fund, group } = report;
  const { query, frame, figureFrame, unitScale } = asked;
  const names = await partyNames(db);
  const [cells, coverage, differences, sources, money] = await Promise.all([
    givenCells(db, query, { from: period.from, fundNo: fund?.no ?? null }),
    coverageAt(db, query),
    differencesOf(db, query, names),
    sourcesOf(db, query),
    fund === null ? null : fundFacts(db, fund, report),
  ]);
  const ofClass = (name: BindingClass): GivenCell[] => cells.filter((cell) => cell.class === name);
  const counted = cells.filter((cell) => cell.reason === null);
  const known = bindingClasses.filter((name) =>
    classIsKnown(
      name,
      coverage,
      counted.filter((cell) => cell.class === name),
    ),
  );
  const given = givenTable(counted.filter((cell) => known.some((name) => name === cell.class)).map(givenOf));
  const allies = alliesOf(report, given.cells, names);
  return {
    frame: figureFrame,
    period,
    asOf,
    knownAt,
    synthetic: book.synthetic,
    modelled: fund?.terms.modelled ?? null,
    book: { slug: book.slug, title: book.title, recipient: book.recipient },
    fund: fund === null ? null : { id: fund.id, title: fund.title },
    group: group === null ? null : { slug: group.slug, name: group.name },
    ...(await fairOf(db, report, { given, allies, names, money })),
    unit: frame.unit,
    scale: unitScale,
    boundaryName: boundaryName(frame.boundary, report.boundaryGroup),
    boundaryWords: describeBoundary(frame.boundary, book.recipient, report.boundaryGroup),
    basisWords: describeBasis(frame.basis, frame.unit),
    allies,
    given,
    unknown: new Map(
      bindingClasses
        .filter((name) => !known.includes(name))
        .map((name) => [name, whyUnknown(name, coverage, fund !== null)]),
    ),
    partial: new Map(
      known.flatMap((name) => {
        const reason = partialReason(name, coverage);
        return reason === null ? [] : [[name, reason] as const];
      }),
    ),
    money,
    notCounted: bindingClasses.flatMap((name) =>
      foldNotConverted(ofClass(name).map(asCell)).map((row) => ({ class: name, ...row })),
    ),
    differences,
    sources: sources.map((one) => ({ ...one, publisher: names.get(one.publisher) ?? one.publisher })),
  };
}

/** Why a class is not known, in the words of a release that does state one; what goes through a fund is placed and paid by the fund. */
function whyUnknown(name: BindingClass, coverage: readonly CoverageRow[], ofFund: boolean): string {
  const stating = coverage.filter((row) => row.state === "stated").map((row) => row.release);
  const own = coverage.filter((row) => stating.includes(row.release));
  if (ofFund && coverage.length === 0 && (name === "placed" || name === "moved"))
    return "what goes through the fund is placed and paid by the fund, not by who gives it; see what became of the fund\u2019s money in the annex.";
  return unknownReason(name, own.some((row) => row.class === name && row.reason !== "") ? own : coverage);
}

/** What was given; a step without a day stands in no figure as of a day, and has a reason instead of an amount. */
function givenOf({ donor, class: name, channel, category, span, dated, amount }: GivenCell): Given {
  return {
    donor,
    class: name as BindingClass,
    channel,
    category,
    span: span === "undated" ? "before" : span,
    dated,
    amount: millionths(amount),
  };
}

const asCell = ({ unit, scale, amount, original, postings, reason }: GivenCell): Cell => ({
  dims: [],
  unit,
  scale,
  amount,
  original,
  postings,
  reason,
});

/** The group's members by the report's last day, and everyone else whose giving counts; by name. */
function alliesOf(
  { group, period, asOf, asked }: AskedReport,
  cells: readonly Given[],
  names: ReadonlyMap<string, string>,
): Ally[] {
  const members = (group?.members ?? []).filter(({ role, from, to }) => {
    return role !== "recipient" && (from === null || from <= asOf) && (to === null || to >= period.from);
  });
  const ids = new Set([...members.map((one) => one.party), ...cells.map((cell) => cell.donor)]);
  ids.delete(asked.book.recipient);
  return [...ids]
    .map((id): Ally => {
      const belongs = group === null || members.some((one) => one.party === id);
      return {
        id,
        name: present(names.get(id), `the name of ${id}`),
        note: belongs ? null : "not a member in the period; what it gave as one before counts",
      };
    })
    .sort((left, right) => left.name.localeCompare(right.name, "en"));
}
