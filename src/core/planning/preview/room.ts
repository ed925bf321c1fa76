import type { Instance, InstanceItem, InstanceNeed } from "../instance.ts";
import type { Assignment, Purchase } from "../plan.ts";
import { registerOf, type Register } from "../register.ts";
import { readyIn, usableBy, weeksOf, yearOf } from "../rules.ts";

/** Limits that are taken as if they weren't there, to see what that would bring: kinds of which there is enough, hubs and centres, transport. */
export type Loosened = Readonly<{
  items: ReadonlySet<string>;
  tonnes: ReadonlySet<string>;
  places: ReadonlySet<string>;
  transport: boolean;
}>;

const asItIs: Loosened = { items: new Set(), tonnes: new Set(), places: new Set(), transport: false };

/** What is left of every limit while a plan is filled up, line by line. Changed in place: `move` takes a line in and out again. */
export type Room = { loosened: Loosened } & Readonly<{
  register: Register;
  offers: Map<string, number>; // pieces left
  tonnes: ReadonlyMap<string, Float64Array>; // by hub, then bucket; only of those that are limited
  places: ReadonlyMap<string, Float64Array>;
  years: readonly number[]; // of the buckets, in order
  yearAt: readonly number[]; // of each bucket, its place in `years`
  transport: Float64Array; // tonnes by year, infinite where not limited
  market: ReadonlyMap<string, Float64Array>; // by item, then month of the order
  ready: ReadonlyMap<string, readonly number[]>; // by item, the bucket in which an order of each bucket is there
  money: ReadonlyMap<string, Float64Array>; // by offer, then year: what can still be spent up to it
  spendable: ReadonlyMap<string, Float64Array>; // by offer, then year: the least of that and of all later years
}>;

export function roomOf(instance: Instance, loosened: Loosened = asItIs): Room {
  const register = registerOf(instance);
  const { buckets, hubs } = instance;
  const years = [...new Set(buckets.map(yearOf))];
  const limited = new Map(instance.transport.map(({ year, tonnes }) => [year, tonnes]));
  const weekly = (limit: number) => Float64Array.from(buckets, (bucket) => limit * weeksOf(bucket));
  const of = (limit: "tonnesPerWeek" | "placesPerWeek") =>
    new Map(hubs.flatMap((hub) => (hub[limit] === null ? [] : [[hub.id, weekly(hub[limit])] as const])));
  const money = new Map(
    instance.money.map((offer) => [offer.id, Float64Array.from(years, (year) => usableBy(offer, year))] as const),
  );
  return {
    register,
    loosened,
    offers: new Map(instance.offers.map(({ id, quantity }) => [id, quantity])),
    tonnes: of("tonnesPerWeek"),
    places: of("placesPerWeek"),
    years,
    yearAt: buckets.map((bucket) => years.indexOf(yearOf(bucket))),
    transport: Float64Array.from(years, (year) => limited.get(year) ?? Infinity),
    market: new Map(
      instance.market.map(({ item, perMonth }) => [
        item,
        Float64Array.from(register.months.months, (months) => perMonth * months),
      ]),
    ),
    ready: new Map(
      instance.market.map(({ item, leadDays }) => [
        item,
        buckets.map((_, ordered) => readyIn(register.calendar, ordered, leadDays)),
      ]),
    ),
    money,
    spendable: new Map([...money].map(([id, left]) => [id, leastFrom(left)])),
  };
}

export type Line = Assignment | Purchase;

/** Takes a line out of what is left, or, with a sign of -1, puts it back. */
export function move(room: Room, line: Line, sign: 1 | -1): void {
  const item = room.register.items.get(line.item);
  const [pieces, tonnes] = [sign * line.quantity, (sign * line.quantity * (item?.kg ?? 0)) / 1000];
  lower(room.tonnes.get(line.hub), line.bucket, tonnes);
  lower(room.transport, room.yearAt[line.bucket] ?? 0, tonnes);
  if (item?.stream === "training") lower(room.places.get(line.hub), line.bucket, pieces);
  if ("offer" in line) room.offers.set(line.offer, (room.offers.get(line.offer) ?? 0) - pieces);
  else {
    lower(room.market.get(line.item), room.register.months.at[line.ordered] ?? 0, pieces);
    const left = room.money.get(line.money);
    if (left === undefined) return;
    for (let year = room.yearAt[line.ordered] ?? 0; year < room.years.length; year += 1)
      lower(left, year, sign * line.costMinor);
    room.spendable.get(line.money)?.set(leastFrom(left));
  }
}

function lower(left: Float64Array | undefined, place: number, by: number): void {
  if (left !== undefined) left[place] = (left[place] ?? 0) - by;
}

/** The most pieces of a kind that can still come through a hub in a bucket. */
export function mostThrough(room: Room, item: InstanceItem, hub: string, bucket: number): number {
  const { loosened } = room;
  let most = Infinity;
  if (item.kg > 0) {
    const tonnes = loosened.tonnes.has(hub) ? Infinity : (room.tonnes.get(hub)?.[bucket] ?? Infinity);
    const yearly = loosened.transport ? Infinity : (room.transport[room.yearAt[bucket] ?? 0] ?? Infinity);
    most = (Math.min(tonnes, yearly) * 1000) / item.kg;
  }
  if (item.stream === "training" && !loosened.places.has(hub))
    most = Math.min(most, room.places.get(hub)?.[bucket] ?? Infinity);
  return most === Infinity ? most : Math.max(0, Math.floor(most + 1e-7));
}

/** How many whole pieces of a kind the market still sells in the month of a bucket. */
export function sold({ market, register }: Room, item: string, ordered: number): number {
  return Math.floor((market.get(item)?.[register.months.at[ordered] ?? 0] ?? 0) + 1e-7);
}

/** What of a money offer can still be spent on orders in a bucket, in minor units: what is spent of a later year already isn't spent twice. */
export function spendable(room: Room, money: string, ordered: number): number {
  return Math.max(0, room.spendable.get(money)?.[room.yearAt[ordered] ?? 0] ?? 0);
}

/** Of each place of a list the least from there on. */
function leastFrom(list: Float64Array): Float64Array {
  const least = Float64Array.from(list);
  for (let at = least.length - 2; at >= 0; at -= 1) least[at] = Math.min(least[at] ?? 0, least[at + 1] ?? 0);
  return least;
}

/** The hubs through which a need can be served. */
export function hubsOf(room: Room, need: InstanceNeed): readonly string[] {
  return need.hubs ?? room.register.instance.hubs.map(({ id }) => id);
}
