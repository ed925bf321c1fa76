import { MainstayError } from "#core/errors.ts";
import { emptyFrame, type PlanningFrame } from "#core/planning/frame.ts";
import { readPlanningFrame } from "#formats/planning-frame/read.ts";
import { decodeText } from "#formats/text/decode.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import { insertFrame, lastFrame, type StoredFrame } from "#store/planning/frame.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { ensureSource } from "#store/register.ts";
import { requireBook } from "../books.ts";
import { keyOn, openShelf } from "../keys.ts";
import { namesOf, type Names } from "./nameable.ts";
import type { Entering } from "./needs.ts";

export type { PlanningFrame } from "#core/planning/frame.ts";

/** Capacities and prices of a book, where they come from; version 0, one hub without limits, where none were entered. */
export type FrameView = Readonly<{
  book: string;
  version: number;
  knownAt: string | null;
  source: StoredFrame["source"] | null;
  frame: PlanningFrame;
}>;

/** @throws MainstayError unknown_book */
export async function planningFrame(db: Database, book: string, knownBefore: string | null = null): Promise<FrameView> {
  const { no } = await requireBook(db, book);
  const last = await lastFrame(db, no, knownBefore);
  if (last === undefined) return { book, version: 0, knownAt: null, source: null, frame: emptyFrame };
  const { seq, knownAt, source, body } = last;
  return { book, version: seq, knownAt, source, frame: body };
}

/**
 * Reads a frame from the bytes of its file and enters it as a further version.
 * @throws MainstayError unknown_book, planning_frame_invalid, those of enterFrame and of decodeText
 */
export async function importFrame(
  db: Database,
  book: string,
  file: Readonly<{ bytes: Uint8Array; fileName: string }>,
  entering: Entering,
): Promise<FrameView> {
  const frame = readPlanningFrame(decodeText(file.bytes, { fileName: file.fileName }), file.fileName);
  await enterFrame(db, book, frame, entering);
  return planningFrame(db, book);
}

/**
 * Enters a frame that came as a value, not as a file.
 * @throws MainstayError those of importFrame
 */
export async function putFrame(db: Database, book: string, frame: unknown, entering: Entering): Promise<FrameView> {
  await enterFrame(db, book, readPlanningFrame(JSON.stringify(frame), undefined), entering);
  return planningFrame(db, book);
}

/**
 * Enters capacities and prices of a book: the whole of them, in place of those before.
 * @throws MainstayError unknown_book, unknown_item_kind, unknown_party, unknown_coalition, unknown_key, version_out_of_order
 */
export async function enterFrame(db: Database, book: string, frame: PlanningFrame, entering: Entering): Promise<void> {
  const { no: bookNo } = await requireBook(db, book);
  await inTransaction(db, async (trx) => {
    await lockPlanning(trx, bookNo);
    await refuseStrangers(trx, bookNo, frame);
    const last = await lastFrame(trx, bookNo, null);
    const { knownAt, actor } = entering;
    if (last !== undefined && Date.parse(knownAt) < Date.parse(last.knownAt))
      throw new MainstayError("version_out_of_order", `${knownAt}, where ${last.knownAt} is on record`);
    await insertFrame(trx, bookNo, frame, { knownAt, actor, sourceNo: await ensureSource(trx, entering.source) });
  });
}

async function refuseStrangers(trx: Queries, bookNo: number, frame: PlanningFrame): Promise<void> {
  const names = await namesOf(trx, bookNo);
  for (const [index, { item }] of frame.market.entries()) refuseKind(names, item, `market[${index}].item`);
  for (const [index, { item }] of frame.assumptions.entries()) refuseKind(names, item, `assumptions[${index}].item`);
  for (const [index, { item, coalition }] of frame.roadmap.entries()) {
    if (item !== null) refuseKind(names, item, `roadmap[${index}].item`);
    if (!names.coalitions.has(coalition))
      throw new MainstayError("unknown_coalition", JSON.stringify(coalition), { field: `roadmap[${index}].coalition` });
  }
  const { shares } = frame;
  if (shares === null) return;
  if ("key" in shares) return void keyOn(await openShelf(), shares.key);
  const stranger = shares.table.findIndex(({ party }) => !names.parties.has(party));
  if (stranger >= 0)
    throw new MainstayError("unknown_party", JSON.stringify(shares.table[stranger]?.party), {
      field: `shares.table[${stranger}].party`,
    });
}

function refuseKind(names: Names, item: string, field: string): void {
  if (!names.kinds.has(item)) throw new MainstayError("unknown_item_kind", JSON.stringify(item), { field });
}
