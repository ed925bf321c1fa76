import { expect, test } from "vitest";
import { solveInstance } from "#app/planning/solver.ts";
import { checkPlan } from "#core/planning/check.ts";
import { contradictions } from "#core/planning/contradictions.ts";
import { randomInstance } from "./made.ts";

// In each of these something is pinned that can be of no use any more, such as a crew that is trained after the last day.
test.each([69, 195, 276, 291])(
  "a pinned choice that can be of no use is kept all the same: record %i",
  async (seed) => {
    const made = randomInstance(seed, { needs: 4, offers: 10, buckets: 1 + (seed % 6), most: 5, pins: true });
    expect(contradictions(made)).toEqual([]);
    const { plan } = await solveInstance(made, { goal: "cover" });
    expect(made.pins.length).toBeGreaterThan(0);
    expect(checkPlan(made, plan)).toEqual([]);
  },
);
