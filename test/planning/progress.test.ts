import { expect, test } from "vitest";
import { solveInstance } from "#app/planning/solver.ts";
import { practiceInstance } from "#core/planning/practice.ts";
import type { SolveProgress } from "#core/planning/progress.ts";

test("while a plan is solved by families, the bound comes down to what is proven in the end and the best plan never gets worse", async () => {
  const told: SolveProgress[] = [];
  const onProgress = (progress: SolveProgress) => void told.push(progress);
  const { plan } = await solveInstance(practiceInstance("S", 1), { goal: "cover", gap: 0.03 }, { onProgress });
  const bounds = told.flatMap(({ bound }) => (bound === null ? [] : [bound]));
  const incumbents = told.flatMap(({ incumbent }) => (incumbent === null ? [] : [incumbent]));
  expect(bounds.length).toBeGreaterThan(3);
  expect(bounds).toEqual(bounds.toSorted((one, other) => other - one));
  expect(incumbents).toEqual(incumbents.toSorted((one, other) => one - other));
  expect(bounds.at(-1)).toBe(plan.bound);
  expect(incumbents.at(-1)).toBe(plan.score);
});
