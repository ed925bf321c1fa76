import { beforeAll, expect, test } from "vitest";
import { loadSolver } from "#app/planning/highs.ts";
import { solveInstance } from "#app/planning/solver.ts";
import { checkPlan } from "#core/planning/check.ts";
import { quietly } from "#core/planning/driving.ts";
import type { Instance } from "#core/planning/instance.ts";
import { previewPlan } from "#core/planning/preview.ts";
import { planInstance } from "#core/planning/solve.ts";
import type { Solve } from "#core/planning/solving.ts";
import { bestOfAll } from "./enumerate.ts";
import { randomInstance } from "./made.ts";

let solve: Solve;
beforeAll(async () => {
  solve = await loadSolver();
});

/** Every third in weeks, two of them in one month. */
const sizesOf = (seed: number) => ({ needs: 2, offers: 3, buckets: 2, most: 2, weekly: seed % 3 === 0 });

const best = async (instance: Instance) => planInstance(instance, { gap: 0, seconds: null }, solve, quietly);

test("tiny instances are solved to the best of all plans there are, and the quick plan is never above it", async () => {
  const apart: string[] = [];
  let [covered, behind] = [0, 0];
  for (let seed = 1; seed <= 180; seed += 1) {
    const tiny = throughOne(randomInstance(seed, sizesOf(seed)), seed % 2);
    const known = bestOfAll(tiny);
    const plan = await best(tiny);
    if (plan === null || checkPlan(tiny, plan).length > 0 || Math.abs(plan.score - known) > 1e-6)
      apart.push(
        `seed ${seed}: ${plan?.score} instead of ${known} ${plan === null ? "" : JSON.stringify(checkPlan(tiny, plan))}`,
      );
    if ((plan?.bound ?? 0) < known - 1e-6) apart.push(`seed ${seed}: bound ${plan?.bound} below ${known}`);
    const quick = previewPlan(tiny).score;
    if (quick > known + 1e-6) apart.push(`seed ${seed}: the quick plan has ${quick} of ${known}`);
    if (known > 0) covered += 1;
    if (quick < known - 1e-6) behind += 1;
  }
  expect(apart).toEqual([]);
  expect(covered).toBeGreaterThan(30);
  expect(behind).toBeLessThan(covered / 2);
});

test("plans of random instances break nothing, and are never below the quick plan nor above their bound", async () => {
  const broken: string[] = [];
  for (let seed = 1; seed <= 150; seed += 1) {
    const instance = randomInstance(seed, {
      needs: 4,
      offers: 10,
      buckets: 1 + (seed % 6),
      most: 5,
      pins: seed % 3 === 0,
      weekly: seed % 5 === 0,
    });
    const plan = await best(instance);
    const found = plan === null ? [] : checkPlan(instance, plan);
    if (found.length > 0) broken.push(`seed ${seed}: ${JSON.stringify(found)}`);
    if (
      plan !== null &&
      checkPlan(instance, previewPlan(instance)).length === 0 &&
      plan.score < previewPlan(instance).score - 1e-6
    )
      broken.push(`seed ${seed}: ${plan.score} is below the quick plan`);
  }
  expect(broken).toEqual([]);
});

// What once was wrong with the plan of each: a part of a package missing beside a pinned piece that comes late, more than is needed beside what is pinned or
// goes whole, or of a substitute, and money overspent by the rounding of the solver.
test.each([9, 161, 171, 350, 382, 493, 767, 840, 1074, 1187, 2252, 2388])(
  "pins, substitutes and what goes whole beside each other: record %i",
  async (seed) => {
    const sizes = { needs: 4, offers: 10, buckets: 1 + (seed % 6), most: 5, pins: true, weekly: seed % 5 === 0 };
    const made = randomInstance(seed, sizes);
    const { plan } = await solveInstance(made, { goal: "cover", gap: 0 });
    expect(checkPlan(made, plan)).toEqual([]);
    expect(plan.score).toBeGreaterThanOrEqual(previewPlan(made).score);
  },
);

/** With one hub there are few enough plans to try them all. */
function throughOne(instance: Instance, at: number): Instance {
  const hubs = instance.hubs.slice(at, at + 1);
  const known = (named: readonly string[] | null) =>
    named?.every((id) => hubs.some((hub) => hub.id === id)) === true ? named : null;
  return { ...instance, hubs, needs: instance.needs.map((need) => ({ ...need, hubs: known(need.hubs) })) };
}
