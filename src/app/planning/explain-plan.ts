import { MainstayError } from "#core/errors.ts";
import type { Explanation, FairnessPrice, LeverList } from "#core/views-plan.ts";
import type { Database } from "#store/database.ts";
import { wholePlan } from "#store/planning/plans.ts";
import { requireBook } from "../books.ts";
import { requirePlan } from "./adopt.ts";
import { runInWorker, type WorkHooks } from "./run-worker.ts";

/** What is to be explained: an offer's way, or how far a need is met. */
export type Question = Readonly<{ kind: "offer" | "need"; id: string }>;

/**
 * Why an offer goes where it goes in a plan, or why a need gets what it gets; whatever is said of more or less is solved, in a thread of its own.
 * @throws MainstayError unknown_book, unknown_plan, unknown_offer, unknown_need, plan_cancelled, plan_solver_failed
 */
export async function explainPlan(
  db: Database,
  book: string,
  id: string,
  { kind, id: asked }: Question,
  hooks: WorkHooks = {},
): Promise<Explanation> {
  const { no } = await requireBook(db, book);
  const plan = await requirePlan(db, no, id);
  const { instance, result } = await wholePlan(db, plan.no);
  const list = kind === "need" ? instance.needs : [...instance.offers, ...instance.money];
  const found = list.find((one) => one.id === asked);
  if (found === undefined)
    throw new MainstayError(
      kind === "need" ? "unknown_need" : "unknown_offer",
      `${JSON.stringify(asked)} in the plan ${id}`,
      {
        field: kind,
      },
    );
  const title = "title" in found ? found.title : asked;
  const explained = await runInWorker({ kind: "explain", instance, plan: result, about: kind, id: asked }, hooks);
  return { plan: id, about: { kind, id: asked, title }, ...explained };
}

/**
 * What would help a plan most, each verified by solving again, in a thread of its own.
 * @throws MainstayError unknown_book, unknown_plan, plan_cancelled, plan_solver_failed
 */
export async function planLevers(db: Database, book: string, id: string, hooks: WorkHooks = {}): Promise<LeverList> {
  const { no } = await requireBook(db, book);
  const plan = await requirePlan(db, no, id);
  const { instance, result } = await wholePlan(db, plan.no);
  return { plan: id, levers: await runInWorker({ kind: "levers", instance, plan: result }, hooks) };
}

/**
 * What fairness costs: how many points are left the better the least covered priority is covered, in a thread of its own.
 * @throws MainstayError unknown_book, unknown_plan, plan_cancelled, plan_solver_failed
 */
export async function planFairness(
  db: Database,
  book: string,
  id: string,
  hooks: WorkHooks = {},
): Promise<FairnessPrice> {
  const { no } = await requireBook(db, book);
  const plan = await requirePlan(db, no, id);
  const { instance, result } = await wholePlan(db, plan.no);
  return { plan: id, ...(await runInWorker({ kind: "fairness", instance, plan: result }, hooks)) };
}
