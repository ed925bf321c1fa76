import { bindingClasses, type BindingClass } from "#core/bindingness.ts";
import { MainstayError } from "#core/errors.ts";
import { describeBasis, describeBoundary } from "#core/frame.ts";
import type { BroughtAlong, PromiseSum, Takeover } from "#core/views.ts";
import { sumByPeriod, type Period, type PeriodSum } from "#store/brought.ts";
import type { Database } from "#store/database.ts";
import { coverageAt, sumCells, type CoverageRow } from "#store/figures.ts";
import { listGroups } from "#store/groups.ts";
import { groupExists } from "#store/register.ts";
import { countSources } from "#store/sources.ts";
import {
  amountText,
  checkQuestion,
  classIsKnown,
  foldNotConverted,
  millionths,
  partialReason,
  unknownReason,
  type CheckedQuestion,
  type TotalsQuestion,
} from "./totals.ts";

export type BroughtQuestion = Omit<TotalsQuestion, "by" | "boundary" | "class" | "donor" | "category" | "stream">;

/**
 * What a group brought along: for each takeover of it, the promises of its own members by class, from before that day and since. Membership
 * is that of the day of each step, as everywhere.
 * @throws MainstayError unknown_book, unknown_group, unknown_unit, and those of parseFrame
 */
export async function broughtAlong(db: Database, slug: string, question: BroughtQuestion): Promise<BroughtAlong> {
  if (!(await groupExists(db, slug)))
    throw new MainstayError("unknown_group", JSON.stringify(slug), { field: "group" });
  const asked = await checkQuestion(db, { ...question, boundary: `group:${slug}` });
  const { query, frame, figureFrame, book } = asked;
  const [[group], coverage, cells, sources] = await Promise.all([
    listGroups(db, { bookNo: book.no, frame }, slug),
    coverageAt(db, query),
    sumCells(db, query, ["class"]),
    countSources(db, query),
  ]);
  const takeovers = (group?.under ?? []).map(async (takeover) => {
    const sums = await sumByPeriod(db, query, takeover);
    return { ...takeover, classes: bindingClasses.map((name) => lineOf(name, takeover, { sums, coverage, asked })) };
  });
  return {
    frame: figureFrame,
    takeovers: await Promise.all(takeovers),
    boundary: describeBoundary(frame.boundary, book.recipientName),
    basis: describeBasis(frame.basis, frame.unit),
    notConverted: bindingClasses.flatMap((name) =>
      foldNotConverted(cells.filter((cell) => cell.dims[0] === name)).map((row) => ({ class: name, ...row })),
    ),
    sources,
  };
}

type Found = Readonly<{ sums: readonly PeriodSum[]; coverage: readonly CoverageRow[]; asked: CheckedQuestion }>;

function lineOf(
  theClass: BindingClass,
  { until }: Takeover,
  { sums, coverage, asked }: Found,
): BroughtAlong["takeovers"][number]["classes"][number] {
  const mine = sums.filter((sum) => sum.class === theClass);
  const known = classIsKnown(theClass, coverage, mine, asked.query.unit !== undefined);
  const sumOf = (period: Period): PromiseSum => {
    const { promises = 0, amount = null } = mine.find((sum) => sum.period === period) ?? {};
    const unknown = !known || (amount === null && promises > 0);
    return {
      promises: known ? promises : null,
      amount: unknown ? null : amountText(millionths(amount), asked.unitScale),
    };
  };
  return {
    class: theClass,
    reason: known ? null : unknownReason(theClass, coverage),
    partial: known ? partialReason(theClass, coverage) : null,
    before: sumOf("before"),
    under: sumOf("under"),
    after: until === null ? null : sumOf("after"),
    undated: sumOf("undated"),
  };
}
