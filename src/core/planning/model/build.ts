import type { Instance, InstanceItem } from "../instance.ts";
import { registerOf } from "../register.ts";
import { isTaken, readyIn, rewards } from "../rules.ts";
import { linesOf } from "./lines.ts";
import { addNeed } from "./packages.ts";
import type { BuildOptions, Building, Coming, Flow, Order, Payment, PlanModel, Through } from "./parts.ts";
import { marketOf, type Market } from "./pools.ts";
import { resourcesOf } from "./resources.ts";
import { gathering } from "./sparse.ts";

export type { PlanModel } from "./parts.ts";

/** The model of an instance, or of some of its needs: see docs/planning.md for each set, column and row and its reason. */
export function buildModel(instance: Instance, options: BuildOptions = {}): PlanModel {
  const register = registerOf(instance);
  const resources = resourcesOf(register);
  const rowOf = new Int32Array(resources.list.length).fill(-1);
  const reward = rewards(instance, register.calendar);
  const building: Building = { register, resources, gather: gathering(), options, meanings: new Map(), rowOf, reward };
  const lines = linesOf(register, options.needs ?? instance.needs);
  const byItem = [...Map.groupBy(lines, ({ item }) => item)].filter(([item]) => register.items.has(item.id));
  const parts: Parts = { flows: [], through: [], coming: [], orders: [], payments: [] };
  const markets = byItem.map(([item, own], at) => {
    const market = marketOf(register, item, own);
    addMarket(building, market, item, at, parts);
    return market;
  });
  const comingOf = Map.groupBy(parts.coming, ({ line }) => line.need);
  const needs = [...comingOf].map(([need, coming]) => addNeed(building, need, coming));
  const { meanings } = building;
  return {
    register,
    resources,
    sparse: building.gather.done(),
    markets,
    ...parts,
    needs,
    meanings,
    rowOf,
    apart: options.apart ?? true,
  };
}

type Parts = { flows: Flow[]; through: Through[]; coming: Coming[]; orders: Order[]; payments: Payment[] };

/** Takes an amount of a shared resource for each unit of a column. */
function take(
  { resources, gather, options, meanings, rowOf }: Building,
  column: number,
  index: number,
  amount: number,
): void {
  const price = options.prices?.[index] ?? 0;
  if (price !== 0) gather.addCost(column, -price * amount);
  const resource = resources.list[index];
  const limit = options.limits?.[index] ?? resource?.limit ?? Infinity;
  if (resource === undefined || limit === Infinity) return;
  if (rowOf[index] === -1) {
    rowOf[index] = gather.row(-Infinity, limit);
    meanings.set(rowOf[index] ?? 0, { kind: "resource", resource, index });
  }
  gather.entry(rowOf[index] ?? 0, column, amount);
}

function addMarket(building: Building, market: Market, item: InstanceItem, at: number, parts: Parts): void {
  const { gather } = building;
  const nodes = market.groups.map(({ first, last }) => new Int32Array(Math.max(0, last - first + 1)).fill(-1));
  const outOf = market.pools.map(() => [] as { column: number; bucket: number }[]);
  const node = (group: number, bucket: number): number => {
    const [rows, from] = [nodes[group], market.groups[group]?.first ?? 0];
    if (rows === undefined) return -1;
    if (rows[bucket - from] === -1) rows[bucket - from] = gather.row(0, 0);
    return rows[bucket - from] ?? -1;
  };
  const shared = new Map<string, number>();
  for (const [index, { pool: from, group: to, hubs }] of market.arcs.entries()) {
    const [pool, group] = [market.pools[from], market.groups[to]];
    if (pool === undefined || group === undefined) continue;
    for (let bucket = Math.max(pool.first, group.first); bucket <= Math.min(pool.last, group.last); bucket += 1) {
      const column = gather.column(0, 0, Infinity, true);
      parts.flows.push({ column, market: at, arc: index, bucket });
      gather.entry(node(to, bucket), column, 1);
      outOf[from]?.push({ column, bucket });
      const [only] = hubs;
      if (hubs.length === 1 && only !== undefined) {
        for (const [resource, amount] of building.resources.way(item, only, bucket))
          take(building, column, resource, amount);
      } else {
        const name = hubs.map(({ id }) => id).join(",");
        const key = `${bucket} ${name}`;
        const row = shared.get(key) ?? gather.row(0, 0);
        if (!shared.has(key)) {
          shared.set(key, row);
          for (const hub of hubs) {
            const share = gather.column(0, 0, Infinity, true);
            parts.through.push({ column: share, market: at, hubs: name, hub: hub.id, bucket });
            gather.entry(row, share, -1);
            for (const [resource, amount] of building.resources.way(item, hub, bucket))
              take(building, share, resource, amount);
          }
        }
        gather.entry(row, column, 1);
      }
    }
  }
  for (const [group, { base, first, last }] of market.groups.entries()) {
    for (let bucket = first; base >= 0 && bucket <= last; bucket += 1) {
      const from = nodes[base]?.[bucket - (market.groups[base]?.first ?? 0)] ?? -1;
      if (from < 0) continue;
      const column = gather.column(0, 0, Infinity, false);
      gather.entry(from, column, -1);
      gather.entry(node(group, bucket), column, 1);
    }
  }
  for (const [group, { lines, base }] of market.groups.entries()) {
    const reaching = market.arcs.flatMap((arc) =>
      arc.group === group || arc.group === base ? [market.pools[arc.pool]] : [],
    );
    const strict = reaching.some((pool) => pool?.rule === "all-or-nothing");
    const pinned = reaching
      .flatMap((pool) => (pool?.rule === "pinned" ? pool.sources : []))
      .reduce((sum, { quantity }) => sum + quantity, 0);
    for (const line of lines) {
      for (let bucket = line.first; bucket <= line.last; bucket += 1) {
        const row = nodes[group]?.[bucket - (market.groups[group]?.first ?? 0)] ?? -1;
        if (row < 0) continue;
        const column = gather.column(0, 0, Infinity, true);
        gather.entry(row, column, -1);
        parts.coming.push({ column, market: at, group, line, bucket, strict, pinned });
      }
    }
  }
  addPools(building, market, item, at, outOf, parts);
}

