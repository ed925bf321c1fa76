import type { Bucket, Instance } from "./instance.ts";
import { resourcesOf, type Resource } from "./model/resources.ts";
import { registerOf } from "./register.ts";

/** An instance in wider buckets, and the wider bucket of each of its own. */
export type Coarse = Readonly<{ instance: Instance; at: readonly number[] }>;

/**
 * An instance by half-years: buckets that begin in one are one, needs that differ in nothing but their name are one, and earmarks for single needs,
 * pins and what goes whole or not at all are forgotten. Only to find prices by, so it must be near the instance and no more.
 */
export function byHalfYears(instance: Instance): Coarse {
  const halfYear = ({ from }: Bucket): string =>
    `${from.slice(0, 4)} ${Math.floor((Number(from.slice(5, 7)) - 1) / 6)}`;
  const spans = [...Map.groupBy(instance.buckets, halfYear).values()];
  const at = spans.flatMap((span, index) => span.map(() => index));
  const to = (bucket: number): number => at[Math.min(bucket, at.length - 1)] ?? 0;
  const moved = <T extends { from: number; until: number }>(one: T): T => {
    return { ...one, from: to(one.from), until: to(one.until) };
  };
  return {
    at,
    instance: {
      ...instance,
      buckets: spans.flatMap((span) => {
        const [first, last] = [span[0], span.at(-1)];
        return first === undefined || last === undefined ? [] : [{ from: first.from, until: last.until }];
      }),
      needs: merged(instance.needs.map(moved)),
      offers: instance.offers.map((offer) => ({ ...moved(offer), needs: null, allOrNothing: false })),
      pins: [],
      standing: [],
    },
  };
}

/** Needs that ask for the same in the same time, as one, under the name of their first. */
function merged(needs: Instance["needs"]): Instance["needs"] {
  const key = ({ accepts, package: parts, priority, from, until, hubs }: Instance["needs"][number]): string =>
    JSON.stringify([accepts, parts, priority, from, until, hubs]);
  return [...Map.groupBy(needs, key).values()].flatMap((own) => {
    const [first] = own;
    return first === undefined ? [] : [{ ...first, quantity: own.reduce((sum, { quantity }) => sum + quantity, 0) }];
  });
}

/**
 * What prices and uses of a coarse instance are for its own buckets: the same price, and of a use as much as the bucket has of the limit.
 * @returns a function for values in the order of the coarse resources
 */
export function refining(instance: Instance, { instance: coarse, at }: Coarse) {
  const key = (resource: Resource, bucketOf: (bucket: number) => number): string => {
    if (resource.kind === "transport") return `transport ${resource.year}`;
    if (resource.kind === "money") return `money ${resource.year} ${resource.money.join(" ")}`;
    return `${resource.kind} ${resource.hub} ${bucketOf(resource.bucket)}`;
  };
  const wide = resourcesOf(registerOf(coarse)).list;
  const place = new Map(wide.map((resource, index) => [key(resource, (bucket) => bucket), index]));
  const own = resourcesOf(registerOf(instance)).list.map((resource) => {
    const index = place.get(key(resource, (bucket) => at[bucket] ?? 0)) ?? -1;
    const limit = wide[index]?.limit ?? 0;
    return { index, share: limit === 0 ? 0 : Math.min(1, resource.limit / limit) };
  });
  return {
    prices: (values: Float64Array) => Float64Array.from(own, ({ index }) => values[index] ?? 0),
    uses: (values: Float64Array) => Float64Array.from(own, ({ index, share }) => (values[index] ?? 0) * share),
  };
}
