import type { MilestoneKind, MilestoneState } from "../../../src/core/foresight/milestones/milestone.ts";
import type { ChangeKind, MilestoneRow } from "../../../src/core/views-milestones.ts";
import { counted } from "../format/amounts.ts";

export const kindWords: Readonly<Record<MilestoneKind, string>> = {
  summit: "Summit",
  meeting: "Meeting",
  decision: "Decision",
  payment: "Payment",
  delivery: "Delivery",
  need: "Need",
  review: "Review",
  coalition: "Coalition",
  handover: "Hand-over",
  other: "Other",
};

export const stateWords: Readonly<Record<MilestoneState, string>> = {
  late: "late",
  "no-word": "day passed, no word yet",
  "at-risk": "at risk",
  expected: "expected",
  met: "met",
  missed: "missed",
  cancelled: "cancelled",
};

export const changeWords: Readonly<Record<ChangeKind, string>> = {
  "milestone-added": "New",
  "milestone-shifted": "Moved",
  "milestone-met": "Met",
  "milestone-missed": "Missed",
  "milestone-cancelled": "Cancelled",
  "milestone-reopened": "Expected again",
  "milestone-changed": "Changed",
  "decision-taken": "Decided",
  release: "Release",
  "delivery-signed": "Signed for",
};

export const daysWords = (days: number) => counted(days, "day");

/** "late by 3 days", "day passed 3 days ago, no word yet", "met 12 days late", "at risk". */
export function standingWords({ state, daysLate }: Pick<MilestoneRow, "state" | "daysLate">): string {
  if (daysLate === null) return stateWords[state];
  if (state === "no-word") return `day passed ${daysWords(daysLate)} ago, no word yet`;
  return state === "late" ? `late by ${daysWords(daysLate)}` : `${stateWords[state]} ${daysWords(daysLate)} late`;
}

/** "moved 3 times, 21 days later in all"; null where it never moved. */
export function shiftWords({ shifts, shiftedDays }: Pick<MilestoneRow, "shifts" | "shiftedDays">): string | null {
  if (shifts === 0) return null;
  const times = shifts === 1 ? "moved once" : `moved ${shifts} times`;
  if (shiftedDays === 0) return `${times}, in all not at all`;
  return `${times}, ${daysWords(Math.abs(shiftedDays))} ${shiftedDays > 0 ? "later" : "earlier"}${shifts === 1 ? "" : " in all"}`;
}

/** A probability, rounded to whole percents; never nought nor certain where it is neither. */
export function chanceWords(probability: number): string {
  if (probability > 0 && probability < 0.01) return "below 1\u00a0%";
  if (probability < 1 && probability > 0.99) return "above 99\u00a0%";
  return `${Math.round(probability * 100)}\u00a0%`;
}