type Out = readonly { column: number; bucket: number }[];

function addPools(
  building: Building,
  market: Market,
  item: InstanceItem,
  at: number,
  outOf: readonly Out[],
  parts: Parts,
): void {
  const ceilings = new Map<number, number>();
  for (const [index, pool] of market.pools.entries()) {
    const out = outOf[index] ?? [];
    const offers = pool.sources.map(({ offer }) => offer.id);
    if (pool.money.length > 0) addBought(building, market, item, at, index, out, ceilings, parts);
    else if (pool.rule === "some" && isTaken(item)) addPlaces(building, pool, item, out);
    else if (pool.rule === "some") addStock(building, pool.sources, item, out);
    else {
      const quantity = pool.sources.reduce((sum, source) => sum + source.quantity, 0);
      const pinned = pool.rule === "pinned";
      const row = building.gather.row(pinned ? quantity : 0, pinned ? quantity : 0);
      for (const { column } of out) building.gather.entry(row, column, 1);
      if (!pinned) building.gather.entry(row, building.gather.column(0, 0, 1, true), -quantity);
      building.meanings.set(row, { kind: pinned ? "pin" : "all-or-nothing", item: item.id, offers });
    }
  }
}

/** What leaves up to a bucket is no more than is there by then: a row wherever more comes. */
function addStock(
  { gather, meanings }: Building,
  sources: Market["pools"][number]["sources"],
  item: InstanceItem,
  out: Out,
): void {
  const arrivals = [...Map.groupBy(sources, ({ offer }) => offer.from)].toSorted(([left], [right]) => left - right);
  let carried = -1;
  for (const [index, [from, own]] of arrivals.entries()) {
    const until = arrivals[index + 1]?.[0] ?? Infinity;
    const row = gather.row(
      -Infinity,
      own.reduce((sum, { quantity }) => sum + quantity, 0),
    );
    meanings.set(row, { kind: "stock", item: item.id, offers: own.map(({ offer }) => offer.id) });
    for (const { column, bucket } of out) if (bucket >= from && bucket < until) gather.entry(row, column, 1);
    if (carried >= 0) gather.entry(row, carried, -1);
    if (until === Infinity) continue;
    carried = gather.column(0, 0, Infinity, false);
    gather.entry(row, carried, 1);
  }
}

/** Who can pay for what a pool buys: money offers with one earmark as one, or each by itself, and then within what its earmark has too. */
function pursesOf({ resources, options }: Building, pool: Market["pools"][number], priceMinor: number) {
  const limit = (row: number) =>
    Math.round((options.limits?.[row] ?? resources.list[row]?.limit ?? 0) * resources.moneyUnit);
  const own = pool.money;
  const described = (rows: readonly number[], more: readonly number[], purse: number) => {
    return { purse, rows: [...rows, ...more], most: rows.map(limit) };
  };
  if (!(options.apart ?? true))
    return resources.together.flatMap(({ offers, rows }, purse) =>
      offers.some((one) => own.includes(one)) ? [described(rows, [], purse)] : [],
    );
  const wider = (earmark: number) => (options.limits === undefined ? [] : (resources.together[earmark]?.rows ?? []));
  return resources.apart
    .flatMap(({ offers, rows, earmark }, purse) =>
      offers.some((one) => own.includes(one)) ? [described(rows, wider(earmark), purse)] : [],
    )
    .filter(({ most }) => (most.at(-1) ?? 0) >= priceMinor);
}

