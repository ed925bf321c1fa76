import type { InstanceItem, InstanceMoney, InstanceNeed, InstanceOffer } from "../instance.ts";
import { isTaken, mayPass, mayServe } from "../rules.ts";
import { hubsOf, mostThrough, move, sold, spendable, type Line, type Room } from "./room.ts";

/** Where a need can get a kind from: offers that may go to it, the narrowest earmark first, then money that may buy it. */
export type Sources = Readonly<{
  need: InstanceNeed;
  item: InstanceItem;
  hubs: readonly string[];
  offers: readonly InstanceOffer[];
  money: readonly InstanceMoney[];
}>;

export type Catalogue = Readonly<{
  offers: (item: string, capability: string) => readonly InstanceOffer[]; // those of a kind whose earmark allows the capability, the narrowest first
  money: (capability: string) => readonly InstanceMoney[];
  standing: ReadonlyMap<string, ReadonlySet<string>>; // by need, the offers that go there now
}>;

export function catalogueOf({ register: { instance } }: Room): Catalogue {
  const standing = new Map<string, Set<string>>();
  for (const { need, offer } of instance.standing)
    standing.set(need, (standing.get(need) ?? new Set<string>()).add(offer));
  const byItem = Map.groupBy(instance.offers.toSorted(narrowFirst), ({ item }) => item);
  const allowed = (capability: string) => (one: InstanceOffer | InstanceMoney) =>
    one.capabilities === null || one.capabilities.includes(capability);
  return {
    offers: kept((item, capability) => (byItem.get(item) ?? []).filter(allowed(capability))),
    money: kept((capability) => instance.money.filter(allowed(capability))),
    standing,
  };
}

/** A list that is asked for again and again, worked out once. */
function kept<T>(listOf: (...names: [string, string]) => readonly T[]): (...names: [string, string?]) => readonly T[] {
  const known = new Map<string, readonly T[]>();
  return (one, other = "") => {
    const key = `${one}\t${other}`;
    const found = known.get(key) ?? listOf(one, other);
    known.set(key, found);
    return found;
  };
}

export function sourcesOf(room: Room, catalogue: Catalogue, need: InstanceNeed, item: InstanceItem): Sources {
  const offers = catalogue
    .offers(item.id, need.capability)
    .filter((offer) => (room.offers.get(offer.id) ?? 0) > 0 && mayServe(offer, need));
  const held = catalogue.standing.get(need.id);
  const price = room.register.market.get(item.id);
  const last = room.yearAt.length - 1;
  const isAble = ({ id }: InstanceMoney) => spendable(room, id, last) >= (price?.priceMinor ?? 0);
  return {
    need,
    item,
    hubs: hubsOf(room, need),
    offers:
      held === undefined
        ? offers
        : [...offers.filter(({ id }) => held.has(id)), ...offers.filter(({ id }) => !held.has(id))],
    money: price === undefined ? [] : catalogue.money(need.capability).filter(isAble),
  };
}

function narrowFirst(left: InstanceOffer, right: InstanceOffer): number {
  return width(left) - width(right) || left.from - right.from || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}

function width({ needs, capabilities }: InstanceOffer): number {
  return needs === null ? (capabilities === null ? 1_000_000_000 : 1000 * capabilities.length) : needs.length;
}

/**
 * Takes up to so many pieces that are there in a bucket, and notes the lines. What is all or nothing is taken only when all of it is wanted.
 * @returns how many were to be had
 */
export function take(room: Room, sources: Sources, bucket: number, wanted: number, lines: Line[]): number {
  let left = wanted;
  for (const offer of sources.offers) {
    if (left === 0) break;
    if (offer.from > bucket || (bucket > offer.until && isTaken(sources.item))) continue;
    const there = room.offers.get(offer.id) ?? 0;
    if (there === 0 || (offer.allOrNothing && there > left)) continue;
    left -= give(room, sources, offer, bucket, Math.min(there, left), lines);
  }
  if (left > 0) left -= buy(room, sources, bucket, left, lines);
  if (left > 0 && room.loosened.items.has(sources.item.id))
    left -= give(room, sources, enoughOf(sources.item.id, bucket), bucket, left, lines);
  return wanted - left;
}

function give(
  room: Room,
  { need, item, hubs }: Sources,
  offer: InstanceOffer,
  bucket: number,
  wanted: number,
  lines: Line[],
): number {
  const parts: Line[] = [];
  let left = wanted;
  for (const hub of hubs) {
    if (left === 0) break;
    if (!mayPass(offer, need, hub)) continue;
    const quantity = Math.min(left, mostThrough(room, item, hub, bucket));
    if (quantity === 0) continue;
    const line = { offer: offer.id, need: need.id, item: item.id, hub, bucket, quantity };
    move(room, line, 1);
    parts.push(line);
    left -= quantity;
  }
  if (offer.allOrNothing && left > 0) {
    for (const line of parts) move(room, line, -1);
    return 0;
  }
  lines.push(...parts);
  return wanted - left;
}

/** Buys as late as is in time, so that early orders stay for what is wanted early. */
function buy(room: Room, sources: Sources, bucket: number, wanted: number, lines: Line[]): number {
  const { item } = sources;
  const price = room.register.market.get(item.id);
  const ready = room.ready.get(item.id);
  if (price === undefined || ready === undefined) return 0;
  const able = sources.money;
  let through: readonly string[] | null = null;
  let [left, year] = [wanted, -1];
  for (let ordered = bucket; ordered >= 0 && left > 0; ordered -= 1) {
    if ((ready[ordered] ?? Infinity) > bucket) continue;
    const most = sold(room, item.id, ordered);
    if (most <= 0) continue;
    if (year !== room.yearAt[ordered]) {
      year = room.yearAt[ordered] ?? 0;
      if (!able.some(({ id }) => spendable(room, id, ordered) >= price.priceMinor)) break;
    }
    through = (through ?? sources.hubs).filter((hub) => mostThrough(room, item, hub, bucket) > 0);
    if (through.length === 0) break;
    left -= order(
      room,
      { ...sources, hubs: through, money: able },
      price.priceMinor,
      ordered,
      bucket,
      Math.min(left, most),
      lines,
    );
  }
  return wanted - left;
}

function order(
  room: Room,
  { need, item, hubs, money }: Sources,
  priceMinor: number,
  ordered: number,
  bucket: number,
  wanted: number,
  lines: Line[],
): number {
  let left = wanted;
  for (const { id } of money) {
    if (spendable(room, id, ordered) < priceMinor) continue;
    for (const hub of hubs) {
      const paid = priceMinor === 0 ? left : Math.floor(spendable(room, id, ordered) / priceMinor);
      const quantity = Math.min(left, paid, mostThrough(room, item, hub, bucket));
      if (quantity <= 0) continue;
      const line = {
        money: id,
        need: need.id,
        item: item.id,
        hub,
        ordered,
        bucket,
        quantity,
        costMinor: quantity * priceMinor,
      };
      move(room, line, 1);
      lines.push(line);
      left -= quantity;
    }
    if (left === 0) break;
  }
  return wanted - left;
}

/** Marks what comes from nowhere, where a kind is taken as if there were enough of it. */
export const nowhere = "~";

function enoughOf(item: string, bucket: number): InstanceOffer {
  return {
    id: `${nowhere}${item}`,
    giver: "",
    item,
    quantity: Infinity,
    from: bucket,
    until: bucket,
    capabilities: null,
    needs: null,
    excludes: [],
    hubs: null,
    allOrNothing: false,
    pieceMinor: 0,
  };
}
