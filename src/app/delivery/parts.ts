import { arrive, leave, leavingOf, type Leaving } from "#core/delivery/parts.ts";
import { lineOf, refuseFuture, refuseTwins } from "#core/delivery/legality.ts";
import { MainstayError } from "#core/errors.ts";
import { parseDay } from "#core/frame.ts";
import { present } from "#core/present.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import { queriesOf } from "#store/delivery/queries.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { dayOf } from "../clock.ts";
import { cutOf, type Cut } from "../planning/cut.ts";
import { lineAt, requireCarried, type Carried } from "./carried.ts";
import { enact, type Doing } from "./enact.ts";
import { addLines, make, refuseName, wholePieces } from "./load.ts";

export type SplitOrder = Readonly<{
  into: string;
  title?: string | undefined;
  hub?: string | undefined;
  carrier?: string | undefined;
  on?: string | undefined;
  reason?: string | undefined;
  source?: string | undefined;
  lines: readonly Readonly<{ line: number; pieces: number }>[];
}>;

/**
 * Puts a part of a consignment into a new one, in the states in which its pieces are. Nothing moves in the ledger.
 * @throws MainstayError unknown_book, unknown_consignment, consignment_exists_already, unknown_consignment_line, consignment_lines_invalid, more_than_stands_there,
 *   query_still_open, parameter_invalid, event_in_the_future, invalid_date, unknown_source
 */
export async function splitConsignment(
  db: Database,
  book: string,
  consignment: string,
  order: SplitOrder,
  doing: Doing,
): Promise<void> {
  const cut = await cutOf(db, book, undefined);
  await inTransaction(db, async (trx) => {
    await lockPlanning(trx, cut.bookNo);
    const carried = await requireCarried(trx, cut.bookNo, consignment);
    if (order.lines.length === 0) throw new MainstayError("consignment_lines_invalid", "no line", { field: "lines" });
    refuseTwins(order.lines.map((one) => one.line));
    const leaving = order.lines.flatMap(({ line, pieces }) => {
      const { standing } = lineOf(carried.linesNow, line);
      return leavingOf(carried.chain, line, standing, wholePieces(pieces, `line ${line}`));
    });
    const { stream, note } = carried;
    const hub = order.hub ?? carried.hub;
    const made = { id: order.into, title: order.title ?? carried.title, stream, hub, note };
    refuseName(made.id, made.title);
    await make(trx, cut, { ...made, carrier: order.carrier ?? carried.carrier }, doing, order.source);
    await hand(trx, cut, { kind: "split", from: carried, into: order.into, leaving, order }, doing);
  });
}

export type MergeOrder = Readonly<{
  consignments: readonly string[];
  on?: string | undefined;
  reason?: string | undefined;
  source?: string | undefined;
}>;

/**
 * Puts all that is on its way in other consignments of the stream into one that there is.
 * @throws MainstayError unknown_book, unknown_consignment, consignments_cannot_merge, query_still_open, event_in_the_future, invalid_date, unknown_source
 */
export async function mergeConsignments(
  db: Database,
  book: string,
  into: string,
  order: MergeOrder,
  doing: Doing,
): Promise<void> {
  const cut = await cutOf(db, book, undefined);
  await inTransaction(db, async (trx) => {
    await lockPlanning(trx, cut.bookNo);
    const target = await requireCarried(trx, cut.bookNo, into);
    if (order.consignments.length === 0) throw refuseMerge("none to merge");
    for (const [index, id] of order.consignments.entries()) {
      const from = await requireCarried(trx, cut.bookNo, id);
      if (id === into || order.consignments.indexOf(id) !== index) throw refuseMerge(`${id} twice`);
      if (from.stream !== target.stream) throw refuseMerge(`${id} of ${from.stream}, ${into} of ${target.stream}`);
      const leaving = from.linesNow.flatMap(({ line, standing }) => leavingOf(from.chain, line, standing, null));
      if (leaving.length === 0) throw refuseMerge(`nothing of ${id} is on its way`);
      await hand(trx, cut, { kind: "merge", from, into, leaving, order }, doing);
    }
  });
}

function refuseMerge(found: string): MainstayError {
  return new MainstayError("consignments_cannot_merge", found, { field: "consignments" });
}

type Handing = Readonly<{
  kind: "split" | "merge";
  from: Carried;
  into: string;
  leaving: readonly Leaving[];
  order: Readonly<{ on?: string | undefined; reason?: string | undefined; source?: string | undefined }>;
}>;

/** Has pieces leave a consignment and arrive in another: two events, each the other's partner. */
async function hand(
  trx: Queries,
  cut: Cut,
  { kind, from, into, leaving, order }: Handing,
  doing: Doing,
): Promise<void> {
  await refuseOpen(trx, cut, from, leaving);
  const today = dayOf(doing.now);
  const on = order.on === undefined ? today : parseDay(order.on, "on");
  refuseFuture(on, today);
  const placementOf = (line: number) => lineAt(from, line).placementNo;
  const target = await addLines(trx, cut, into, [...new Set(leaving.map(({ line }) => placementOf(line)))]);
  const report = { kind, side: "donor" as const, on, reason: order.reason, source: order.source };
  const left = await enact(trx, cut, from, report, leave(leaving), doing);
  const there = (line: number) =>
    present(
      target.linesNow.find((one) => one.placementNo === placementOf(line)),
      `a line of ${into}`,
    ).line;
  await enact(trx, cut, target, { ...report, partner: left }, arrive(leaving, there), doing);
}

/** @throws MainstayError query_still_open */
async function refuseOpen(trx: Queries, cut: Cut, from: Carried, leaving: readonly Leaving[]): Promise<void> {
  const queries = await queriesOf(trx, cut.bookNo, null, { consignments: [from.no] });
  const open = queries.find((query) => query.settled === null && leaving.some(({ line }) => line === query.line));
  if (open !== undefined)
    throw new MainstayError("query_still_open", `query ${open.no}, about line ${open.line} of ${from.id}`, {
      field: "line",
    });
}