/** Places are used on the days of their offer: by offers with the same days, and by bucket where there are several. */
function addPlaces(
  { gather, meanings }: Building,
  { sources }: Market["pools"][number],
  item: InstanceItem,
  out: Out,
): void {
  const classes = [...Map.groupBy(sources, ({ offer }) => `${offer.from} ${offer.until}`).values()];
  const byBucket = new Map<number, number>();
  if (classes.length > 1) {
    for (const { column, bucket } of out) {
      const row = byBucket.get(bucket) ?? gather.row(-Infinity, 0);
      byBucket.set(bucket, row);
      gather.entry(row, column, 1);
    }
  }
  for (const own of classes) {
    const row = gather.row(
      -Infinity,
      own.reduce((sum, { quantity }) => sum + quantity, 0),
    );
    meanings.set(row, { kind: "stock", item: item.id, offers: own.map(({ offer }) => offer.id) });
    const [first] = own;
    if (first === undefined) continue;
    if (classes.length === 1) for (const { column } of out) gather.entry(row, column, 1);
    for (let bucket = first.offer.from; bucket <= first.offer.until; bucket += 1) {
      const filled = byBucket.get(bucket);
      if (filled === undefined) continue;
      const column = gather.column(0, 0, Infinity, false);
      gather.entry(row, column, 1);
      gather.entry(filled, column, -1);
    }
  }
}

function addBought(
  building: Building,
  market: Market,
  item: InstanceItem,
  at: number,
  index: number,
  out: Out,
  ceilings: Map<number, number>,
  parts: Parts,
): void {
  const { register, resources, gather, meanings } = building;
  const [price, pool] = [register.market.get(item.id), market.pools[index]];
  if (price === undefined || pool === undefined) return;
  const { buckets } = register.instance;
  const purses = pursesOf(building, pool, price.priceMinor);
  const pay = (column: number, rows: readonly number[], year: number) =>
    rows.forEach(
      (row, place) =>
        place % resources.years.length >= year && take(building, column, row, price.priceMinor / resources.moneyUnit),
    );
  const paid = new Map<number, number>();
  const arriving = new Map<number, number[]>();
  const last = Math.max(-1, ...out.map(({ bucket }) => bucket));
  for (const [bucket, span] of buckets.entries()) {
    const there = readyIn(register.calendar, bucket, price.leadDays);
    if (there > last) break;
    const month = register.months.at[bucket] ?? 0;
    const most = Math.floor(price.perMonth * (register.months.months[month] ?? 0) + 1e-6);
    if (most <= 0) continue;
    const column = gather.column(0, 0, Infinity, true);
    const [only] = purses;
    const purse = purses.length === 1 ? (only?.purse ?? -1) : -1;
    parts.orders.push({ column, market: at, pool: index, bucket, purse });
    arriving.set(there, [...(arriving.get(there) ?? []), column]);
    const ceiling = ceilings.get(month) ?? gather.row(-Infinity, most);
    if (!ceilings.has(month)) meanings.set(ceiling, { kind: "market", item: item.id, bucket });
    ceilings.set(month, ceiling);
    gather.entry(ceiling, column, 1);
    const year = resources.years.indexOf(Number(span.from.slice(0, 4)));
    if (purses.length === 1 && only !== undefined) {
      pay(column, only.rows, year);
      continue;
    }
    const row = paid.get(year) ?? gather.row(0, 0);
    if (!paid.has(year)) {
      paid.set(year, row);
      for (const { purse, rows, most: usable } of purses) {
        if ((usable[year] ?? 0) < price.priceMinor) continue;
        const payment = gather.column(0, 0, Infinity, true);
        parts.payments.push({ column: payment, market: at, pool: index, purse, year });
        gather.entry(row, payment, -1);
        pay(payment, rows, year);
      }
    }
    gather.entry(row, column, 1);
  }
  addArrivals(building, arriving, out);
}

function addArrivals({ gather }: Building, arriving: ReadonlyMap<number, readonly number[]>, out: Out): void {
  const steps = [...arriving].toSorted(([left], [right]) => left - right);
  const first = steps[0]?.[0] ?? Infinity;
  if (first > 0) {
    const none = gather.row(-Infinity, 0);
    for (const { column, bucket } of out) if (bucket < first) gather.entry(none, column, 1);
  }
  let carried = -1;
  for (const [index, [from, columns]] of steps.entries()) {
    const until = steps[index + 1]?.[0] ?? Infinity;
    const row = gather.row(-Infinity, 0);
    for (const column of columns) gather.entry(row, column, -1);
    for (const { column, bucket } of out) if (bucket >= from && bucket < until) gather.entry(row, column, 1);
    if (carried >= 0) gather.entry(row, carried, -1);
    if (until === Infinity) continue;
    carried = gather.column(0, 0, Infinity, false);
    gather.entry(row, carried, 1);
  }
}
