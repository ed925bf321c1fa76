import { bindingClasses } from "#core/bindingness.ts";
import { MainstayError } from "#core/errors.ts";
import { formatDecimal, valuationScale } from "#core/money.ts";
import type { Stream } from "#core/bindingness.ts";
import type { FigureFrame, FigurePosting, FramedPage, PostingView } from "#core/views.ts";
import { rowOf, rowsOf, streamRows, type Database } from "#store/database.ts";
import { postingsOfFigure, type FigurePostingLine, type PostingLine } from "#store/posting-lines.ts";
import type { FigureQuery } from "#store/figures.ts";
import { decodeCursor, encodeCursor } from "./pages.ts";
import { checkQuestion, type CheckedQuestion, type TotalsQuestion } from "./totals.ts";

/** The same question as of a total, further narrowed to a period of the steps' days (YYYY, YYYY-MM, undated) or to one promise. */
export type PostingsQuestion = Omit<TotalsQuestion, "by"> &
  Readonly<{
    period?: string | undefined;
    promise?: string | undefined;
    limit?: number | undefined;
    cursor?: string | undefined;
  }>;

const usualPage = 100;

async function prepare(
  db: Database,
  question: PostingsQuestion,
): Promise<{ asked: CheckedQuestion; query: FigureQuery }> {
  const asked = await checkQuestion(db, question);
  const { period, promise } = question;
  if (period !== undefined && !/^(\d{4}(-\d{2})?|undated)$/.test(period)) {
    throw new MainstayError(
      "parameter_invalid",
      `${JSON.stringify(period)}, not a year, a month (YYYY-MM) or undated`,
      { field: "period" },
    );
  }
  return { asked, query: { ...asked.query, promise } };
}

/**
 * A page of the postings behind a figure: those that `totals` counts for the same question, so that their amounts add up to the figure.
 * @throws MainstayError those of checkQuestion, parameter_invalid
 */
export async function postings(db: Database, question: PostingsQuestion): Promise<FramedPage<FigurePosting>> {
  const { asked, query } = await prepare(db, question);
  const offset = decodeCursor(question.cursor);
  const lines = await rowsOf(
    db,
    postingsOfFigure(query, question.period, { limit: question.limit ?? usualPage, offset }),
  );
  const first =
    lines[0] ??
    (offset > 0 ? await rowOf(db, postingsOfFigure(query, question.period, { limit: 1, offset: 0 })) : undefined);
  const total = first?.total ?? 0;
  return {
    items: lines.map((line) => figurePosting(line, asked.unitScale)),
    total,
    next: encodeCursor(offset + lines.length, total),
    frame: asked.figureFrame,
  };
}

/** All the postings behind a figure, one after the other, and the frame they are drawn in. */
export async function postingStream(
  db: Database,
  question: PostingsQuestion,
): Promise<{ frame: FigureFrame; rows: AsyncIterable<FigurePosting> }> {
  const { asked, query } = await prepare(db, question);
  async function* rows(): AsyncGenerator<FigurePosting> {
    for await (const line of streamRows(db, postingsOfFigure(query, question.period, null)))
      yield figurePosting(line, asked.unitScale);
  }
  return { frame: asked.figureFrame, rows: rows() };
}

function figurePosting(line: FigurePostingLine, unitScale: number): FigurePosting {
  return {
    ...postingView(line),
    promise: line.promise,
    code: line.code,
    donor: line.donor,
    donorName: line.donorName,
    category: line.category,
    stream: line.stream as Stream,
    amount: line.amount === null ? null : exactAmount(line.amount, unitScale),
    notConverted: line.why,
  };
}

/** A stored posting in words and decimal strings. */
export function postingView(line: PostingLine): PostingView {
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    class: bindingClasses.find((word) => word === line.class) ?? null,
    quantity: formatDecimal(BigInt(line.quantity), line.scale),
    unit: line.unit,
    reported: line.reported === null ? null : exactAmount(line.reported, 2),
    reportedUnit: line.reportedUnit,
    effectiveOn: line.effectiveOn,
    datePrecision: line.datePrecision,
    knownAt: line.knownAt,
    recordedAt: line.recordedAt,
    reverses: line.reverses,
    reason: line.reason,
    actor: line.actor,
    source: line.source,
  };
}

/** Millionths as a decimal string, whole: with the unit's decimals, and more of them only where they are not zero. */
export function exactAmount(millionths: string, scale: number): string {
  const text = formatDecimal(BigInt(millionths), valuationScale);
  const [whole = "", fraction = ""] = text.split(".");
  const kept = fraction.slice(0, scale) + fraction.slice(scale).replace(/0+$/, "");
  return kept === "" ? whole : `${whole}.${kept}`;
}
