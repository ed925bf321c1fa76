import {
  differenceText,
  receive,
  receivedOn,
  type Difference,
  type LineAwaiting,
  type Receipt,
} from "#core/delivery/differences.ts";
import { donorReported, type Move } from "#core/delivery/fold.ts";
import { lineOf, refuseFuture, refuseTwins } from "#core/delivery/legality.ts";
import { eventOf } from "#core/delivery/chain.ts";
import { MainstayError } from "#core/errors.ts";
import { parseDay } from "#core/frame.ts";
import { present } from "#core/present.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import { lastEvents } from "#store/delivery/events.ts";
import { insertQueries, queriesOf } from "#store/delivery/queries.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { dayOf } from "../clock.ts";
import { cutOf, type Cut } from "../planning/cut.ts";
import { settleOutstanding } from "./agree.ts";
import { lineAt, requireCarried, type Carried, type Line } from "./carried.ts";
import { enact, type Doing } from "./enact.ts";

/** What the recipient says it received. Without lines: all that the donor side says is handed over. `on` null: the day that the donor side gave. */
export type ReceiptOrder = Readonly<{
  lines: readonly Readonly<{ line: number; pieces: number; on?: string | undefined }>[] | null;
  on?: string | undefined;
  place?: string | undefined;
  evidence?: string | undefined;
  reason?: string | undefined;
  source?: string | undefined;
  seen?: string | undefined; // the consignment's last event when it was looked at
}>;

export type Opened = Readonly<{ id: string; consignment: string; says: string }>;
export type Received = Readonly<{ confirmed: bigint; queries: readonly Opened[] }>;

/**
 * Puts on record what the recipient signs for. Where it differs from what the donor side reported, a query opens.
 * @throws MainstayError unknown_book, unknown_consignment, consignment_changed, those of receiveInto
 */
export async function receiveAt(
  db: Database,
  book: string,
  consignment: string,
  order: ReceiptOrder,
  doing: Doing,
): Promise<Received> {
  const cut = await cutOf(db, book, undefined);
  return inTransaction(db, async (trx) => {
    await lockPlanning(trx, cut.bookNo);
    const carried = await requireCarried(trx, cut.bookNo, consignment);
    return receiveInto(trx, cut, carried, order, doing);
  });
}

/**
 * The same, in a transaction that holds the book's lock.
 * @throws MainstayError consignment_changed, unknown_consignment_line, consignment_lines_invalid, event_in_the_future, event_out_of_order, invalid_date, unknown_source
 */
export async function receiveInto(
  trx: Queries,
  cut: Cut,
  carried: Carried,
  order: ReceiptOrder,
  doing: Doing,
): Promise<Received> {
  await refuseChanged(trx, carried, order.seen);
  const today = dayOf(doing.now);
  const open = await openLines(trx, cut, carried);
  const receipts = receiptsOf(carried, order, today);
  const byDay = Map.groupBy(receipts, (receipt) => {
    const on = receivedOn(awaiting(carried, lineAt(carried, receipt.line), open), receipt, today);
    refuseBeforeItLeft(carried, receipt.line, on);
    return on;
  });
  let confirmed = 0n;
  const queries: Opened[] = [];
  for (const [on, sameDay] of [...byDay].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const done = await receiveOn(trx, cut, carried, { on, receipts: sameDay, open, order }, doing);
    confirmed += done.confirmed;
    queries.push(...done.queries);
  }
  return { confirmed, queries };
}

async function receiveOn(
  trx: Queries,
  cut: Cut,
  carried: Carried,
  day: Readonly<{ on: string; receipts: readonly Receipt[]; open: ReadonlySet<number>; order: ReceiptOrder }>,
  doing: Doing,
): Promise<Received> {
  const { on, receipts, open, order } = day;
  const today = dayOf(doing.now);
  const done = receipts.map((receipt) =>
    receive(carried.chain, awaiting(carried, lineAt(carried, receipt.line), open), receipt, today),
  );
  const moves: Move[] = done.flatMap((one) => one.moves);
  const report = { kind: "confirm", side: "recipient" as const, on, ...pick(order) };
  const event = await enact(trx, cut, carried, report, moves, doing, receipts);
  const differences = done.flatMap((one) => one.differences);
  const opened = await openQueries(trx, carried, event, differences, doing);
  await settleOutstanding(trx, cut, carried.id, event, doing);
  return { confirmed: moves.reduce((sum, move) => sum + move.pieces, 0n), queries: opened };
}

function pick({ place, evidence, reason, source }: ReceiptOrder) {
  return { place, evidence, reason, source };
}

