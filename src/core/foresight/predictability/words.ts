import { monthNames } from "../../months.ts";

/** A day for reading: 1 January 2023. */
export function wordsOfDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return `${date} ${monthNames[month - 1]} ${year}`;
}
