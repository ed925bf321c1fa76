import { daysBetween } from "../../delivery/watch.ts";
import type { MilestonePrecision } from "./milestone.ts";

type Day = Readonly<{ on: string; precision: MilestonePrecision }>;

/**
 * By how many days an expected day moved, later above zero. A day said more exactly, such as 10 July for some day of July or for a day by the end of
 * the year, did not move; nor did one said less exactly as its month.
 */
export function movedDays(before: Day, after: Day): number {
  if (before.precision === after.precision) return daysBetween(before.on, after.on);
  const stayed = holds(before, after) || (after.precision === "month" && holds(after, before));
  return stayed ? 0 : daysBetween(before.on, after.on);
}

/** Whether what is said of a day lets it be no other than what another says. */
function holds(wide: Day, narrow: Day): boolean {
  if (narrow.precision === "by") return false;
  if (wide.precision === "by") return narrow.on <= wide.on;
  return wide.precision === "month" && narrow.precision === "day" && narrow.on.slice(0, 7) === wide.on.slice(0, 7);
}
