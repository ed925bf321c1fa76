import type { InstanceNeed } from "../instance.ts";
import { lastInUse, lastToEarn, monthsOf } from "../rules.ts";
import type { Building, Coming, NeedColumns } from "./parts.ts";

const lessThanOne = 0.9999;

/**
 * Adds what a need earns. Without a package a piece is complete when it counts. With one, pieces wait until crews, ammunition and spares are there
 * too: each is a stock that grows by what comes and shrinks by what complete systems take, and never goes below nothing.
 */
export function addNeed(building: Building, need: InstanceNeed, coming: readonly Coming[]): NeedColumns {
  const complete = need.package.length === 0 ? addPlain(coming) : addPackage(building, need, coming);
  const own = coming.filter(({ line }) => line.accepted >= 0);
  if (own.some(({ strict, pinned }) => strict || pinned > 0)) addNoMore(building, need, own);
  const earned = addWorth(building, need, complete);
  return { need, complete, earned };
}

/**
 * No more comes than is needed, up to a part of one piece of the best kind that comes: elsewhere what is too much is taken back afterwards, but not what
 * is pinned or goes whole. For each kind but the best a column says whether a better one comes.
 */
function addNoMore({ gather }: Building, need: InstanceNeed, own: readonly Coming[]): void {
  const worthOf = ({ line }: Coming): number => (need.accepts[line.accepted]?.worthPpm ?? 0) / 1_000_000;
  const worths = [...new Set(own.map(worthOf))].toSorted((one, other) => one - other);
  const best = worths.at(-1) ?? 0;
  for (const worth of worths) {
    const row = gather.row(-Infinity, need.quantity + worth * lessThanOne);
    for (const one of own) gather.entry(row, one.column, worthOf(one));
    if (worth === best) continue;
    const better = gather.column(0, 0, 1, true);
    gather.entry(row, better, (worth - best) * lessThanOne);
    const comes = gather.row(-Infinity, 0);
    gather.entry(comes, better, 1);
    for (const one of own) if (worthOf(one) > worth) gather.entry(comes, one.column, -1);
  }
}

type Complete = NeedColumns["complete"];

/** Nothing belongs to a piece: it is complete where it counts, and needs no column of its own. */
function addPlain(coming: readonly Coming[]): Complete {
  return coming.map(({ column, line, bucket }) => ({
    column,
    accepted: line.accepted,
    bucket: line.ready[bucket] ?? bucket,
  }));
}

function addPackage(building: Building, need: InstanceNeed, coming: readonly Coming[]): Complete {
  const { gather, register } = building;
  const earns = lastToEarn(register.calendar, need);
  const complete: { column: number; accepted: number; bucket: number }[] = [];
  for (const accepted of need.accepts.keys()) {
    const own = coming.filter(({ line }) => line.accepted === accepted);
    const first = Math.min(...own.map(({ line, bucket }) => line.ready[bucket] ?? Infinity));
    if (own.length === 0) continue;
    const added: { column: number; accepted: number; bucket: number }[] = [];
    for (let bucket = Math.max(first, need.from); bucket <= earns; bucket += 1)
      added.push({ column: gather.column(0, 0, Infinity, true), accepted, bucket });
    const takes = new Map(added.map(({ column, bucket }) => [bucket, [[column, 1] as const]]));
    addWaiting(building, own, takes, need.from, 0);
    complete.push(...added);
  }
  for (const place of need.package.keys()) addPart(building, need, place, coming, complete);
  return complete;
}

type Takes = ReadonlyMap<number, readonly (readonly [column: number, amount: number])[]>;

/**
 * A stock by bucket: what is ready comes in, `takes` goes out. What is left at the end is taken back afterwards; where that can't be, because an
 * offer goes whole or not at all, no more than `over` may be left, beside what is pinned.
 */
function addWaiting(
  { gather, register }: Building,
  own: readonly Coming[],
  takes: Takes,
  from: number,
  over: number,
): void {
  const buckets = register.calendar.from.length;
  const ready = Map.groupBy(own, ({ line, bucket }) => Math.max(from, line.ready[bucket] ?? bucket));
  let carried = -1;
  for (let bucket = from; bucket < buckets; bucket += 1) {
    const [inward, outward] = [ready.get(bucket) ?? [], takes.get(bucket) ?? []];
    if (inward.length === 0 && outward.length === 0) continue;
    const row = gather.row(0, 0);
    for (const { column } of inward) gather.entry(row, column, 1);
    for (const [column, amount] of outward) gather.entry(row, column, -amount);
    if (carried >= 0) gather.entry(row, carried, 1);
    carried = gather.column(0, 0, Infinity, false);
    gather.entry(row, carried, -1);
  }
  const [one] = own;
  if (carried >= 0 && one !== undefined && one.strict) gather.bound(carried, one.pinned + over);
}

function addPart(
  building: Building,
  need: InstanceNeed,
  place: number,
  coming: readonly Coming[],
  complete: Complete,
): void {
  const { register } = building;
  const part = need.package[place];
  if (part === undefined) return;
  const own = coming.filter(({ line }) => line.part === place);
  const ratio = part.pieces / part.systems;
  const takes = new Map<number, [number, number][]>();
  const add = (bucket: number, column: number, amount: number) =>
    takes.set(bucket, [...(takes.get(bucket) ?? []), [column, amount]]);
  for (const { column, bucket } of complete) {
    if (part.when !== "monthly") {
      add(bucket, column, ratio);
      continue;
    }
    const last = lastInUse(register.calendar, bucket, part.months);
    for (let at = bucket; at <= last; at += 1) {
      const span = register.instance.buckets[at];
      if (span !== undefined) add(at, column, ratio * monthsOf(span));
    }
  }
  addWaiting(building, own, takes, need.from, lessThanOne);
}

/** What is complete earns at once where every accepted kind is worth a whole one; otherwise no more than is needed is earned, of the last piece a part. */
function addWorth(building: Building, need: InstanceNeed, complete: Complete): NeedColumns["earned"] {
  const { gather, meanings, reward } = building;
  const worth = need.accepts.map(({ worthPpm }) => worthPpm / 1_000_000);
  const most = gather.row(-Infinity, need.quantity);
  meanings.set(most, { kind: "need", need: need.id });
  if (worth.every((one) => one === 1)) {
    for (const { column, bucket } of complete) {
      gather.addCost(column, reward(need, bucket));
      gather.entry(most, column, 1);
    }
    return complete.map(({ column, bucket }) => ({ column, bucket, worth: 1 }));
  }
  const pieces = gather.row(-Infinity, need.quantity + Math.max(...worth) * lessThanOne);
  const byBucket = [...Map.groupBy(complete, ({ bucket }) => bucket)].toSorted(([left], [right]) => left - right);
  const earned: { column: number; bucket: number; worth: number }[] = [];
  let carried = -1;
  for (const [bucket, own] of byBucket) {
    const row = gather.row(0, 0);
    for (const { column, accepted } of own) {
      gather.entry(row, column, worth[accepted] ?? 0);
      gather.entry(pieces, column, worth[accepted] ?? 0);
    }
    const column = gather.column(reward(need, bucket), 0, Infinity, false);
    gather.entry(row, column, -1);
    gather.entry(most, column, 1);
    earned.push({ column, bucket, worth: 1 });
    if (carried >= 0) gather.entry(row, carried, 1);
    carried = gather.column(0, 0, Infinity, false);
    gather.entry(row, carried, -1);
  }
  return earned;
}
