import type { Instance, InstanceNeed, InstanceOffer } from "./instance.ts";
import { planLines } from "./lines.ts";
import type { Plan } from "./plan.ts";
import { mayPass, mayServe } from "./rules.ts";

/** Offers of things of which a plan leaves something over, with how much. */
export type LeftOver = Readonly<{ offer: InstanceOffer; left: number }>;

export function leftOver(instance: Instance, plan: Plan): readonly LeftOver[] {
  const used = new Map<string, number>();
  for (const { offer, quantity } of planLines(plan)) used.set(offer, (used.get(offer) ?? 0) + quantity);
  return instance.offers.flatMap((offer) => {
    const left = offer.quantity - (used.get(offer.id) ?? 0);
    return left > 0 ? [{ offer, left }] : [];
  });
}

/** Whether an offer may go to a need by some hub. */
export function mayReach({ hubs }: Instance, offer: InstanceOffer, need: InstanceNeed): boolean {
  return mayServe(offer, need) && hubs.some(({ id }) => mayPass(offer, need, id));
}

/** The kinds that a whole system of a need takes and of which nothing that may go to it is left over; of accepted kinds the first, where none is left. */
export function kindsLacking(instance: Instance, need: InstanceNeed, over: readonly LeftOver[]): readonly string[] {
  const left = new Set(over.filter(({ offer }) => mayReach(instance, offer, need)).map(({ offer }) => offer.item));
  const parts = need.package.map(({ item }) => item).filter((item) => !left.has(item));
  const own = need.accepts.some(({ item }) => left.has(item)) ? [] : need.accepts.slice(0, 1).map(({ item }) => item);
  return [...new Set([...own, ...parts])];
}
