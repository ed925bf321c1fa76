import type { BindingClass, Stream } from "../../bindingness.ts";

/** At least `amount`, in the unit's smallest part, in the class or beyond by the milestone's day; of one donor, fund or stream where named. */
export type AmountCondition = Readonly<{
  kind: "amount";
  class: BindingClass;
  unit: string; // an ISO 4217 code; EUR for now
  amount: bigint; // minor units: cents
  donor?: string; // a party's id
  fund?: string; // a fund's id
  stream?: Stream;
}>;

/** At least that share of the need, as numerator and denominator, handed over by the milestone's day. */
export type NeedCondition = Readonly<{ kind: "need"; need: string; share: readonly [bigint, bigint] }>;

/** The decision, by its proposal's id, is taken by the milestone's day. */
export type DecisionCondition = Readonly<{ kind: "decision"; decision: string }>;

/** What has to hold for a milestone to be met, in figures a forecast can speak of; null: nothing that it can, so its probability is unknown. */
export type MilestoneCondition = AmountCondition | NeedCondition | DecisionCondition | null;
