import type { Bucket } from "../instance.ts";
import { monthNames } from "../../months.ts";

/** A day for reading: 3 April 2024. */
export function dayText(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${monthNames[(month ?? 1) - 1]} ${year}`;
}

/** The months of some buckets for reading: May and June 2026; from May 2026 to March 2027. */
export function monthsText(buckets: readonly Bucket[]): string {
  const months = [...new Set(buckets.flatMap(({ from, until }) => [from.slice(0, 7), until.slice(0, 7)]))].toSorted();
  const [first, last] = [months[0] ?? "", months.at(-1) ?? ""];
  if (first === last) return monthText(first);
  return first.slice(0, 4) === last.slice(0, 4) && months.length === 2
    ? `${monthText(first).split(" ")[0]} and ${monthText(last)}`
    : `${monthText(first)} to ${monthText(last)}`;
}

function monthText(month: string): string {
  return `${monthNames[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
}

/** Points of the score for reading, with as many decimals as say something: never rounded to nothing. */
export function pointsText(points: number): string {
  const size = Math.abs(points);
  if (size === 0) return "0";
  if (size < 0.001) return "less than 0.001";
  return points.toFixed(size >= 10 ? 1 : size >= 0.1 ? 2 : 3);
}

export function countText(count: number): string {
  return count.toLocaleString("en-GB", { maximumFractionDigits: 1 });
}

export function listText(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
