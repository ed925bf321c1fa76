import { stateOf } from "#core/delivery/chain.ts";
import { askedAbout, daysBetween, findingText, type Finding } from "#core/delivery/watch.ts";
import { watchKinds, type WatchKind, type WatchList, type WatchRow } from "#core/views-delivery.ts";
import type { Database } from "#store/database.ts";
import { uncarriedBefore, type Uncarried } from "#store/delivery/uncarried.ts";
import { dayOf, type Clock } from "../clock.ts";
import { decodeCursor, encodeCursor } from "../pages.ts";
import { cutOf } from "../planning/cut.ts";
import { nameOfKind } from "../planning/said.ts";
import { carriedOf, type Carried, type Line } from "./carried.ts";
import { deliveryPolicy } from "./policy.ts";
import { findingsOf, sceneOf, type Scene } from "./scene.ts";

export type WatchQuestion = Readonly<{
  book: string;
  knownAt?: string | undefined;
  kind?: WatchKind | undefined;
  need?: string | undefined;
  ask?: string | undefined; // the id of who is to be asked
  limit?: number | undefined;
  cursor?: string | undefined;
}>;

/**
 * What is late, stuck or unconfirmed in a book today, most urgent need and longest first, each with whom to ask.
 * @throws MainstayError unknown_book, invalid_date, parameter_invalid
 */
export async function watchList(db: Database, clock: Clock, asked: WatchQuestion): Promise<WatchList> {
  const cut = await cutOf(db, asked.book, asked.knownAt);
  const start = decodeCursor(asked.cursor);
  const limit = asked.limit ?? 200;
  const carried = await carriedOf(db, cut.bookNo, cut.knownBefore);
  const scene = await sceneOf(db, cut, carried, dayOf(clock()));
  const uncarried = await uncarriedBefore(db, cut.bookNo, cut.knownBefore, scene.asOf);
  const rows = carried
    .flatMap((one) =>
      one.linesNow.flatMap((line) => findingsOf(scene, one, line).map((found) => rowOf(scene, one, line, found))),
    )
    .concat(uncarried.map((one) => uncarriedRow(one, scene.asOf)))
    .filter((row) => asked.need === undefined || row.need === asked.need)
    .filter((row) => asked.ask === undefined || row.ask.id === asked.ask);
  const shown = rows
    .filter((row) => asked.kind === undefined || row.kind === asked.kind)
    .toSorted((one, other) => one.priority - other.priority || other.days - one.days);
  const count = (kind: WatchKind) => rows.filter((row) => row.kind === kind).length;
  const [late, stuck, unconfirmed] = watchKinds.map(count) as [number, number, number];
  const { stuckDays, unconfirmedDays } = deliveryPolicy().watch;
  return {
    head: cut.head,
    asOf: scene.asOf,
    stuckDays,
    unconfirmedDays,
    late,
    stuck,
    unconfirmed,
    items: shown.slice(start, start + limit),
    total: shown.length,
    next: encodeCursor(start + limit, shown.length),
  };
}

function rowOf(scene: Scene, carried: Carried, line: Line, finding: Finding): WatchRow {
  const { chain, carrier } = carried;
  const { placement, item, need, needTitle, priority } = line;
  const state = stateOf(chain, finding.state);
  const ask = whom(scene, carried, line, askedAbout(state, carrier));
  const itemName = nameOfKind(item);
  return {
    kind: finding.kind,
    consignment: carried.id,
    consignmentTitle: carried.title,
    line: line.line,
    placement,
    item,
    itemName,
    need,
    needTitle,
    priority,
    pieces: Number(finding.pieces),
    state: state.name,
    since: finding.since,
    days: finding.days,
    ask,
    says: findingText(chain, finding, { item: itemName, ask: ask.name }),
  };
}

function whom(scene: Scene, carried: Carried, line: Line, who: WatchRow["ask"]["who"]): WatchRow["ask"] {
  const { recipient, recipientName } = scene.cut.head;
  if (who === "giver") return { who, id: line.giver, name: line.giverName };
  if (who === "carrier") return { who, id: carried.carrier ?? "", name: carried.carrier ?? "" };
  if (who === "hub") return { who, id: carried.hub, name: scene.hubName(carried.hub) };
  return { who, id: recipient, name: recipientName };
}

function uncarriedRow(one: Uncarried, asOf: string): WatchRow {
  const { placement, item, need, needTitle, priority, pieces, dueUntil, giver, giverName } = one;
  const itemName = nameOfKind(item);
  const days = daysBetween(dueUntil, asOf);
  return {
    kind: "late",
    consignment: null,
    consignmentTitle: null,
    line: null,
    placement,
    item,
    itemName,
    need,
    needTitle,
    priority,
    pieces,
    state: "In no consignment",
    since: dueUntil,
    days,
    ask: { who: "giver", id: giver, name: giverName },
    says: `${pieces} × ${itemName}: due by ${dueUntil}, ${days === 1 ? "1 day" : `${days} days`} ago, and in no consignment yet. Ask ${giverName}.`,
  };
}
