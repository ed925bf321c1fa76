import { MainstayError } from "#core/errors.ts";
import { describeBasis, describeBoundary, type FrameText } from "#core/frame.ts";
import { definitions } from "#core/foresight/predictability/definitions.ts";
import type { Facts, NeedFact } from "#core/foresight/predictability/facts.ts";
import { draw, scopeOf, type Subject } from "#core/foresight/predictability/indicators.ts";
import { earlier, parsePeriod, yearBefore, type Period } from "#core/foresight/predictability/period.ts";
import { standing, type Dated } from "#core/foresight/predictability/spans.ts";
import { isStream, streams } from "#core/bindingness.ts";
import {
  indicatorIds,
  predictabilitySides,
  type PredictabilityRow,
  type PredictabilitySide,
  type PredictabilityView,
} from "#core/views-predictability.ts";
import type { Database } from "#store/database.ts";
import { resolveParty } from "#store/register.ts";
import { book as bookView } from "../books.ts";
import { checkQuestion, type CheckedQuestion } from "../totals.ts";
import { loadFacts, needFacts } from "./predictability-facts.ts";

/** What a person may ask, as text. Without periods: the last calendar year that was over on the last day known. */
export type PredictabilityQuestion = Omit<FrameText, "asOf"> &
  Readonly<{
    book: string;
    by?: string | undefined; // giver, fund or stream; giver without it
    periods?: readonly string[] | undefined; // each 2023, 2023H2, 2023Q3 or FROM/TO; at most eight
    class?: string | undefined; // in which what was given directly is counted; the firmest that speaks of all support without it
    only?: string | undefined; // only this giver, fund or stream
  }>;

export const mostPeriods = 8;

/** A question checked and everything its figures are drawn from. */
export type Prepared = Readonly<{
  asked: CheckedQuestion;
  side: PredictabilitySide;
  facts: Facts;
  standing: readonly Dated[];
  notes: readonly string[];
  periods: readonly Readonly<{ period: Period; needs: readonly NeedFact[] }>[];
  subjects: readonly Readonly<{ subject: Subject; id: string; name: string }>[];
}>;

/**
 * The indicators of predictability by giver, fund or stream, in each period, and over all of them together: each figure exact, or unknown
 * or not scheduled with the reason in words.
 * @throws MainstayError period_unreadable, too_many_periods, unknown_predictability_side, unknown_party, unknown_fund, unknown_stream and those of checkQuestion
 */
export async function predictability(db: Database, question: PredictabilityQuestion): Promise<PredictabilityView> {
  const prepared = await prepare(db, question);
  const { asked, side, facts, notes, periods, subjects } = prepared;
  const { synthetic } = await bookView(db, asked.book.slug);
  return {
    frame: asked.figureFrame,
    boundary: describeBoundary(asked.frame.boundary, asked.book.recipientName),
    basis: describeBasis(asked.frame.basis, asked.frame.unit),
    synthetic,
    by: side,
    class: facts.class,
    knownTo: facts.knownTo,
    definitions,
    periods: periods.map(({ period, needs }) => {
      const row = (subject: Subject, id: string | null, name: string) =>
        rowOf(prepared, { period, needs }, subject, { id, name });
      return {
        period: period.text,
        from: period.from,
        until: period.until,
        open: period.until > facts.knownTo,
        all: row({ side: "all" }, null, allOf[side]),
        rows: subjects.map(({ subject, id, name }) => row(subject, id, name)),
      };
    }),
    notes,
  };
}

const allOf = { giver: "All givers", fund: "All together", stream: "All streams" } as const;

/** @throws MainstayError as predictability does */
export async function prepare(db: Database, question: PredictabilityQuestion): Promise<Prepared> {
  const { by = "giver", periods = [], only, ...figure } = question;
  const side = predictabilitySides.find((one) => one === by);
  if (side === undefined) throw new MainstayError("unknown_predictability_side", JSON.stringify(by), { field: "by" });
  if (periods.length > mostPeriods)
    throw new MainstayError("too_many_periods", String(periods.length), { field: "period" });
  const read = periods.map(parsePeriod);
  const asked = await checkQuestion(db, figure);
  const { facts, notes } = await loadFacts(db, asked);
  const wanted = read.length > 0 ? read : [yearBefore(facts.knownTo)];
  const needs = await Promise.all(
    wanted.map((period) => needFacts(db, asked.book.no, earlier(period.until, facts.knownTo))),
  );
  return {
    asked,
    side,
    facts,
    standing: standing(facts.stated),
    notes,
    periods: wanted.map((period, index) => ({ period, needs: needs[index] ?? [] })),
    subjects: await subjectsOf(db, facts, side, only),
  };
}

function rowOf(
  { facts, standing: stands }: Prepared,
  at: Prepared["periods"][number],
  subject: Subject,
  named: Pick<PredictabilityRow, "id" | "name">,
): PredictabilityRow {
  const scope = scopeOf(facts, stands, at, subject);
  return {
    ...named,
    figures: indicatorIds.map((id) => {
      const { figure, behind } = draw(id, scope);
      return { ...figure, rows: behind.length };
    }),
  };
}

/** Whoever the record has something of, by name; or the one asked for. */
async function subjectsOf(
  db: Database,
  facts: Facts,
  side: PredictabilitySide,
  only: string | undefined,
): Promise<Prepared["subjects"]> {
  if (side === "giver") {
    const party = only === undefined ? undefined : await resolveParty(db, only);
    if (only !== undefined && party === undefined)
      throw new MainstayError("unknown_party", JSON.stringify(only), { field: "only" });
    const givers = [...facts.givers.values()].filter(({ id }) => party === undefined || id === party);
    return givers
      .map(({ id, name }) => ({ subject: { side, id }, id, name }))
      .toSorted((one, other) => one.name.localeCompare(other.name, "en"));
  }
  if (side === "fund") {
    const funds = facts.funds.filter(({ id }) => only === undefined || id === only);
    if (only !== undefined && funds.length === 0)
      throw new MainstayError("unknown_fund", JSON.stringify(only), { field: "only" });
    return funds.map(({ id, title }) => ({ subject: { side, id }, id, name: title }));
  }
  if (only !== undefined && !isStream(only))
    throw new MainstayError("unknown_stream", JSON.stringify(only), { field: "only" });
  const used = new Set([...facts.stated, ...facts.dues].map(({ stream }) => stream));
  return streams
    .filter((stream) => (only === undefined ? used.has(stream) : stream === only))
    .map((stream) => ({
      subject: { side, id: stream },
      id: stream,
      name: `${stream.charAt(0).toUpperCase()}${stream.slice(1)}`,
    }));
}
