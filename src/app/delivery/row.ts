import { eventName, isDone, stateOf, type Chain } from "#core/delivery/chain.ts";
import { deliveredPieces } from "#core/delivery/delivered.ts";
import {
  carriedBy,
  donorReported,
  furthestBehind,
  recipientConfirmed,
  sumWhere,
  type Standing,
} from "#core/delivery/fold.ts";
import { formatDecimal } from "#core/money.ts";
import type { ConsignmentLine, ConsignmentRow, StatePieces } from "#core/views-delivery.ts";
import { nameOfKind } from "../planning/said.ts";
import { standingOver, type Carried, type Line } from "./carried.ts";
import { findingsOf, openQueries, type Scene } from "./scene.ts";

/** Pieces by state, in the order of the course. */
export function statesOf(chain: Chain, standing: Standing): StatePieces[] {
  return chain.states.flatMap((state) => {
    const pieces = standing.get(state.id);
    return pieces === undefined
      ? []
      : [{ state: state.id, name: state.name, pieces: Number(pieces), done: isDone(state) }];
  });
}

/** `costs`: of what was bought, by the numbers of lines, in the smallest parts of its unit. */
export function lineView(
  scene: Scene,
  { chain }: Carried,
  line: Line,
  costs: ReadonlyMap<number, bigint>,
): ConsignmentLine {
  const { no, unit, unitKind, scale, standing, steps, said, item } = line;
  const pieces = sumWhere(standing, () => true);
  const { counts } = scene.counting(line.fund);
  const donor = donorReported(chain, steps);
  const recipient = recipientConfirmed(chain, steps, said);
  const bought = unitKind === "currency" && item !== unit;
  return {
    ...pickLine(line),
    itemName: nameOfKind(item),
    pieces: Number(pieces),
    cost: bought ? formatDecimal(costs.get(no) ?? 0n, scale) : null,
    currency: bought ? unit : null,
    states: statesOf(chain, standing),
    donorReported: donor === null ? null : Number(donor),
    recipientConfirmed: recipient === null ? null : Number(recipient),
    delivered: Number(deliveredPieces(chain, standing, counts)),
    deliveredBy: counts,
    openQueries: openQueries(scene, no),
  };
}

function pickLine(line: Line) {
  const { placement, offer, giver, giverName, need, needTitle, item, plan, fund, dueFrom, dueUntil } = line;
  return { line: line.line, placement, offer, giver, giverName, need, needTitle, item, plan, fund, dueFrom, dueUntil };
}

export function rowOf(scene: Scene, carried: Carried): ConsignmentRow {
  const { id, title, stream, hub, carrier, chain, linesNow } = carried;
  const standing = standingOver(linesNow);
  const behind = furthestBehind(chain, standing);
  const last = scene.last.get(carried.no);
  const findings = linesNow.flatMap((line) => findingsOf(scene, carried, line));
  const shown = linesNow.filter((line) => line.standing.size > 0);
  return {
    id,
    title,
    stream,
    hub,
    hubName: scene.hubName(hub),
    carrier,
    givers: distinct(
      shown.map((line) => ({ party: line.giver, name: line.giverName })),
      (one) => one.party,
    ),
    needs: [...new Set(shown.map((line) => line.need))],
    items: distinct(
      shown.map((line) => ({ item: line.item, name: nameOfKind(line.item) })),
      (one) => one.item,
    ),
    lines: linesNow.length,
    pieces: Number(carriedBy(chain, standing)),
    states: statesOf(chain, standing),
    state: behind === null ? "Empty" : stateOf(chain, behind).name,
    dueUntil: dueOf(carried),
    lastEvent: last === undefined ? null : { event: last.kind, name: eventName(chain, last.kind), on: last.on },
    openQueries: linesNow.reduce((sum, line) => sum + openQueries(scene, line.no), 0),
    watch: [...new Set(findings.map((finding) => finding.kind))],
  };
}

/** When the line that is due first and not there is due; else the last of all. */
function dueOf({ chain, linesNow }: Carried): string {
  const awaited = linesNow.filter(({ standing }) => sumWhere(standing, (state) => !isDone(stateOf(chain, state))) > 0n);
  const [first] = awaited.map((line) => line.dueUntil).toSorted();
  return (
    first ??
    linesNow
      .map((line) => line.dueUntil)
      .toSorted()
      .at(-1) ??
    ""
  );
}

function distinct<T>(list: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [key(one), one])).values()];
}
