import type { Bucket, Instance, InstanceItem, InstanceMoney, InstanceNeed, InstanceOffer } from "./instance.ts";

/**
 * What the figures of a plan mean: the arithmetic that the model, the checker and the preview share, and nothing of how a plan is found.
 *
 * What is done in a bucket is done on its first day and is there by its last. So a bucket `t` has what was begun in `b` so many days before when
 * the last day of `t` is not before the first of `b` and so many days: see `readyIn`.
 */

/** What a whole need of each priority counts for, the most urgent first: each class twice the next. */
const weights = [16, 8, 4, 2, 1] as const;
/** Kept of the reward for every week after the last bucket that is not late. */
const latePerWeek = 0.98;
/** What is later than this earns nothing: by then it is for another need. */
const mostWeeksLate = 52;
/** Kept for every week after the first bucket that counts: between two ways, the earlier. */
const laterPerWeek = 0.9998;
const daysPerMonth = 365.25 / 12;

function weightOf(priority: number): number {
  return weights[Math.min(Math.max(priority, 1), weights.length) - 1] ?? 1;
}

/** A day as a number of days, so that differences are plain. */
function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
}

function daysOf(bucket: Bucket): number {
  return dayNumber(bucket.until) - dayNumber(bucket.from) + 1;
}

/** How many weeks a bucket has, a fraction: a limit by the week holds for so many times as much. */
export function weeksOf(bucket: Bucket): number {
  return daysOf(bucket) / 7;
}

export function monthsOf(bucket: Bucket): number {
  return daysOf(bucket) / daysPerMonth;
}

/** The year that a bucket counts for: that of its first day. */
export function yearOf(bucket: Bucket): number {
  return Number(bucket.from.slice(0, 4));
}

/** The days of the buckets as numbers, once for many questions. */
export type Calendar = Readonly<{ from: readonly number[]; until: readonly number[] }>;

export function calendarOf(buckets: readonly Bucket[]): Calendar {
  return {
    from: buckets.map((bucket) => dayNumber(bucket.from)),
    until: buckets.map((bucket) => dayNumber(bucket.until)),
  };
}

/** The first bucket that has what takes so many days from a bucket on; the number of buckets where none has. */
export function readyIn(calendar: Calendar, bucket: number, days: number): number {
  const there = (calendar.from[bucket] ?? Infinity) + days;
  let at = bucket;
  while (at < calendar.until.length && (calendar.until[at] ?? 0) < there) at += 1;
  return at;
}

/** The last bucket in which what was complete in a bucket is in use, for so many months from that bucket's first day: the last of which half is over by then. */
export function lastInUse(calendar: Calendar, bucket: number, months: number): number {
  const ends = (calendar.from[bucket] ?? 0) + months * daysPerMonth;
  let at = bucket;
  while (at + 1 < calendar.from.length && middleOf(calendar, at + 1) < ends) at += 1;
  return at;
}

function middleOf({ from, until }: Calendar, bucket: number): number {
  return ((from[bucket] ?? 0) + (until[bucket] ?? 0) + 1) / 2;
}

/**
 * What one whole need of weight 1 earns when it is complete in a bucket, 0 before its first: 2 % less for every week after its last bucket, and
 * 0.02 % less for every week after its first. What is more than a year late earns nothing.
 */
function discount(calendar: Calendar, need: InstanceNeed, bucket: number): number {
  if (bucket < need.from) return 0;
  const start = calendar.from[bucket] ?? 0;
  const late = bucket > need.until ? (start - (calendar.from[need.until] ?? start)) / 7 : 0;
  if (late > mostWeeksLate) return 0;
  const later = (start - (calendar.from[need.from] ?? start)) / 7;
  return latePerWeek ** late * laterPerWeek ** later;
}

/** The last bucket in which what is complete earns anything for a need. */
export function lastToEarn(calendar: Calendar, need: InstanceNeed): number {
  let at = calendar.from.length - 1;
  while (at > need.until && discount(calendar, need, at) === 0) at -= 1;
  return at;
}

