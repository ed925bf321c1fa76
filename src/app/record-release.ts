import { present } from "#core/present.ts";
import { MainstayError } from "#core/errors.ts";
import type { ImportRemark, LedgerEntry, PromiseReading, ReleaseContent } from "#core/entries.ts";
import { constraintOf, sqlStateOf, type Database, type Queries } from "#store/database.ts";
import { settle } from "#store/cube.ts";
import { promisesOfFunds } from "#store/funds/promises.ts";
import {
  ensureBook,
  ensureUnits,
  ensureSource,
  findBook,
  partyNumbers,
  type NewBook,
  type NewSource,
  type StoredBook,
} from "#store/register.ts";
import {
  findRelease,
  insertCoverage,
  insertPublishedTotals,
  insertReadings,
  insertRelease,
  lockSeries,
  neighbours,
  postRelease,
  stageEntries,
  upsertPromises,
  type ResolvedPromise,
} from "#store/releases.ts";

export type ReleaseOrder = Readonly<{
  book: string;
  newBook?: NewBook | undefined; // opens the book where there is none
  release: string;
  publishedOn: string;
  fileName: string;
  sha256: string;
  source: NewSource;
  actor: string;
  strict: boolean;
  signal?: AbortSignal | undefined;
}>;

export type ReleaseOutcome = Readonly<{
  book: string;
  series: string;
  release: string;
  unchanged: boolean; // it was already on record
  promises: number;
  postings: number;
  remarks: readonly ImportRemark[];
}>;

/**
 * Takes a file's content into the record as one release, all or nothing.
 * @throws MainstayError release_already_imported_with_other_content, release_date_taken, unknown_book, rows_refused (strict), no_row_readable, import_cancelled
 */
export async function recordRelease(
  db: Database,
  content: ReleaseContent,
  order: ReleaseOrder,
): Promise<ReleaseOutcome> {
  try {
    const outcome = await db.transaction().execute((trx) => recordInside(trx, content, order));
    if (outcome.postings > 0) await settle(db, outcome.postings);
    return outcome;
  } catch (error) {
    if (constraintOf(error) === "stage_below_zero")
      throw new MainstayError("stage_below_zero", undefined, { file: order.fileName });
    if (sqlStateOf(error) === "23505" && constraintOf(error)?.includes("published_on") === true) {
      throw new MainstayError("release_date_taken", `${order.release}, ${order.publishedOn}`);
    }
    throw error;
  }
}

async function recordInside(trx: Queries, content: ReleaseContent, order: ReleaseOrder): Promise<ReleaseOutcome> {
  if (order.newBook !== undefined) await ensureBook(trx, order.newBook);
  const book = await findBook(trx, order.book);
  if (book === undefined) throw new MainstayError("unknown_book", order.book);
  await lockSeries(trx, book.no, content.series);
  const known = await findRelease(trx, book.no, content.series, order.release);
  const outcome = { book: order.book, series: content.series, release: order.release };
  if (known !== undefined) {
    if (known.sha256 === order.sha256 && known.publishedOn === order.publishedOn) {
      return { ...outcome, unchanged: true, promises: 0, postings: 0, remarks: [] };
    }
    throw new MainstayError(
      "release_already_imported_with_other_content",
      `${order.release}, published ${known.publishedOn}`,
      {
        file: order.fileName,
      },
    );
  }
  const { before: _, after, same } = await neighbours(trx, book.no, content.series, order.publishedOn);
  if (same !== undefined)
    throw new MainstayError("release_date_taken", `${same.name}, ${same.publishedOn}`, { file: order.fileName });

  const resolved = await resolve(trx, book, content);
  const remarks = [...content.remarks, ...resolved.remarks];
  const refused = remarks.filter((remark) => remark.severity === "refused");
  const [firstRefused] = refused;
  if (firstRefused !== undefined && (order.strict || resolved.promises.length === 0))
    throw refusal(order.strict ? "rows_refused" : "no_row_readable", firstRefused, refused.length, order.fileName);
  stopIfCancelled(order);

  const units = await ensureUnits(trx, [
    { code: content.reportedCurrency, kind: "currency", scale: 2, name: content.reportedCurrency },
  ]);
  const reportedUnitNo = present(units.get(content.reportedCurrency), "the reported currency");
  const sourceNo = await ensureSource(trx, order.source);
  const releaseNo = await insertRelease(trx, {
    bookNo: book.no,
    series: content.series,
    name: order.release,
    publishedOn: order.publishedOn,
    fileName: order.fileName,
    sha256: order.sha256,
    rows: content.readings.length,
    reportedUnitNo,
    sourceNo,
    actor: order.actor,
    remarks,
  });
  await insertCoverage(trx, releaseNo, content.coverage);
  await insertPublishedTotals(trx, releaseNo, resolved.published);
  const promiseNos = await upsertPromises(trx, book.no, resolved.promises);
  await insertReadings(trx, releaseNo, resolved.promises, promiseNos);
  await stageEntries(trx, { bookNo: book.no, reportedUnitNo }, resolved.entries, promiseNos);
  const postings = await postRelease(trx, {
    bookNo: book.no,
    series: content.series,
    releaseNo,
    releaseName: order.release,
    publishedOn: order.publishedOn,
    sourceNo,
    reportedUnitNo,
    actor: order.actor,
    after,
  });
  stopIfCancelled(order);
  return { ...outcome, unchanged: false, promises: resolved.promises.length, postings, remarks };
}

