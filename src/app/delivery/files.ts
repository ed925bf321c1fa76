import { basename } from "node:path";
import { eventOf } from "#core/delivery/chain.ts";
import { donorReported, standIn, sumWhere } from "#core/delivery/fold.ts";
import { MainstayError } from "#core/errors.ts";
import type { ConfirmationOutcome } from "#core/views-delivery.ts";
import { readReceipts, receiptColumns, receiptSheet, type ReceiptRow } from "#formats/delivery/receipts.ts";
import { readTable } from "#formats/needs/file.ts";
import type { ReadRow } from "#formats/needs/rows.ts";
import { writeCsv, writeXlsx } from "#formats/needs/write.ts";
import { isDay } from "#formats/reference/table.ts";
import { present } from "#core/present.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { dayOf } from "../clock.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { cutOf } from "../planning/cut.ts";
import { nameOfKind } from "../planning/said.ts";
import { carriedOf, requireCarried, type Carried } from "./carried.ts";
import type { Doing } from "./enact.ts";
import { receiveInto, type Received } from "./receive.ts";

/**
 * A file to fill in and import again: a row for each line of which something can be signed for, of the consignments named or of all.
 * @throws MainstayError unknown_book, unknown_consignment
 */
export async function receiptsTemplate(
  db: Database,
  book: string,
  asked: Readonly<{ consignments?: readonly string[] | undefined; format: "xlsx" | "csv" }>,
): Promise<Uint8Array> {
  const cut = await cutOf(db, book, undefined);
  const { consignments } = asked;
  for (const id of consignments ?? []) await requireCarried(db, cut.bookNo, id);
  const rows = (await carriedOf(db, cut.bookNo, null, consignments)).flatMap(rowsOf);
  if (asked.format === "csv") return new TextEncoder().encode(writeCsv(receiptColumns, rows));
  const { synthetic, title } = cut.head;
  const notes = [
    `${synthetic ? "Made up: what" : "What"} the recipient signs for, of the book ${title}.`,
    "Write in the column received how many of each line were received, and import the file again.",
    "Where this is more or less than the donor side reports, a question opens that both sides see until it is settled.",
  ];
  return writeXlsx({ sheet: receiptSheet, columns: receiptColumns }, rows, { kinds: [], notes });
}

function rowsOf({ id, chain, linesNow }: Carried): ReceiptRow[] {
  const { from } = eventOf(chain, "confirm");
  return linesNow
    .filter(({ standing }) => standIn(standing, from) > 0n)
    .map(({ line, item, giverName, standing, steps }) => ({
      consignment: id,
      line,
      item: nameOfKind(item),
      giver: giverName,
      carried: Number(sumWhere(standing, () => true)),
      handedOver: donorReported(chain, steps) === null ? null : Number(standing.get(chain.handedOver) ?? 0n),
      received: null,
      receivedOn: "",
      note: "",
    }));
}

const mostShown = 50;
type Wrong = Readonly<{ row: number; found: string }>;

/**
 * Signs for what a file of receipts says: the sheet Receipts of a workbook, or a CSV. All of it or nothing; what is wrong is told row by row, together.
 * @throws MainstayError unknown_book, confirmation_rows_refused, sheet_not_found, header_only, those of reading the file
 */
export async function confirmFile(
  db: Database,
  book: string,
  file: Readonly<{ bytes: Uint8Array; fileName: string }>,
  order: Readonly<{ on?: string | undefined; source?: string | undefined }>,
  doing: Doing,
): Promise<ConfirmationOutcome> {
  const cut = await cutOf(db, book, undefined);
  const fileName = basename(file.fileName);
  const read = readReceipts(await readTable(file.bytes, receiptSheet, { fileName }));
  const wrong = read.problems.map(({ row, column, found }): Wrong => ({
    row: row ?? 1,
    found: column === null ? found : `${column}: ${found}`,
  }));
  const counted = read.rows.filter(({ record }) => record.received !== null);
  return inTransaction(db, async (trx) => {
    await lockPlanning(trx, cut.bookNo);
    const ids = [...new Set(counted.map(({ record }) => record.consignment))];
    const carried = new Map((await carriedOf(trx, cut.bookNo, null, ids)).map((one) => [one.id, one]));
    wrong.push(...faultsOf(counted, carried, dayOf(doing.now)));
    if (wrong.length > 0) throw refusal(wrong, fileName);
    const done: Received[] = [];
    for (const [id, rows] of Map.groupBy(counted, ({ record }) => record.consignment)) {
      const notes = rows.map(({ record }) => record.note).filter((note) => note !== "");
      const lines = rows.map(({ record }) => ({
        line: record.line,
        pieces: record.received ?? 0,
        on: record.receivedOn,
      }));
      const receipt = { ...order, evidence: fileName, reason: notes.join("; "), lines };
      done.push(await receiveInto(trx, cut, present(carried.get(id), id), receipt, doing));
    }
    return {
      file: fileName,
      rows: counted.length,
      consignments: ids,
      confirmed: Number(done.reduce((sum, one) => sum + one.confirmed, 0n)),
      queries: done.flatMap((one) => one.queries),
    };
  });
}

/** What keeps rows from being signed for, row by row. */
function faultsOf(
  rows: readonly ReadRow<ReceiptRow>[],
  carried: ReadonlyMap<string, Carried>,
  today: string,
): readonly Wrong[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ record, row }) => {
    const name = `line ${record.line} of ${record.consignment}`;
    const before = seen.get(name);
    seen.set(name, before ?? row);
    const found =
      before === undefined
        ? faultOf(record, carried.get(record.consignment), today)
        : `line: ${name}, as in row ${before}`;
    return found === null ? [] : [{ row, found }];
  });
}

function faultOf(
  { consignment, line, receivedOn }: ReceiptRow,
  carried: Carried | undefined,
  today: string,
): string | null {
  if (carried === undefined) return `consignment: there is none called ${JSON.stringify(consignment.slice(0, 100))}`;
  const found = carried.linesNow.find((one) => one.line === line);
  if (found === undefined) return `line: ${consignment} has no line ${line}`;
  if (standIn(found.standing, eventOf(carried.chain, "confirm").from) === 0n)
    return `received: nothing of line ${line} of ${consignment} is on its way or handed over`;
  if (receivedOn !== "" && !isDay(receivedOn))
    return `received on: ${JSON.stringify(receivedOn.slice(0, 40))} is no day; write it as YYYY-MM-DD`;
  return receivedOn > today ? `received on: ${receivedOn}, and today is ${today}` : null;
}

function refusal(wrong: readonly Wrong[], file: string): MainstayError {
  const shown = wrong
    .toSorted((one, other) => one.row - other.row)
    .slice(0, mostShown)
    .map(({ row, found }) => `row ${row}, ${found}`);
  const more = wrong.length > mostShown ? `; and ${wrong.length - mostShown} more` : "";
  return new MainstayError("confirmation_rows_refused", `${shown.join("; ")}${more}`, { file });
}
