import type { InstanceNeed } from "../instance.ts";
import type { Register } from "../register.ts";
import type { rewards } from "../rules.ts";
import type { Line } from "./lines.ts";
import type { Market } from "./pools.ts";
import type { Resource, Resources } from "./resources.ts";
import type { Gathering, SparseModel } from "./sparse.ts";

/** The columns of a need: what is complete of each accepted kind in each bucket, and what is earned where substitutes count for less. */
export type NeedColumns = Readonly<{
  need: InstanceNeed;
  complete: readonly Readonly<{ column: number; accepted: number; bucket: number }>[];
  earned: readonly Readonly<{ column: number; bucket: number; worth: number }>[]; // whole units of the need for each of the column
}>;

/** What a row says, for those rows that mean something to a planner. */
export type RowMeaning = Readonly<
  | { kind: "resource"; resource: Resource; index: number }
  | { kind: "stock"; item: string; offers: readonly string[] }
  | { kind: "all-or-nothing" | "pin"; item: string; offers: readonly string[] }
  | { kind: "market"; item: string; bucket: number } // the first of those that share a month
  | { kind: "need"; need: string }
>;

export type BuildOptions = Readonly<{
  needs?: readonly InstanceNeed[]; // only these; all where not named
  limits?: Float64Array; // of shared resources, in their order, instead of their own; Infinity where not limited
  prices?: Float64Array; // of one unit of each shared resource, taken off the reward
  apart?: boolean; // every money offer by itself; otherwise offers with one earmark are spent as one
}>;

/** So many pieces, in a bucket: from a pool to a group, through one hub or through any of some. */
export type Flow = Readonly<{ column: number; market: number; arc: number; bucket: number }>;
/** So many pieces of a kind, of those that go through any of some hubs, go through this one. */
export type Through = Readonly<{ column: number; market: number; hubs: string; hub: string; bucket: number }>;
/** So many pieces come for a line in a bucket. `strict`: some of them may come whole or not at all; `pinned`: how many come, useful or not. */
export type Coming = Readonly<{
  column: number;
  market: number;
  group: number;
  line: Line;
  bucket: number;
  strict: boolean;
  pinned: number;
}>;
/** So many pieces ordered in a bucket; `purse`: who pays where only one can, otherwise -1. */
export type Order = Readonly<{ column: number; market: number; pool: number; bucket: number; purse: number }>;
/** So many pieces of a kind, ordered in a year, are paid by a purse. */
export type Payment = Readonly<{ column: number; market: number; pool: number; purse: number; year: number }>;

/** A model and what its columns and rows mean. Buckets, hubs and needs are those of the instance. */
export type PlanModel = Readonly<{
  register: Register;
  resources: Resources;
  sparse: SparseModel;
  markets: readonly Market[];
  flows: readonly Flow[];
  through: readonly Through[];
  coming: readonly Coming[];
  orders: readonly Order[];
  payments: readonly Payment[];
  needs: readonly NeedColumns[];
  meanings: ReadonlyMap<number, RowMeaning>;
  rowOf: Int32Array; // the row of each shared resource; -1 where nothing takes of it
  apart: boolean; // purses of payments are money offers; otherwise earmarks
}>;

/** What a builder of one part needs of the whole. */
export type Building = {
  register: Register;
  resources: Resources;
  gather: Gathering;
  options: BuildOptions;
  meanings: Map<number, RowMeaning>;
  rowOf: Int32Array;
  reward: ReturnType<typeof rewards>;
};
