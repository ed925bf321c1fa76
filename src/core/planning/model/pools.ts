import type { Hub, InstanceItem, InstanceMoney, InstanceNeed, InstanceOffer, Pin } from "../instance.ts";
import type { Register } from "../register.ts";
import { isTaken, mayCome, mayPass, mayPay, mayServe } from "../rules.ts";
import type { Line } from "./lines.ts";
import { canPass, isFree } from "./resources.ts";

/** So much of an offer, from a bucket on. */
export type Source = Readonly<{ offer: InstanceOffer; quantity: number }>;

/**
 * Offers of one kind that can go to the same needs through the same hubs: one stock. Places that are taken can't wait: each offer's are
 * used on its own days. What is pinned and what is all or nothing stands alone, and leaves whole. Bought pieces are pools too: one for each earmark of money.
 */
export type Pool = Readonly<{
  item: InstanceItem;
  sources: readonly Source[]; // by the bucket from which they are there; none where it is bought
  money: readonly InstanceMoney[]; // one earmark's; none where it is given
  rule: "some" | "all-or-nothing" | "pinned";
  first: number;
  last: number;
}>;

/**
 * Needs of one kind that the same pools reach through the same hubs: what comes for one can go to any of them. A need that has pools of its own
 * beside those that it shares is a group of its own, and draws on the `base` group of those it shares with.
 */
export type Group = Readonly<{ lines: readonly Line[]; base: number; first: number; last: number }>; // base -1 where there is none

/** Hubs through which a pool reaches a group; never empty. */
export type Arc = Readonly<{ pool: number; group: number; hubs: readonly Hub[] }>;

export type Market = Readonly<{ pools: readonly Pool[]; groups: readonly Group[]; arcs: readonly Arc[] }>;

/** `only`: it reaches one need and no other. */
type Reach = Readonly<{ pool: Pool; hubsTo: (need: InstanceNeed) => readonly Hub[]; only: boolean }>;

/** The pools of a kind, the groups of its lines and how they are joined. */
export function marketOf(register: Register, item: InstanceItem, lines: readonly Line[]): Market {
  const { instance } = register;
  const needs = [...new Set(lines.map(({ need }) => need))];
  const hubs = instance.hubs.filter((hub) => canPass(item, hub));
  const offers = instance.offers.filter((offer) => offer.item === item.id && offer.quantity > 0);
  const reached = [
    ...givenPools(instance.pins, item, offers, lastOf(register), needs, hubs),
    ...boughtPools(register, item, needs, hubs),
  ].flatMap(({ pool, hubsTo: reach }): Reach[] => {
    const known = new Map(needs.map((need) => [need, reach(need)] as const));
    const reaches = needs.filter((need) => (known.get(need)?.length ?? 0) > 0).length;
    return reaches === 0 ? [] : [{ pool, hubsTo: (need) => known.get(need) ?? [], only: reaches === 1 }];
  });
  const pools = reached.map(({ pool }) => pool);
  const groups = groupsOf(reached, needs, lines);
  const arcs = groups.flatMap((group, at) =>
    reached.flatMap((reach, pool): Arc[] => {
      const ofNeed = group.lines[0]?.need ?? group.need;
      const isBase = group.base < 0;
      const hubsTo =
        ofNeed === undefined || (isBase ? !group.alone && reach.only : !reach.only) ? [] : reach.hubsTo(ofNeed);
      const free = hubsTo.find((hub) => isFree(item, hub));
      return hubsTo.length === 0 ? [] : [{ pool, group: at, hubs: free === undefined ? hubsTo : [free] }];
    }),
  );
  return { pools, groups, arcs };
}

type Grouped = Group & Readonly<{ need: InstanceNeed | undefined; alone: boolean }>; // alone: of one need, which has all pools to itself

