import type { UncarriedList } from "#core/views-delivery-picture.ts";
import type { Database } from "#store/database.ts";
import { uncarriedBefore } from "#store/delivery/uncarried.ts";
import { lastFrame } from "#store/planning/frame.ts";
import { dayOf, type Clock } from "../clock.ts";
import { decodeCursor, encodeCursor } from "../pages.ts";
import { cutOf } from "../planning/cut.ts";
import { kindWords } from "../planning/said.ts";

export type UncarriedQuestion = Readonly<{
  book: string;
  knownAt?: string | undefined;
  need?: string | undefined;
  giver?: string | undefined;
  hub?: string | undefined;
  stream?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}>;

/**
 * What was placed and is in no consignment yet, first due first.
 * @throws MainstayError unknown_book, invalid_date, parameter_invalid
 */
export async function uncarriedList(db: Database, clock: Clock, asked: UncarriedQuestion): Promise<UncarriedList> {
  const cut = await cutOf(db, asked.book, asked.knownAt);
  const start = decodeCursor(asked.cursor);
  const limit = asked.limit ?? 200;
  const { need, giver, hub, stream } = asked;
  const frame = await lastFrame(db, cut.bookNo, cut.knownBefore);
  const hubs = new Map((frame?.body.hubs ?? []).map((one) => [one.id, one.name]));
  const rows = (await uncarriedBefore(db, cut.bookNo, cut.knownBefore, null))
    .filter((one) => (need === undefined || one.need === need) && (giver === undefined || one.giver === giver))
    .filter((one) => hub === undefined || one.hub === hub)
    .map((one) => ({ ...one, ...pick(kindWords(one.item)), hubName: hubs.get(one.hub) ?? one.hub }))
    .filter((one) => stream === undefined || one.stream === stream);
  return {
    head: cut.head,
    asOf: cut.head.knownAt ?? dayOf(clock()),
    items: rows.slice(start, start + limit),
    total: rows.length,
    next: encodeCursor(start + limit, rows.length),
  };
}

function pick({ itemName, stream }: ReturnType<typeof kindWords>) {
  return { itemName, stream };
}
