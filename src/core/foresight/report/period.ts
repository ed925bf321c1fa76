import { dayWords } from "../../months.ts";
import { parsePeriod } from "../predictability/period.ts";

/** A stretch of the calendar that a report is about; both days are counted. */
export type ReportPeriod = Readonly<{ id: string; from: string; to: string; words: string }>;

const ordinals = ["first", "second", "third", "fourth"] as const;

/**
 * Reads 2024, 2024H2, 2024Q3 or FROM/TO.
 * @throws MainstayError period_unreadable, invalid_date
 */
export function reportPeriod(text: string): ReportPeriod {
  const { text: id, from, until } = parsePeriod(text);
  const [, year = "", kind = "", part = ""] = /^(\d{4})(?:([HQ])(\d))?$/.exec(id) ?? [];
  const ordinal = ordinals[Number(part) - 1];
  const name = ordinal === undefined ? year : `${ordinal} ${kind === "H" ? "half" : "quarter"} of ${year}`;
  return { id, from, to: until, words: year === "" ? `${dayWords(from)} to ${dayWords(until)}` : name };
}
