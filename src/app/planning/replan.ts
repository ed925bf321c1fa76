import { MainstayError } from "#core/errors.ts";
import { carriedPins, causeStem, causesText } from "#core/planning/causes.ts";
import { placementId, planLines } from "#core/planning/lines.ts";
import type { Pin } from "#core/planning/instance.ts";
import type { PlanJob, Replanning } from "#core/views-plan.ts";
import type { Database, Queries } from "#store/database.ts";
import { needsOf } from "#store/planning/needs.ts";
import { offersOf } from "#store/planning/offers.ts";
import { placedOf } from "#store/planning/placements.ts";
import { storedPlans, wholePlan, type StoredPlan } from "#store/planning/plans.ts";
import { requireBook } from "../books.ts";
import type { Clock } from "../clock.ts";
import type { WorkHooks } from "./run-worker.ts";
import { solvePlan } from "./solving.ts";
import { standingNow, type StandingNow } from "./standing.ts";

/** A plan anew from the one that stands. */
export type ReplanOrder = Readonly<{ book: string; actor: string }>;

/** Good enough: keeping the standing plan is given up only where that costs more. */
const usualGap = 0.01;
const usualSeconds = 60;

/**
 * Solves a plan from the one that stands, without the offers of it that can't be had any more and with its pins kept, and keeps it as a proposal named after
 * what caused it; returns its name. Where one was made since for the very same, that one is returned. It is never accepted by itself.
 * @throws MainstayError unknown_book, no_standing_plan, standing_plan_holds; those of solvePlan
 */
export async function replanStanding(
  db: Database,
  clock: Clock,
  { book, actor }: ReplanOrder,
  hooks: WorkHooks = {},
): Promise<string> {
  const { no: bookNo } = await requireBook(db, book);
  const now = await requireLoss(db, book);
  const { plan, lost } = now;
  const made = await madeSince(db, bookNo, now);
  if (made !== undefined) return made.id;
  const { goal, seconds, gap, without } = plan.asked;
  const order = {
    book,
    stem: causeStem(lost),
    lead: `Re-planned after ${causesText(lost)}`,
    goal,
    seconds: seconds ?? usualSeconds,
    gap: gap ?? usualGap,
    without,
    pins: await pinsLeft(db, bookNo, plan),
    standing: plan.id,
    causes: lost,
    actor,
  };
  return solvePlan(db, clock, order, hooks);
}

/** The plan that stands in a book and that has lost an offer. @throws MainstayError unknown_book, no_standing_plan, standing_plan_holds */
export async function requireLoss(db: Queries, book: string): Promise<StandingNow> {
  const { no } = await requireBook(db, book);
  const now = await standingNow(db, no);
  if (now === null) throw new MainstayError("no_standing_plan", JSON.stringify(book), { field: "book" });
  if (now.lost.length === 0) throw new MainstayError("standing_plan_holds", now.plan.id, { field: "book" });
  return now;
}

/** A plan made from the standing one for the same causes, since the last of them was known. */
async function madeSince(
  db: Queries,
  bookNo: number,
  { plan, lost, lostAt }: StandingNow,
): Promise<StoredPlan | undefined> {
  const key = (causes: StandingNow["lost"]) => JSON.stringify(causes.map(({ offer, what }) => [offer, what]));
  return (await storedPlans(db, bookNo)).find(
    ({ asked, knownAt }) =>
      asked.standing === plan.id && key(asked.causes) === key(lost) && lostAt !== null && knownAt >= lostAt,
  );
}

async function pinsLeft(db: Queries, bookNo: number, plan: StoredPlan): Promise<readonly Pin[]> {
  const { pins } = plan.asked;
  if (pins.length === 0) return [];
  const ids = pins.map(({ offer }) => offer);
  const offers = (await offersOf(db, bookNo, null, ids)).filter(
    ({ state, body }) => state === "offered" && body.consent.state !== "pending" && body.consent.state !== "refused",
  );
  const needs = (await needsOf(db, bookNo, null)).filter(({ state }) => state === "stated");
  const { result } = await wholePlan(db, plan.no);
  const done = await placedOf(db, plan.no);
  const placed = planLines(result).filter((line) => done.has(placementId(plan.id, line.no)));
  const named = (list: readonly Readonly<{ id: string }>[]) => new Set(list.map(({ id }) => id));
  return carriedPins(pins, { offers: named(offers), needs: named(needs) }, placed);
}

/** Where plans are made anew: whatever `start` refuses leaves what caused it as it is. */
type Desk = Readonly<{ replan: (order: ReplanOrder) => PlanJob }>;

/**
 * What a change of an offer, which is on record, did to the plan that stands: null where that does not count on the offer or the offer is still to be had. Where
 * a desk is given, a new plan is started there.
 * @throws MainstayError unknown_book
 */
export async function replanningAfter(
  db: Database,
  { book, actor, offer }: ReplanOrder & Readonly<{ offer: string }>,
  desk: Desk | null,
): Promise<Replanning | null> {
  const { no } = await requireBook(db, book);
  const now = await standingNow(db, no);
  if (now === null || !now.lost.some((one) => one.offer === offer)) return null;
  return { plan: now.plan.id, lost: now.lost, job: startedAt(desk, { book, actor }) };
}

function startedAt(desk: Desk | null, order: ReplanOrder): PlanJob | null {
  try {
    return desk?.replan(order) ?? null;
  } catch (error) {
    if (error instanceof MainstayError) return null;
    throw error;
  }
}
