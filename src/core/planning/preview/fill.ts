import type { InstanceNeed } from "../instance.ts";
import { isTaken, lastInUse, lastToEarn, monthsOf, readyIn, takenBy, type PackagePart } from "../rules.ts";
import { mostThrough, move, type Line, type Room } from "./room.ts";
import { sourcesOf, take, type Catalogue, type Sources } from "./take.ts";

/** How far a need is filled: what came, what of it is complete, and what its parts are worth together. */
export type Filling = {
  readonly need: InstanceNeed;
  readonly lines: Line[];
  readonly complete: number[]; // by bucket
  readonly worthPpm: number[];
  left: number; // of the need, in millionths of a piece
  readonly own: readonly Own[];
  readonly parts: readonly Part[];
};

type Own = Readonly<{ worthPpm: number; sources: Sources; waiting: number[] }>; // pieces there and not complete, by the bucket in which they are ready
type Part = Readonly<{
  part: PackagePart;
  sources: Sources;
  there: number[]; // pieces by the bucket from which they count
  days: number; // from a piece's bucket to when it counts: course and lead
}>;

export function fillingOf(room: Room, catalogue: Catalogue, need: InstanceNeed): Filling {
  const buckets = room.register.instance.buckets.map(() => 0);
  const { items } = room.register;
  return {
    need,
    lines: [],
    complete: [...buckets],
    worthPpm: [...buckets],
    left: need.quantity * 1_000_000,
    own: need.accepts.flatMap(({ item: id, worthPpm }) => {
      const item = items.get(id);
      if (item === undefined || worthPpm <= 0) return [];
      return [{ worthPpm, sources: sourcesOf(room, catalogue, need, item), waiting: [...buckets] }];
    }),
    parts: need.package.flatMap((part) => {
      const item = items.get(part.item);
      if (item === undefined) return [];
      const sources = sourcesOf(room, catalogue, need, item);
      return [{ part, sources, there: [...buckets], days: item.courseDays + part.leadDays }];
    }),
  };
}

/** Puts lines of a plan into a need's filling. */
export function putIn(room: Room, filling: Filling, lines: readonly Line[]): void {
  for (const line of lines) {
    filling.lines.push(line);
    const own = filling.own.find(({ sources }) => sources.item.id === line.item);
    const part = filling.parts.find(({ sources }) => sources.item.id === line.item);
    if (own !== undefined)
      add(own.waiting, readyIn(room.register.calendar, line.bucket, own.sources.item.courseDays), line.quantity);
    else if (part !== undefined)
      add(part.there, readyIn(room.register.calendar, line.bucket, part.days), line.quantity);
  }
}

/** Counts so many pieces of a kind as complete in a bucket: the longest there first. */
export function complete(filling: Filling, own: Own, bucket: number, systems: number): void {
  let left = systems;
  for (let at = 0; at <= bucket && left > 0; at += 1) {
    const used = Math.min(left, own.waiting[at] ?? 0);
    add(own.waiting, at, -used);
    left -= used;
  }
  const worth = Math.min(filling.left, systems * own.worthPpm);
  add(filling.complete, bucket, systems);
  add(filling.worthPpm, bucket, worth);
  filling.left -= worth;
}

function add(list: number[], place: number, by: number): void {
  if (place < list.length) list[place] = (list[place] ?? 0) + by;
}

/** Fills a need bucket by bucket with as many whole systems as there is room for. */
export function fill(room: Room, filling: Filling): void {
  const last = lastToEarn(room.register.calendar, filling.need);
  for (let bucket = filling.need.from; bucket <= last && filling.left > 0; bucket += 1)
    for (const own of filling.own) {
      let wanted = wantedOf(filling, own, bucket);
      for (let tries = 1; wanted > 0; tries += 1) {
        const [done, next] = attempt(room, filling, own, bucket, wanted);
        wanted = done ? 0 : tries > 5 ? Math.min(next, wanted >> 1) : next;
      }
    }
}

/**
 * What is there already, and of more no more than is needed beside all that is to come; but one piece that is worth more than the whole need may be
 * all of it.
 */
