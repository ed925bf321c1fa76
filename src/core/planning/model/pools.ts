import type { Hub, InstanceItem, InstanceMoney, InstanceNeed, InstanceOffer, Pin } from "../instance.ts";
import type { Register } from "../register.ts";
import { isTaken, mayCome, mayPass, mayPay, mayServe } from "../rules.ts";
import type { Line } from "./lines.ts";
import { canPass, isFree } from "./resources.ts";

/** So much of an offer, from a bucket on. */
export type Source = Readonly<{ offer: InstanceOffer; quantity: number }>;

/**
 * Offers of one kind that can go to the same needs through the same hubs: one stock. Places that are taken also share their days, since they can't
 * wait. What is pinned and what is all or nothing stands alone, and leaves whole. Bought pieces are pools too: one for each earmark of money.
 */
export type Pool = Readonly<{
  item: InstanceItem;
  sources: readonly Source[]; // by the bucket from which they are there; none where it is bought
  money: readonly InstanceMoney[]; // one earmark's; none where it is given
  rule: "some" | "all-or-nothing" | "pinned";
  first: number;
  last: number;
}>;

/** Needs of one kind that the same pools reach through the same hubs: what comes for one can go to any of them. */
export type Group = Readonly<{ lines: readonly Line[]; first: number; last: number }>;

/** Hubs through which a pool reaches a group; never empty. */
export type Arc = Readonly<{ pool: number; group: number; hubs: readonly Hub[] }>;

export type Market = Readonly<{ pools: readonly Pool[]; groups: readonly Group[]; arcs: readonly Arc[] }>;

type Reach = Readonly<{ pool: Pool; hubsTo: (need: InstanceNeed) => readonly Hub[] }>;

/** The pools of a kind, the groups of its lines and how they are joined. */
export function marketOf(register: Register, item: InstanceItem, lines: readonly Line[]): Market {
  const { instance } = register;
  const needs = [...new Set(lines.map(({ need }) => need))];
  const hubs = instance.hubs.filter((hub) => canPass(item, hub));
  const offers = instance.offers.filter((offer) => offer.item === item.id && offer.quantity > 0);
  const reached = [
    ...givenPools(instance.pins, item, offers, lastOf(register), needs, hubs),
    ...boughtPools(register, item, needs, hubs),
  ].filter(({ hubsTo }) => needs.some((need) => hubsTo(need).length > 0));
  const pools = reached.map(({ pool }) => pool);
  const keyOf = new Map(
    needs.map((need) => [need, reached.map(({ hubsTo }) => hubKey(hubsTo(need))).join("|")] as const),
  );
  const groups = [...Map.groupBy(lines, ({ need }) => keyOf.get(need) ?? "").values()].map((own): Group => {
    return { lines: own, first: Math.min(...own.map(({ first }) => first)), last: Math.max(...own.map(({ last }) => last)) };
  });
  const arcs = groups.flatMap(({ lines: own }, group) =>
    reached.flatMap(({ hubsTo }, pool): Arc[] => {
      const [line] = own;
      const through = line === undefined ? [] : hubsTo(line.need);
      const free = through.find((hub) => isFree(item, hub));
      return through.length === 0 ? [] : [{ pool, group, hubs: free === undefined ? through : [free] }];
    }),
  );
  return { pools, groups, arcs };
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
): Reach[] {
  const found: Reach[] = [];
  const shared = new Map<string, { source: Source; key: string }[]>();
  for (const offer of offers) {
    let left = offer.quantity;
    const last = isTaken(item) ? Math.min(offer.until, end) : end;
    const base = { item, money: [], first: offer.from, last };
    for (const pin of pins.filter((one) => one.offer === offer.id && one.quantity > 0)) {
      const quantity = Math.min(left, pin.quantity);
      left -= quantity;
      const only = (need: InstanceNeed) =>
        need.id === pin.need ? through(offer, need, hubs).filter(({ id }) => pin.hub === null || id === pin.hub) : [];
      if (quantity > 0)
        found.push({ pool: { ...base, sources: [{ offer, quantity }], rule: "pinned" }, hubsTo: only });
    }
    if (left === 0 || !mayCome(offer, item, offer.from)) continue;
    const source = { offer, quantity: left };
    if (offer.allOrNothing) {
      const rule = left < offer.quantity ? "pinned" : "all-or-nothing";
      found.push({ pool: { ...base, sources: [source], rule }, hubsTo: (need) => through(offer, need, hubs) });
      continue;
    }
    const days = isTaken(item) ? `${offer.from} ${offer.until}` : "";
    const key = `${days}/${needs.map((need) => hubKey(through(offer, need, hubs))).join("|")}`;
    shared.set(key, [...(shared.get(key) ?? []), { source, key }]);
  }
  for (const group of shared.values()) {
    const sources = group.map(({ source }) => source).toSorted((left, right) => left.offer.from - right.offer.from);
    const [one] = sources;
    if (one === undefined) continue;
    const last = isTaken(item) ? Math.min(one.offer.until, end) : end;
    const pool: Pool = { item, sources, money: [], rule: "some", first: one.offer.from, last };
    found.push({ pool, hubsTo: (need) => through(one.offer, need, hubs) });
  }
  return found;
}

function boughtPools(register: Register, item: InstanceItem, needs: readonly InstanceNeed[], hubs: readonly Hub[]): Reach[] {
  if (!register.market.has(item.id)) return [];
  const key = (money: InstanceMoney) => needs.map((need) => (mayPay(money, need) ? 1 : 0)).join("");
  return [...Map.groupBy(register.instance.money, key).values()].map((money) => {
    const [one] = money;
    const hubsTo = (need: InstanceNeed) =>
      one !== undefined && mayPay(one, need) ? hubs.filter(({ id }) => need.hubs === null || need.hubs.includes(id)) : [];
    return { pool: { item, sources: [], money, rule: "some", first: 0, last: lastOf(register) }, hubsTo };
  });
}
