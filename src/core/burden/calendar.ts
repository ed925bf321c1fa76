import { MainstayError } from "../errors.ts";
import { daysInMonth, nextDay } from "../frame.ts";
import type { Facts, LeftOut } from "./indicators.ts";
import type { Key } from "./key.ts";
import { nth, type Shares } from "./ratio.ts";
import { applyKey, stepsOf, type Applied, type Step } from "./shares.ts";

/** A member from a day to a day, both counted; null where open. */
export type Span = Readonly<{ party: string; from: string | null; until: string | null }>;

/** A stretch of the year in which nobody joined or left, and the key applied to those who were in. */
export type Stretch = Readonly<{ from: string; until: string; days: number; applied: Applied }>;

/** A year's shares of everyone who was a member on any of its days; they add up to exactly one. */
export type YearShares = Readonly<{
  members: readonly string[];
  shares: Shares;
  stretches: readonly Stretch[];
  leftOut: readonly LeftOut[];
}>;

/**
 * Shares of a year. Who joins or leaves in mid-year pays for the days of membership: the year is cut where membership changes, each
 * stretch weighs by its days, and the key is applied anew to the members of each. Days on which there is no member weigh nothing.
 * @throws MainstayError key_without_members and those of applyKey
 */
export function sharesOfYear(
  key: Key,
  spans: readonly Span[],
  facts: Facts,
  year: number,
  factsYear: number,
): YearShares {
  const stretches = stretchesOf(year, spans).map(({ members, ...stretch }) => ({
    ...stretch,
    applied: applyKey(key, members, facts, factsYear),
  }));
  const [first] = stretches;
  if (first === undefined)
    throw new MainstayError("key_without_members", `nobody who is a member on any day of ${year}`);
  const leftOut = uniqueBy(
    stretches.flatMap((stretch) => stretch.applied.leftOut),
    (one) => one.party,
  );
  if (stretches.length === 1)
    return { members: first.applied.members, shares: first.applied.shares, stretches, leftOut };
  const members = [...new Set(stretches.flatMap((stretch) => stretch.applied.members))].sort();
  const all = stretches.reduce((left, { applied }) => left * applied.shares.whole, 1n);
  const sums = new Map(members.map((party) => [party, 0n]));
  let days = 0n;
  for (const { applied, days: length } of stretches) {
    const factor = BigInt(length) * (all / applied.shares.whole);
    applied.members.forEach((party, index) =>
      sums.set(party, (sums.get(party) ?? 0n) + factor * nth(applied.shares.parts, index)),
    );
    days += BigInt(length);
  }
  return { members, shares: { parts: [...sums.values()], whole: days * all }, stretches, leftOut };
}

type Cut = { from: string; until: string; days: number; members: readonly string[] };

/** The year cut where membership changes: first and last day, number of days, who is a member. Stretches without members are left out. */
export function stretchesOf(year: number, spans: readonly Span[]): readonly Readonly<Cut>[] {
  const first = `${year}-01-01`;
  const last = `${year}-12-31`;
  const starts = new Set([first]);
  for (const { from, until } of spans) {
    if (from !== null && from > first && from <= last) starts.add(from);
    if (until !== null && until >= first && until < last) starts.add(nextDay(until));
  }
  const cuts: Cut[] = [];
  const days = [...starts].sort();
  const inOrder = spans.toSorted((left, right) => (left.party < right.party ? -1 : left.party > right.party ? 1 : 0));
  for (const [index, from] of days.entries()) {
    const end = days[index + 1];
    const isMember = (span: Span) =>
      (span.from === null || span.from <= from) && (span.until === null || span.until >= from);
    const members = inOrder
      .filter(isMember)
      .map((span) => span.party)
      .filter((party, place, all) => party !== all[place - 1]);
    const length = (end === undefined ? daysOf(year) : dayOfYear(end)) - dayOfYear(from);
    const until = end === undefined ? last : dayBefore(year, end);
    const before = cuts.at(-1);
    // Someone who changes roles on a day neither joins nor leaves.
    if (before !== undefined && nextDay(before.until) === from && before.members.join() === members.join())
      Object.assign(before, { until, days: before.days + length });
    else if (members.length > 0) cuts.push({ from, until, days: length, members });
  }
  return cuts;
}

/** How a member's share of the year came about: the steps of every stretch, and last how the days weigh. */
export function yearStepsOf(
  year: YearShares,
  party: string,
): (Step & Readonly<{ from: string | null; until: string | null }>)[] {
  const several = year.stretches.length > 1;
  const own = year.stretches.filter(({ applied }) => applied.members.includes(party));
  const steps = own.flatMap(({ applied, from, until }) =>
    stepsOf(applied, applied.members.indexOf(party)).map((step) => ({
      ...step,
      from: several ? from : null,
      until: several ? until : null,
    })),
  );
  if (!several) return steps;
  const days = own.reduce((sum, stretch) => sum + stretch.days, 0);
  const all = year.stretches.reduce((sum, stretch) => sum + stretch.days, 0);
  const after = { top: nth(year.shares.parts, year.members.indexOf(party)), bottom: year.shares.whole };
  const reason = `a member on ${days} of ${all} days; each stretch weighs by its days`;
  return [...steps, { step: "calendar", before: steps.at(-1)?.after ?? null, after, reason, from: null, until: null }];
}

function dayOfYear(day: string): number {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  let days = date - 1;
  for (let earlier = 1; earlier < month; earlier += 1) days += daysInMonth(year, earlier);
  return days;
}

function daysOf(year: number): number {
  return dayOfYear(`${year}-12-31`) + 1;
}

function dayBefore(year: number, day: string): string {
  const [, month, date] = day.split("-").map(Number) as [number, number, number];
  const [m, d] = date > 1 ? [month, date - 1] : [month - 1, daysInMonth(year, month - 1)];
  return `${year}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
}

function uniqueBy<T>(items: readonly T[], by: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [by(item), item])).values()];
}
