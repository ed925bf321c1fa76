import type { PlanModel } from "./build.ts";
import type { SparseModel } from "./sparse.ts";

/** What counts as used, and how many buckets before and after are opened beside it. */
export type Nearness = Readonly<{ least: number; beside: number }>;

const usual: Nearness = { least: 1e-6, beside: 1 };

/**
 * The model held to the ways that a broken solution uses and to the buckets beside theirs, a little more than it has of each: all whole now. It
 * is small, since most ways are not used, and seldom far from the best.
 */
export function nearModel(model: PlanModel, broken: Float64Array, { least: near, beside } = usual): SparseModel {
  const { sparse, needs, coming, flows, through, orders, payments } = model;
  const upper = sparse.upper.slice();
  const value = (column: number): number => broken[column] ?? 0;
  const around = <T extends { column: number; bucket: number }>(list: readonly T[], way: (one: T) => string): void => {
    for (const own of Map.groupBy(list, way).values()) {
      const most = new Map<number, number>();
      for (const { column, bucket } of own) {
        if (value(column) < near) continue;
        for (let at = bucket - beside; at <= bucket + beside; at += 1)
          most.set(at, (most.get(at) ?? 0) + Math.ceil(value(column) - 1e-6));
      }
      for (const { column, bucket } of own)
        upper[column] = Math.min(sparse.upper[column] ?? Infinity, (most.get(bucket) ?? -1) + 1);
    }
  };
  for (const { need, complete } of needs) {
    if (need.package.length > 0) around(complete, ({ accepted }) => String(accepted));
  }
  around(coming, ({ line, market }) => `${line.need.id} ${line.accepted} ${line.part} ${market}`);
  around(flows, ({ market, arc }) => `${market} ${arc}`);
  around(orders, ({ market, pool }) => `${market} ${pool}`);
  for (const { column } of payments) {
    const most = Math.ceil(value(column) - 1e-6);
    upper[column] = most <= 0 ? 0 : most + 1;
  }
  const inUse = new Set(
    through.flatMap((one) => (value(one.column) < near ? [] : [-1, 0, 1].map((by) => wayKey(one, one.bucket + by)))),
  );
  for (const one of through) if (!inUse.has(wayKey(one, one.bucket))) upper[one.column] = 0;
  return { ...sparse, upper };
}

const wayKey = ({ market, hubs }: PlanModel["through"][number], bucket: number): string =>
  `${market} ${bucket} ${hubs}`;
