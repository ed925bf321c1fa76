import type { InstanceNeed } from "./instance.ts";
import type { Assignment, Purchase } from "./plan.ts";
import type { Register } from "./register.ts";
import { readyIn, takenBy } from "./rules.ts";

export type Line = Assignment | Purchase;
/** What a need claims of its systems: how many become complete in each bucket, and what they earn there in millionths of a whole one. */
export type Claim = Readonly<{ complete: readonly number[]; worth: readonly number[] }>;

const wholly = ({ quantity }: Line): number => quantity;

/**
 * Whether a need's own pieces are there when they are complete, and worth what is earned by then, the best used first.
 * @param quantityOf what counts of a line, all of it where not named
 */
export function isEnough(
  { calendar, items }: Register,
  need: InstanceNeed,
  lines: readonly Line[],
  claim: Claim,
  quantityOf: (line: Line) => number = wholly,
): boolean {
  const kinds = need.accepts.toSorted((one, other) => other.worthPpm - one.worthPpm);
  const waiting = new Map(kinds.map(({ item }) => [item, 0]));
  const ready = Map.groupBy(lines, (line) => readyIn(calendar, line.bucket, items.get(line.item)?.courseDays ?? 0));
  let [most, earned] = [0, 0];
  for (const [bucket, systems] of claim.complete.entries()) {
    for (const line of ready.get(bucket) ?? [])
      waiting.set(line.item, (waiting.get(line.item) ?? 0) + quantityOf(line));
    let left = systems;
    for (const { item, worthPpm } of kinds) {
      const used = Math.min(left, waiting.get(item) ?? 0);
      waiting.set(item, (waiting.get(item) ?? 0) - used);
      most += used * worthPpm;
      left -= used;
    }
    earned += claim.worth[bucket] ?? 0;
    if (left > 0 || earned > most) return false;
  }
  return true;
}

/** For pieces of a part that count so many days after they come: how many are there up to each bucket beyond what all complete systems take. */
export type Spare = Readonly<{ days: number; left: number[] }>;

/** What is spare of one kind of part: a list for each lead that is asked of it. */
export function spareOf(
  { instance, calendar, items }: Register,
  need: InstanceNeed,
  item: string,
  lines: readonly Line[],
  complete: readonly number[],
): Spare[] {
  const parts = need.package.filter((part) => part.item === item);
  const course = items.get(item)?.courseDays ?? 0;
  return [...new Set(parts.map(({ leadDays }) => leadDays))].map((lead) => {
    const days = course + lead;
    const takes = parts
      .filter(({ leadDays }) => leadDays >= lead)
      .map((part) => takenBy(instance.buckets, calendar, part, complete));
    const there = instance.buckets.map(() => 0);
    for (const line of lines) {
      const at = readyIn(calendar, line.bucket, days);
      if (at < there.length) there[at] = (there[at] ?? 0) + line.quantity;
    }
    let sum = 0;
    return {
      days,
      left: there.map((more, at) => (sum += more) - takes.reduce((all, part) => all + (part[at] ?? 0), 0)),
    };
  });
}

/** How many whole pieces that come in a bucket can go, or come in a later one, and all that is taken is still there. */
export function spareFrom({ calendar }: Register, spares: readonly Spare[], bucket: number, until = Infinity): number {
  const least = spares.map(({ days, left }) =>
    Math.min(
      ...left.slice(readyIn(calendar, bucket, days), until === Infinity ? undefined : readyIn(calendar, until, days)),
    ),
  );
  return Math.floor(Math.min(...least) + 1e-6);
}

/** Notes that so many pieces more, or fewer, come in a bucket. */
export function addSpare({ calendar }: Register, spares: readonly Spare[], bucket: number, pieces: number): void {
  for (const { days, left } of spares)
    for (let at = readyIn(calendar, bucket, days); at < left.length; at += 1) left[at] = (left[at] ?? 0) + pieces;
}
