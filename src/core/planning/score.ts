import { splitByLargestRemainder } from "../money.ts";
import type { Instance } from "./instance.ts";
import type { Plan } from "./plan.ts";
import { calendarOf, rewards } from "./rules.ts";

/** The reward of what is covered, in points: 100 when every need is met whole on its first day. See `rewards`. */
export function scoreOf(instance: Instance, coverage: Plan["coverage"]): number {
  const reward = rewards(instance, calendarOf(instance.buckets));
  const needs = new Map(instance.needs.map((need) => [need.id, need]));
  let score = 0;
  for (const { need: id, byBucket } of coverage) {
    const need = needs.get(id);
    if (need === undefined) continue;
    for (const { bucket, worthPpm } of byBucket) score += (reward(need, bucket) * worthPpm) / 1_000_000;
  }
  return score;
}

/**
 * What each giver gives: its pieces for what one is valued at, and what is bought with its money; in the order of the givers.
 * @returns shares of all effort in millionths that sum to 1,000,000, or are all 0 where there is no effort
 */
export function effortOf(
  instance: Instance,
  { assignments, purchases }: Pick<Plan, "assignments" | "purchases">,
): Plan["effort"] {
  const minor = new Map(instance.givers.map(({ id }) => [id, 0]));
  const add = (giver: string, amount: number) => minor.set(giver, (minor.get(giver) ?? 0) + amount);
  const offers = new Map(instance.offers.map((offer) => [offer.id, offer]));
  const money = new Map(instance.money.map((offer) => [offer.id, offer]));
  for (const { offer: id, quantity } of assignments) {
    const offer = offers.get(id);
    if (offer !== undefined) add(offer.giver, quantity * offer.pieceMinor);
  }
  for (const { money: id, costMinor } of purchases) {
    const offer = money.get(id);
    if (offer !== undefined) add(offer.giver, costMinor);
  }
  const givers = [...minor.keys()];
  const amounts = [...minor.values()];
  const shares = amounts.some((amount) => amount > 0) ? splitByLargestRemainder(1_000_000n, amounts.map(BigInt)) : [];
  return givers.map((giver, place) => ({ giver, minor: amounts[place] ?? 0, sharePpm: Number(shares[place] ?? 0n) }));
}

/** How far the effort is from the key: half of what the shares differ together, 0 when it is kept, 1 when nobody gives what is its part. Null without a key. */
export function burdenDeviation(instance: Instance, effort: Plan["effort"]): number | null {
  const keyed = instance.givers.some(({ sharePpm }) => sharePpm > 0);
  if (!keyed || effort.every(({ minor }) => minor === 0)) return null;
  const key = new Map(instance.givers.map(({ id, sharePpm }) => [id, sharePpm]));
  const apart = effort.reduce((sum, { giver, sharePpm }) => sum + Math.abs(sharePpm - (key.get(giver) ?? 0)), 0);
  return apart / 2_000_000;
}
