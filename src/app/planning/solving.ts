import { MainstayError } from "#core/errors.ts";
import { bucketOn, bucketsOf } from "#core/planning/buckets.ts";
import { listText, monthsText } from "#core/planning/explain/words.ts";
import type { Pin, Standing } from "#core/planning/instance.ts";
import { placementId, planLines } from "#core/planning/lines.ts";
import { summaryOf } from "#core/planning/summary.ts";
import { present } from "#core/present.ts";
import type { PlanAsked, PlanCause, PlanGoal } from "#core/views-plan.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { needsOf } from "#store/planning/needs.ts";
import { lockPlanning, placedOf } from "#store/planning/placements.ts";
import { insertPlan, storedPlans, wholePlan, type StoredPlan } from "#store/planning/plans.ts";
import { requireBook } from "../books.ts";
import { dayOf, type Clock } from "../clock.ts";
import { settleProposals } from "../decisions.ts";
import { requirePlan } from "./adopt.ts";
import { usualHorizon, type Horizon } from "./horizon.ts";
import { instanceOf } from "./instance.ts";
import { runInWorker, type WorkHooks } from "./run-worker.ts";

/** A plan that is asked for. What is left out is usual: the days as `usualHorizon` has them, the goal to cover, a name by number. */
export type PlanOrder = Readonly<{
  book: string;
  id?: string | undefined;
  title?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
  goal?: PlanGoal | undefined;
  seconds?: number | undefined;
  gap?: number | undefined;
  preview?: boolean | undefined;
  without?: readonly string[] | undefined;
  pins?: readonly Pin[] | undefined;
  standing?: string | undefined; // the plan that holds now
  causes?: readonly PlanCause[] | undefined; // why it is made anew from that one
  stem?: string | undefined; // what it is named by where it has no name, with a number where that is taken
  lead?: string | undefined; // what its title begins with where it has none
  actor: string;
}>;

const idForm = /^[a-z0-9][a-z0-9-]{0,59}$/;

/**
 * Solves a plan of what is on record now, decisions that are due taken before, keeps it whole, and returns its name. Cancelled, it keeps nothing.
 * @throws MainstayError unknown_book, parameter_invalid, plan_exists_already, unknown_plan, plan_contradictory, plan_cancelled, plan_solver_failed; those
 *   of instanceOf
 */
export async function solvePlan(db: Database, clock: Clock, order: PlanOrder, hooks: WorkHooks = {}): Promise<string> {
  const { no: bookNo } = await requireBook(db, order.book);
  await refuseName(db, bookNo, order.id);
  await settleProposals(db, clock);
  const knownAt = clock();
  const standing = order.standing === undefined ? null : await requirePlan(db, bookNo, order.standing);
  const asked = await askedOf(db, bookNo, order, standing, dayOf(knownAt));
  const instance = await instanceOf(db, order.book, {
    ...asked,
    knownAt,
    standing: standing === null ? [] : await standingOf(db, standing, asked),
  });
  const { goal, seconds, gap, preview } = asked;
  const solved = await runInWorker({ kind: "solve", instance, options: { goal, seconds, gap, preview } }, hooks);
  const summary = summaryOf(instance, solved.plan, solved.problems);
  const plan = { bookNo, asked, instance, result: solved.plan, summary, knownAt, actor: order.actor };
  return inTransaction(db, async (trx) => {
    await lockPlanning(trx, bookNo);
    const id = order.id ?? nextName(await storedPlans(trx, bookNo), order.stem);
    const title = order.title?.trim() ?? "";
    const no = await insertPlan(trx, { ...plan, id, title: title === "" ? titleOf(id, asked, order.lead) : title });
    if (no === undefined) throw new MainstayError("plan_exists_already", JSON.stringify(id), { field: "id" });
    return id;
  });
}

async function refuseName(db: Database, bookNo: number, id: string | undefined): Promise<void> {
  if (id === undefined) return;
  if (!idForm.test(id))
    throw new MainstayError("parameter_invalid", `${JSON.stringify(id)} (small letters, digits and hyphens)`, {
      field: "id",
    });
  if ((await storedPlans(db, bookNo, id)).length > 0)
    throw new MainstayError("plan_exists_already", JSON.stringify(id), { field: "id" });
}

async function askedOf(
  db: Database,
  bookNo: number,
  order: PlanOrder,
  standing: StoredPlan | null,
  today: string,
): Promise<PlanAsked> {
  const needs = (await needsOf(db, bookNo, null)).filter((need) => need.state === "stated");
  const usual = usualHorizon(
    needs.map((need) => need.body),
    standing?.asked ?? null,
    today,
  );
  return {
    goal: order.goal ?? "cover",
    from: order.from ?? usual.from,
    until: order.until ?? usual.until,
    seconds: order.seconds ?? null,
    gap: order.gap ?? null,
    preview: order.preview ?? false,
    without: order.without ?? [],
    pins: order.pins ?? [],
    standing: order.standing ?? null,
    causes: order.causes ?? [],
  };
}

/** What is left of a plan that stands, in the buckets of other days: what is placed of it already is no part of another plan, nor what is past. */
async function standingOf(db: Database, plan: StoredPlan, { from, until }: Horizon): Promise<readonly Standing[]> {
  const { instance, result } = await wholePlan(db, plan.no);
  const placed = await placedOf(db, plan.no);
  const buckets = bucketsOf(from, until);
  const dayIn = (bucket: number) => present(instance.buckets[bucket], `bucket ${bucket} of ${plan.id}`).until;
  return planLines(result).flatMap(({ no, offer, need, item, hub, bucket, ordered, quantity }) => {
    const day = dayIn(bucket);
    const at = bucketOn(buckets, day);
    const orderedOn = ordered === null ? null : dayIn(ordered);
    const isPast = day < from || (orderedOn !== null && orderedOn < from);
    if (isPast || at >= buckets.length || placed.has(placementId(plan.id, no))) return [];
    const bought = orderedOn === null ? {} : { bought: { item, ordered: bucketOn(buckets, orderedOn) } };
    return [{ offer, need, hub, bucket: at, quantity, ...bought }];
  });
}

const named = 3; // offers left out, in a title

function nextName(plans: readonly StoredPlan[], stem?: string): string {
  const taken = new Set(plans.map((plan) => plan.id));
  if (stem !== undefined) {
    let again = 2;
    if (!taken.has(stem)) return stem;
    while (taken.has(`${stem}-${again}`)) again += 1;
    return `${stem}-${again}`;
  }
  let number = plans.length + 1;
  while (taken.has(`plan-${number}`)) number += 1;
  return `plan-${number}`;
}

/** Such as: Plan 2: January 2027 to December 2027 without offer-00007. */
function titleOf(id: string, { goal, from, until, without }: PlanAsked, lead?: string): string {
  const more = without.length - named;
  const others = more > 0 ? [`${more} more`] : [];
  const left = without.length === 0 ? "" : ` without ${listText([...without.slice(0, named), ...others])}`;
  const name = /^plan-(\d+)$/.exec(id)?.[1] ?? id;
  const [first, last] = [from, until].map((day) => monthsText([{ from: day, until: day }]));
  const days = first === last ? first : `${first} to ${last}`;
  return `${lead ?? `${goal === "fair" ? "Fair plan" : "Plan"} ${name}`}: ${days}${left}`;
}
