import { bindingClasses, isStream, type BindingClass } from "#core/bindingness.ts";
import { MainstayError } from "#core/errors.ts";
import {
  basisText,
  boundaryText,
  describeBasis,
  describeBoundary,
  parseClass,
  parseFrame,
  type Frame,
  type FrameText,
} from "#core/frame.ts";
import { formatDecimal, rescale, valuationScale } from "#core/money.ts";
import type {
  Dimension,
  FigureFrame,
  NotConverted,
  PublishedDifference,
  Totals,
  TotalsRow,
  Unknown,
} from "#core/views.ts";
import type { Database } from "#store/database.ts";
import {
  coverageAt,
  publishedDifferences,
  sumCells,
  unquantified,
  type Cell,
  type CoverageRow,
  type FigureQuery,
  type UnquantifiedRow,
} from "#store/figures.ts";
import {
  categoryExists,
  findBook,
  findUnit,
  groupExists,
  partyNames,
  resolveParty,
  type StoredBook,
} from "#store/register.ts";
import { countSources } from "#store/sources.ts";

/** What a person may ask of a figure, as text from the command line or the address. */
export type TotalsQuestion = FrameText &
  Readonly<{
    book: string;
    by: readonly string[];
    class?: string | undefined;
    donor?: string | undefined;
    category?: string | undefined;
    stream?: string | undefined;
  }>;

const dimensions: readonly Dimension[] = ["donor", "category", "stream", "group", "year", "month", "class", "unit"];

/** A question checked against the record: the book found, the frame read, the unit known. */
export type CheckedQuestion = Readonly<{
  book: StoredBook;
  frame: Frame;
  figureFrame: FigureFrame;
  query: FigureQuery;
  unitScale: number;
}>;

/** @throws MainstayError unknown_book, unknown_group, unknown_party, unknown_category, unknown_stream, unknown_unit, and those of parseFrame and parseClass */
export async function checkQuestion(db: Database, question: Omit<TotalsQuestion, "by">): Promise<CheckedQuestion> {
  const book = await findBook(db, question.book);
  if (book === undefined) throw new MainstayError("unknown_book", JSON.stringify(question.book), { field: "book" });
  const frame = parseFrame(question);
  const { boundary } = frame;
  if ("slug" in boundary && !(await groupExists(db, boundary.slug))) {
    throw new MainstayError("unknown_group", JSON.stringify(boundary.slug), { field: "boundary" });
  }
  const donor = question.donor === undefined ? undefined : await resolveParty(db, question.donor);
  if (question.donor !== undefined && donor === undefined) {
    throw new MainstayError("unknown_party", JSON.stringify(question.donor), { field: "donor" });
  }
  const unit = await findUnit(db, frame.unit);
  if (unit === undefined) throw new MainstayError("unknown_unit", JSON.stringify(frame.unit), { field: "unit" });
  const { category, stream } = question;
  if (stream !== undefined && !isStream(stream))
    throw new MainstayError("unknown_stream", JSON.stringify(stream), { field: "stream" });
  if (category !== undefined && !(await categoryExists(db, book.no, category)))
    throw new MainstayError("unknown_category", JSON.stringify(category), { field: "category" });
  return {
    book,
    frame,
    figureFrame: {
      book: book.slug,
      asOf: frame.asOf,
      knownAt: frame.knownAt,
      boundary: boundaryText(boundary),
      basis: basisText(frame.basis),
      unit: frame.unit,
    },
    query: {
      bookNo: book.no,
      frame,
      classes: question.class === undefined ? [] : [parseClass(question.class)],
      donor,
      category,
      stream,
      unit: unit.kind === "currency" ? undefined : unit.code,
    },
    unitScale: unit.scale,
  };
}

/** @throws MainstayError unknown_dimension */
function parseDimensions(words: readonly string[]): Dimension[] {
  return words.map((word) => {
    const found = dimensions.find((dimension) => dimension === word);
    if (found === undefined) throw new MainstayError("unknown_dimension", JSON.stringify(word), { field: "by" });
    return found;
  });
}

