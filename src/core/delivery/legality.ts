import { MainstayError } from "../errors.ts";
import { present } from "../present.ts";
import type { DeliverySide } from "../views-delivery.ts";
import { eventOf, stateOf, type Chain, type ChainEvent } from "./chain.ts";
import { standIn, takeInOrder, type Move, type Standing } from "./fold.ts";

/** A line as an event finds it. `since`: by state, the first day on which pieces came into it. */
export type LineNow = Readonly<{ line: number; standing: Standing; since: ReadonlyMap<string, string> }>;

/** An event as it is reported. `lines` null: all that stand where it begins. */
export type Reported = Readonly<{
  event: string;
  side: DeliverySide;
  on: string;
  reason: string;
  lines: readonly Readonly<{ line: number; pieces: bigint }>[] | null;
}>;

/**
 * What an event of the chain does to the lines, in their order.
 * @throws MainstayError unknown_delivery_event, event_of_the_other_side, event_without_reason, event_in_the_future, unknown_consignment_line,
 *   consignment_lines_invalid, event_out_of_order, more_than_stands_there
 */
export function movesOf(chain: Chain, lines: readonly LineNow[], reported: Reported, today: string): Move[] {
  const event = eventOf(chain, reported.event);
  refuseUnfit(event, reported, today);
  const asked = reported.lines ?? allThatStand(event, lines);
  if (asked.length === 0) throw nothingThere(chain, event, lines);
  refuseTwins(asked.map((one) => one.line));
  return asked
    .toSorted((one, other) => one.line - other.line)
    .flatMap(({ line, pieces }) => movesOfLine(chain, event, lineOf(lines, line), pieces, reported));
}

/** @throws MainstayError event_of_the_other_side, event_without_reason, event_in_the_future */
function refuseUnfit(event: ChainEvent, { side, on, reason }: Reported, today: string): void {
  if (event.side !== "either" && event.side !== side)
    throw new MainstayError("event_of_the_other_side", `${event.id} by the ${side}`, { field: "side" });
  if (event.reason && reason.trim() === "")
    throw new MainstayError("event_without_reason", event.id, { field: "reason" });
  refuseFuture(on, today);
}

/** @throws MainstayError event_in_the_future */
export function refuseFuture(on: string, today: string): void {
  if (on > today) throw new MainstayError("event_in_the_future", `${on}, and today is ${today}`, { field: "on" });
}

/** @throws MainstayError unknown_consignment_line */
export function lineOf(lines: readonly LineNow[], line: number): LineNow {
  const found = lines.find((one) => one.line === line);
  if (found === undefined) throw new MainstayError("unknown_consignment_line", String(line), { field: "line" });
  return found;
}

/** @throws MainstayError consignment_lines_invalid */
export function refuseTwins(named: readonly (number | string)[]): void {
  const twice = named.find((one, index) => named.indexOf(one) !== index);
  if (twice !== undefined) throw new MainstayError("consignment_lines_invalid", `${twice} twice`, { field: "line" });
}

function allThatStand(event: ChainEvent, lines: readonly LineNow[]): { line: number; pieces: bigint }[] {
  return lines
    .map(({ line, standing }) => ({ line, pieces: standIn(standing, event.from) }))
    .filter(({ pieces }) => pieces > 0n);
}

function movesOfLine(chain: Chain, event: ChainEvent, now: LineNow, pieces: bigint, { on, side }: Reported): Move[] {
  const { line, standing, since } = now;
  if (pieces <= 0n)
    throw new MainstayError("consignment_lines_invalid", `${pieces} pieces of line ${line}`, { field: "line" });
  const there = standIn(standing, event.from);
  if (there === 0n) throw nothingThere(chain, event, [now]);
  if (pieces > there)
    throw new MainstayError(
      "more_than_stands_there",
      `${pieces} of line ${line}, of which ${there} are ${statesText(chain, event.from)}`,
      { field: "line" },
    );
  // The recipient says when it received something, whatever day the donor side gave: where they differ, a query tells both.
  if (side === "donor") refuseEarlier(chain, event, line, standing, since, on);
  return takeInOrder(standing, event.from, event.to, pieces).map((move) => ({ ...move, line }));
}

function refuseEarlier(
  chain: Chain,
  event: ChainEvent,
  line: number,
  standing: Standing,
  since: ReadonlyMap<string, string>,
  on: string,
): void {
  const [first] = event.from
    .filter((state) => standing.has(state))
    .map((state) => present(since.get(state), `the first day of ${state}`))
    .toSorted();
  if (first !== undefined && on < first)
    throw new MainstayError(
      "event_out_of_order",
      `${event.id} of line ${line} on ${on}; it is ${statesText(chain, event.from)} since ${first}`,
      { field: "on" },
    );
}

function nothingThere(chain: Chain, event: ChainEvent, lines: readonly LineNow[]): MainstayError {
  const found = lines
    .flatMap(({ line, standing }) =>
      [...standing].map(([state, pieces]) => `${pieces} of line ${line} are ${stateWord(chain, state)}`),
    )
    .slice(0, 5)
    .join(", ");
  const wanted = statesText(chain, event.from);
  return new MainstayError(
    "event_out_of_order",
    `${event.id}, but none is ${wanted}; ${found || "nothing is carried"}`,
    {
      field: "event",
    },
  );
}

function statesText(chain: Chain, states: readonly string[]): string {
  return states.map((state) => stateWord(chain, state)).join(" or ");
}

/** A state's name within a sentence. */
function stateWord(chain: Chain, state: string): string {
  const { name } = stateOf(chain, state);
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
