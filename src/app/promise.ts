import { MainstayError } from "#core/errors.ts";
import { formatDecimal } from "#core/money.ts";
import type { PromiseView } from "#core/views.ts";
import { rowOf, rowsOf, type Database } from "#store/database.ts";
import { chainOf } from "#store/posting-lines.ts";
import { backgroundOf, readingsOf } from "#store/promise-readings.ts";
import { promiseLines } from "#store/promises.ts";
import { exactAmount, postingView } from "./postings.ts";
import { promiseRow } from "./promises.ts";
import { checkQuestion, type TotalsQuestion } from "./totals.ts";

const byUnit = { by: "unit", descending: false } as const;

/**
 * One promise in a frame: what stands at each class, every posting known by then with source and actor, what each release said of it, and
 * the giver's other promises under the same code. One that releases no longer have keeps its page; its `release` is then null.
 * @throws MainstayError unknown_promise (also when not yet known on the day), and those of checkQuestion
 */
export async function promise(db: Database, id: string, question: Omit<TotalsQuestion, "by">): Promise<PromiseView> {
  const asked = await checkQuestion(db, {
    ...question,
    class: undefined,
    donor: undefined,
    category: undefined,
    stream: undefined,
  });
  const { query } = asked;
  const { knownBefore } = asked.frame;
  const line = await rowOf(db, promiseLines({ ...query, promise: id }, { evenGone: true }, byUnit, null));
  if (line === undefined) throw new MainstayError("unknown_promise", JSON.stringify(id), { field: "id" });
  const [background, chain, readings, siblings] = await Promise.all([
    backgroundOf(db, line.no, knownBefore),
    rowsOf(db, chainOf(line.no, knownBefore)),
    readingsOf(db, line.no, knownBefore),
    rowsOf(db, promiseLines({ ...query, donor: line.donor }, { code: line.code }, byUnit, null)),
  ]);
  return {
    ...promiseRow(line, asked),
    title: background.title ?? line.title,
    recipient: background.recipient,
    explanation: background.explanation ?? "",
    details: background.details ?? {},
    sourceLinks: background.links ?? [],
    place:
      background.file === null || background.row === null
        ? null
        : { file: background.file, sheet: background.sheet, row: background.row },
    postings: chain.map(postingView),
    readings: readings.map((reading) => ({
      release: reading.release,
      publishedOn: reading.publishedOn,
      class: reading.class,
      original: reading.original === null ? null : formatDecimal(BigInt(reading.original), reading.scale),
      reported: reading.reported === null ? null : exactAmount(reading.reported, 2),
      unit: reading.unit,
    })),
    siblings: siblings.filter((sibling) => sibling.id !== line.id).map((sibling) => promiseRow(sibling, asked)),
  };
}
