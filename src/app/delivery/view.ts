import { eventName, eventOf } from "#core/delivery/chain.ts";
import { lineCosts } from "#core/delivery/costs.ts";
import { standIn } from "#core/delivery/fold.ts";
import { present } from "#core/present.ts";
import type { ConsignmentView, DeliveryEventView, EventLine, PossibleEvent } from "#core/views-delivery.ts";
import type { Database, Queries } from "#store/database.ts";
import { eventsOf, type StoredEvent } from "#store/delivery/events.ts";
import { piecesOnLines } from "#store/delivery/lines.ts";
import { linksOf } from "#store/delivery/links.ts";
import { dayOf, type Clock } from "../clock.ts";
import { cutOf } from "../planning/cut.ts";
import { nameOfKind } from "../planning/said.ts";
import { requireCarried, type Carried, type Line } from "./carried.ts";
import { lineView, rowOf } from "./row.ts";
import { sceneOf } from "./scene.ts";
import { linkView } from "./link-view.ts";
import { queryView } from "./query-view.ts";

/**
 * A consignment whole, with what both sides reported and what can happen next.
 * @throws MainstayError unknown_book, unknown_consignment, invalid_date
 */
export async function consignmentView(
  db: Database,
  clock: Clock,
  asked: Readonly<{ book: string; id: string; knownAt?: string | undefined }>,
): Promise<ConsignmentView> {
  const cut = await cutOf(db, asked.book, asked.knownAt);
  const carried = await requireCarried(db, cut.bookNo, asked.id, cut.knownBefore);
  const now = clock();
  const scene = await sceneOf(db, cut, [carried], dayOf(now));
  const events = await eventsOf(db, carried.no, cut.knownBefore);
  const { linesNow, note, source } = carried;
  const costs = await costsOf(db, linesNow, cut.knownBefore);
  const funds = [...new Set([null, ...linesNow.map((line) => line.fund)])];
  const policies = new Map(funds.map((fund) => scene.counting(fund)).map((one) => [one.fund, one]));
  return {
    ...rowOf(scene, carried),
    head: cut.head,
    note,
    source,
    linesCarried: linesNow.map((line) => lineView(scene, carried, line, costs)),
    events: events.map((event) => eventView(carried, event)),
    possible: possibleOf(carried),
    queries: scene.queries.map((query) => queryView(query)),
    links: (await linksOf(db, carried.no)).map((link) => linkView(link, now)),
    lineage: events.flatMap(({ other, kind, on, moves }) => {
      const way = moves.some((move) => move.from === null) ? ("from" as const) : ("into" as const);
      return other === null ? [] : [{ consignment: other, way, event: kind, on }];
    }),
    deliveredBy: [...policies.values()],
    seen: String(present(events.at(-1), "an event of the consignment").no),
  };
}

/** What the pieces of each line cost, by its number, where they were bought. */
async function costsOf(
  db: Queries,
  lines: readonly Line[],
  knownBefore: string | null,
): Promise<ReadonlyMap<number, bigint>> {
  const bought = new Map(lines.filter((line) => line.unitKind === "currency").map((line) => [line.placementNo, line]));
  if (bought.size === 0) return new Map();
  const rows = Map.groupBy(await piecesOnLines(db, [...bought.keys()], knownBefore), (row) => row.placement);
  return new Map(
    [...bought].flatMap(([no, { placed, quantity }]) => {
      const own = rows.get(no) ?? [];
      const pieces = own.map((row) => ({ carried: BigInt(row.carried), returned: BigInt(row.returned) }));
      const costs = lineCosts({ pieces: BigInt(placed), quantity: BigInt(quantity) }, pieces);
      return own.map((row, index) => [row.line, costs[index] ?? 0n] as const);
    }),
  );
}

function eventView({ chain, linesNow }: Carried, event: StoredEvent): DeliveryEventView {
  const { no, kind, moves, said, consignmentNo: _, ...rest } = event;
  const itemOf = (line: number) =>
    nameOfKind(
      present(
        linesNow.find((one) => one.line === line),
        `line ${line}`,
      ).item,
    );
  const moved = moves.map(({ line, from, to, pieces }): EventLine => {
    return { line, itemName: itemOf(line), from, to, pieces: Number(pieces), stated: statedOf(event, line) };
  });
  const unmoved = said
    .filter(({ line }) => !moves.some((move) => move.line === line))
    .map(({ line, pieces }): EventLine => ({
      line,
      itemName: itemOf(line),
      from: null,
      to: null,
      pieces: 0,
      stated: Number(pieces),
    }));
  return { ...rest, id: String(no), event: kind, name: eventName(chain, kind), lines: [...moved, ...unmoved] };
}

/** What the recipient stated of a line, where it is not what moved. */
function statedOf({ moves, said }: StoredEvent, line: number): number | null {
  const stated = said.find((one) => one.line === line);
  if (stated === undefined) return null;
  const moved = moves.reduce((sum, move) => (move.line === line ? sum + BigInt(move.pieces) : sum), 0n);
  return BigInt(stated.pieces) === moved ? null : Number(stated.pieces);
}

function possibleOf({ chain, linesNow }: Carried): PossibleEvent[] {
  return chain.events.flatMap(({ id, name, side, reason }) => {
    const { from } = eventOf(chain, id);
    const lines = linesNow
      .map(({ line, standing }) => ({ line, most: Number(standIn(standing, from)) }))
      .filter(({ most }) => most > 0);
    return lines.length === 0 ? [] : [{ event: id, name, side, reason, lines }];
  });
}
