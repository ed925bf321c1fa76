import type { Hub, InstanceItem, InstanceMoney } from "../instance.ts";
import type { Register } from "../register.ts";
import { usableBy, weeksOf, yearOf } from "../rules.ts";

/** What families share, each with its limit: tonnes or places of a hub in a bucket, tonnes of a year, money by the end of a year. */
export type Resource = Readonly<
  | { kind: "tonnes" | "places"; hub: string; bucket: number; limit: number }
  | { kind: "transport"; year: number; limit: number }
  | { kind: "money"; money: readonly string[]; year: number; limit: number } // in units of `moneyUnit`, of what is usable as much as whole prices can take
>;

/** Money rows count in as many times what all prices are multiples of: a solver's rounding is then far below the least that could be overspent. */
const wholesInUnit = 1e5;
/** Minor units in one unit of them, so that their figures are of the size of the others. */
const [leastUnit, greatestUnit] = [1e6, 1e8];

/** A money offer, or several with one earmark: what of it can be spent by the end of each year is a resource. */
export type Purse = Readonly<{ offers: readonly InstanceMoney[]; rows: readonly number[] }>;

export type Resources = Readonly<{
  list: readonly Resource[];
  /** What a piece takes of shared resources when it goes through a hub in a bucket. */
  way: (item: InstanceItem, hub: Hub, bucket: number) => readonly (readonly [resource: number, amount: number])[];
  together: readonly Purse[]; // by earmark
  apart: readonly Readonly<Purse & { earmark: number }>[]; // by offer; earmark is its place in `together`
  years: readonly number[];
  moneyUnit: number; // minor units
}>;

/** Whether a kind can go through a hub at all. */
export function canPass(item: InstanceItem, hub: Hub): boolean {
  return !(item.kg > 0 && hub.tonnesPerWeek === 0) && !(item.stream === "training" && hub.placesPerWeek === 0);
}

/** Whether a hub limits nothing of a kind: then it need not be asked how much goes through it. */
export function isFree(item: InstanceItem, hub: Hub): boolean {
  return (item.kg === 0 || hub.tonnesPerWeek === null) && (item.stream !== "training" || hub.placesPerWeek === null);
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}

/** All that is shared, in an order that depends on the instance's hubs, buckets, transport and money alone. */
export function resourcesOf({ instance }: Register): Resources {
  const list: Resource[] = [];
  const { buckets, hubs } = instance;
  const add = (resource: Resource): number => list.push(resource) - 1;
  const table = (kind: "tonnes" | "places", perWeek: (hub: Hub) => number | null) =>
    new Map(
      hubs.map((hub) => {
        const rate = perWeek(hub);
        if (rate === null || rate === 0) return [hub.id, null];
        return [
          hub.id,
          buckets.map((bucket, at) => {
            const most = rate * weeksOf(bucket);
            return add({ kind, hub: hub.id, bucket: at, limit: kind === "places" ? Math.floor(most + 1e-6) : most });
          }),
        ];
      }),
    );
  const tonnes = table("tonnes", (hub) => hub.tonnesPerWeek);
  const places = table("places", (hub) => hub.placesPerWeek);
  const transport = new Map(
    instance.transport.map(({ year, tonnes: limit }) => [year, add({ kind: "transport", year, limit })]),
  );
  const yearAt = buckets.map(yearOf);
  const years = [...new Set(yearAt)];
  const whole = instance.market.reduce((common, { priceMinor }) => commonDivisor(priceMinor, common), 0);
  const moneyUnit = whole === 0 ? greatestUnit : Math.min(greatestUnit, Math.max(leastUnit, whole * wholesInUnit));
  const purse = (offers: readonly InstanceMoney[]): Purse => {
    const named = offers.map(({ id }) => id);
    const limit = (year: number) => {
      const usable = offers.reduce((sum, offer) => sum + usableBy(offer, year), 0);
      return (whole === 0 ? usable : usable - (usable % whole)) / moneyUnit;
    };
    return { offers, rows: years.map((year) => add({ kind: "money", money: named, year, limit: limit(year) })) };
  };
  const byEarmark = Map.groupBy(instance.money, ({ capabilities }) => capabilities?.toSorted().join("\n") ?? "*");
  const together = [...byEarmark.values()].map(purse);
  const apart = together.flatMap(({ offers }, earmark) => offers.map((offer) => ({ ...purse([offer]), earmark })));
  return {
    list,
    together,
    apart,
    years,
    moneyUnit,
    way(item, hub, bucket) {
      const uses: [number, number][] = [];
      const row = item.kg > 0 ? tonnes.get(hub.id)?.[bucket] : undefined;
      if (row !== undefined) uses.push([row, item.kg / 1000]);
      const place = item.stream === "training" ? places.get(hub.id)?.[bucket] : undefined;
      if (place !== undefined) uses.push([place, 1]);
      const year = item.kg > 0 ? transport.get(yearAt[bucket] ?? 0) : undefined;
      if (year !== undefined) uses.push([year, item.kg / 1000]);
      return uses;
    },
  };
}
