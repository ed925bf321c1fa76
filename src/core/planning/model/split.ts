import type { Standing } from "../instance.ts";
import type { Assignment, Purchase } from "../plan.ts";
import { isTaken, mayCome, readyIn } from "../rules.ts";
import type { PlanModel } from "./build.ts";
import type { Delivery } from "./deliveries.ts";
import type { Pool } from "./pools.ts";

/**
 * What leaves a pool, as offers: where the standing plan has an offer on the same way it stays on it, as far as that leaves enough for the rest;
 * otherwise what is there first leaves first.
 */
export function given(standing: readonly Standing[], pool: Pool, deliveries: readonly Delivery[]): Assignment[] {
  const own = new Set(pool.sources.map(({ offer }) => offer.id));
  const before = standing.filter(({ offer }) => own.has(offer));
  return (before.length > 0 ? divide(before, pool, deliveries) : null) ?? divide([], pool, deliveries) ?? [];
}

/** @returns null where the rest is not enough */
function divide(standing: readonly Standing[], pool: Pool, deliveries: readonly Delivery[]): Assignment[] | null {
  const left = new Map(pool.sources.map(({ offer, quantity }) => [offer.id, quantity]));
  const sources = isTaken(pool.item)
    ? pool.sources.toSorted((one, other) => one.offer.until - other.offer.until)
    : pool.sources;
  const found: Assignment[] = [];
  const open = deliveries.map((delivery) => ({ delivery, quantity: delivery.quantity }));
  const put = (part: { delivery: Delivery; quantity: number }, offer: string, most: number): void => {
    const quantity = Math.min(part.quantity, left.get(offer) ?? 0, most);
    if (quantity <= 0) return;
    left.set(offer, (left.get(offer) ?? 0) - quantity);
    part.quantity -= quantity;
    const { need, item, hub, bucket } = part.delivery;
    found.push({ offer, need, item, hub, bucket, quantity });
  };
  for (const { offer, need, hub, bucket, quantity } of standing) {
    const source = pool.sources.find((one) => one.offer.id === offer)?.offer;
    const part = open.find(
      ({ delivery }) => delivery.need === need && delivery.hub === hub && delivery.bucket === bucket,
    );
    if (part !== undefined && source !== undefined && mayCome(source, pool.item, bucket)) put(part, offer, quantity);
  }
  for (const part of open.toSorted((one, other) => one.delivery.bucket - other.delivery.bucket)) {
    for (const { offer } of sources) if (mayCome(offer, pool.item, part.delivery.bucket)) put(part, offer.id, Infinity);
    if (part.quantity > 0) return null;
  }
  return found;
}

type Ordered = { money: string; bucket: number; there: number; quantity: number };

/** What is bought for a pool, first ordered first delivered, each piece paid by one money offer. */
export function bought(
  model: PlanModel,
  market: number,
  index: number,
  deliveries: readonly Delivery[],
  count: (column: number) => number,
): Purchase[] {
  const pool = model.markets[market]?.pools[index];
  const price = pool === undefined ? undefined : model.register.market.get(pool.item.id);
  if (pool === undefined || price === undefined) return [];
  const orders = ordersOf(model, market, index, price.leadDays, count);
  const found: Purchase[] = [];
  for (const { need, item, hub, bucket, quantity } of deliveries.toSorted((one, other) => one.bucket - other.bucket)) {
    let open = quantity;
    for (const order of orders) {
      const part = order.there <= bucket ? Math.min(open, order.quantity) : 0;
      if (part <= 0) continue;
      order.quantity -= part;
      open -= part;
      const costMinor = part * price.priceMinor;
      found.push({ money: order.money, need, item, hub, ordered: order.bucket, bucket, quantity: part, costMinor });
    }
  }
  return found;
}

/** Orders by the bucket in which they are there, each with who pays for it. */
function ordersOf(
  { orders, payments, resources, register }: PlanModel,
  market: number,
  index: number,
  leadDays: number,
  count: (column: number) => number,
): Ordered[] {
  const pool = (one: { market: number; pool: number }) => one.market === market && one.pool === index;
  const paying = payments.filter(pool).map(({ column, purse, year }) => ({ purse, year, left: count(column) }));
  const found: Ordered[] = [];
  for (const { column, bucket, purse: only } of orders.filter(pool)) {
    let quantity = count(column);
    const there = readyIn(register.calendar, bucket, leadDays);
    const year = resources.years.indexOf(Number(register.instance.buckets[bucket]?.from.slice(0, 4)));
    for (const payment of paying) {
      const part = payment.year === year ? Math.min(quantity, payment.left) : 0;
      if (part <= 0) continue;
      payment.left -= part;
      quantity -= part;
      found.push({ money: resources.apart[payment.purse]?.offers[0]?.id ?? "", bucket, there, quantity: part });
    }
    if (quantity <= 0 || only < 0) continue;
    found.push({ money: resources.apart[only]?.offers[0]?.id ?? "", bucket, there, quantity });
  }
  return found;
}
