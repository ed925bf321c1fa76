import type { Stream } from "#core/bindingness.ts";
import { watchKinds, type ConsignmentList, type WatchKind } from "#core/views-delivery.ts";
import type { Database } from "#store/database.ts";
import { dayOf, type Clock } from "../clock.ts";
import { decodeCursor, encodeCursor } from "../pages.ts";
import { cutOf } from "../planning/cut.ts";
import { carriedOf, standingOver, type Carried } from "./carried.ts";
import { deliveryPolicy } from "./policy.ts";
import { rowOf, statesOf } from "./row.ts";
import { sceneOf } from "./scene.ts";

/** What narrows a list of consignments. */
export type ConsignmentQuestion = Readonly<{
  book: string;
  knownAt?: string | undefined;
  q?: string | undefined; // words of the id, title, hub or carrier
  stream?: string | undefined;
  giver?: string | undefined;
  need?: string | undefined;
  hub?: string | undefined;
  state?: string | undefined; // has pieces in that state
  watch?: WatchKind | undefined;
  disputed?: boolean | undefined; // has a query that is not settled
  limit?: number | undefined;
  cursor?: string | undefined;
}>;

const usualLimit = 200;

/** @throws MainstayError unknown_book, invalid_date, parameter_invalid */
export async function consignmentList(
  db: Database,
  clock: Clock,
  asked: ConsignmentQuestion,
): Promise<ConsignmentList> {
  const cut = await cutOf(db, asked.book, asked.knownAt);
  const start = decodeCursor(asked.cursor);
  const limit = asked.limit ?? usualLimit;
  const all = (await carriedOf(db, cut.bookNo, cut.knownBefore)).filter((one) => isAsked(one, asked));
  const scene = await sceneOf(db, cut, all, dayOf(clock()));
  const rows = all
    .map((carried) => ({ carried, row: rowOf(scene, carried) }))
    .filter(({ row }) => asked.watch === undefined || row.watch.includes(asked.watch))
    .filter(({ row }) => asked.disputed !== true || row.openQueries > 0);
  return {
    head: cut.head,
    asOf: scene.asOf,
    pipeline: pipelineOf(rows.map(({ carried }) => carried)),
    items: rows.slice(start, start + limit).map(({ row }) => row),
    total: rows.length,
    next: encodeCursor(start + limit, rows.length),
  };
}

function isAsked(carried: Carried, asked: ConsignmentQuestion): boolean {
  const { q, stream, giver, need, hub, state } = asked;
  const text = `${carried.id} ${carried.title} ${carried.hub} ${carried.carrier ?? ""}`.toLowerCase();
  const { linesNow } = carried;
  return (
    (q === undefined || text.includes(q.trim().toLowerCase())) &&
    (stream === undefined || carried.stream === stream) &&
    (hub === undefined || carried.hub === hub) &&
    (giver === undefined || linesNow.some((line) => line.giver === giver)) &&
    (need === undefined || linesNow.some((line) => line.need === need)) &&
    (state === undefined || linesNow.some((line) => line.standing.has(state)))
  );
}

/** Pieces by stream and state, in the order of each course. */
export function pipelineOf(all: readonly Carried[]): ConsignmentList["pipeline"] {
  const byStream = Map.groupBy(all, (one) => one.stream);
  return deliveryPolicy().chains.flatMap((chain) => {
    const those = byStream.get(chain.stream as Stream) ?? [];
    if (those.length === 0) return [];
    const states = statesOf(chain, standingOver(those.flatMap((one) => one.linesNow)));
    const inState = (state: string) => those.filter((one) => one.linesNow.some((line) => line.standing.has(state)));
    return [
      { stream: chain.stream, states: states.map((one) => ({ ...one, consignments: inState(one.state).length })) },
    ];
  });
}

export function isWatchKind(text: string): text is WatchKind {
  return (watchKinds as readonly string[]).includes(text);
}
