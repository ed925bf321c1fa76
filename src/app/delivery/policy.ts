import { readFileSync } from "node:fs";
import type { Stream } from "#core/bindingness.ts";
import { hasReached, type Chain, type ChainState, type DeliveryPolicy } from "#core/delivery/chain.ts";
import { present } from "#core/present.ts";
import { readDeliveryPolicy } from "#formats/delivery/policy.ts";
import type { ReachedStates } from "#store/planning/coverage.ts";

const place = new URL("../../../policies/deliveries.json", import.meta.url);

let shipped: DeliveryPolicy | undefined;

/** The courses that consignments take, as they come with the program; read once. */
export function deliveryPolicy(): DeliveryPolicy {
  shipped ??= readDeliveryPolicy(readFileSync(place, "utf8"));
  return shipped;
}

/** The course of a stream's consignments. */
export function chainOf(stream: Stream): Chain {
  return present(
    deliveryPolicy().chains.find((chain) => chain.stream === stream),
    `the course of ${stream}`,
  );
}

/** The states, over all courses, in which pieces have got so far; a name means the same in each of them. */
export function reachedStates(): ReachedStates {
  const all = deliveryPolicy().chains.flatMap((chain) => chain.states);
  const those = (wanted: (state: ChainState) => boolean) => [...new Set(all.filter(wanted).map((state) => state.id))];
  return {
    moved: those((state) => hasReached(state, "contracted")),
    handedOver: those((state) => hasReached(state, "handed-over")),
    confirmed: those((state) => hasReached(state, "confirmed")),
    gone: those((state) => state.reached === "lost"),
  };
}
