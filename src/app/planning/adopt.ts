import { MainstayError } from "#core/errors.ts";
import { isPlacedAlready } from "#core/planning/assemble.ts";
import { firstPlacementId, placementId, planLines, type PlanLine } from "#core/planning/lines.ts";
import { present } from "#core/present.ts";
import type { Queries } from "#store/database.ts";
import { lockPlanning, placedLinesOf } from "#store/planning/placements.ts";
import { storedPlans, wholePlan, type StoredPlan, type WholePlan } from "#store/planning/plans.ts";
import { refuseChangedSince } from "./changed-since.ts";
import { refuseOvertaken } from "./overtaken.ts";
import { placeAssignments, type ToPlace } from "./place.ts";

/** By whose word lines of a plan are placed. */
export type ByWhom = Readonly<{
  giver: string | null; // only what this giver gives; all where null
  proposalNo: number | null;
  source: string; // a source's id
  knownAt: string;
  actor: string;
}>;

export type Placed = Readonly<{ placements: number }>;

/** A plan of the book. @throws MainstayError unknown_plan */
export async function requirePlan(db: Queries, bookNo: number, id: string): Promise<StoredPlan> {
  const [plan] = await storedPlans(db, bookNo, id);
  if (plan === undefined) throw new MainstayError("unknown_plan", JSON.stringify(id), { field: "plan" });
  return plan;
}

/** A plan that may be adopted: one that the checker found nothing against. @throws MainstayError unknown_plan, plan_not_sound */
export async function requireSound(db: Queries, bookNo: number, id: string): Promise<StoredPlan> {
  const plan = await requirePlan(db, bookNo, id);
  const [problem] = plan.summary.problems;
  if (problem !== undefined) throw new MainstayError("plan_not_sound", `${id}: ${problem.says}`, { field: "plan" });
  return plan;
}

/**
 * Places what of a plan is not placed yet, all or none: everything, or what one giver gives. In a transaction under way.
 * @throws MainstayError unknown_plan, plan_not_sound, plan_placed_already, need_covered_meanwhile, plan_terms_changed; those of placeAssignments
 */
export async function placePlan(trx: Queries, bookNo: number, id: string, by: ByWhom): Promise<Placed> {
  const plan = await requireSound(trx, bookNo, id);
  await lockPlanning(trx, bookNo);
  const whole = await wholePlan(trx, plan.no);
  const before = await placedLinesOf(trx, plan.no);
  const done = new Set(before.filter((one) => !one.takenBack).map((one) => firstPlacementId(one.id)));
  const lines = placeable(whole).filter((line) => !done.has(placementId(id, line.no)) && isOf(whole, line, by.giver));
  if (lines.length === 0)
    throw new MainstayError("plan_placed_already", by.giver === null ? id : `${id}, of what ${by.giver} gives`, {
      field: "plan",
    });
  const now = new Set(lines.map((line) => line.no));
  await refuseOvertaken(trx, plan, whole, (line) => now.has(line.no) || done.has(placementId(id, line.no)));
  await refuseChangedSince(trx, plan, whole, lines);
  const assignments = lines.map((line) => toPlace(nameOf(id, before, line), whole, line));
  await placeAssignments(trx, { ...by, bookNo, planNo: plan.no, assignments });
  return { placements: lines.length };
}

/** The lines of a plan that can be placed: not those that stand for what was placed before it. */
function placeable({ result }: WholePlan): readonly PlanLine[] {
  return planLines(result).filter((line) => !isPlacedAlready(line.offer));
}

function isOf({ instance }: WholePlan, line: PlanLine, giver: string | null): boolean {
  if (giver === null) return true;
  return [...instance.offers, ...instance.money].some((offer) => offer.id === line.offer && offer.giver === giver);
}

/** A line that was placed and taken back before has a further name, so that both stay on record. */
function nameOf(plan: string, before: readonly Readonly<{ id: string }>[], { no }: PlanLine): string {
  const first = placementId(plan, no);
  return placementId(plan, no, before.filter((one) => firstPlacementId(one.id) === first).length);
}

function toPlace(id: string, { instance }: WholePlan, line: PlanLine): ToPlace {
  const { from, until } = present(instance.buckets[line.bucket], `bucket ${line.bucket} of ${id}`);
  const { offer, need, item, hub, quantity: pieces, costMinor } = line;
  return { id, offer, need, item, hub, dueFrom: from, dueUntil: until, pieces, costMinor };
}
