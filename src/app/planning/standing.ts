import { placementId, planLines } from "#core/planning/lines.ts";
import type { PlanCause, PlanStanding } from "#core/views-plan.ts";
import type { Queries } from "#store/database.ts";
import { placedOf } from "#store/planning/placements.ts";
import { storedPlans, wholePlan, type StoredPlan } from "#store/planning/plans.ts";
import { offersLost, standingPlanNo } from "#store/planning/standing.ts";

/** The plan that stands, what of its offers is lost, and the instant since when that is known. */
export type StandingNow = Readonly<{ plan: StoredPlan; lost: readonly PlanCause[]; lostAt: string | null }>;

/** The plan that stands in a book now, with the offers that it still counts on and that can't be had any more; null where none stands. */
export async function standingNow(db: Queries, bookNo: number): Promise<StandingNow | null> {
  const no = await standingPlanNo(db, bookNo, null);
  const plan = no === undefined ? undefined : (await storedPlans(db, bookNo)).find((one) => one.no === no);
  if (plan === undefined) return null;
  const open = await stillOpen(db, plan, await offersLost(db, plan.no));
  return {
    plan,
    lost: open.map(({ offer, title, what }) => ({ offer, title, what })),
    lostAt: open[0]?.knownAt ?? null,
  };
}

/** Those of which a line is not placed: what is placed is no longer a plan. */
async function stillOpen<T extends PlanCause>(
  db: Queries,
  plan: StoredPlan,
  lost: readonly T[],
): Promise<readonly T[]> {
  if (lost.length === 0) return [];
  const { result } = await wholePlan(db, plan.no);
  const placed = await placedOf(db, plan.no);
  const open = planLines(result).filter((line) => !placed.has(placementId(plan.id, line.no)));
  const used = new Set(open.map((line) => line.offer));
  return lost.filter(({ offer }) => used.has(offer));
}

export function standingView(now: StandingNow | null): PlanStanding | null {
  return now === null ? null : { plan: now.plan.id, lost: now.lost };
}
