import { MainstayError } from "../../errors.ts";
import { daysInMonth } from "../../frame.ts";

/** A stretch of the calendar that a report is about; both days are counted. */
export type ReportPeriod = Readonly<{ id: string; from: string; to: string; words: string }>;

const ordinals = ["first", "second", "third", "fourth"] as const;

/**
 * Reads 2024, 2024H2 or 2024Q3.
 * @throws MainstayError report_period_unreadable
 */
export function parsePeriod(text: string): ReportPeriod {
  const [id, year = "", kind = "", part = "1"] =
    /^(\d{4})(?:(H)([12])|(Q)([1-4]))?$/i.exec(text.trim())?.filter(given) ?? [];
  if (id === undefined || year === "0000")
    throw new MainstayError("report_period_unreadable", JSON.stringify(text), { field: "period" });
  const months = { "": 12, H: 6, Q: 3 }[kind.toUpperCase()] ?? 12;
  const last = Number(part) * months;
  const two = (month: number): string => String(month).padStart(2, "0");
  const name = kind === "" ? "" : `${ordinals[Number(part) - 1] ?? ""} ${months === 6 ? "half" : "quarter"} of `;
  return {
    id: id.toUpperCase(),
    from: `${year}-${two(last - months + 1)}-01`,
    to: `${year}-${two(last)}-${two(daysInMonth(Number(year), last))}`,
    words: `${name}${year}`,
  };
}

const given = (part: string | undefined): part is string => part !== undefined;