/**
 * Totals of one book by the dimensions asked, with everything that stands beside them: what could not be converted and why, what is
 * promised without a quantity, where the publisher prints otherwise. A class no live release states is unknown: the total is null.
 */
export async function totals(db: Database, question: TotalsQuestion): Promise<Totals> {
  const asWritten = parseDimensions(question.by);
  // Classes are never added up: without one asked for, each row names its own.
  const by =
    question.class === undefined && !asWritten.includes("class") ? [...asWritten, "class" as const] : asWritten;
  const asked = await checkQuestion(db, question);
  const { query, figureFrame, frame, book, unitScale } = asked;
  const names = await partyNames(db);
  const [cells, coverage, missing, differences, sources] = await Promise.all([
    sumCells(db, query, by, query.classes.length === 1),
    coverageAt(db, query),
    unquantified(db, query),
    differencesOf(db, query, names),
    countSources(db, query),
  ]);
  const theClass = query.classes[0] ?? null;
  const classPlace = by.indexOf("class");
  const classOf = (cell: Cell) => theClass ?? cell.dims[classPlace];
  const converted = cells.filter((cell) => cell.reason === null);
  const byClass = Map.groupBy(converted, classOf);
  const knownClasses = new Set<string | null | undefined>(
    bindingClasses.filter((name) => classIsKnown(name, coverage, byClass.get(name) ?? [], query.unit !== undefined)),
  );
  const counted = converted.filter((cell) => knownClasses.has(classOf(cell)));
  // Where nothing could be converted the figure is unknown; zero is only what adds up to it.
  const notConverted = bindingClasses.flatMap((name) => {
    const mine = cells.filter((cell) => classOf(cell) === name);
    return foldNotConverted(mine).map((row) => ({ class: name, ...row }));
  });
  const nothingConverted = counted.length === 0 && notConverted.length > 0;
  const known = theClass === null || knownClasses.has(theClass);
  const overlapping = by.includes("group");
  const sum = counted.reduce((left, cell) => left + millionths(cell.amount), 0n);
  return {
    frame: figureFrame,
    by,
    class: theClass,
    rows: foldRows(counted, by, frame.unit, unitScale, names),
    total: known && !nothingConverted && !overlapping && theClass !== null ? amountText(sum, unitScale) : null,
    boundary: describeBoundary(frame.boundary, book.recipientName),
    basis: describeBasis(frame.basis, frame.unit),
    notConverted,
    unknown: foldUnknown(theClass, coverage, missing, known),
    partial: (theClass === null ? bindingClasses : [theClass]).flatMap((name) => {
      const reason = partialReason(name, coverage);
      return reason === null ? [] : [{ class: name, reason }];
    }),
    sources,
    differences,
  };
}

/** Where a live release's own printed totals are not what its rows add up to, in the classes the question asks for. */
export async function differencesOf(
  db: Database,
  query: FigureQuery,
  names: ReadonlyMap<string, string>,
): Promise<PublishedDifference[]> {
  const rows = await publishedDifferences(db, query);
  return rows
    .filter((row) => query.classes.length === 0 || query.classes.includes(row.class))
    .map((row) => {
      const printed = millionths(row.printed);
      const ours = millionths(row.ours);
      return {
        ...row,
        donor: names.get(row.donor) ?? row.donor,
        printed: amountText(printed, 2),
        ours: amountText(ours, 2),
        difference: amountText(ours - printed, 2),
      };
    });
}

/** Millionths of a major unit as a decimal string with the unit's own decimals. */
export function amountText(millionths: bigint, scale: number): string {
  return formatDecimal(rescale(millionths, valuationScale, scale), scale);
}

/**
 * A class is known when a live release states it, or when postings that belong to no release stand in it. Pieces are known also where a
 * release counts them without a value.
 */