async function openQueries(
  trx: Queries,
  carried: Carried,
  eventNo: number,
  differences: readonly Difference[],
  doing: Doing,
): Promise<Opened[]> {
  const numbers = await insertQueries(
    trx,
    differences.map(({ line, about, donor, recipient }) => ({
      eventNo,
      consignmentNo: carried.no,
      lineNo: lineAt(carried, line).no,
      about,
      donorPieces: donor.pieces,
      donorOn: donor.on,
      recipientPieces: recipient.pieces,
      recipientOn: recipient.on,
      at: doing.now,
    })),
  );
  return differences.map((difference, index) => ({
    id: String(present(numbers[index], "a query")),
    consignment: carried.id,
    says: differenceText(difference),
  }));
}

async function refuseChanged(trx: Queries, carried: Carried, seen: string | undefined): Promise<void> {
  if (seen === undefined) return;
  const last = (await lastEvents(trx, [carried.no], null)).get(carried.no)?.no;
  if (String(last) !== seen)
    throw new MainstayError("consignment_changed", `event ${last}, where event ${seen} was the last one seen`);
}

/** The lines about whose quantity a query is not settled. */
async function openLines(trx: Queries, cut: Cut, carried: Carried): Promise<ReadonlySet<number>> {
  const queries = await queriesOf(trx, cut.bookNo, null, { consignments: [carried.no] });
  return new Set(
    queries.filter((query) => query.settled === null && query.about === "quantity").map((query) => query.line),
  );
}

function receiptsOf(carried: Carried, order: ReceiptOrder, today: string): Receipt[] {
  const on = order.on === undefined || order.on === "" ? null : parseDay(order.on, "on");
  if (on !== null) refuseFuture(on, today);
  const { chain } = carried;
  if (order.lines === null) {
    const all = carried.linesNow.map(({ line, standing }) => ({
      line,
      pieces: standing.get(chain.handedOver) ?? 0n,
      on,
    }));
    const some = all.filter(({ pieces }) => pieces > 0n);
    if (some.length === 0)
      throw new MainstayError("event_out_of_order", "confirm, but nothing is handed over; name lines and pieces", {
        field: "lines",
      });
    return some;
  }
  refuseTwins(order.lines.map((one) => one.line));
  const receipts = order.lines.map((one) => {
    lineOf(carried.linesNow, one.line);
    if (!Number.isSafeInteger(one.pieces) || one.pieces < 0)
      throw new MainstayError("consignment_lines_invalid", `${one.pieces} pieces of line ${one.line}`, {
        field: "pieces",
      });
    const own = one.on === undefined || one.on === "" ? on : parseDay(one.on, "on");
    if (own !== null) refuseFuture(own, today);
    return { line: one.line, pieces: BigInt(one.pieces), on: own };
  });
  for (const receipt of receipts) refuseNothingThere(carried, receipt);
  if (receipts.length === 0) throw new MainstayError("consignment_lines_invalid", "no line", { field: "lines" });
  return receipts;
}

/** A line of which nothing can be received contradicts nobody: it was signed for, or has not left. @throws MainstayError event_out_of_order */
function refuseNothingThere(carried: Carried, receipt: Receipt): void {
  const line = lineAt(carried, receipt.line);
  const { from } = eventOf(carried.chain, "confirm");
  if (from.some((state) => line.standing.has(state))) return;
  throw new MainstayError(
    "event_out_of_order",
    `confirm, but nothing of line ${receipt.line} is on its way or handed over`,
    {
      field: "line",
    },
  );
}

/** Nothing is received before it left: a day between leaving and handing over is the recipient's to say. @throws MainstayError event_out_of_order */
function refuseBeforeItLeft(carried: Carried, lineNo: number, on: string): void {
  const { since } = lineAt(carried, lineNo);
  const [left] = eventOf(carried.chain, "confirm")
    .from.flatMap((state) => since.get(state) ?? [])
    .toSorted();
  if (left !== undefined && on < left)
    throw new MainstayError("event_out_of_order", `received on ${on}; line ${lineNo} left on ${left}`, { field: "on" });
}

/** A line as a receipt finds it. */
function awaiting(carried: Carried, line: Line, open: ReadonlySet<number>): LineAwaiting {
  const { chain } = carried;
  return {
    line: line.line,
    standing: line.standing,
    reported: donorReported(chain, line.steps),
    handedOverOn: [...new Set(line.steps.filter((step) => step.to === chain.handedOver).map((step) => step.on))],
    open: open.has(line.line),
  };
}
