import type { MilestonePrecision, MilestoneState } from "./milestone.ts";

const months = "January,February,March,April,May,June,July,August,September,October,November,December".split(",");

/** A day for reading, as exactly as it is known: `10 July 2024`, `by 10 July 2024`, `July 2024`. */
export function dayWords({ on, precision }: Readonly<{ on: string; precision: MilestonePrecision }>): string {
  const [year, month, day] = on.split("-").map(Number) as [number, number, number];
  const name = `${months[month - 1]} ${year}`;
  if (precision === "month") return name;
  return precision === "by" ? `by ${day} ${name}` : `${day} ${name}`;
}

/** What each state is called. */
export const stateWords: Readonly<Record<MilestoneState, string>> = {
  late: "late",
  "no-word": "day passed, no word yet",
  "at-risk": "at risk",
  expected: "expected",
  met: "met",
  missed: "missed",
  cancelled: "cancelled",
};

/** How one stands with the days that go with it: `late, 12 days`, `day passed 12 days ago, no word yet`, `met, 12 days late`, `expected`. */
export function standingWords(state: MilestoneState, days: number | null): string {
  if (days === null) return stateWords[state];
  const counted = daysText(days);
  if (state === "no-word") return `day passed ${counted} ago, no word yet`;
  return `${stateWords[state]}, ${counted}${state === "late" ? "" : " late"}`;
}

/** How many stand so: `3 late`, `2 past their day without word`. */
export function countedWords(many: number, state: MilestoneState): string {
  return `${many} ${state === "no-word" ? "past their day without word" : stateWords[state]}`;
}

export function daysText(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}
