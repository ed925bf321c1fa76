import type { Stream } from "../bindingness.ts";
import { MainstayError } from "../errors.ts";
import { present } from "../present.ts";
import type { DeliverySide } from "../views-delivery.ts";

/** How far pieces have got, for coverage and for what counts as delivered. `lost` and `returned` pieces no longer belong to the delivery. */
export const reaches = ["placed", "contracted", "dispatched", "handed-over", "confirmed", "returned", "lost"] as const;
export type Reach = (typeof reaches)[number];

/** A state that pieces can be in. `with`: who has them or is to act next. `stages`: by stream of the promise, where they stand in the ledger; null is out of it. */
export type ChainState = Readonly<{
  id: string;
  name: string;
  reached: Reach;
  with: "giver" | "carrier" | "hub" | "recipient" | null;
  stages: Readonly<Partial<Record<Stream, string | null>>>;
}>;

/** An event takes pieces from the first of its states that has any, and then from the next. */
export type ChainEvent = Readonly<{
  id: string;
  name: string;
  side: DeliverySide | "either";
  from: readonly string[];
  to: string;
  reason: boolean; // whether it has to be given
}>;

/**
 * The course that consignments of a stream take. `handedOver`: the state that the donor side's last report leads to; `confirmed`: the one
 * that the recipient's leads to; `onTheWay`: where what was not handed over after all is put back.
 */
export type Chain = Readonly<{
  stream: Stream;
  starts: string;
  handedOver: string;
  confirmed: string;
  onTheWay: string;
  states: readonly ChainState[];
  events: readonly ChainEvent[];
}>;

/** Days without an event, or without a signature, after which somebody is asked; and for how long a link to sign by is good. */
export type DeliveryPolicy = Readonly<{
  validFrom: string;
  watch: Readonly<{ stuckDays: number; unconfirmedDays: number; linkDays: number }>;
  chains: readonly Chain[];
}>;

/** What happens to pieces beside the events of their chain, and how it is called. */
const commonEvents = {
  load: "Taken in",
  split: "Split",
  merge: "Merged",
  correct: "Corrected after a query",
} as const;

export function stateOf(chain: Chain, id: string): ChainState {
  return present(
    chain.states.find((state) => state.id === id),
    `the state ${id} of ${chain.stream}`,
  );
}

/** @throws MainstayError unknown_delivery_event */
export function eventOf(chain: Chain, id: string): ChainEvent {
  const found = chain.events.find((event) => event.id === id);
  if (found !== undefined) return found;
  const known = chain.events.map((event) => event.id).join(", ");
  throw new MainstayError("unknown_delivery_event", `${JSON.stringify(id)}; there are ${known}`, { field: "event" });
}

export function eventName(chain: Chain, id: string): string {
  return chain.events.find((event) => event.id === id)?.name ?? commonEvents[id as keyof typeof commonEvents] ?? id;
}

/** Whether nothing more is expected of pieces in a state. */
export function isDone(state: ChainState): boolean {
  return state.with === null;
}

const ranks: Readonly<Record<Reach, number>> = {
  lost: -1,
  returned: -1,
  placed: 0,
  contracted: 1,
  dispatched: 2,
  "handed-over": 3,
  confirmed: 4,
};

/** Whether pieces in a state have got as far as `reach`, or further. */
export function hasReached(state: ChainState, reach: Exclude<Reach, "lost" | "returned">): boolean {
  return ranks[state.reached] >= ranks[reach];
}
