import type { PlanModel } from "./parts.ts";

/** So many pieces from a pool to a need, through a hub, in a bucket. */
export type Delivery = Readonly<{
  market: number;
  pool: number;
  need: string;
  item: string;
  hub: string;
  bucket: number;
  quantity: number;
}>;

type Count = (column: number) => number;
type Supply = { pool: number; hub: string; bucket: number; quantity: number; loose: boolean };

/** Flows, hubs and what comes for each need, matched: the nodes between them taken out. */
export function deliveriesOf(model: PlanModel, count: Count): Delivery[] {
  const supplies = suppliesOf(model, count);
  const found: Delivery[] = [];
  for (const coming of model.coming) {
    let left = count(coming.column);
    if (left === 0) continue;
    const { market, group, line, bucket } = coming;
    const base = model.markets[market]?.groups[group]?.base ?? -1;
    const reaching = [group, base].flatMap((from) => supplies.get(`${market} ${from} ${bucket}`) ?? []);
    for (const supply of reaching) {
      const quantity = Math.min(left, supply.quantity);
      if (quantity === 0) continue;
      supply.quantity -= quantity;
      left -= quantity;
      found.push({
        market,
        pool: supply.pool,
        need: line.need.id,
        item: line.item.id,
        hub: supply.hub,
        bucket,
        quantity,
      });
    }
  }
  return found;
}

/** What reaches each group in each bucket, by pool and hub; what must leave whole first. */
function suppliesOf({ markets, flows, through }: PlanModel, count: Count): Map<string, Supply[]> {
  const byHub = new Map<string, { hub: string; quantity: number }[]>();
  for (const { column, market, hubs, hub, bucket } of through) {
    const key = `${market} ${bucket} ${hubs}`;
    const quantity = count(column);
    if (quantity > 0) byHub.set(key, [...(byHub.get(key) ?? []), { hub, quantity }]);
  }
  const supplies = new Map<string, Supply[]>();
  for (const { column, market, arc: index, bucket } of flows) {
    let quantity = count(column);
    const arc = markets[market]?.arcs[index];
    if (quantity === 0 || arc === undefined) continue;
    const key = `${market} ${arc.group} ${bucket}`;
    const loose = markets[market]?.pools[arc.pool]?.rule === "some";
    const list = supplies.get(key) ?? [];
    const [only] = arc.hubs;
    const shares =
      arc.hubs.length === 1
        ? [{ hub: only?.id ?? "", quantity }]
        : (byHub.get(`${market} ${bucket} ${arc.hubs.map(({ id }) => id).join(",")}`) ?? []);
    for (const share of shares) {
      const part = Math.min(quantity, share.quantity);
      if (part === 0) continue;
      share.quantity -= part;
      quantity -= part;
      list.push({ pool: arc.pool, hub: share.hub, bucket, quantity: part, loose });
    }
    supplies.set(key, list);
  }
  for (const list of supplies.values()) list.sort((left, right) => Number(left.loose) - Number(right.loose));
  return supplies;
}
