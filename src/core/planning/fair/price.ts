import type { FairnessPoint, FairnessPrice } from "../../views-plan.ts";
import { pointsText } from "../explain/words.ts";
import { simplexUpTo, soughtUpTo } from "../fair.ts";
import type { Instance } from "../instance.ts";
import { buildModel, type PlanModel } from "../model/build.ts";
import { extended } from "../model/extend.ts";
import type { Plan } from "../plan.ts";
import type { Solution, Solve } from "../solving.ts";
import { classesCovered, classRows, coveredBy, fairFloors } from "./floors.ts";

/** Of the interior point: a hundredth of a point, which is finer than what is shown. */
const tolerance = 1e-4;
const usualParts = [0, 0.25, 0.5, 0.75, 1];

/** What fairness costs beside a plan: the curve, where the plan itself is, and what that says in words. */
export function fairnessPrice(instance: Instance, plan: Plan, solve: Solve): Omit<FairnessPrice, "plan"> {
  const covered = classesCovered(instance, plan.coverage).map((one) => one.covered);
  const here = { least: covered.length === 0 ? null : Math.min(...covered), score: plan.score };
  if (instance.needs.length > soughtUpTo) {
    const says = `What fairness costs is worked out up to ${soughtUpTo} needs; this plan has ${instance.needs.length}.`;
    return { says, here, points: [] };
  }
  const points = priceOfFairness(instance, solve);
  return { says: saysOf(points), here, points };
}

function saysOf(points: readonly FairnessPoint[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return "Nothing can be covered, so there is nothing to share fairly.";
  const lost = first.score - last.score;
  if (last.least - first.least < 0.0005 || lost < 0.005)
    return `Fairness costs nothing here: with the most points, ${percent(first.least)} of the least covered priority is covered as well.`;
  return `The least covered priority gets ${percent(last.least)} instead of ${percent(first.least)} where all is done for it; that costs ${pointsText(lost)} of ${pointsText(first.score)} points.`;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}

/**
 * What fairness costs: for some parts of the way from the plan with most reward to the fairest one, the coverage of the least covered priority and the
 * most reward that is left, in broken units. @returns none where it can't be told
 */
export function priceOfFairness(
  instance: Instance,
  solve: Solve,
  parts: readonly number[] = usualParts,
): readonly FairnessPoint[] {
  const model = buildModel(instance, { apart: true });
  const large = instance.needs.length > simplexUpTo;
  const most = (sparse: PlanModel["sparse"]): Solution =>
    solve(sparse, large ? { relaxed: true, method: "interior", tolerance } : { relaxed: true, method: "simplex" });
  const free = most(model.sparse);
  if (free.values === null || free.value === null || free.value <= 0) return [];
  const fairest = fairFloors(model, instance.needs, solve, large);
  if (fairest === null) return [];
  const rows = classRows(model, instance.needs);
  const covered = (values: Float64Array) =>
    [...rows].map(([priority, entries]) => [priority, coveredBy(entries, values)] as const);
  const [start, whole] = [new Map(covered(free.values)), free.value];
  return parts.flatMap((part) => {
    const floors = new Map(
      [...fairest.floors].map(([priority, floor]) => [
        priority,
        Math.min(floor, (1 - part) * (start.get(priority) ?? 0) + part * floor),
      ]),
    );
    const { values, value } = part === 0 ? free : most(withFloors(model, instance, floors));
    if (values === null || value === null) return [];
    const least = Math.min(...covered(values).map(([, share]) => share));
    return [{ part, least, score: value, lost: Math.max(0, (whole - value) / whole) }];
  });
}

/** The model with floors that hold. */
function withFloors(model: PlanModel, instance: Instance, floors: ReadonlyMap<number, number>): PlanModel["sparse"] {
  const rows = [...classRows(model, instance.needs)].map(([priority, entries]) => {
    return { lower: (floors.get(priority) ?? 0) * (1 - 1e-6), upper: Infinity, entries };
  });
  return extended(model.sparse, [], rows);
}
