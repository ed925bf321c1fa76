import { expect, test } from "vitest";
import { loadSolver } from "#app/planning/highs.ts";
import { carriedOn, standingOf } from "#core/planning/carried.ts";
import { checkPlan } from "#core/planning/check.ts";
import { quietly } from "#core/planning/driving.ts";
import type { Instance } from "#core/planning/instance.ts";
import { familiesOf } from "#core/planning/model/lines.ts";
import { practiceInstance } from "#core/planning/practice.ts";
import { previewPlan } from "#core/planning/preview.ts";
import { replan } from "#core/planning/replan.ts";
import { randomInstance } from "./made.ts";

/** The record without one of the offers that its quick plan uses, and with that plan standing. */
function without(instance: Instance, at: number): Instance | null {
  const standing = standingOf(previewPlan(instance));
  const used = instance.offers.filter(({ id }) => standing.some(({ offer }) => offer === id));
  const gone = used[at % Math.max(1, used.length)];
  return gone === undefined
    ? null
    : { ...instance, offers: instance.offers.filter(({ id }) => id !== gone.id), standing };
}

test("a standing plan is carried on soundly without one of its offers, whichever that is", () => {
  const broken: string[] = [];
  const look = (name: string, instance: Instance | null) => {
    const [problem] = instance === null ? [] : checkPlan(instance, carriedOn(instance));
    if (problem !== undefined) broken.push(`${name}: ${problem.says}`);
  };
  for (let seed = 1; seed <= 1500; seed += 1) {
    const sizes = { needs: 4, offers: 14, buckets: 1 + (seed % 6), most: 5, weekly: seed % 3 === 0 };
    look(`seed ${seed}`, without(randomInstance(seed, sizes), seed));
  }
  for (let at = 0; at < 12; at += 1) look(`M ${at}`, without(practiceInstance("M"), at * 31));
  expect(broken).toEqual([]);
});

test("a plan carried on tells its bound, and says it is as good as asked only where that proves it", async () => {
  const solve = await loadSolver();
  const whole = practiceInstance("M");
  const families = familiesOf(whole.needs).filter((_, at) => ![0, 1, 7, 9].includes(at)); // without the four that take long
  const instance = without({ ...whole, needs: families.flat() }, 3);
  if (instance === null) throw new Error("no offer is used");
  for (const [gap, state] of [
    [0.5, "optimal"],
    [0.0001, "limit"],
  ] as const) {
    const plan = await replan(instance, { gap, seconds: null }, solve, quietly);
    expect(plan?.score).toBeGreaterThan(0);
    expect(plan?.bound).toBeGreaterThanOrEqual(plan?.score ?? Infinity);
    expect(plan?.bound).toBeLessThan(100);
    expect(plan?.state).toBe(state);
  }
});
