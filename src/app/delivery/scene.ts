import type { Finding } from "#core/delivery/watch.ts";
import { watchLine } from "#core/delivery/watch.ts";
import type { Queries } from "#store/database.ts";
import { lastEvents } from "#store/delivery/events.ts";
import { queriesOf, type StoredQuery } from "#store/delivery/queries.ts";
import type { Cut } from "../planning/cut.ts";
import { hubNamer } from "../planning/hubs.ts";
import type { Carried, Line } from "./carried.ts";
import { countingOn, type Counting } from "./delivered.ts";
import { deliveryPolicy } from "./policy.ts";

/** What consignments are shown with: the names of hubs, what counts as delivered, their queries and last events, the day. */
export type Scene = Readonly<{
  cut: Cut;
  asOf: string;
  hubName: (hub: string) => string;
  counting: Counting;
  queries: readonly StoredQuery[];
  last: ReadonlyMap<number, Readonly<{ no: number; kind: string; on: string }>>;
}>;

export async function sceneOf(db: Queries, cut: Cut, carried: readonly Carried[], today: string): Promise<Scene> {
  const { bookNo, knownBefore } = cut;
  const numbers = carried.map((one) => one.no);
  const asOf = cut.head.knownAt !== null && cut.head.knownAt < today ? cut.head.knownAt : today;
  return {
    cut,
    asOf,
    hubName: await hubNamer(db, cut),
    counting: await countingOn(db, cut, asOf),
    queries: await queriesOf(db, bookNo, knownBefore, { consignments: numbers }),
    last: await lastEvents(db, numbers, knownBefore),
  };
}

/** What is late, stuck or unconfirmed of a line. */
export function findingsOf(scene: Scene, carried: Carried, line: Line): Finding[] {
  const { chain } = carried;
  const handedOver = line.steps.filter((step) => step.to === chain.handedOver).map((step) => step.on);
  const watched = {
    standing: line.standing,
    dueFrom: line.dueFrom,
    dueUntil: line.dueUntil,
    handedOverOn: handedOver.toSorted().at(-1) ?? null,
    lastEventOn: scene.last.get(carried.no)?.on ?? carried.knownAt.slice(0, 10),
  };
  return watchLine(chain, watched, scene.asOf, deliveryPolicy().watch);
}

export function openQueries(scene: Scene, lineNo: number): number {
  return scene.queries.filter((query) => query.lineNo === lineNo && query.settled === null).length;
}
