import type { Due, Facts, NeedFact, Stated, Step } from "./facts.ts";
import type { Dated } from "./spans.ts";
import type { Period } from "./period.ts";

/** What one figure is told of: everything, or one giver, fund or stream, in a period. */
export type Scope = Readonly<{
  facts: Facts;
  period: Period;
  cutoff: string; // the last day of the period, or the last known where that is earlier
  giver: string | null; // of one giver
  fund: string | null; // of one fund
  stream: string | null; // of one stream
  stated: readonly Stated[]; // as each release says it
  standing: readonly Dated[]; // what stands of it
  dues: readonly Due[];
  steps: readonly Step[];
  needs: readonly NeedFact[];
  whole: Readonly<{ standing: readonly Dated[]; dues: readonly Due[] }>; // of all givers, in the same fund or stream
}>;

/** What had come of a due by a day. */
export function comeBy(due: Due, day: string): bigint {
  let sum = 0n;
  for (const { on, amount } of due.arrivals) if (on <= day) sum += amount;
  return sum;
}

/** What came of a due in a stretch of days. */
export function comeIn(due: Due, from: string, until: string): bigint {
  let sum = 0n;
  for (const { on, amount } of due.arrivals) if (on >= from && on <= until) sum += amount;
  return sum;
}

export const lesser = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/** Dues in the unit of the figures on which something is owed. */
export function owed(scope: Readonly<{ facts: Facts; dues: readonly Due[] }>): Due[] {
  return scope.dues.filter((due) => due.unit === scope.facts.unit && due.amount > 0n);
}

/** Whether a giver is a fund that passes on what others paid into it. */
export function isFund(facts: Facts, giver: string): boolean {
  return facts.funds.some((fund) => fund.party === giver);
}
