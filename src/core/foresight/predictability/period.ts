import { MainstayError } from "../../errors.ts";
import { daysInMonth, parseDay } from "../../frame.ts";

/** Whole days from `from` to `until`, both of them in it. `text` is how it is written: 2023, 2023H2, 2023Q3 or FROM/TO. */
export type Period = Readonly<{ text: string; from: string; until: string }>;

/** The first and the last month of each part of a year. */
const monthsOf: Readonly<Record<string, readonly [number, number]>> = {
  H1: [1, 6],
  H2: [7, 12],
  Q1: [1, 3],
  Q2: [4, 6],
  Q3: [7, 9],
  Q4: [10, 12],
};

/** @throws MainstayError period_unreadable, invalid_date */
export function parsePeriod(text: string): Period {
  const written = text.trim();
  const [, year, part = ""] = /^(\d{4})(H[12]|Q[1-4])?$/i.exec(written) ?? [];
  if (year !== undefined) {
    const [first, last] = monthsOf[part.toUpperCase()] ?? [1, 12];
    const from = parseDay(`${year}-${String(first).padStart(2, "0")}-01`, "period");
    return { text: written.toUpperCase(), from, until: lastOfMonth(`${year}-${String(last).padStart(2, "0")}-01`) };
  }
  const [first, last, ...more] = written.split("/");
  if (first === undefined || last === undefined || more.length > 0)
    throw new MainstayError("period_unreadable", JSON.stringify(text), { field: "period" });
  const from = parseDay(first, "period");
  const until = parseDay(last, "period");
  if (from > until)
    throw new MainstayError("period_unreadable", `${JSON.stringify(text)}, which ends before it begins`, {
      field: "period",
    });
  return { text: `${from}/${until}`, from, until };
}

/** The calendar year before the one a day is in. */
export function yearBefore(day: string): Period {
  return parsePeriod(String(yearOf(day) - 1).padStart(4, "0"));
}

export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/** Whole days from one to another, negative when the other is earlier. */
export function daysFrom(day: string, other: string): number {
  return Math.round((Date.parse(`${other}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000);
}

export function earlier(day: string, other: string): string {
  return day < other ? day : other;
}

/** The last day of the month a day is in. */
export function lastOfMonth(day: string): string {
  const [year, month] = day.split("-").map(Number) as [number, number];
  return `${day.slice(0, 8)}${String(daysInMonth(year, month)).padStart(2, "0")}`;
}