function wantedOf(filling: Filling, own: Own, bucket: number): number {
  const { need, left } = filling;
  const coming = filling.own.reduce((sum, one) => sum + one.worthPpm * waitingBy(one, Infinity), 0);
  const more = Math.floor(Math.max(0, left - coming) / own.worthPpm);
  return (
    Math.min(Math.ceil(left / own.worthPpm), waitingBy(own, bucket) + more) ||
    (left - coming === need.quantity * 1_000_000 ? 1 : 0)
  );
}

/** Tries so many systems in a bucket with all that belongs to them. Where something is short all is put back: @returns how many it is short for. */
function attempt(room: Room, filling: Filling, own: Own, bucket: number, wanted: number): readonly [boolean, number] {
  const lines: Line[] = [];
  const got = Math.min(
    wanted,
    waitingBy(own, bucket) + takeOwn(room, own, bucket, wanted - waitingBy(own, bucket), lines),
  );
  let most = got;
  for (const part of filling.parts) {
    if (most < wanted) break;
    most = Math.min(most, takePart(room, filling, part, bucket, wanted, lines));
  }
  if (most < wanted) {
    for (const line of lines) move(room, line, -1);
    return [false, most];
  }
  putIn(room, filling, lines);
  complete(filling, own, bucket, wanted);
  return [true, 0];
}

function waitingBy({ waiting }: Own, bucket: number): number {
  let sum = 0;
  for (let at = 0; at < waiting.length && at <= bucket; at += 1) sum += waiting[at] ?? 0;
  return sum;
}

/** Pieces that become ready in this very bucket: those ready earlier had their turn. */
function takeOwn(room: Room, { sources }: Own, bucket: number, wanted: number, lines: Line[]): number {
  if (wanted <= 0) return 0;
  const { calendar } = room.register;
  const { courseDays } = sources.item;
  let left = wanted;
  for (let at = bucket; at >= 0 && left > 0; at -= 1) {
    const ready = readyIn(calendar, at, courseDays);
    if (ready > bucket) continue;
    if (ready < bucket) break;
    left -= take(room, sources, at, left, lines);
  }
  return wanted - left;
}

/** Takes what a part lacks for so many more systems. @returns for how many of them it is enough. */
function takePart(room: Room, filling: Filling, part: Part, bucket: number, wanted: number, lines: Line[]): number {
  const { pieces, systems, when, months } = part.part;
  const { calendar, instance } = room.register;
  const last = when === "monthly" ? lastInUse(calendar, bucket, months) : bucket;
  const takes = takenBy(instance.buckets, calendar, part.part, filling.complete);
  const more = [...part.there];
  let [sum, added] = [0, 0];
  for (let at = 0; at < more.length; at += 1) {
    sum += more[at] ?? 0;
    if (at >= bucket && at <= last)
      added += (wanted * pieces * (when === "monthly" ? monthsOf(instance.buckets[at] ?? nothing) : 1)) / systems;
    if (at < bucket) continue;
    const short = Math.ceil((takes[at] ?? 0) + added - sum - 1e-6);
    if (short <= 0) continue;
    const got = takeBy(room, part, at, short, lines);
    if (got < short) return Math.max(0, Math.min(wanted - 1, Math.floor((wanted * (added - (short - got))) / added)));
    sum += got;
  }
  return wanted;
}

const nothing = { from: "2000-01-01", until: "1999-12-31" };

/**
 * Takes pieces that count by a bucket, the latest first, so that early ones stay for what is wanted early. What is kept could all come in the latest
 * bucket, so earlier ones are looked at only where a hub is full.
 */
function takeBy(room: Room, { sources, days }: Part, bucket: number, wanted: number, lines: Line[]): number {
  const { item, hubs } = sources;
  let left = wanted;
  for (let at = bucket; at >= 0; at -= 1) {
    if (readyIn(room.register.calendar, at, days) > bucket) continue;
    left -= take(room, sources, at, left, lines);
    if (left === 0) break;
    if (!isTaken(item) && hubs.every((hub) => mostThrough(room, item, hub, at) > 0)) break;
  }
  return wanted - left;
}
