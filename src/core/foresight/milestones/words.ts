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
  "at-risk": "at risk",
  expected: "expected",
  met: "met",
  missed: "missed",
  cancelled: "cancelled",
};
