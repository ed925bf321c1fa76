import { bindingClasses, type BindingClass } from "#core/bindingness.ts";
import { compareReleases } from "#core/diff.ts";
import { parseClass } from "#core/frame.ts";
import { groupThousands } from "#core/money.ts";
import { perHundred, perUnit } from "#core/ratios.ts";
import type { DonorLine, Overview, ReleaseChange } from "#core/views.ts";
import type { Database } from "#store/database.ts";
import { coverageAt, sumCells, type Cell, type CoverageRow, type FigureQuery } from "#store/figures.ts";
import { giversWithIndicators, type GiverRow } from "#store/givers.ts";
import { partyNames } from "#store/register.ts";
import { releaseLines, releasesOf, type NamedRelease } from "#store/release-lines.ts";
import { countSources } from "#store/sources.ts";
import { book as bookView } from "./books.ts";
import { summarise } from "./diff.ts";
import {
  amountText,
  checkQuestion,
  classIsKnown,
  differencesOf,
  foldNotConverted,
  millionths,
  partialReason,
  unknownReason,
  type CheckedQuestion,
  type TotalsQuestion,
} from "./totals.ts";

/** The class an overview is drawn in when none is asked for: the firmest that speaks of all support, else what there is. */
export const preferredClasses: readonly BindingClass[] = ["placed", "bound", "moved", "said", "received"];
const streamNames = ["finance", "materiel", "training", "staff"] as const;
const vintagesShown = 40;
const lastYear = 9999;

/**
 * The standing picture of a book: each class, streams and categories, over time, who gave, how it looked in each release, what changed.
 * @throws MainstayError as checkQuestion does
 */
export async function overview(db: Database, question: Omit<TotalsQuestion, "by">): Promise<Overview> {
  const { class: askedClass, ...rest } = question;
  const asked = await checkQuestion(db, rest);
  const { query, frame, unitScale } = asked;
  const [coverage, byDonorAndClass, releases, names, book] = await Promise.all([
    coverageAt(db, query),
    sumCells(db, query, ["donor", "class"]),
    releasesOf(db, asked.book.no),
    partyNames(db),
    bookView(db, asked.book.slug),
  ]);
  const ofClass = (bindingClass: BindingClass) =>
    byDonorAndClass.filter((cell) => cell.dims[1] === bindingClass && cell.reason === null);
  const isKnown = (bindingClass: BindingClass) => classIsKnown(bindingClass, coverage, ofClass(bindingClass));
  const theClass = askedClass === undefined ? (preferredClasses.find(isKnown) ?? "bound") : parseClass(askedClass);
  const narrowed: FigureQuery = { ...query, classes: [theClass] };
  const known = isKnown(theClass);
  const [byCategory, byStream, byDonorCategory, byMonth, vintages, changes, sources, differences] = await Promise.all([
    sumCells(db, narrowed, ["category"]),
    sumCells(db, narrowed, ["stream"]),
    sumCells(db, narrowed, ["donor", "category"]),
    sumCells(db, narrowed, ["month", "category"]),
    vintagesOf(db, asked, releasesKnown(releases, frame.knownAt), askedClass === undefined ? null : theClass, theClass),
    changesOf(db, asked.book.no, releasesKnown(releases, frame.knownAt), names),
    countSources(db, narrowed),
    differencesOf(db, narrowed, names),
  ]);
  const text = (cells: readonly Cell[]) => amountOf(cells, unitScale);
  const ofClassAtAll = (bindingClass: BindingClass) => byDonorAndClass.filter((cell) => cell.dims[1] === bindingClass);
  return {
    frame: asked.figureFrame,
    book,
    class: theClass,
    classes: bindingClasses.map((bindingClass) =>
      classTotal(bindingClass, isKnown(bindingClass), ofClassAtAll(bindingClass), coverage, unitScale),
    ),
    streams: streamNames.map((stream) => {
      const cells = byStream.filter((cell) => cell.dims[0] === stream);
      return { stream, class: theClass, amount: known && cells.length > 0 ? text(cells) : null };
    }),
    categories: distinct(byCategory, 0).map((category) => ({
      category,
      class: theClass,
      amount: known ? text(byCategory.filter((cell) => cell.dims[0] === category)) : null,
    })),
    ...seriesOf(known ? byMonth : [], unitScale),
    donors: await donorsOf(db, {
      byDonorAndClass,
      byDonorCategory,
      theClass,
      isKnown,
      unitScale,
      upToYear: Number(frame.knownAt?.slice(0, 4) ?? lastYear),
    }),
    vintages,
    changes,
    sources,
    differences,
  };
}

