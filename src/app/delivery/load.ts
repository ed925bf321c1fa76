import { refuseTwins, refuseFuture } from "#core/delivery/legality.ts";
import { MainstayError } from "#core/errors.ts";
import { parseDay } from "#core/frame.ts";
import { present } from "#core/present.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import { ensureLines, insertConsignment, type NewConsignment } from "#store/delivery/consignments.ts";
import { carriedPlacements, type CarriedPlacement } from "#store/delivery/placements.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { dayOf } from "../clock.ts";
import { cutOf, type Cut } from "../planning/cut.ts";
import { kindOf } from "../planning/taxonomy.ts";
import { requireCarried } from "./carried.ts";
import { enact, type Doing } from "./enact.ts";
import { chainOf } from "./policy.ts";
import { sourceOf } from "./source.ts";

/** A consignment to be made. `pieces` null: all of the placement that no consignment carries yet. */
export type NewOrder = Readonly<{
  id: string;
  title: string;
  hub?: string | undefined; // the placements' own where left out
  carrier?: string | undefined;
  note?: string | undefined;
  on?: string | undefined;
  source?: string | undefined;
  lines: readonly Readonly<{ placement: string; pieces: number | null }>[];
}>;

/**
 * Makes a consignment of pieces of placements, all of one stream.
 * @throws MainstayError unknown_book, parameter_invalid, consignment_lines_invalid, unknown_placement, consignment_of_several_streams, placement_carried_already,
 *   consignment_exists_already, unknown_source, event_in_the_future, invalid_date
 */
export async function newConsignment(db: Database, book: string, order: NewOrder, doing: Doing): Promise<void> {
  refuseName(order.id, order.title);
  const cut = await cutOf(db, book, undefined);
  const on = order.on === undefined ? dayOf(doing.now) : parseDay(order.on, "on");
  refuseFuture(on, dayOf(doing.now));
  await inTransaction(db, async (trx) => {
    await lockPlanning(trx, cut.bookNo);
    const wanted = await wantedOf(trx, cut, order);
    const [first] = wanted;
    const { item, hub } = present(first, "a line").placement;
    const made = { ...order, hub: order.hub ?? hub, carrier: order.carrier ?? null, note: order.note ?? "" };
    await make(trx, cut, { ...made, stream: kindOf(item).stream }, doing, order.source);
    const carried = await addLines(
      trx,
      cut,
      order.id,
      wanted.map((one) => one.placement.no),
    );
    const moves = wanted.map(({ placement, pieces }) => ({
      line: present(
        carried.linesNow.find((line) => line.placementNo === placement.no),
        placement.id,
      ).line,
      from: null,
      to: carried.chain.starts,
      pieces,
    }));
    await enact(trx, cut, carried, { kind: "load", side: "donor", on, source: order.source }, moves, doing);
  });
}

/** @throws MainstayError parameter_invalid */
export function refuseName(id: string, title: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(id))
    throw new MainstayError("parameter_invalid", JSON.stringify(id), { field: "id" });
  if (title.trim() === "") throw new MainstayError("parameter_invalid", "nothing", { field: "title" });
}

/** @throws MainstayError consignment_exists_already, unknown_source */
export async function make(
  trx: Queries,
  cut: Cut,
  made: NewConsignment,
  doing: Doing,
  source: string | undefined,
): Promise<void> {
  const { no: sourceNo } = await sourceOf(trx, cut, made, { side: "donor", source });
  const entered = await insertConsignment(trx, cut.bookNo, made, { knownAt: doing.now, sourceNo, actor: doing.actor });
  if (entered === undefined)
    throw new MainstayError("consignment_exists_already", JSON.stringify(made.id), { field: "id" });
}

/** A consignment with lines for placements, those that it had and those that it gets. */
export async function addLines(trx: Queries, cut: Cut, id: string, placements: readonly number[]) {
  const { no } = await requireCarried(trx, cut.bookNo, id);
  await ensureLines(trx, cut.bookNo, no, placements);
  return requireCarried(trx, cut.bookNo, id);
}

type Wanted = Readonly<{ placement: CarriedPlacement; pieces: bigint }>;

async function wantedOf(trx: Queries, cut: Cut, { lines }: NewOrder): Promise<Wanted[]> {
  if (lines.length === 0) throw new MainstayError("consignment_lines_invalid", "no line", { field: "lines" });
  const ids = lines.map((line) => line.placement);
  refuseTwins(ids);
  const found = new Map((await carriedPlacements(trx, cut.bookNo, { ids })).map((one) => [one.id, one]));
  const strangers = ids.filter((id) => !found.has(id));
  if (strangers.length > 0)
    throw new MainstayError("unknown_placement", strangers.slice(0, 5).join(", "), { field: "placement" });
  const wanted = lines.map(({ placement, pieces }) => {
    const one = present(found.get(placement), placement);
    return { placement: one, pieces: pieces === null ? leftOf(one) : wholePieces(pieces, placement) };
  });
  for (const { placement, pieces } of wanted) refuseCarried(placement, pieces);
  refuseMixed(wanted);
  return wanted;
}

/** @throws MainstayError consignment_lines_invalid */
export function wholePieces(pieces: number, of: string): bigint {
  if (!Number.isSafeInteger(pieces) || pieces < 1)
    throw new MainstayError("consignment_lines_invalid", `${pieces} pieces of ${of}`, { field: "pieces" });
  return BigInt(pieces);
}

function refuseCarried(placement: CarriedPlacement, pieces: bigint): void {
  const left = leftOf(placement);
  if (pieces <= left && left > 0n) return;
  const found = `${pieces} of ${placement.id}, of whose ${placement.pieces} pieces ${left} are in no consignment`;
  throw new MainstayError("placement_carried_already", found, { field: "pieces" });
}

/** Pieces that no consignment carries: never taken in, or returned. */
function leftOf({ item, pieces, standing }: CarriedPlacement): bigint {
  const chain = chainOf(kindOf(item).stream);
  const returned = new Set(chain.states.filter((state) => state.reached === "returned").map((state) => state.id));
  return Object.entries(standing).reduce(
    (left, [state, count]) => (returned.has(state) ? left : left - BigInt(count)),
    BigInt(pieces),
  );
}

function refuseMixed(wanted: readonly Wanted[]): void {
  const streams = [...new Set(wanted.map(({ placement }) => kindOf(placement.item).stream))];
  if (streams.length > 1) throw new MainstayError("consignment_of_several_streams", streams.join(" and "));
}
