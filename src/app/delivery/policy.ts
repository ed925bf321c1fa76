import { readFileSync } from "node:fs";
import type { Stream } from "#core/bindingness.ts";
import type { Chain, DeliveryPolicy } from "#core/delivery/chain.ts";
import { present } from "#core/present.ts";
import { readDeliveryPolicy } from "#formats/delivery/policy.ts";

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
