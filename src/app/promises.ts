import { bindingClasses, type BindingClass } from "#core/bindingness.ts";
import { MainstayError } from "#core/errors.ts";
import { formatDecimal } from "#core/money.ts";
import type { FigureFrame, FramedPage, PromiseRow } from "#core/views.ts";
import { rowOf, rowsOf, streamRows, type Database } from "#store/database.ts";
import { promiseLines, promiseSorts, type PromiseFilter, type PromiseLine, type PromiseSort } from "#store/promises.ts";
import { decodeCursor, encodeCursor } from "./pages.ts";
import { amountText, checkQuestion, type CheckedQuestion, type TotalsQuestion } from "./totals.ts";

/** What a person may ask of the list of promises. `unit` is the promises' own unit; amounts come in it when it is an item, else in euro. */
export type PromisesQuestion = Omit<TotalsQuestion, "by"> &
  Readonly<{
    q?: string | undefined;
    sort?: string | undefined;
    limit?: number | undefined;
    cursor?: string | undefined;
  }>;

/** The most rows one page holds. */
export const largestPage = 20_000;
const usualPage = 100;

type Prepared = Readonly<{ asked: CheckedQuestion; filter: PromiseFilter; sort: PromiseSort }>;

async function prepare(db: Database, question: PromisesQuestion): Promise<Prepared> {
  const own = question.unit;
  const asked = await checkQuestion(db, question);
  const inItems = asked.query.unit !== undefined;
  const inEuro = inItems ? asked : await checkQuestion(db, { ...question, unit: undefined });
  return { asked: inEuro, filter: { q: question.q?.trim() || undefined, unit: own }, sort: parseSort(question.sort) };
}

/** Reads an order such as `-amount` (largest first) or `donor`. @throws MainstayError parameter_invalid */
function parseSort(text = "-amount"): PromiseSort {
  const descending = text.startsWith("-");
  const by = promiseSorts.find((word) => word === (descending ? text.slice(1) : text));
  if (by === undefined) {
    throw new MainstayError(
      "parameter_invalid",
      `${JSON.stringify(text)}, not one of ${promiseSorts.join(", ")} (with - before it: largest first)`,
      { field: "sort" },
    );
  }
  return { by, descending };
}

/**
 * A page of the promises in a frame; `total` counts them all and `next` is the cursor of the page after.
 * @throws MainstayError those of checkQuestion, parameter_invalid
 */
export async function promises(db: Database, question: PromisesQuestion): Promise<FramedPage<PromiseRow>> {
  const { asked, filter, sort } = await prepare(db, question);
  const limit = question.limit ?? usualPage;
  const offset = decodeCursor(question.cursor);
  const lines = await rowsOf(db, promiseLines(asked.query, filter, sort, { limit, offset }));
  const first =
    lines[0] ??
    (offset > 0 ? await rowOf(db, promiseLines(asked.query, filter, sort, { limit: 1, offset: 0 })) : undefined);
  const total = first?.total ?? 0;
  return {
    items: lines.map((line) => promiseRow(line, asked)),
    total,
    next: encodeCursor(offset + lines.length, total),
    frame: asked.figureFrame,
  };
}

/** All the promises in a frame, one after the other, and the frame they are drawn in. */
export async function promiseStream(
  db: Database,
  question: PromisesQuestion,
): Promise<{ frame: FigureFrame; rows: AsyncIterable<PromiseRow> }> {
  const { asked, filter, sort } = await prepare(db, question);
  async function* rows(): AsyncGenerator<PromiseRow> {
    for await (const line of streamRows(db, promiseLines(asked.query, filter, sort, null)))
      yield promiseRow(line, asked);
  }
  return { frame: asked.figureFrame, rows: rows() };
}

/** A stored line in words and decimal strings. */
export function promiseRow(line: PromiseLine, asked: Pick<CheckedQuestion, "unitScale">): PromiseRow {
  const amounts = bindingClasses.map((word, index) => [word, valuedText(line.amounts[index], asked.unitScale)]);
  return {
    id: line.id,
    code: line.code,
    donor: line.donor,
    donorName: line.donorName,
    category: line.category,
    stream: line.stream,
    title: line.title,
    unit: line.unit,
    announcedOn: line.announcedOn,
    datePrecision: line.datePrecision,
    original: line.original === null ? null : formatDecimal(BigInt(line.original), line.scale),
    byClass: Object.fromEntries(amounts) as Record<BindingClass, string | null>,
    furthest: line.furthest,
    release: line.release,
  };
}

/** Millionths as SQL prints a whole numeric, as a decimal string of the unit. */
function valuedText(millionths: string | null | undefined, scale: number): string | null {
  return millionths === null || millionths === undefined
    ? null
    : amountText(BigInt(millionths.split(".")[0] ?? "0"), scale);
}
