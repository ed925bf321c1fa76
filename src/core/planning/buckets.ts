import { addDays, daysFrom, monthAfter } from "./days.ts";
import type { Bucket } from "./instance.ts";

const weeks = 13;
const monthsUntil = 24;

/**
 * The days from `from` to `until`, both included, cut ever wider: thirteen weeks, then months to two years, then quarters. What is left of a
 * month or quarter that is already begun makes a bucket of its own, so that the following ones begin where months and quarters do.
 * @returns none where `until` is before `from`
 */
export function bucketsOf(from: string, until: string): Bucket[] {
  const buckets: Bucket[] = [];
  let next = from;
  while (next <= until) {
    const end = buckets.length < weeks ? addDays(next, 6) : endOfStretch(from, next);
    const last = end > until ? until : end;
    buckets.push({ from: next, until: last });
    next = addDays(last, 1);
  }
  return buckets;
}

/** The last day of the month that holds `next`, or of its quarter where `next` is two years away. */
function endOfStretch(from: string, next: string): string {
  const isFar = next >= monthAfter(from, monthsUntil);
  const month = Number(next.slice(5, 7));
  return addDays(monthAfter(next, isFar ? 3 - ((month - 1) % 3) : 1), -1);
}

/** The index of the bucket that holds a day: 0 for a day before the first, the number of buckets for one after the last. */
export function bucketOn(buckets: readonly Bucket[], day: string): number {
  let low = 0;
  let high = buckets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((buckets[middle]?.until ?? "") < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Days in a bucket. */
export function bucketDays(bucket: Bucket): number {
  return daysFrom(bucket.from, bucket.until) + 1;
}
