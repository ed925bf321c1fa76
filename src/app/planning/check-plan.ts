import { checkPlan } from "#core/planning/check.ts";
import type { PlanCheck } from "#core/views-plan.ts";
import type { Database } from "#store/database.ts";
import { wholePlan } from "#store/planning/plans.ts";
import { requireBook } from "../books.ts";
import { requirePlan } from "./adopt.ts";

/**
 * What a plan breaks of what it was made from, found without knowing how it was made: nothing in a sound plan.
 * @throws MainstayError unknown_book, unknown_plan
 */
export async function checkKeptPlan(db: Database, book: string, id: string): Promise<PlanCheck> {
  const { no } = await requireBook(db, book);
  const plan = await requirePlan(db, no, id);
  const { instance, result } = await wholePlan(db, plan.no);
  const checked = result.assignments.length + result.purchases.length;
  return { plan: id, checked, problems: checkPlan(instance, result) };
}
