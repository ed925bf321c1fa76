import { beforeAll, expect, test } from "vitest";
import { loadSolver } from "#app/planning/highs.ts";
import { checkPlan } from "#core/planning/check.ts";
import { quietly } from "#core/planning/driving.ts";
import type { Instance } from "#core/planning/instance.ts";
import { practiceInstance } from "#core/planning/practice.ts";
import { planInstance } from "#core/planning/solve.ts";
import type { Solve } from "#core/planning/solving.ts";
import { bare, need, offer, randomInstance } from "./made.ts";

let solve: Solve;
beforeAll(async () => {
  solve = await loadSolver();
});

const planOf = async (instance: Instance, gap = 0) => {
  const plan = await planInstance(instance, { gap, seconds: null }, solve, quietly);
  if (plan === null) throw new Error("no plan");
  return plan;
};

test("a practice set is solved by families, soundly, near its bound, and to the same plan again", async () => {
  const instance = practiceInstance("S");
  const plan = await planOf(instance, 0.03);
  expect(checkPlan(instance, plan)).toEqual([]);
  expect(plan.state).toBe("optimal");
  expect(plan.gap).toBeLessThan(0.03);
  expect(plan.bound).toBeGreaterThanOrEqual(plan.score);
  expect(await planOf(instance, 0.03)).toEqual(plan);
});

test("one more offer never lowers the best score", async () => {
  const lowered: string[] = [];
  for (let seed = 1; seed <= 30; seed += 1) {
    const instance = randomInstance(seed, { needs: 2, offers: 4, buckets: 3, most: 3 });
    const more = { ...instance, offers: [...instance.offers, offer("offer-more", { quantity: 2 })] };
    const [before, after] = [await planOf(instance), await planOf(more)];
    if (after.score < before.score - 1e-6) lowered.push(`seed ${seed}: ${before.score} to ${after.score}`);
  }
  expect(lowered).toEqual([]);
});

test("the more urgent of two needs for one kind is met first, however many pieces it asks for", async () => {
  const urgent = need("urgent", { quantity: 10, priority: 1 });
  const small = need("small", { quantity: 1, priority: 5 });
  const plan = await planOf({ ...bare, needs: [small, urgent], offers: [offer("guns", { quantity: 3 })] });
  expect(plan.assignments.map((line) => [line.need, line.quantity])).toEqual([["urgent", 3]]);
});
