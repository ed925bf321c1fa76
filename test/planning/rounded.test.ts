import { expect, test } from "vitest";
import { loadSolver } from "#app/planning/highs.ts";
import { checkPlan } from "#core/planning/check.ts";
import { inTurn, joined } from "#core/planning/families.ts";
import { buildModel } from "#core/planning/model/build.ts";
import { familiesOf } from "#core/planning/model/lines.ts";
import { roundedSolution } from "#core/planning/model/rounded.ts";
import { usesOf } from "#core/planning/model/uses.ts";
import { practiceInstance } from "#core/planning/practice.ts";
import { previewPlan } from "#core/planning/preview.ts";

test.each(["S", "M"] as const)(
  "families rounded make a sound plan of %s, nearer to the best than the quick one",
  async (size) => {
    const solve = await loadSolver();
    const instance = practiceInstance(size);
    const families = familiesOf(instance.needs);
    const whole = buildModel(instance, { apart: false });
    const { values, value } = solve(whole.sparse, { relaxed: true, method: "interior", tolerance: 1e-4 });
    if (values === null || value === null) throw new Error("no broken plan");
    const uses = families.map((needs) => usesOf(whole, values, new Set(needs.map(({ id }) => id))));
    const parts = await inTurn(instance, families, uses, async (needs, limits) => {
      const model = buildModel(instance, { needs, limits });
      const vertex = solve(model.sparse, { relaxed: true, method: "simplex" }).values;
      if (vertex === null) throw new Error("no vertex");
      return { model, values: roundedSolution(model, vertex), isRounded: true };
    });
    const plan = joined(instance, parts);
    expect(checkPlan(instance, plan)).toEqual([]);
    const quick = previewPlan(instance).score;
    expect(value - plan.score).toBeLessThan(0.6 * (value - quick));
  },
  60_000,
);
