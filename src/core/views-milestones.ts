import type { MilestoneCondition } from "./foresight/milestones/condition.ts";
import type {
  EvidenceKind,
  MilestoneKind,
  MilestoneOrigin,
  MilestonePrecision,
  MilestoneState,
} from "./foresight/milestones/milestone.ts";
import type { SourceRef } from "./views.ts";
import type { PlanningHead, VersionView } from "./views-planning.ts";

/** The shapes of milestones and of what changed that leave the record. Days are ISO days, instants in UTC. */

/** A condition as a line that is read again, and as a sentence. */
export type ConditionView = Readonly<{ kind: NonNullable<MilestoneCondition>["kind"]; text: string; says: string }>;

export type MilestoneRow = Readonly<{
  id: string;
  origin: MilestoneOrigin;
  kind: MilestoneKind;
  title: string;
  on: string; // the day last expected
  precision: MilestonePrecision;
  firstOn: string; // the day first expected
  shifts: number; // how often it moved
  shiftedDays: number; // from the first to the last
  state: MilestoneState;
  happenedOn: string | null; // when it was met, missed or cancelled; null where it is open, or the day is not known
  daysLate: number | null; // from the day last expected to today or to the day it was met, from the first where a later one is to come; null where that is not past
  why: readonly string[]; // what puts it at risk, in sentences
  owner: Readonly<{ party: string | null; name: string }> | null; // who answers for it
  parties: readonly string[]; // ids of those it concerns, members of its group not among them
  group: string | null;
  groupName: string | null;
  fund: string | null;
  fundTitle: string | null;
  dependsOn: readonly string[];
  condition: ConditionView | null;
  probability: number | null; // that it is met by its day, an estimate from 0 to 1; null: unknown
  unknownWhy: string | null; // why the forecast can't tell; null where it was not asked, or can
  says: string; // how far it is
  note: string;
  knownAt: string; // when the last of this became known
  address: string | null; // the page that says more
  source: SourceRef | null;
}>;

/** Where the probabilities come from. `none`: no forecast was asked for, or it can speak of none of them. */
export type MilestoneForecast = Readonly<{ state: "none" | "given"; says: string }>;

/** How many milestones stand in a month, YYYY-MM, by how they stand. */
export type MilestoneMonth = Readonly<{
  month: string;
  late: number;
  noWord: number;
  open: number;
  met: number;
  over: number;
}>;

/** A page of milestones: those that are late first, the longest late before; then those past their day without word; then what is to come, the next first; then what is over, the last first. */
export type MilestoneList = Readonly<{
  head: PlanningHead;
  today: string; // the day that days late are counted to
  forecast: MilestoneForecast;
  states: Readonly<Record<MilestoneState, number>>; // over all that the filter lets through, the state left out of it
  kinds: readonly Readonly<{ kind: MilestoneKind; milestones: number }>[];
  months: readonly MilestoneMonth[];
  items: readonly MilestoneRow[];
  total: number;
  next: string | null;
}>;

/** A day that was expected. `movedDays`: from the one before it; null for the first. */
export type ExpectedDayView = Readonly<{
  on: string;
  precision: MilestonePrecision;
  knownAt: string;
  movedDays: number | null;
  reason: string;
  actor: string;
}>;

export type EvidenceView = Readonly<{ kind: EvidenceKind; id: string; address: string }>;

/** Another milestone as one that is shown names it. */
export type MilestoneBrief = Pick<MilestoneRow, "id" | "title" | "on" | "precision" | "state" | "daysLate">;

export type MilestoneView = MilestoneRow &
  Readonly<{
    head: PlanningHead;
    today: string;
    forecast: MilestoneForecast;
    version: number | null; // of what is stated; null for what follows from the record
    partyNames: readonly Readonly<{ party: string; name: string }>[];
    days: readonly ExpectedDayView[]; // oldest first
    evidence: readonly EvidenceView[];
    needs: readonly MilestoneBrief[]; // what it depends on
    neededBy: readonly MilestoneBrief[]; // what depends on it
    history: readonly VersionView[]; // newest first; empty for what follows from the record
  }>;

export const changeKinds = [
  "milestone-added",
  "milestone-shifted",
  "milestone-met",
  "milestone-missed",
  "milestone-cancelled",
  "milestone-reopened",
  "milestone-changed",
  "decision-taken",
  "release",
  "delivery-signed",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Something that moved. `days`: by how much a day moved, later above zero. */
export type Change = Readonly<{
  at: string; // by the clock asked for
  knownAt: string;
  recordedAt: string;
  kind: ChangeKind;
  title: string;
  says: string;
  days: number | null;
  milestone: string | null; // the id of the milestone that moved
  address: string;
}>;

/** What moved after an instant, newest first. */
export type ChangeList = Readonly<{
  head: PlanningHead;
  now: string; // the instant of the answer: what a reader is to ask from the next time
  since: string;
  clock: "known" | "recorded";
  items: readonly Change[];
  total: number;
  next: string | null;
}>;
