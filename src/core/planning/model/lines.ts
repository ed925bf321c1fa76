import type { InstanceItem, InstanceNeed } from "../instance.ts";
import type { Register } from "../register.ts";
import { lastInUse, lastToEarn, readyIn } from "../rules.ts";

/** One kind that one need can take: as one of the kinds it accepts, or as a part of its package. */
export type Line = Readonly<{
  need: InstanceNeed;
  item: InstanceItem;
  accepted: number; // its place among the accepted kinds; -1 for a part
  part: number; // its place in the package; -1 for an accepted kind
  first: number; // the buckets in which it can come, both included
  last: number;
  ready: readonly number[]; // by the bucket in which it comes: the bucket from which it counts
}>;

/** Which bucket has, so many days later, what comes in each bucket; kept by the number of days. */
function readyTable({ calendar }: Register): (days: number) => readonly number[] {
  const known = new Map<number, readonly number[]>();
  return (days) => {
    const there = known.get(days) ?? calendar.from.map((_, bucket) => readyIn(calendar, bucket, days));
    known.set(days, there);
    return there;
  };
}

/** Every line of the needs, in their order; none that could never count. A need of which no piece is asked has none. */
export function linesOf(register: Register, needs: readonly InstanceNeed[]): Line[] {
  const table = readyTable(register);
  const line = (need: InstanceNeed, id: string, accepted: number, part: number): Line[] => {
    const item = register.items.get(id);
    if (item === undefined) return [];
    const ready = table(item.courseDays + (need.package[part]?.leadDays ?? 0));
    const first = accepted < 0 ? 0 : ready.findIndex((at) => at >= need.from);
    const earns = lastToEarn(register.calendar, need);
    const months = need.package[part]?.when === "monthly" ? (need.package[part]?.months ?? 0) : 0;
    const end = months === 0 ? earns : lastInUse(register.calendar, earns, months);
    const last = ready.findLastIndex((at) => at <= end);
    return first < 0 || last < first ? [] : [{ need, item, accepted, part, first, last, ready }];
  };
  return needs.flatMap((need) => [
    ...need.accepts.flatMap(({ item }, place) => line(need, item, place, -1)),
    ...need.package.flatMap(({ item }, place) => line(need, item, -1, place)),
  ]);
}

/**
 * Needs that draw on the same kinds, directly or by way of others, by the order of their first: between two such families only hubs, transport
 * and money are shared.
 */
export function familiesOf(needs: readonly InstanceNeed[]): InstanceNeed[][] {
  const parent = new Map<string, string>();
  const root = (item: string): string => {
    let at = item;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  for (const need of needs) {
    const kinds = [...need.accepts, ...need.package].map(({ item }) => item);
    for (const item of kinds) if (!parent.has(item)) parent.set(item, item);
    const [first] = kinds;
    for (const item of kinds) if (first !== undefined) parent.set(root(item), root(first));
  }
  return [...Map.groupBy(needs, (need) => root(need.accepts[0]?.item ?? "")).values()];
}