/** Thrown inside the transaction, it leaves nothing behind. */
function stopIfCancelled(order: ReleaseOrder): void {
  if (order.signal?.aborted === true) throw new MainstayError("import_cancelled", undefined, { file: order.fileName });
}

type Resolved = Readonly<{
  promises: readonly ResolvedPromise[];
  entries: readonly LedgerEntry[];
  published: readonly (ReleaseContent["published"][number] & { donorNo: number })[];
  remarks: readonly ImportRemark[];
}>;

/** Finds every party and unit in the register; rows whose giver is not there, and those of a fund's own money, stay out, each named. */
async function resolve(trx: Queries, book: StoredBook, content: ReleaseContent): Promise<Resolved> {
  const parties = await partyNumbers(trx);
  const find = (name: string) => parties.get(name.trim().toLowerCase());
  const units = await ensureUnits(
    trx,
    content.readings.map((reading) => reading.unit),
  );
  const codes = content.readings.map((reading) => reading.code);
  const ofFunds = await promisesOfFunds(trx, book.no, codes);
  const remarks: ImportRemark[] = [];
  const promises: ResolvedPromise[] = [];
  const places = new Map<number, number>(); // of a reading's place in the file's content to that of its promise
  const known = new Map<string, number>();
  content.readings.forEach((reading, index) => {
    const donorNo = find(reading.donor);
    const recipientNo = find(reading.recipient);
    if (donorNo === undefined || recipientNo === undefined) {
      remarks.push(unknownParty(reading, donorNo === undefined ? "donor" : "recipient"));
      return;
    }
    const own = ofFunds.find((one) => one.code === reading.code && one.donorNo === donorNo);
    if (own !== undefined) {
      remarks.push(ofAFund(reading, own.fund));
      return;
    }
    const unitNo = present(units.get(reading.unit.code), "a reading's unit");
    // A file may spell one giver in two ways: both readings are of one promise.
    const identity = JSON.stringify([reading.code, donorNo, reading.category, reading.stream, unitNo]);
    const place = known.get(identity) ?? promises.length;
    places.set(index, place);
    known.set(identity, place);
    const first = promises[place]?.reading;
    const quantityStated = reading.quantityStated || first?.quantityStated === true;
    promises[place] = { reading: { ...(first ?? reading), quantityStated }, donorNo, recipientNo, unitNo };
  });
  const entries = content.entries.flatMap((entry) => {
    const place = places.get(entry.promise);
    return place === undefined ? [] : [{ ...entry, promise: place }];
  });
  const published = content.published.flatMap((total) => {
    const donorNo = find(total.donor);
    return donorNo === undefined ? [] : [{ ...total, donorNo }];
  });
  return { promises, entries, published, remarks };
}

function unknownParty(reading: PromiseReading, column: "donor" | "recipient"): ImportRemark {
  return {
    severity: "refused",
    code: "unknown_party",
    sheet: reading.sheet,
    row: reading.row,
    column,
    found: reading[column],
    reason: "This party is not in the register, so the row stays out.",
  };
}

/** What a fund is given and what it gives is entered by its calls, pledges, bank statements and decisions alone. */
function ofAFund(reading: PromiseReading, fund: string): ImportRemark {
  return {
    severity: "refused",
    code: "promise_of_a_fund",
    sheet: reading.sheet,
    row: reading.row,
    column: "code",
    found: reading.code,
    reason: `This is money of the fund ${fund}, which no release adds to, so the row stays out.`,
  };
}

function refusal(
  code: "rows_refused" | "no_row_readable",
  first: ImportRemark,
  count: number,
  fileName: string,
): MainstayError {
  return new MainstayError(code, `${count} rows, the first: ${first.found.slice(0, 200)} (${first.reason})`, {
    file: fileName,
    sheet: first.sheet ?? undefined,
    row: first.row,
    column: first.column,
  });
}