/** A class in all. What cannot be converted is no part of the amount, and is named beside it. */
function classTotal(
  bindingClass: BindingClass,
  known: boolean,
  cells: readonly Cell[],
  coverage: readonly CoverageRow[],
  unitScale: number,
): Overview["classes"][number] {
  const amount = known ? amountOf(cells, unitScale) : null;
  const leftOut = foldNotConverted(cells).map(
    (row) => `not counted: ${row.unit} ${groupThousands(row.amount)}, ${row.reason}`,
  );
  const part = known ? partialReason(bindingClass, coverage) : null;
  const words = [...(part === null ? [] : [part]), ...leftOut].join("; ");
  return {
    class: bindingClass,
    amount,
    reason: known ? (amount === null ? words : null) : unknownReason(bindingClass, coverage),
    partial: amount === null || words === "" ? null : words,
    asOfSource: statedBy(coverage, bindingClass),
  };
}

/** The sum of what could be converted, in the unit's decimals; null (unknown) where something stands there and none of it could be. */
function amountOf(cells: readonly Cell[], unitScale: number): string | null {
  if (!cells.some((cell) => cell.reason === null) && foldNotConverted(cells).length > 0) return null;
  return amountText(sumOf(cells), unitScale);
}

function sumOf(cells: readonly Cell[]): bigint {
  return cells.reduce((sum, cell) => sum + (cell.reason === null ? millionths(cell.amount) : 0n), 0n);
}

function distinct(cells: readonly Cell[], place: number): string[] {
  return [...new Set(cells.map((cell) => cell.dims[place] ?? ""))].sort();
}

function statedBy(coverage: readonly CoverageRow[], bindingClass: BindingClass): string | null {
  return (
    coverage.find((row) => row.class === bindingClass && (row.state === "stated" || row.state === "partial"))
      ?.release ?? null
  );
}

/** By month where the record has months, by year where its sources give year's ends only. */
function seriesOf(cells: readonly Cell[], unitScale: number): Pick<Overview, "series" | "seriesGrain" | "undated"> {
  const dated = cells.filter((cell) => cell.dims[0] !== "undated");
  const months = new Set(dated.map((cell) => cell.dims[0]));
  const years = new Set(dated.map((cell) => cell.dims[0]?.slice(0, 4)));
  const seriesGrain = months.size > 2 * years.size ? "month" : "year";
  const sums = new Map<string, bigint>();
  for (const cell of dated) {
    const period = (cell.dims[0] ?? "").slice(0, seriesGrain === "month" ? 7 : 4);
    const key = JSON.stringify([period, cell.dims[1] ?? ""]);
    sums.set(key, (sums.get(key) ?? 0n) + sumOf([cell]));
  }
  const series = [...sums].map(([key, sum]) => {
    const [period, category] = JSON.parse(key) as [string, string];
    return { period, category, amount: amountText(sum, unitScale) };
  });
  const undated = cells.filter((cell) => cell.dims[0] === "undated");
  return { series, seriesGrain, undated: amountText(sumOf(undated), unitScale) };
}

type DonorCells = Readonly<{
  byDonorAndClass: readonly Cell[];
  byDonorCategory: readonly Cell[];
  theClass: BindingClass;
  isKnown: (bindingClass: BindingClass) => boolean;
  unitScale: number;
  upToYear: number;
}>;