function groupsOf(reached: readonly Reach[], needs: readonly InstanceNeed[], lines: readonly Line[]): Grouped[] {
  const general = reached.filter(({ only }) => !only);
  const linesOf = Map.groupBy(lines, ({ need }) => need);
  const span = (own: readonly Line[]) => ({
    first: Math.min(...own.map(({ first }) => first)),
    last: Math.max(...own.map(({ last }) => last)),
  });
  const found: Grouped[] = [];
  const key = (need: InstanceNeed) => general.map(({ hubsTo }) => hubKey(hubsTo(need))).join("|");
  for (const together of Map.groupBy(needs, key).values()) {
    const all = together.flatMap((need) => linesOf.get(need) ?? []);
    const [need] = together;
    const alone = together.length === 1;
    const apart = alone
      ? []
      : together.filter((one) => reached.some(({ only, hubsTo }) => only && hubsTo(one).length > 0));
    const shared = all.filter((line) => !apart.includes(line.need));
    const base = found.push({ lines: shared, need, alone, base: -1, ...span(all) }) - 1;
    for (const one of apart) {
      const own = linesOf.get(one) ?? [];
      found.push({ lines: own, need: one, alone: true, base, ...span(own) });
    }
  }
  return found;
}

const lastOf = ({ calendar }: Register): number => calendar.from.length - 1;
const hubKey = (hubs: readonly Hub[]): string => hubs.map(({ id }) => id).join(",");

/** Through which of the hubs an offer reaches a need; through none where it may not go to it. */
function through(offer: InstanceOffer, need: InstanceNeed, hubs: readonly Hub[]): readonly Hub[] {
  return mayServe(offer, need) ? hubs.filter((hub) => mayPass(offer, need, hub.id)) : [];
}

function givenPools(
  pins: readonly Pin[],
  item: InstanceItem,
  offers: readonly InstanceOffer[],
  end: number,
  needs: readonly InstanceNeed[],
  hubs: readonly Hub[],
): Omit<Reach, "only">[] {
  const found: Omit<Reach, "only">[] = [];
  const shared = new Map<string, Source[]>();
  for (const offer of offers) {
    let left = offer.quantity;
    const last = isTaken(item) ? Math.min(offer.until, end) : end;
    const base = { item, money: [], first: offer.from, last };
    for (const pin of pins.filter((one) => one.offer === offer.id && one.quantity > 0)) {
      const quantity = Math.min(left, pin.quantity);
      left -= quantity;
      const only = (need: InstanceNeed) =>
        need.id === pin.need ? through(offer, need, hubs).filter(({ id }) => pin.hub === null || id === pin.hub) : [];
      if (quantity > 0) found.push({ pool: { ...base, sources: [{ offer, quantity }], rule: "pinned" }, hubsTo: only });
    }
    if (left === 0 || !mayCome(offer, item, offer.from)) continue;
    const source = { offer, quantity: left };
    if (offer.allOrNothing) {
      const rule = left < offer.quantity ? "pinned" : "all-or-nothing";
      found.push({ pool: { ...base, sources: [source], rule }, hubsTo: (need) => through(offer, need, hubs) });
      continue;
    }
    const key = needs.map((need) => hubKey(through(offer, need, hubs))).join("|");
    shared.set(key, [...(shared.get(key) ?? []), source]);
  }
  for (const group of shared.values()) {
    const sources = group.toSorted((left, right) => left.offer.from - right.offer.from);
    const [one] = sources;
    if (one === undefined) continue;
    const last = isTaken(item) ? Math.min(end, Math.max(...sources.map(({ offer }) => offer.until))) : end;
    const pool: Pool = { item, sources, money: [], rule: "some", first: one.offer.from, last };
    found.push({ pool, hubsTo: (need) => through(one.offer, need, hubs) });
  }
  return found;
}

function boughtPools(
  register: Register,
  item: InstanceItem,
  needs: readonly InstanceNeed[],
  hubs: readonly Hub[],
): Omit<Reach, "only">[] {
  if (!register.market.has(item.id)) return [];
  const key = (money: InstanceMoney) => needs.map((need) => (mayPay(money, need) ? 1 : 0)).join("");
  return [...Map.groupBy(register.instance.money, key).values()].map((money) => {
    const [one] = money;
    const hubsTo = (need: InstanceNeed) =>
      one !== undefined && mayPay(one, need)
        ? hubs.filter(({ id }) => need.hubs === null || need.hubs.includes(id))
        : [];
    return { pool: { item, sources: [], money, rule: "some", first: 0, last: lastOf(register) }, hubsTo };
  });
}
