import type { PlanModel } from "./build.ts";

/** What a solution takes of each shared resource, in the order of resources; of all columns, or of those that serve some needs, by their ids. */
export function usesOf(model: PlanModel, values: Float64Array, needs?: ReadonlySet<string>): Float64Array {
  const uses = new Float64Array(model.rowOf.length);
  const resourceOf = new Int32Array(model.sparse.rows).fill(-1);
  for (const [resource, row] of model.rowOf.entries()) if (row >= 0) resourceOf[row] = resource;
  const served = model.markets.map(
    ({ groups }) => needs === undefined || groups.some(({ lines }) => lines.some(({ need }) => needs.has(need.id))),
  );
  const { starts, indices, values: amounts } = model.sparse;
  for (const { column, market } of [...model.flows, ...model.through, ...model.orders, ...model.payments]) {
    const value = values[column] ?? 0;
    if (value === 0 || !(served[market] ?? false)) continue;
    for (let at = starts[column] ?? 0; at < (starts[column + 1] ?? 0); at += 1) {
      const resource = resourceOf[indices[at] ?? 0] ?? -1;
      if (resource >= 0) uses[resource] = (uses[resource] ?? 0) + value * (amounts[at] ?? 0);
    }
  }
  return uses;
}
