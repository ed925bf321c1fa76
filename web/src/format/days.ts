import type { DatePrecision } from "../../../src/core/entries.ts";
import { monthNames } from "../../../src/core/months.ts";

/** "2024-04-03" (or an instant beginning so) is "3 April 2024"; anything else comes back as it is. */
export function formatDay(day: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(day);
  const month = monthNames[Number(match?.[2] ?? 0) - 1];
  return match === null || month === undefined ? day : `${Number(match[3])}\u00a0${month}\u00a0${match[1]}`;
}

/** "2024-04" is "April 2024", "2024" is "2024". */
export function formatPeriod(period: string): string {
  const match = /^(\d{4})-(\d{2})$/.exec(period);
  const month = monthNames[Number(match?.[2] ?? 0) - 1];
  return match === null || month === undefined ? period : `${month} ${match[1]}`;
}

/** A day said no more exactly than it is known. */
export function formatDated(day: string | null, precision: DatePrecision): string {
  if (day === null || precision === "none") return "no date given";
  if (precision === "month") return formatPeriod(day.slice(0, 7));
  return precision === "by" ? `by ${formatDay(day)}` : formatDay(day);
}

/** The middle of a day or period as a number, for the place on a time axis. */
export function instantOf(period: string): number {
  return Date.parse(
    period.length === 4 ? `${period}-07-01` : period.length === 7 ? `${period}-15` : period.slice(0, 10),
  );
}
