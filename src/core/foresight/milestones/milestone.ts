import type { DatePrecision } from "../../entries.ts";
import type { MilestoneCondition } from "./condition.ts";

export const milestoneKinds = [
  "summit",
  "meeting",
  "decision",
  "payment",
  "delivery",
  "need",
  "review",
  "coalition",
  "handover",
  "other",
] as const;
export type MilestoneKind = (typeof milestoneKinds)[number];

/** How exactly a milestone's day is known: that day, by that day, or some day of its month, of which the day is the last. */
export type MilestonePrecision = Exclude<DatePrecision, "none">;
export const milestonePrecisions = ["day", "by", "month"] as const satisfies readonly MilestonePrecision[];

/** What something on record that bears a milestone out is. */
export const evidenceKinds = ["source", "posting", "decision", "consignment"] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];
export type Evidence = Readonly<{ kind: EvidenceKind; id: string }>;

/** A dated event that matters, as somebody states it. Days are ISO days. */
export type Milestone = Readonly<{
  id: string; // unique in its book
  title: string;
  kind: MilestoneKind;
  on: string; // the day it is expected
  precision: MilestonePrecision;
  owner: string | null; // who answers for it: a party's id, or words
  parties: readonly string[]; // ids of those it concerns, beside the owner and the members of its group
  group: string | null; // a group's slug
  fund: string | null; // a fund's id
  dependsOn: readonly string[]; // ids of milestones, also of those that follow from the record
  condition: MilestoneCondition;
  evidence: readonly Evidence[];
  happenedOn: string | null; // the day it was met, missed or cancelled; null while it is expected
  note: string;
}>;

/** What was last said of a milestone: still to come, or how it ended. */
export const statedStates = ["expected", "met", "missed", "cancelled"] as const;
export type StatedState = (typeof statedStates)[number];

/**
 * How a milestone stands on a day. `late`: the day last expected is past, or the first where a later one than that was named, and it is on record
 * as still to come: somebody said so since, or named a later day, or what it follows from is still open. `no-word`: its day is past, and nobody has said anything of it since.
 * `at-risk`: still to come, and something it depends on is past its day, at risk, failed or expected after it, or the forecast gives it less
 * than an even chance. `missed`: somebody says it can no longer be met. `cancelled`: nobody wants it any more.
 */
export const milestoneStates = ["late", "no-word", "at-risk", "expected", "met", "missed", "cancelled"] as const;
export type MilestoneState = (typeof milestoneStates)[number];

/** Where a milestone comes from: somebody states it, a fact of the past, or it follows from something else on record. */
export const milestoneOrigins = ["stated", "fact", "decision", "call", "pledge", "consignment", "need"] as const;
export type MilestoneOrigin = (typeof milestoneOrigins)[number];

/** The day that was expected from an instant on, and why. `reason` and `actor` are empty where nobody gave them. */
export type ExpectedDay = Readonly<{
  on: string;
  precision: MilestonePrecision;
  knownAt: string;
  recordedAt: string | null; // when this record learned it; null where nothing tells
  reason: string;
  actor: string;
}>;

/** How a milestone ended. `on`: null where the day is not known. */
export type Ending = Readonly<{
  state: Exclude<StatedState, "expected">;
  on: string | null;
  knownAt: string;
  recordedAt: string | null;
}>;

/** A milestone as it was known by some instant, wherever it comes from. `days`: oldest first, at least one, each differing from the one before. */
export type KnownMilestone = Omit<Milestone, "on" | "precision" | "evidence" | "happenedOn"> &
  Readonly<{
    origin: MilestoneOrigin;
    days: readonly ExpectedDay[];
    ending: Ending | null;
    knownAt: string; // when the last of all this became known
    source: string | null; // a source's id
    evidence: readonly Evidence[];
    address: string | null; // the page that says more
    says: string; // how far it is, in a sentence; empty where there is nothing to say
  }>;
