import type { Acceptance, PlanRow } from "#core/views-plan.ts";
import type { Queries } from "#store/database.ts";
import { proposalsOfPlans, type StoredPlan } from "#store/planning/plans.ts";

type Proposals = Acceptance["proposals"];

/** Plans as a list shows them, each with how far it is placed and the proposals that would adopt it. */
export async function planRows(db: Queries, bookNo: number, plans: readonly StoredPlan[]): Promise<PlanRow[]> {
  const found = Map.groupBy(await proposalsOfPlans(db, bookNo), (one) => one.plan);
  return plans.map((plan) => {
    const proposals = (found.get(plan.id) ?? []).map(({ id, title, result, step }) => {
      return { id, title, state: step ?? result ?? "under way" };
    });
    return rowOf(plan, proposals);
  });
}

function rowOf(plan: StoredPlan, proposals: Proposals): PlanRow {
  const { asked, summary } = plan;
  return {
    id: plan.id,
    title: plan.title,
    book: plan.book,
    synthetic: plan.synthetic,
    goal: asked.goal,
    state: summary.state,
    from: asked.from,
    until: asked.until,
    score: summary.score,
    bound: summary.bound,
    gap: summary.gap,
    needs: summary.needs,
    whole: summary.whole,
    share: summary.share,
    assignments: summary.lines,
    standing: asked.standing,
    causes: asked.causes,
    knownAt: plan.knownAt,
    recordedAt: plan.recordedAt,
    actor: plan.actor,
    acceptance: acceptanceOf(summary.lines, plan.placed, proposals),
  };
}

function acceptanceOf(assignments: number, placed: number, proposals: Proposals): Acceptance {
  const underWay = proposals.some((one) => one.state === "under way");
  const state = placed > 0 ? (placed < assignments ? "part" : "accepted") : underWay ? "proposed" : "open";
  return { state, assignments, placed, proposals };
}
