import { beforeAll, expect, test } from "vitest";
import { loadSolver } from "#app/planning/highs.ts";
import { checkPlan } from "#core/planning/check.ts";
import { quietly, type Hooks } from "#core/planning/driving.ts";
import { planByFamilies } from "#core/planning/families.ts";
import type { Instance } from "#core/planning/instance.ts";
import { boundOf, mostOfColumns } from "#core/planning/model/bound.ts";
import { buildModel } from "#core/planning/model/build.ts";
import { practiceInstance } from "#core/planning/practice.ts";
import { previewPlan } from "#core/planning/preview.ts";
import type { Solve } from "#core/planning/solving.ts";
import { bestOfAll } from "./enumerate.ts";
import { randomInstance } from "./made.ts";

let solve: Solve;
beforeAll(async () => {
  solve = await loadSolver();
});

const byFamilies = (instance: Instance, seconds: number | null, hooks: Hooks = quietly) =>
  planByFamilies(instance, { gap: 0, seconds }, solve, hooks, previewPlan(instance));

test("whatever the prices, their bound is never below the best plan; those of the solver give its own", () => {
  const wrong: string[] = [];
  for (let seed = 1; seed <= 60; seed += 1) {
    const tiny = randomInstance(seed, { needs: 2, offers: 3, buckets: 2, most: 2 });
    const known = bestOfAll(tiny);
    const { sparse } = buildModel(tiny);
    const most = mostOfColumns(sparse);
    const any = Float64Array.from({ length: sparse.rows }, (_, row) => 40 * Math.sin(seed * 7919 + row * 104729));
    if (boundOf(sparse, any, most) < known - 1e-6) wrong.push(`seed ${seed}: ${boundOf(sparse, any, most)} < ${known}`);
    const { prices, value } = solve(sparse, { relaxed: true, method: "simplex" });
    const own = boundOf(sparse, prices ?? new Float64Array(), most);
    if (Math.abs(own - (value ?? 0)) > 1e-4) wrong.push(`seed ${seed}: ${own} instead of ${value}`);
    const inside = solve(sparse, { relaxed: true, method: "interior", asItIs: true, tolerance: 1e-6 });
    const near = boundOf(sparse, inside.prices ?? new Float64Array(), most);
    if (near < (value ?? 0) - 1e-6 || near > (value ?? 0) + 0.1) wrong.push(`seed ${seed}: ${near} far from ${value}`);
  }
  expect(wrong).toEqual([]);
});

test("the bound of families holds for all plans there are, whether all families were looked at or none", async () => {
  const wrong: string[] = [];
  for (let seed = 1; seed <= 60; seed += 1) {
    const tiny = randomInstance(seed, { needs: 2, offers: 3, buckets: 2, most: 2 });
    const known = bestOfAll(tiny);
    const late: Hooks = { ...quietly, elapsed: () => 9 };
    for (const plan of [await byFamilies(tiny, null), await byFamilies(tiny, 1, late)])
      if (plan === null || (plan.bound ?? 0) < known - 1e-6 || plan.score > known + 1e-6)
        wrong.push(`seed ${seed}: ${plan?.score} and ${plan?.bound} beside ${known}`);
  }
  expect(wrong).toEqual([]);
});

test("a second is enough for the quick plan of a practice set, with a bound", async () => {
  const instance = practiceInstance("M");
  const started = performance.now();
  const hooks: Hooks = { ...quietly, elapsed: () => (performance.now() - started) / 1000 };
  const plan = await byFamilies(instance, 1, hooks);
  if (plan === null) throw new Error("no plan");
  expect(checkPlan(instance, plan)).toEqual([]);
  expect(plan.score).toBeGreaterThanOrEqual(previewPlan(instance).score);
  expect(plan.bound).toBeLessThanOrEqual(100);
  expect(plan.bound).toBeGreaterThanOrEqual(plan.score);
});
