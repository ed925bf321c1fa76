import { basename } from "node:path";
import { MainstayError, describeError } from "#core/errors.ts";
import { needFaults } from "#core/planning/need-faults.ts";
import { offerFaults } from "#core/planning/offer-faults.ts";
import type { Offer } from "#core/planning/record.ts";
import type { RecordFault } from "#core/planning/record-faults.ts";
import type { ImportOutcome, ImportProblem } from "#core/views-planning.ts";
import { readTable } from "#formats/needs/file.ts";
import { needColumnOf, readNeeds } from "#formats/needs/needs.ts";
import { offerColumnOf, readOffers } from "#formats/needs/offers.ts";
import type { ReadTable, TableProblem } from "#formats/needs/rows.ts";
import type { Database } from "#store/database.ts";
import { offersOf } from "#store/planning/offers.ts";
import { requireBook } from "../books.ts";
import { namesOf, type Names } from "./nameable.ts";
import { enterNeeds, type Entered, type Entering } from "./needs.ts";
import { enterOffers } from "./offers.ts";

export type RecordFile = Readonly<{ bytes: Uint8Array; fileName: string; skipBad: boolean }>;

const mostShown = 50;

/**
 * Enters the needs of a file: the sheet Needs of a workbook, or a CSV. Where anything in it is wrong nothing is entered, unless bad rows are to be
 * left out; either way what is wrong is told row by row.
 * @throws MainstayError unknown_book, sheet_not_found, header_only, version_out_of_order, those of reading the file
 */
export async function importNeeds(
  db: Database,
  book: string,
  file: RecordFile,
  entering: Entering,
): Promise<ImportOutcome> {
  return importTable(db, book, file, {
    sheet: "Needs",
    read: readNeeds,
    columnOf: needColumnOf,
    resolve: (need, names) => ({
      ...need,
      accepts: need.accepts.map((one) => ({ ...one, item: kindId(one.item, names) })),
    }),
    faultsOf: needFaults,
    enter: (needs) => enterNeeds(db, book, needs, entering),
  });
}

/**
 * Enters the offers of a file, as `importNeeds` does. Givers may be named by any spelling on record.
 * @throws MainstayError those of importNeeds; offer_placed_already, offer_is_anothers
 */
export async function importOffers(
  db: Database,
  book: string,
  file: RecordFile,
  entering: Entering,
): Promise<ImportOutcome> {
  const { no } = await requireBook(db, book);
  const before = new Map((await offersOf(db, no, null)).map((stored) => [stored.id, stored.body]));
  return importTable(db, book, file, {
    sheet: "Offers",
    read: readOffers,
    columnOf: offerColumnOf,
    resolve: (offer, names) => ({
      ...offer,
      giver: names.partyIds.get(offer.giver.toLowerCase()) ?? offer.giver,
      item: kindId(offer.item, names),
    }),
    faultsOf: (offer, names) => [...offerFaults(offer, names), ...anothers(offer, before.get(offer.id), names)],
    enter: (offers) => enterOffers(db, book, offers, entering),
  });
}

function anothers(offer: Offer, before: Offer | undefined, names: Names): ImportFault[] {
  if (before === undefined || !names.parties.has(offer.giver) || !names.kinds.has(offer.item)) return [];
  return (["giver", "item"] as const)
    .filter((field) => before[field] !== offer[field])
    .map((field) => ({ code: "offer_is_anothers", field, found: `${offer[field]}, and ${before[field]} before` }));
}

/** The id of the kind of that id or name, in any case; what is none stays as it is. */
function kindId(text: string, { kinds }: Names): string {
  if (kinds.has(text)) return text;
  const word = text.trim().toLowerCase();
  const found = [...kinds.values()].find((kind) => kind.id.toLowerCase() === word || kind.name.toLowerCase() === word);
  return found?.id ?? text;
}

type ImportFault = Omit<RecordFault, "code"> & Readonly<{ code: TableProblem["code"] }>;

type Importing<T> = Readonly<{
  sheet: string;
  read: (table: Parameters<typeof readNeeds>[0]) => ReadTable<T>;
  columnOf: (field: string) => string;
  resolve: (record: T, names: Names) => T;
  faultsOf: (record: T, names: Names) => readonly ImportFault[];
  enter: (records: readonly T[]) => Promise<Entered>;
}>;

async function importTable<T extends Readonly<{ id: string }>>(
  db: Database,
  book: string,
  { bytes, fileName, skipBad }: RecordFile,
  how: Importing<T>,
): Promise<ImportOutcome> {
  const { no } = await requireBook(db, book);
  const file = basename(fileName);
  const table = await readTable(bytes, how.sheet, { fileName: file });
  const read = how.read(table);
  const names = await namesOf(db, no);
  const { good, problems } = sift(read, names, how);
  const all = [...read.problems, ...problems].sort((one, other) => (one.row ?? 0) - (other.row ?? 0));
  const badRows = new Set(all.map((problem) => problem.row)).size;
  const headerFailed = read.problems.some((problem) => problem.row === 1);
  const entering = all.length === 0 || (skipBad && !headerFailed);
  const done = entering ? await how.enter(good) : { entered: 0, changed: 0, unchanged: 0 };
  return {
    file,
    ...done,
    skipped: entering ? badRows : 0,
    problems: all.slice(0, mostShown).map((problem) => problemOf(problem, file)),
    moreProblems: Math.max(0, all.length - mostShown),
  };
}

/** Rows that can be entered, and what is wrong with the others. */
function sift<T extends Readonly<{ id: string }>>(
  read: ReadTable<T>,
  names: Names,
  how: Importing<T>,
): { good: T[]; problems: TableProblem[] } {
  const seen = new Map<string, number>();
  const good: T[] = [];
  const problems: TableProblem[] = [];
  for (const { record, row } of read.rows) {
    const one = how.resolve(record, names);
    const faults = [...how.faultsOf(one, names), ...twice(one.id, seen.get(one.id))];
    if (faults.length === 0) good.push(one);
    seen.set(one.id, seen.get(one.id) ?? row);
    problems.push(
      ...faults.map(({ code, field, found }) => ({ code, sheet: read.sheet, row, column: how.columnOf(field), found })),
    );
  }
  return { good, problems };
}

function twice(id: string, row: number | undefined): ImportFault[] {
  return row === undefined ? [] : [{ code: "record_named_twice", field: "id", found: `${id}, as in row ${row}` }];
}

function problemOf({ code, sheet, row, column, found }: TableProblem, file: string): ImportProblem {
  const place = { file, sheet: sheet ?? undefined, row: row ?? undefined, column: column ?? undefined };
  return { code, file, sheet, row, column, found, message: describeError(code, found, place) };
}

/** @throws MainstayError records_refused where nothing was entered because of what is wrong */
export function refuseRefused(outcome: ImportOutcome): void {
  const count = outcome.problems.length + outcome.moreProblems;
  if (count > 0 && outcome.skipped === 0)
    throw new MainstayError("records_refused", `${count} ${count === 1 ? "thing" : "things"} wrong`, {
      file: outcome.file,
    });
}