/**
 * The reward for one whole unit of a need, with all that belongs to it, complete in a bucket. It follows the priority alone among needs for one
 * kind; an average need of any kind counts as much as of another, since pieces of different kinds can't be told off against each other. All needs
 * on their first day make 100, so that a score is in points of coverage weighted by priority.
 */
export function rewards(instance: Instance, calendar: Calendar): (need: InstanceNeed, bucket: number) => number {
  const kindOf = (need: InstanceNeed): string => need.accepts[0]?.item ?? "";
  const ofKind = new Map<string, { needs: number; pieces: number }>();
  for (const need of instance.needs) {
    const { needs, pieces } = ofKind.get(kindOf(need)) ?? { needs: 0, pieces: 0 };
    ofKind.set(kindOf(need), { needs: needs + 1, pieces: pieces + need.quantity });
  }
  const each = (need: InstanceNeed): number => {
    const { needs, pieces } = ofKind.get(kindOf(need)) ?? { needs: 1, pieces: need.quantity };
    return (weightOf(need.priority) * needs) / pieces;
  };
  const whole = instance.needs.reduce((sum, need) => sum + each(need) * need.quantity, 0);
  return (need, bucket) => ((100 * each(need)) / whole) * discount(calendar, need, bucket);
}

/** Whether places are taken (in a course, at a desk) rather than pieces kept: what is kept can wait at a hub after its offer's last bucket. */
export function isTaken(item: InstanceItem): boolean {
  return item.stream === "training" || item.stream === "staff";
}

/** Whether an offer may go to a need at all: earmark and exclusions. Lists that are null rule nothing out; those that are not must all name it. */
export function mayServe(offer: InstanceOffer, need: InstanceNeed): boolean {
  return (
    (offer.capabilities === null || offer.capabilities.includes(need.capability)) &&
    (offer.needs === null || offer.needs.includes(need.id)) &&
    !offer.excludes.includes(need.id)
  );
}

/** Whether an offer may go to a need through a hub. */
export function mayPass(offer: InstanceOffer, need: InstanceNeed, hub: string): boolean {
  return (
    (offer.hubs === null || offer.hubs.includes(hub)) &&
    (need.hubs === null || need.hubs.includes(hub)) &&
    !offer.excludes.includes(hub)
  );
}

/** Whether an offer's pieces can be there in a bucket: in its own, or, where they are kept, later out of a hub. */
export function mayCome(offer: InstanceOffer, item: InstanceItem, bucket: number): boolean {
  return bucket >= offer.from && (bucket <= offer.until || !isTaken(item)) && offer.from <= offer.until;
}

/** Whether money may be spent for a need. */
export function mayPay(money: InstanceMoney, need: InstanceNeed): boolean {
  return money.capabilities === null || money.capabilities.includes(need.capability);
}

/** What a money offer has for use up to a year, all years before it included. */
export function usableBy(money: InstanceMoney, year: number): number {
  return money.years.reduce((sum, part) => (part.year <= year ? sum + part.minor : sum), 0);
}

export type PackagePart = InstanceNeed["package"][number];

/** What a part's systems take of it up to each bucket, in pieces, a fraction: `complete[u]` became complete in bucket u. */
export function takenBy(
  buckets: readonly Bucket[],
  calendar: Calendar,
  part: PackagePart,
  complete: readonly number[],
): number[] {
  if (part.when === "monthly") return consumed(buckets, calendar, part, complete);
  let systems = 0;
  return complete.map((more) => ((systems += more) * part.pieces) / part.systems);
}

/** What the systems in use consume up to each bucket: `complete[u]` became complete in bucket u. */
function consumed(
  buckets: readonly Bucket[],
  calendar: Calendar,
  part: PackagePart,
  complete: readonly number[],
): number[] {
  const inUse = buckets.map(() => 0);
  complete.forEach((systems, u) => {
    if (systems === 0) return;
    for (let t = u; t <= lastInUse(calendar, u, part.months); t += 1) inUse[t] = (inUse[t] ?? 0) + systems;
  });
  let sum = 0;
  return buckets.map((bucket, t) => (sum += ((inUse[t] ?? 0) * part.pieces * monthsOf(bucket)) / part.systems));
}