export function classIsKnown(
  theClass: BindingClass,
  coverage: readonly CoverageRow[],
  cells: readonly unknown[],
  inPieces = false,
): boolean {
  const said = coverage.filter((row) => row.class === theClass);
  if (said.some((row) => row.state === "stated" || row.state === "partial")) return true;
  const unvalued = inPieces && said.some((row) => row.state === "unvalued");
  return cells.length > 0 && (said.length === 0 || unvalued);
}

/** What alone a known class covers when every release that speaks of it does so in part, in words; null when one states the whole. */
export function partialReason(theClass: BindingClass, coverage: readonly CoverageRow[]): string | null {
  const said = coverage.filter((row) => row.class === theClass && (row.state === "stated" || row.state === "partial"));
  if (said.length === 0 || said.some((row) => row.state === "stated")) return null;
  return [...new Set(said.map((row) => row.reason))].join("; ");
}

/** Why a class is unknown, in words for the page. */
export function unknownReason(theClass: BindingClass, coverage: readonly CoverageRow[]): string {
  const row = coverage.find((line) => line.class === theClass);
  return row === undefined || row.reason === "" ? `No release on record says what was ${theClass}.` : row.reason;
}

function foldRows(
  cells: readonly Cell[],
  by: readonly Dimension[],
  unit: string,
  scale: number,
  names: ReadonlyMap<string, string>,
): TotalsRow[] {
  const donorPlace = by.indexOf("donor");
  const rows = new Map<string, { dims: readonly (string | null)[]; sum: bigint; postings: number }>();
  for (const cell of cells) {
    // No name holds the separator.
    const key = cell.dims.join("\u0000");
    const row = rows.get(key);
    if (row === undefined) rows.set(key, { dims: cell.dims, sum: millionths(cell.amount), postings: cell.postings });
    else {
      row.sum += millionths(cell.amount);
      row.postings += cell.postings;
    }
  }
  // A promise that came and was taken back leaves nothing on record: no row, rather than a zero.
  const standing = [...rows.values()].filter((row) => row.sum !== 0n);
  return standing.map((row) => ({
    ...Object.fromEntries(by.map((dimension, index) => [dimension, row.dims[index] ?? ""])),
    ...(donorPlace < 0
      ? {}
      : { donor: names.get(row.dims[donorPlace] ?? "") ?? "", donorId: row.dims[donorPlace] ?? "" }),
    amount: amountText(row.sum, scale),
    unit,
    postings: row.postings,
  }));
}

/** What could not be converted, by unit and reason. */
export function foldNotConverted(cells: readonly Cell[]): NotConverted[] {
  const rows = new Map<string, { unit: string; sum: bigint; scale: number; postings: number; reason: string }>();
  for (const cell of cells) {
    if (cell.reason === null) continue;
    const key = `${cell.unit}|${cell.reason}`;
    const row = rows.get(key) ?? { unit: cell.unit, sum: 0n, scale: cell.scale, postings: 0, reason: cell.reason };
    row.sum += BigInt(cell.original);
    row.postings += cell.postings;
    rows.set(key, row);
  }
  // A posting and its reversal leave nothing to convert.
  return [...rows.values()]
    .filter((row) => row.sum !== 0n)
    .map((row) => ({
      unit: row.unit,
      amount: formatDecimal(row.sum, row.scale),
      postings: row.postings,
      reason: row.reason,
    }));
}

function foldUnknown(
  theClass: BindingClass | null,
  coverage: readonly CoverageRow[],
  missing: readonly UnquantifiedRow[],
  known: boolean,
): Unknown[] {
  const classes = theClass === null ? bindingClasses : [theClass];
  return classes.flatMap((bindingClass) => {
    const promises = missing.filter((row) => row.class === bindingClass).reduce((sum, row) => sum + row.promises, 0);
    if (!known && bindingClass === theClass)
      return [{ class: bindingClass, reason: unknownReason(bindingClass, coverage), promises }];
    return promises === 0
      ? []
      : [{ class: bindingClass, reason: "on record without a quantity; not added and not zero", promises }];
  });
}

/** A sum as the database gives it, in whole millionths. */
export function millionths(text: string | null): bigint {
  return text === null ? 0n : BigInt(text);
}
