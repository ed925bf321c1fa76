import type { PlanModel } from "./build.ts";

/** More than any column comes to. */
const plenty = 1e6;

/**
 * Values of one model for the columns of another of the same needs, which differs in its limits and in who pays: what a column means is the same in
 * both. Payments of the other are as if they were plenty.
 */
export function transferred(from: PlanModel, values: Float64Array, to: PlanModel): Float64Array {
  const known = new Map<string, number>();
  for (const [key, column] of named(from)) known.set(key, values[column] ?? 0);
  const found = new Float64Array(to.sparse.columns);
  for (const [key, column] of named(to)) found[column] = known.get(key) ?? 0;
  for (const { column } of to.payments) found[column] = plenty;
  return found;
}

function* named({
  flows,
  through,
  coming,
  orders,
  needs,
}: PlanModel): Generator<readonly [key: string, column: number]> {
  for (const { column, market, arc, bucket } of flows) yield [`flow ${market} ${arc} ${bucket}`, column];
  for (const { column, market, hubs, hub, bucket } of through)
    yield [`through ${market} ${bucket} ${hub} ${hubs}`, column];
  for (const { column, market, group, line, bucket } of coming)
    yield [`coming ${market} ${group} ${bucket} ${line.accepted} ${line.part} ${line.need.id}`, column];
  for (const { column, market, pool, bucket } of orders) yield [`order ${market} ${pool} ${bucket}`, column];
  for (const { need, complete } of needs)
    if (need.package.length > 0)
      for (const { column, accepted, bucket } of complete) yield [`complete ${accepted} ${bucket} ${need.id}`, column];
}
