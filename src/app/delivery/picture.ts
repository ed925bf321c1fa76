import type { Stream } from "#core/bindingness.ts";
import { arrivalsOf, hubPieces, type Arrival } from "#core/delivery/picture.ts";
import type { DeliveryPicture, HubView } from "#core/views-delivery-picture.ts";
import { watchKinds, type WatchKind } from "#core/views-delivery.ts";
import type { Database } from "#store/database.ts";
import { uncarriedBefore, type Uncarried } from "#store/delivery/uncarried.ts";
import { lastFrame } from "#store/planning/frame.ts";
import { dayOf, type Clock } from "../clock.ts";
import { cutOf } from "../planning/cut.ts";
import { kindWords } from "../planning/said.ts";
import { carriedOf, standingOver, type Carried } from "./carried.ts";
import { pipelineOf } from "./list.ts";
import { deliveryPolicy } from "./policy.ts";
import { findingsOf, sceneOf, type Scene } from "./scene.ts";

/**
 * The deliveries of a book in one look.
 * @throws MainstayError unknown_book, invalid_date
 */
export async function deliveryPicture(
  db: Database,
  clock: Clock,
  asked: Readonly<{ book: string; knownAt?: string | undefined }>,
): Promise<DeliveryPicture> {
  const cut = await cutOf(db, asked.book, asked.knownAt);
  const carried = await carriedOf(db, cut.bookNo, cut.knownBefore);
  const scene = await sceneOf(db, cut, carried, dayOf(clock()));
  const uncarried = await uncarriedBefore(db, cut.bookNo, cut.knownBefore, null);
  const frame = await lastFrame(db, cut.bookNo, cut.knownBefore);
  return {
    head: cut.head,
    asOf: scene.asOf,
    consignments: carried.length,
    openQueries: scene.queries.filter((query) => query.settled === null).length,
    pipeline: withUncarried(pipelineOf(carried), uncarried),
    watch: watchCounts(scene, carried, uncarried),
    hubs: hubsOf(frame?.body.hubs ?? [], carried),
    months: arrivalsOf(
      carried.flatMap(({ chain, linesNow }) => linesNow.map((line): Arrival => ({ chain, ...line }))),
      uncarried.map(({ item, dueUntil, pieces }) => ({ stream: streamOf(item), dueUntil, pieces })),
    ),
  };
}

const streamOf = (item: string): Stream => kindWords(item).stream;

function withUncarried(
  pipeline: ReturnType<typeof pipelineOf>,
  uncarried: readonly Uncarried[],
): DeliveryPicture["pipeline"] {
  const left = (stream: Stream) =>
    uncarried.reduce((sum, one) => (streamOf(one.item) === stream ? sum + one.pieces : sum), 0);
  return deliveryPolicy().chains.flatMap(({ stream }) => {
    const states = pipeline.find((one) => one.stream === stream)?.states ?? [];
    const pieces = left(stream);
    return states.length === 0 && pieces === 0 ? [] : [{ stream, uncarried: pieces, states }];
  });
}

function watchCounts(
  scene: Scene,
  carried: readonly Carried[],
  uncarried: readonly Uncarried[],
): DeliveryPicture["watch"] {
  const found = carried.flatMap((one) => one.linesNow.flatMap((line) => findingsOf(scene, one, line)));
  const count = (kind: WatchKind) => found.filter((finding) => finding.kind === kind).length;
  const [late, stuck, unconfirmed] = watchKinds.map(count) as [number, number, number];
  return { late: late + uncarried.filter((one) => one.dueUntil < scene.asOf).length, stuck, unconfirmed };
}

type FrameHub = Readonly<{ id: string; name: string; latitude: number | null; longitude: number | null }>;

/** The hubs of the book's frame, and those that consignments name beside. */
function hubsOf(framed: readonly FrameHub[], carried: readonly Carried[]): HubView[] {
  const through = Map.groupBy(carried, (one) => one.hub);
  const known = new Set(framed.map((hub) => hub.id));
  const others = [...through.keys()]
    .filter((id) => !known.has(id))
    .map((id) => ({ id, name: id, latitude: null, longitude: null }));
  return [...framed, ...others].map(({ id, name, latitude, longitude }) => {
    const those = through.get(id) ?? [];
    return { hub: id, name, latitude, longitude, consignments: those.length, pieces: hubSums(those) };
  });
}

function hubSums(those: readonly Carried[]): HubView["pieces"] {
  return deliveryPolicy().chains.flatMap((chain) => {
    const lines = those.filter((one) => one.stream === chain.stream).flatMap((one) => one.linesNow);
    return lines.length === 0 ? [] : [hubPieces(chain, standingOver(lines))];
  });
}
