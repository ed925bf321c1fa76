import type { BindingClass } from "#core/bindingness.ts";
import { MainstayError } from "#core/errors.ts";
import { changedModel } from "#core/foresight/forecast/changes.ts";
import { fit, valuesOf, type Fitted, type Known } from "#core/foresight/forecast/fit.ts";
import type { ForecastModel } from "#core/foresight/forecast/model.ts";
import { monthNumber, monthText } from "#core/foresight/forecast/months.ts";
import type { ForecastPolicy } from "#core/foresight/forecast/policy.ts";
import type { ForecastScenario } from "#core/foresight/forecast/scenario.ts";
import { parseDay } from "#core/frame.ts";
import type { ForecastDecision } from "#core/views-forecast.ts";
import type { Book } from "#core/views.ts";
import type { Database } from "#store/database.ts";
import { openProposals } from "#store/foresight/forecast-record.ts";
import { book as listedBook, requireBook } from "../../books.ts";
import { preferredClasses } from "../../overview.ts";
import { statedDecisions, scenarioChanges } from "./changes.ts";
import { knownAt, queryAt } from "./known.ts";

/** A book on a day with its fitted model, before and after what is decided upon or supposed. */
export type ForecastFrame = Readonly<{
  book: Book;
  bookNo: number;
  day: string; // known at
  knownBefore: string | null;
  known: Known;
  fitted: Fitted;
  model: ForecastModel;
  decisions: readonly ForecastDecision[];
  says: readonly string[]; // what the scenario changes
  target: BindingClass | null; // the class that drivers are told of
}>;

export type ForecastAsked = Readonly<{
  book: string;
  knownAt?: string | undefined; // the last day on which the record may change, without it
  horizon: number; // months after it
  scenario?: ForecastScenario | undefined;
}>;

/**
 * What is known of a book on a day, fitted; decisions that are open then are in it, and what a scenario changes.
 * @throws MainstayError unknown_book, invalid_date, forecast_without_record, scenario_without_effect, unknown_key, parameter_invalid where
 *   the day is too long after the record ends
 */
export async function forecastFrame(
  db: Database,
  { book: slug, knownAt: asked, horizon, scenario }: ForecastAsked,
  policy: ForecastPolicy,
): Promise<ForecastFrame> {
  const { no: bookNo } = await requireBook(db, slug);
  const book = await listedBook(db, slug);
  const day = asked === undefined || asked === "" ? book.knownTo : parseDay(asked, "known_at");
  if (day === null) throw new MainstayError("forecast_without_record", JSON.stringify(slug), { field: "book" });
  const known = await knownAt(db, { bookNo, book: slug, knownAt: day, until: null, horizon }, policy);
  const fitted = fit(known, policy);
  if (fitted.model.lines.length === 0)
    throw new MainstayError("forecast_without_record", `${slug} as known at ${day}`, { field: "known_at" });
  refuseFarAhead(fitted.base, known.now, day);
  const place = { book: slug, day, now: known.now, fitted };
  const values = valuesOf(policy);
  const stated = await statedDecisions(db, policy, place);
  const { knownBefore } = queryAt(bookNo, day).frame;
  const proposals = await proposedDecisions(db, bookNo, day, knownBefore, values.proposalOdds);
  const standing = changedModel(fitted.model, stated.changes, values);
  const told =
    scenario === undefined
      ? { changes: [], says: [], decisions: stated.decisions }
      : await scenarioChanges(db, scenario, place, stated.decisions);
  const model = changedModel(standing, told.changes, values);
  return {
    book,
    bookNo,
    day,
    knownBefore,
    known,
    fitted,
    model: withProposals(model, proposals, fitted.base, values),
    decisions: [...told.decisions, ...proposals],
    says: told.says,
    target: preferredClasses.find((name) => model.classes.includes(name)) ?? null,
  };
}

const mostBehind = 240; // months: every path holds each of them

function refuseFarAhead(recordTo: number, now: number, day: string): void {
  if (now - recordTo <= mostBehind) return;
  const found = `${day}, ${now - recordTo} months after ${monthText(recordTo)}, where the record of a class ends; ${mostBehind} are the most`;
  throw new MainstayError("parameter_invalid", found, { field: "known_at" });
}

/** Proposals under way in the book: whether they are taken is drawn; no money is reckoned to hang on them. */
async function proposedDecisions(
  db: Database,
  bookNo: number,
  day: string,
  knownBefore: string | null,
  odds: number,
): Promise<ForecastDecision[]> {
  const open = await openProposals(db, bookNo, knownBefore);
  return open.map(({ id, title, expires }) => ({
    id,
    title,
    odds,
    expectedOn: expires === null || expires.slice(0, 10) < day ? day : expires.slice(0, 10),
    effect: "Whether it is taken; no money is reckoned to hang on it.",
    source: "policies/forecast.json, proposalOdds",
  }));
}

function withProposals(
  model: ForecastModel,
  proposals: readonly ForecastDecision[],
  base: number,
  values: Readonly<{ decisionDelayMonths: number; decisionDelaySigma: number }>,
): ForecastModel {
  const delay = { medianMonths: values.decisionDelayMonths, sigma: values.decisionDelaySigma };
  const added = proposals.map(({ id, odds, expectedOn }) => ({
    id,
    odds,
    month: Math.max(1, monthNumber(expectedOn) - base),
    delay,
  }));
  return { ...model, decisions: [...model.decisions, ...added] };
}
