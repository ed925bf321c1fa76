import type { Bucket } from "./instance.ts";

/** Buckets that begin in one calendar month, and how many months of the market they share: a fraction where the days begin or end within one. */
export type MarketMonths = Readonly<{ at: readonly number[]; months: readonly number[] }>; // by bucket, its place in `months`

/**
 * What the market sells in a calendar month can be ordered in the buckets that begin in it: what is done in a bucket is done on its first day. A
 * bucket that goes on over whole months, such as a quarter, has those as well. Of a month that the days hold in part there is that part.
 */
export function marketMonths(buckets: readonly Bucket[]): MarketMonths {
  const found: { month: number; next: number }[] = [];
  const at = buckets.map((bucket) => {
    const month = monthOf(bucket.from);
    const next = Math.max(month + 1, monthOf(bucket.until) + (isMonthEnd(bucket.until) ? 1 : 0));
    const last = found.at(-1);
    if (last?.month === month) last.next = Math.max(last.next, next);
    else found.push({ month, next });
    return found.length - 1;
  });
  const [from, until] = [buckets[0]?.from ?? "", buckets.at(-1)?.until ?? ""];
  const months = found.map(({ month, next }, place) => {
    const before = place === 0 ? (dayOf(from) - 1) / daysInMonth(from) : 0;
    const after = place === found.length - 1 && monthOf(until) === next - 1 ? 1 - dayOf(until) / daysInMonth(until) : 0;
    return next - month - before - after;
  });
  return { at, months };
}

const dayOf = (day: string): number => Number(day.slice(8, 10));
const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const daysInMonth = (day: string): number =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
const isMonthEnd = (day: string): boolean => dayOf(day) === daysInMonth(day);
