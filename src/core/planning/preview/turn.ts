import type { Instance, InstanceNeed } from "../instance.ts";
import { calendarOf, monthsOf, rewards } from "../rules.ts";

/**
 * The needs in the order in which a quick plan fills them: the most reward first for what a system takes of goods that are short. A kind's price is
 * what is asked of it over the square of what there is: the part of the supply that a piece takes, dearer the more it is asked for.
 */
export function needsInTurn(instance: Instance): readonly InstanceNeed[] {
  const prices = pricesOf(instance);
  const reward = rewards(instance, calendarOf(instance.buckets));
  const dear = (need: InstanceNeed) => {
    const own = Math.min(...need.accepts.map(({ item, worthPpm }) => ((prices.get(item) ?? 1) * 1_000_000) / worthPpm));
    return need.package.reduce((sum, part) => sum + piecesOf(part) * (prices.get(part.item) ?? 1), own) + 1e-12;
  };
  const density = new Map(instance.needs.map((need) => [need.id, reward(need, need.from) / dear(need)]));
  return instance.needs.toSorted(
    (left, right) =>
      (density.get(right.id) ?? 0) - (density.get(left.id) ?? 0) ||
      (left.id < right.id ? -1 : left.id > right.id ? 1 : 0),
  );
}

/** Pieces of a part for one system, over its life. */
function piecesOf({ pieces, systems, when, months }: InstanceNeed["package"][number]): number {
  return (pieces / systems) * (when === "monthly" ? Math.max(1, months) : 1);
}

function pricesOf(instance: Instance): ReadonlyMap<string, number> {
  const [asked, there] = [new Map<string, number>(), new Map<string, number>()];
  const add = (sums: Map<string, number>, item: string, pieces: number) =>
    sums.set(item, (sums.get(item) ?? 0) + pieces);
  for (const need of instance.needs) {
    const [first] = need.accepts;
    if (first !== undefined) add(asked, first.item, need.quantity);
    for (const part of need.package) add(asked, part.item, need.quantity * piecesOf(part));
  }
  for (const offer of instance.offers) add(there, offer.item, offer.quantity);
  const months = instance.buckets.reduce((sum, bucket) => sum + monthsOf(bucket), 0);
  const money = instance.money.reduce((sum, { years }) => sum + years.reduce((all, { minor }) => all + minor, 0), 0);
  const shares = Math.max(1, instance.market.length);
  for (const { item, priceMinor, perMonth } of instance.market)
    add(there, item, Math.min(perMonth * months, money / shares / Math.max(1, priceMinor)));
  return new Map([...asked].map(([item, pieces]) => [item, pieces / Math.max(1, there.get(item) ?? 0) ** 2]));
}
