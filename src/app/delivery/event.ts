import { eventOf } from "#core/delivery/chain.ts";
import { movesOf } from "#core/delivery/legality.ts";
import { MainstayError } from "#core/errors.ts";
import { parseDay } from "#core/frame.ts";
import type { DeliverySide } from "#core/views-delivery.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { dayOf } from "../clock.ts";
import { cutOf } from "../planning/cut.ts";
import { requireCarried } from "./carried.ts";
import { enact, type Doing } from "./enact.ts";
import { wholePieces } from "./load.ts";
import { receiveAt } from "./receive.ts";
import { settleOutstanding } from "./agree.ts";

/** An event as a side reports it. Without lines it is about all that stand where it begins; without a side, of the side that reports such. */
export type EventOrder = Readonly<{
  event: string;
  side?: DeliverySide | undefined;
  on?: string | undefined;
  place?: string | undefined;
  evidence?: string | undefined;
  reason?: string | undefined;
  source?: string | undefined;
  lines?: readonly Readonly<{ line: number; pieces: number }>[] | undefined;
}>;

/**
 * Enters an event of a consignment, and has the ledger follow. What the recipient confirms is compared with what the donor side reported.
 * @throws MainstayError unknown_book, unknown_consignment, unknown_source, invalid_date, those of movesOf and of receiveAt
 */
export async function enterEvent(
  db: Database,
  book: string,
  consignment: string,
  order: EventOrder,
  doing: Doing,
): Promise<void> {
  if (order.event === "confirm") return confirmEvent(db, book, consignment, order, doing);
  const cut = await cutOf(db, book, undefined);
  const today = dayOf(doing.now);
  await inTransaction(db, async (trx) => {
    await lockPlanning(trx, cut.bookNo);
    const carried = await requireCarried(trx, cut.bookNo, consignment);
    const event = eventOf(carried.chain, order.event);
    const report = {
      kind: event.id,
      side: order.side ?? (event.side === "either" ? ("donor" as const) : event.side),
      on: order.on === undefined ? today : parseDay(order.on, "on"),
      place: order.place,
      evidence: order.evidence,
      reason: order.reason ?? "",
      source: order.source,
    };
    const lines =
      order.lines?.map(({ line, pieces }) => ({ line, pieces: wholePieces(pieces, `line ${line}`) })) ?? null;
    const moves = movesOf(carried.chain, carried.linesNow, { ...report, event: event.id, lines }, today);
    const no = await enact(trx, cut, carried, report, moves, doing);
    await settleOutstanding(trx, cut, consignment, no, doing);
  });
}

async function confirmEvent(
  db: Database,
  book: string,
  consignment: string,
  order: EventOrder,
  doing: Doing,
): Promise<void> {
  if (order.side === "donor")
    throw new MainstayError("event_of_the_other_side", "confirm by the donor", { field: "side" });
  const { lines = null, on, place, evidence, reason, source } = order;
  await receiveAt(db, book, consignment, { lines, on, place, evidence, reason, source }, doing);
}
