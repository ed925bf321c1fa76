import { formatDecimal } from "#core/money.ts";
import { comparePlans } from "#core/planning/compare.ts";
import { present } from "#core/present.ts";
import type { PlanComparison } from "#core/views-plan.ts";
import type { Database } from "#store/database.ts";
import { wholePlan } from "#store/planning/plans.ts";
import { requireBook } from "../books.ts";
import { requirePlan } from "./adopt.ts";
import { hubNamer } from "./hubs.ts";
import { planRows } from "./plan-row.ts";
import { scaleOf } from "./plan-view.ts";

/** How many changes are listed where nothing else is asked: the largest. */
export const usualChanges = 100;

/**
 * The plan `b` beside the plan `a` of one book: what is the same, what moved, what that does to needs, priorities and givers.
 * @throws MainstayError unknown_book, unknown_plan
 */
export async function compareKeptPlans(
  db: Database,
  book: string,
  [a, b]: readonly [string, string],
  changes = usualChanges,
): Promise<PlanComparison> {
  const { no } = await requireBook(db, book);
  const plans = [await requirePlan(db, no, a), await requirePlan(db, no, b)] as const;
  const [rowA, rowB] = await planRows(db, no, plans);
  const [before, after] = [await wholePlan(db, plans[0].no), await wholePlan(db, plans[1].no)];
  const found = comparePlans(
    { instance: before.instance, plan: before.result },
    { instance: after.instance, plan: after.result },
  );
  const hubName = await hubNamer(db, { bookNo: no, knownBefore: null });
  const money = (minor: number) => formatDecimal(BigInt(minor), scaleOf(after.instance));
  return {
    ...found,
    a: present(rowA, a),
    b: present(rowB, b),
    changes: found.changes.slice(0, changes).map((one) => ({ ...one, hubName: hubName(one.hub) })),
    effort: found.effort.map((one) => ({ ...one, before: money(one.before), after: money(one.after) })),
  };
}
