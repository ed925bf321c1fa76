import { putRight, restPlaces, type RestPlace } from "#core/delivery/differences.ts";
import { refuseFuture } from "#core/delivery/legality.ts";
import type { Move } from "#core/delivery/fold.ts";
import { MainstayError } from "#core/errors.ts";
import { parseDay } from "#core/frame.ts";
import type { DeliverySide } from "#core/views-delivery.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import { insertMessage, insertSettlement, queriesOf, type StoredQuery } from "#store/delivery/queries.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { dayOf } from "../clock.ts";
import { cutOf, type Cut } from "../planning/cut.ts";
import { settleOutstanding } from "./agree.ts";
import { lineAt, requireCarried, type Carried } from "./carried.ts";
import { enact, type Doing } from "./enact.ts";

/** @throws MainstayError unknown_delivery_query */
async function requireQuery(trx: Queries, cut: Cut, id: string): Promise<StoredQuery> {
  const no = /^\d{1,15}$/.test(id) ? Number(id) : -1;
  const [found] = await queriesOf(trx, cut.bookNo, null, { no });
  if (found === undefined) throw new MainstayError("unknown_delivery_query", JSON.stringify(id), { field: "query" });
  return found;
}

/** @throws MainstayError unknown_delivery_query, query_settled_already */
async function requireOpen(trx: Queries, cut: Cut, id: string): Promise<StoredQuery> {
  const found = await requireQuery(trx, cut, id);
  if (found.settled !== null)
    throw new MainstayError("query_settled_already", `query ${id}, on ${dayOf(found.settled.at)}`, { field: "query" });
  return found;
}

/**
 * Adds what a side says to a query that is not settled.
 * @throws MainstayError unknown_book, unknown_delivery_query, query_settled_already, parameter_invalid
 */
export async function answerQuery(
  db: Database,
  book: string,
  id: string,
  message: Readonly<{ side: DeliverySide; says: string }>,
  doing: Doing,
): Promise<void> {
  const cut = await cutOf(db, book, undefined);
  if (message.says.trim() === "") throw new MainstayError("parameter_invalid", "nothing", { field: "says" });
  await inTransaction(db, async (trx) => {
    await lockPlanning(trx, cut.bookNo);
    const { no } = await requireOpen(trx, cut, id);
    await insertMessage(trx, no, { ...message, at: doing.now, actor: doing.actor });
  });
}

/** How a query is settled. `pieces` and `on` only for a split; `rest`: where what was handed over and is not there went. */
export type SettleOrder = Readonly<{
  outcome: "recipient" | "donor" | "split";
  pieces?: number | undefined;
  on?: string | undefined;
  rest?: RestPlace | undefined;
  reason: string;
  source?: string | undefined;
}>;

/**
 * Settles a query by a stated outcome, and puts right by events what stands otherwise.
 * @throws MainstayError unknown_book, unknown_delivery_query, query_settled_already, settlement_does_not_fit, more_than_stands_there, event_without_reason, unknown_source,
 *   invalid_date, event_in_the_future
 */
export async function settleQuery(
  db: Database,
  book: string,
  id: string,
  order: SettleOrder,
  doing: Doing,
): Promise<void> {
  const cut = await cutOf(db, book, undefined);
  if (order.reason.trim() === "") throw new MainstayError("event_without_reason", "a settlement", { field: "reason" });
  if (order.rest !== undefined && !restPlaces.includes(order.rest))
    throw new MainstayError("parameter_invalid", JSON.stringify(order.rest), { field: "rest" });
  await inTransaction(db, async (trx) => {
    await lockPlanning(trx, cut.bookNo);
    const query = await requireOpen(trx, cut, id);
    const carried = await requireCarried(trx, cut.bookNo, query.consignment);
    const settle = query.about === "quantity" ? settleQuantity : settleDay;
    const { pieces, on, events } = await settle(trx, cut, carried, query, order, doing);
    const { outcome, reason } = order;
    await insertSettlement(trx, {
      queryNo: query.no,
      outcome,
      pieces,
      on,
      reason,
      events,
      at: doing.now,
      actor: doing.actor,
    });
    const last = events.at(-1);
    if (last !== undefined) await settleOutstanding(trx, cut, query.consignment, last, doing);
  });
}

type Settled = Readonly<{ pieces: bigint | null; on: string | null; events: readonly number[] }>;

