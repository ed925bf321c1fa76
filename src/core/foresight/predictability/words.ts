import { monthNames } from "../../months.ts";

/** A day for reading: 1 January 2023. */
export function wordsOfDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return `${date} ${monthNames[month - 1]} ${year}`;
}

/** `1 row`, `2 rows`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