async function donorsOf(db: Database, cells: DonorCells): Promise<DonorLine[]> {
  const { byDonorAndClass, byDonorCategory, theClass, isKnown, unitScale, upToYear } = cells;
  const givers = await giversWithIndicators(db, distinct(byDonorAndClass, 0), upToYear);
  const lines = givers.map((giver) => {
    const mine = byDonorAndClass.filter((cell) => cell.dims[0] === giver.id);
    const amountIn = (bindingClass: BindingClass) => {
      const here = mine.filter((cell) => cell.dims[1] === bindingClass && cell.reason === null);
      return here.length === 0 || !isKnown(bindingClass) ? null : sumOf(here);
    };
    const amount = amountIn(theClass);
    const byClass = Object.fromEntries(
      bindingClasses.map((name) => [name, textOrNull(amountIn(name), unitScale)]),
    ) as DonorLine["byClass"];
    const byCategory = byDonorCategory
      .filter((cell) => cell.dims[0] === giver.id && cell.reason === null)
      .map((cell) => ({ category: cell.dims[1] ?? "", amount: amountText(sumOf([cell]), unitScale) }));
    return { amount, line: { ...headOf(giver), byClass, byCategory, ...ratiosOf(giver, amount) } };
  });
  return lines.sort((a, b) => compareAmounts(b.amount, a.amount)).map(({ line }) => line);
}

function headOf(giver: GiverRow) {
  return { donor: giver.id, name: giver.name, kind: giver.kind, iso2: giver.iso2, m49: giver.m49 };
}

function ratiosOf(giver: GiverRow, amount: bigint | null) {
  const { gdpUsd, usdPerEuro, population } = giver;
  return {
    pctGdp: amount === null || gdpUsd === null || usdPerEuro === null ? null : perHundred(amount, gdpUsd, usdPerEuro),
    perHead: amount === null || population === null ? null : perUnit(amount, population),
    gdpYear: giver.gdpYear,
    populationYear: giver.populationYear,
  };
}

function textOrNull(amount: bigint | null, scale: number): string | null {
  return amount === null ? null : amountText(amount, scale);
}

/** Descending order puts the unknown last. */
function compareAmounts(a: bigint | null, b: bigint | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function releasesKnown(releases: readonly NamedRelease[], knownAt: string | null): NamedRelease[] {
  return releases.filter((release) => knownAt === null || release.publishedOn <= knownAt);
}

/**
 * A class's total as each publication day knew it, for the days on which a release states the class. Where none is asked for and the class
 * shown has a single vintage, the firmest class with a history is taken instead.
 */
async function vintagesOf(
  db: Database,
  { query, unitScale }: CheckedQuestion,
  releases: readonly NamedRelease[],
  asked: BindingClass | null,
  shown: BindingClass,
): Promise<Overview["vintages"]> {
  const statingOf = (name: BindingClass) => releases.filter((release) => release.stated.includes(name));
  const withHistory = [shown, ...preferredClasses].find((name) => statingOf(name).length > 1);
  const theClass = asked ?? withHistory ?? shown;
  const stating = statingOf(theClass);
  return Promise.all(
    stating.slice(-vintagesShown).map(async (release) => {
      const frame = {
        ...query.frame,
        knownAt: release.publishedOn,
        knownBefore: `${release.publishedOn}T00:00:00.001Z`,
      };
      const cells = await sumCells(db, { ...query, frame, classes: [theClass] }, []);
      return {
        release: release.name,
        publishedOn: release.publishedOn,
        class: theClass,
        amount: amountOf(cells, unitScale),
      };
    }),
  );
}

/** The newest release against the one before it in its series, in the firmest class both state; null when there is no such pair. */
async function changesOf(
  db: Database,
  bookNo: number,
  releases: readonly NamedRelease[],
  names: ReadonlyMap<string, string>,
): Promise<ReleaseChange | null> {
  for (const to of releases.toReversed()) {
    const from = releases.findLast((release) => release.series === to.series && release.publishedOn < to.publishedOn);
    const theClass = preferredClasses.find((name) => to.stated.includes(name) && from?.stated.includes(name) === true);
    if (from === undefined || theClass === undefined) continue;
    const [before, after] = await Promise.all([
      releaseLines(db, bookNo, from, theClass),
      releaseLines(db, bookNo, to, theClass),
    ]);
    return summarise({ from, to, theClass, before, after, differences: compareReleases(before, after, "EUR"), names });
  }
  return null;
}
