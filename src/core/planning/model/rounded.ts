import type { PlanModel } from "./build.ts";

/**
 * Whole numbers near a broken solution. Of each way - of a flow, of what comes for a line, of orders, through a hub - the sum up to each bucket is rounded, so
 * that what is little in many buckets isn't lost. Limits may be passed by that; who takes the lines of it into a plan sees what there is room for.
 */
export function roundedSolution(
  { flows, coming, orders, through, payments }: PlanModel,
  broken: Float64Array,
): Float64Array {
  const whole = broken.slice();
  const round = <T extends Readonly<{ column: number; bucket: number }>>(
    list: readonly T[],
    way: (one: T) => string,
  ) => {
    for (const own of Map.groupBy(list, way).values()) {
      let [sum, given] = [0, 0];
      for (const { column } of own.toSorted((one, other) => one.bucket - other.bucket)) {
        sum += broken[column] ?? 0;
        whole[column] = Math.round(sum) - given;
        given = Math.round(sum);
      }
    }
  };
  round(flows, ({ market, arc }) => `${market} ${arc}`);
  round(coming, ({ market, group, line }) => `${market} ${group} ${line.need.id} ${line.accepted} ${line.part}`);
  round(orders, ({ market, pool }) => `${market} ${pool}`);
  round(through, ({ market, hubs, hub }) => `${market} ${hubs} ${hub}`);
  for (const { column } of payments) whole[column] = Math.ceil((broken[column] ?? 0) - 1e-6);
  return whole;
}