async function settleQuantity(
  trx: Queries,
  cut: Cut,
  carried: Carried,
  query: StoredQuery,
  order: SettleOrder,
  doing: Doing,
): Promise<Settled> {
  if (order.on !== undefined) throw misfit(`a day, ${order.on}, for a query about pieces`, "on");
  const line = lineAt(carried, query.line);
  // What has been signed for since counts as a part of the answer.
  const signed = signedSince(carried, query);
  const agreed = agreedPieces(query, order, signed);
  const moves = putRight(carried.chain, query.line, line.standing, {
    agreed,
    signed,
    missing: BigInt(query.donorPieces) - agreed,
    rest: order.rest ?? "on-the-way",
  });
  if (moves === null)
    throw new MainstayError(
      "more_than_stands_there",
      `${agreed} pieces of line ${query.line} agreed on, ${signed} of them signed for; the others are not there to be signed for, or these not to be taken back`,
      { field: "pieces" },
    );
  const report = correction(query, order, dayOf(doing.now));
  const events = moves.length === 0 ? [] : [await enact(trx, cut, carried, report, moves, doing)];
  return { pieces: agreed, on: null, events };
}

function signedSince(carried: Carried, query: StoredQuery): bigint {
  const { confirmed } = carried.chain;
  return lineAt(carried, query.line)
    .moves.filter((move) => move.event >= query.eventNo)
    .reduce((sum, { from, to, pieces, kind }) => {
      if (to === confirmed) return sum + BigInt(pieces);
      return from === confirmed && kind === "correct" ? sum - BigInt(pieces) : sum;
    }, 0n);
}

function agreedPieces(query: StoredQuery, order: SettleOrder, signed: bigint): bigint {
  const [donor, recipient] = [BigInt(query.donorPieces), BigInt(query.recipientPieces)];
  if (order.outcome === "split") {
    const low = donor < recipient ? donor : recipient;
    const high = donor < recipient ? recipient : donor;
    const pieces = order.pieces;
    if (pieces === undefined || !Number.isSafeInteger(pieces) || BigInt(pieces) < low || BigInt(pieces) > high)
      throw misfit(`${pieces ?? "no"} pieces, where ${low} to ${high} are said`, "pieces");
    return BigInt(pieces);
  }
  if (order.pieces !== undefined)
    throw misfit(`${order.pieces} pieces, and the outcome is the ${order.outcome}'s`, "pieces");
  if (order.outcome === "donor") return donor;
  return signed > recipient ? signed : recipient;
}

async function settleDay(
  trx: Queries,
  cut: Cut,
  carried: Carried,
  query: StoredQuery,
  order: SettleOrder,
  doing: Doing,
): Promise<Settled> {
  if (order.pieces !== undefined) throw misfit(`${order.pieces} pieces, for a query about a day`, "pieces");
  const on = agreedDay(query, order);
  refuseFuture(on, dayOf(doing.now));
  if (on === query.recipientOn) return { pieces: null, on, events: [] };
  const { chain } = carried;
  const pieces = lineAt(carried, query.line)
    .moves.filter((move) => move.event === query.eventNo && move.to === chain.confirmed)
    .reduce((sum, move) => sum + BigInt(move.pieces), 0n);
  const there = lineAt(carried, query.line).standing.get(chain.confirmed) ?? 0n;
  if (there < pieces)
    throw misfit(`${pieces} pieces were signed for, and ${there} of them stand as confirmed`, "outcome");
  const move = (from: string, to: string): Move[] => (pieces === 0n ? [] : [{ line: query.line, from, to, pieces }]);
  const back = correction(query, order, query.recipientOn);
  const first = await enact(trx, cut, carried, back, move(chain.confirmed, chain.onTheWay), doing);
  const again = await enact(trx, cut, carried, { ...back, on }, move(chain.onTheWay, chain.confirmed), doing);
  return { pieces: null, on, events: [first, again] };
}

function agreedDay(query: StoredQuery, order: SettleOrder): string {
  const donor = query.donorOn ?? query.recipientOn;
  if (order.outcome !== "split") {
    if (order.on !== undefined) throw misfit(`${order.on}, and the outcome is the ${order.outcome}'s`, "on");
    return order.outcome === "donor" ? donor : query.recipientOn;
  }
  const on = order.on === undefined ? "" : parseDay(order.on, "on");
  const [low = "", high = ""] = [donor, query.recipientOn].toSorted();
  if (on < low || on > high) throw misfit(`${on || "no day"}, where ${low} to ${high} are said`, "on");
  return on;
}

function correction(query: StoredQuery, order: SettleOrder, on: string) {
  const side = order.outcome === "donor" ? ("donor" as const) : ("recipient" as const);
  return { kind: "correct", side, on, reason: `Query ${query.no}: ${order.reason}`, source: order.source };
}

function misfit(found: string, field: string): MainstayError {
  return new MainstayError("settlement_does_not_fit", found, { field });
}
