import type { Assignment, NeedCoverage, Plan, Purchase } from "../plan.ts";
import { effortOf, scoreOf } from "../score.ts";
import type { PlanModel } from "./build.ts";
import { deliveriesOf } from "./deliveries.ts";
import { bought, given } from "./split.ts";

/** What a plan consists of, before anything is claimed of it. */
export type Lines = Readonly<{
  assignments: readonly Assignment[];
  purchases: readonly Purchase[];
  coverage: readonly NeedCoverage[];
}>;

/** The whole numbers of a solution as lines of a plan: merged offers split again. What is idle is still in it. */
export function linesOfSolution(model: PlanModel, values: Float64Array): Lines {
  const whole = (column: number): number => Math.round(values[column] ?? 0);
  const deliveries = deliveriesOf(model, whole);
  const assignments: Assignment[] = [];
  const purchases: Purchase[] = [];
  for (const [at, market] of model.markets.entries()) {
    for (const [index, pool] of market.pools.entries()) {
      const own = deliveries.filter((one) => one.market === at && one.pool === index);
      if (own.length === 0) continue;
      if (pool.money.length > 0) purchases.push(...bought(model, at, index, own, whole));
      else assignments.push(...given(model.register.instance.standing, pool, own));
    }
  }
  return {
    assignments: summed(assignments, (line) => [line.need, line.item, line.bucket, line.offer, line.hub]),
    purchases: summed(purchases, (line) => [line.need, line.item, line.bucket, line.ordered, line.money, line.hub]),
    coverage: coverageOf(model, whole),
  };
}

/** Equal lines as one, in a fixed order. */
function summed<T extends Assignment | Purchase>(
  lines: readonly T[],
  key: (line: T) => readonly (string | number)[],
): T[] {
  const text = (line: T): string =>
    key(line)
      .map((part) => (typeof part === "number" ? String(part).padStart(4, "0") : part))
      .join("\t");
  return [...Map.groupBy(lines, text)]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      const quantity = own.reduce((sum, line) => sum + line.quantity, 0);
      const cost = own.reduce((sum, line) => sum + ("costMinor" in line ? line.costMinor : 0), 0);
      return [{ ...first, quantity, ...("costMinor" in first ? { costMinor: cost } : {}) }];
    });
}

function coverageOf({ needs }: PlanModel, whole: (column: number) => number): NeedCoverage[] {
  return needs.flatMap(({ need, complete }) => {
    const byBucket = new Map<number, { complete: number; worth: number }>();
    for (const { column, accepted, bucket } of complete) {
      const pieces = whole(column);
      if (pieces === 0) continue;
      const before = byBucket.get(bucket) ?? { complete: 0, worth: 0 };
      const worth = pieces * (need.accepts[accepted]?.worthPpm ?? 0);
      byBucket.set(bucket, { complete: before.complete + pieces, worth: before.worth + worth });
    }
    let left = need.quantity * 1_000_000;
    const steps = [...byBucket]
      .toSorted(([one], [other]) => one - other)
      .map(([bucket, { complete: count, worth }]) => {
        const worthPpm = Math.min(left, worth);
        left -= worthPpm;
        return { bucket, complete: count, worthPpm };
      });
    return steps.length === 0 ? [] : [{ need: need.id, byBucket: steps }];
  });
}

/** A plan that is called as good as was asked only where its bound proves that. */
export function asProven(plan: Plan, gap: number): Plan {
  return plan.state === "optimal" && (plan.gap ?? 1) > gap ? { ...plan, state: "limit" } : plan;
}

/** A plan of these lines with what it claims; `bound` is never below its score. */
export function planOf(
  instance: PlanModel["register"]["instance"],
  lines: Lines,
  told: Readonly<{ state: Plan["state"]; bound: number | null; goals?: Plan["goals"] }>,
): Plan {
  const score = scoreOf(instance, lines.coverage);
  const bound = told.bound === null ? null : Math.max(score, told.bound);
  const gap = bound === null ? null : bound <= 0 ? 0 : (bound - score) / bound;
  return {
    state: told.state,
    goals: told.goals ?? [{ goal: "coverage", value: score, bound }],
    score,
    bound,
    gap,
    assignments: lines.assignments,
    purchases: lines.purchases,
    coverage: lines.coverage,
    effort: effortOf(instance, lines),
  };
}
