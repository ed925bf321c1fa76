import { consumed, piecesFor } from "../rules.ts";
import type { Coming, PlanModel } from "./parts.ts";

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

/** Flows, hubs and what comes for each need, matched: the nodes between them taken out. What no complete system uses is left where it is. */
export function deliveriesOf(model: PlanModel, count: Count): Delivery[] {
  const supplies = suppliesOf(model, count);
  const found: Delivery[] = [];
  const kept = keptOf(model, count, supplies);
  for (const coming of model.coming) {
    let left = kept.get(coming) ?? 0;
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

/** How many of what comes are kept: the last of those that no complete system uses are taken back, as far as they need not leave whole. */
function keptOf(model: PlanModel, count: Count, supplies: ReadonlyMap<string, readonly Supply[]>): Map<Coming, number> {
  const kept = new Map(model.coming.map((coming) => [coming, count(coming.column)] as const));
  const loose = new Map<string, number>();
  const fixed = new Map<string, number>();
  for (const [key, list] of supplies) {
    const sum = (isLoose: boolean) =>
      list.reduce((all, supply) => all + (supply.loose === isLoose ? supply.quantity : 0), 0);
    loose.set(key, sum(true));
    fixed.set(key, sum(false));
  }
  const comingOf = Map.groupBy(model.coming, ({ line }) => line.need);
  for (const { need, complete } of model.needs) {
    if (need.package.length === 0) continue;
    const taken = takenAtLast(model, need, complete, count);
    const lines = Map.groupBy(comingOf.get(need) ?? [], ({ line }) =>
      line.part < 0 ? `a${line.accepted}` : `p${line.part}`,
    );
    for (const [name, own] of lines) {
      let excess = own.reduce((sum, coming) => sum + (kept.get(coming) ?? 0), 0) - (taken.get(name) ?? 0);
      for (const coming of own.toSorted((left, right) => right.bucket - left.bucket)) {
        const base = model.markets[coming.market]?.groups[coming.group]?.base ?? -1;
        const stays = fixed.get(`${coming.market} ${coming.group} ${coming.bucket}`) ?? 0;
        for (const from of [coming.group, base]) {
          const key = `${coming.market} ${from} ${coming.bucket}`;
          const back = Math.min(excess, (kept.get(coming) ?? 0) - stays, loose.get(key) ?? 0);
          if (back <= 0) continue;
          kept.set(coming, (kept.get(coming) ?? 0) - back);
          loose.set(key, (loose.get(key) ?? 0) - back);
          excess -= back;
        }
      }
    }
  }
  return kept;
}

/** What all that is ever complete takes of each line, in whole pieces. */
function takenAtLast(
  { register }: PlanModel,
  need: PlanModel["needs"][number]["need"],
  complete: PlanModel["needs"][number]["complete"],
  count: Count,
): Map<string, number> {
  const systems = register.instance.buckets.map(() => 0);
  const taken = new Map<string, number>();
  for (const { column, accepted, bucket } of complete) {
    const pieces = count(column);
    systems[bucket] = (systems[bucket] ?? 0) + pieces;
    taken.set(`a${accepted}`, (taken.get(`a${accepted}`) ?? 0) + pieces);
  }
  for (const [place, part] of need.package.entries()) taken.set(`p${place}`, piecesAtLast(register, part, systems));
  return taken;
}

function piecesAtLast(
  { instance, calendar }: PlanModel["register"],
  part: PlanModel["needs"][number]["need"]["package"][number],
  systems: readonly number[],
): number {
  if (part.when === "monthly")
    return Math.ceil((consumed(instance.buckets, calendar, part, systems).at(-1) ?? 0) - 1e-6);
  return piecesFor(
    part,
    systems.reduce((sum, more) => sum + more, 0),
  );
}
