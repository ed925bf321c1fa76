/** So many pieces of an offer to a need, through a hub, there in a bucket. Where it is a part of a package, `item` is the part's kind. */
export type Assignment = Readonly<{
  offer: string;
  need: string;
  item: string;
  hub: string;
  bucket: number;
  quantity: number;
}>;

/** Bought for a need with an offer of money: ordered in one bucket, there in another. */
export type Purchase = Readonly<{
  money: string;
  need: string;
  item: string;
  hub: string;
  ordered: number;
  bucket: number;
  quantity: number;
  costMinor: number;
}>;

/** What a need gets: whole systems (with all that belongs to them), by bucket; `worth` counts substitutes for what they are worth, in whole units times a million. */
export type NeedCoverage = Readonly<{
  need: string;
  byBucket: readonly Readonly<{ bucket: number; complete: number; worthPpm: number }>[];
}>;

/** `optimal` up to the gap asked for; `limit`: the best there was when time or work ran out; `preview`: quick, without a proven bound. */
export type PlanState = "optimal" | "limit" | "preview" | "cancelled";

export type Plan = Readonly<{
  state: PlanState;
  goals: readonly Readonly<{ goal: string; value: number; bound: number | null }>[]; // in the order in which they were pursued
  score: number; // priority-weighted coverage less lateness: the reward
  bound: number | null; // no plan has more
  gap: number | null; // (bound - score) / bound
  assignments: readonly Assignment[];
  purchases: readonly Purchase[];
  coverage: readonly NeedCoverage[];
  effort: readonly Readonly<{ giver: string; minor: number; sharePpm: number }>[];
}>;
