import { createHash } from "node:crypto";
import type { ImportRemark, ReleaseContent } from "#core/entries.ts";
import { MainstayError } from "#core/errors.ts";
import { parseMapping, parsePublishedMapping } from "#formats/csv/mapping.ts";
import { readMappedCsv, readPublishedTotals } from "#formats/csv/read.ts";
import { readEcbHistory } from "#formats/ecb/read.ts";
import { readKiel } from "#formats/kiel/read.ts";
import type { Database } from "#store/database.ts";
import { insertRates } from "#store/rate-history.ts";
import { ensureSource, partyNumbers, type NewBook, type NewSource } from "#store/register.ts";
import { checkRelease } from "./check-release.ts";
import { workedCase } from "./reference.ts";
import { recordRelease, type ReleaseOutcome } from "./record-release.ts";

export type ImportFile = Readonly<{
  bytes: Uint8Array;
  fileName: string;
  actor: string;
  signal?: AbortSignal | undefined;
  onProgress?: ((label: string, done: number, total: number) => void) | undefined;
}>;

export type ReleaseFile = ImportFile &
  Readonly<{
    book?: string | undefined;
    release: string;
    published: string;
    strict: boolean;
    url?: string | undefined;
  }>;

/** What an import did: the outcome on record, the columns read and not read, and how the publisher's own totals compare. */
export type ImportReport = ReleaseOutcome &
  Readonly<{
    file: string;
    sha256: string;
    columns: ReleaseContent["columns"];
    rowsRefused: number;
    rowsNoted: number;
  }>;

/** A table of totals that the publisher prints beside the rows: compared with what the rows add up to, never added. */
export type SummaryFile = Readonly<{ bytes: Uint8Array; fileName: string; mapping: MappingText }>;

/** A mapping as the text of its JSON file, and the name a refusal calls it by. */
export type MappingText = Readonly<{ name: string; text: string }>;

/**
 * The table of printed totals a mapping names: the mapping to read it with, and the file's name beside the table of rows. Null when it names none.
 * @throws MainstayError of parseMapping
 */
export function companionOf({ text, name }: MappingText): Readonly<{ mapping: string; file: string }> | null {
  return parseMapping(text, name).companion ?? null;
}

/** The book the tracker's releases go to unless told otherwise. */
export const trackerBook = "ukraine-support-tracker";

/**
 * Imports a Ukraine Support Tracker file as one release.
 * @throws MainstayError of checkRelease, of the reader and of recordRelease
 */
export async function importKiel(db: Database, file: ReleaseFile): Promise<ImportReport> {
  const published = checkRelease({ ...file, book: file.book ?? trackerBook });
  const content = await readKiel(file.bytes, readOptions(file));
  return intoRecord(db, file, published, content, trackerSource(file, published));
}

/**
 * Imports a CSV by a mapping as one release of the mapping's series, with the publisher's own totals where given.
 * @throws MainstayError of checkRelease, of the reader and of recordRelease
 */
export async function importMappedCsv(
  db: Database,
  file: ReleaseFile,
  { text, name }: MappingText,
  summary: SummaryFile | undefined,
): Promise<ImportReport> {
  const mapping = parseMapping(text, name);
  const order = { ...file, book: file.book ?? mapping.book };
  const published = checkRelease(order);
  const rows = await readMappedCsv(file.bytes, mapping, readOptions(file));
  const printed = summary === undefined ? [] : await readSummary(file, summary);
  const content = { ...rows, published: [...rows.published, ...printed] };
  return intoRecord(db, order, published, content, {
    ...trackerSource(file, published),
    id: `${order.book}:${content.series}:${file.release}`,
    title: `${mapping.title}, ${file.release}`,
    publisher: mapping.publisher,
  });
}

async function readSummary(file: ReleaseFile, { bytes, fileName, mapping }: SummaryFile) {
  return readPublishedTotals(bytes, parsePublishedMapping(mapping.text, mapping.name), {
    ...readOptions(file),
    fileName,
  });
}

/** What an import of rates did: `kept` are rates already on record otherwise than the file has them, which stay; `remarks` what could not be read. */
export type RatesReport = Readonly<{
  file: string;
  read: number;
  added: number;
  kept: number;
  from: string;
  to: string;
  remarks: readonly ImportRemark[];
}>;

/**
 * Imports the European Central Bank's history of reference rates.
 * @throws MainstayError of the reader, no_row_readable, import_cancelled
 */
export async function importEcb(db: Database, file: ImportFile): Promise<RatesReport> {
  const { rates, remarks } = await readEcbHistory(file.bytes, readOptions(file));
  const [first] = remarks;
  if (rates.length === 0 && first !== undefined)
    throw new MainstayError("no_row_readable", `${JSON.stringify(first.found)} (${first.reason})`, {
      file: file.fileName,
      row: first.row,
      column: first.column,
    });
  const days = rates.map((rate) => rate.on).sort();
  const { added, kept } = await db.transaction().execute(async (trx) => {
    const sourceNo = await ensureSource(trx, {
      id: "ecb-reference-rates",
      title: "Euro foreign exchange reference rates, history",
      publisher: "European Central Bank",
      publishedOn: null,
      retrievedOn: null,
      url: "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/",
      note: "",
    });
    const count = await insertRates(trx, rates, sourceNo);
    if (file.signal?.aborted === true) throw new MainstayError("import_cancelled", undefined, { file: file.fileName });
    return count;
  });
  return { file: file.fileName, read: rates.length, added, kept, from: days[0] ?? "", to: days.at(-1) ?? "", remarks };
}

function readOptions(file: ImportFile) {
  return {
    fileName: file.fileName,
    signal: file.signal,
    onProgress: (done: number, total: number) => file.onProgress?.("Reading", done, total),
  };
}

function trackerSource(file: ReleaseFile, published: string): NewSource {
  return {
    id: `${file.book ?? trackerBook}:${file.release}`,
    title: `Ukraine Support Tracker, ${file.release}`,
    publisher: "Kiel Institute for the World Economy",
    publishedOn: published,
    retrievedOn: null,
    url: file.url ?? "https://www.ifw-kiel.de/topics/war-against-ukraine/ukraine-support-tracker/",
    note: `Imported from the file ${file.fileName}.`,
  };
}

async function intoRecord(
  db: Database,
  file: ReleaseFile,
  published: string,
  content: ReleaseContent,
  source: NewSource,
): Promise<ImportReport> {
  const book = file.book ?? trackerBook;
  // The built-in case tells what its own files say, and nothing else for good.
  if (book === workedCase.slug) throw new MainstayError("book_is_built_in", JSON.stringify(book), { field: "book" });
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  file.onProgress?.("Recording", 0, 1);
  const outcome = await recordRelease(db, content, {
    book,
    newBook: await newBook(db, book),
    release: file.release,
    publishedOn: published,
    fileName: file.fileName,
    sha256,
    source,
    actor: file.actor,
    strict: file.strict,
    signal: file.signal,
  });
  file.onProgress?.("Recording", 1, 1);
  const count = (severity: ImportRemark["severity"]) =>
    new Set(
      outcome.remarks.filter((remark) => remark.severity === severity).map((remark) => `${remark.sheet}|${remark.row}`),
    ).size;
  return {
    ...outcome,
    file: file.fileName,
    sha256,
    columns: content.columns,
    rowsRefused: count("refused"),
    rowsNoted: count("noted"),
  };
}

/** The book as it is opened by the first release that goes in; where there is one of its name, that one stays as it is. */
async function newBook(db: Database, slug: string): Promise<NewBook> {
  const parties = await partyNumbers(db);
  const recipientNo = parties.get("ukr");
  if (recipientNo === undefined) throw new MainstayError("unknown_party", '"ukr"', { field: "recipient" });
  const isTracker = slug === trackerBook;
  return {
    slug,
    title: isTracker ? "Ukraine Support Tracker" : slug,
    description: isTracker
      ? "The Kiel Institute's releases as imported, each known from its publication day."
      : "Opened by an import.",
    recipientNo,
    synthetic: false,
  };
}
