import type { BindingClass, Stream } from "./bindingness.ts";

/** How exactly a day is known. `day`: that day. `by`: no later than it. `month`: some day of its month (the day is the month's last). `none`: no date given. */
export type DatePrecision = "day" | "by" | "month" | "none";

/** When something took effect. `on` is an ISO day, null exactly when the precision is `none`. */
export type EffectiveDate = Readonly<{ on: string | null; precision: DatePrecision }>;

/** What is counted: a currency by its ISO 4217 code with its decimals, or an item kind counted in pieces. */
export type UnitRef = Readonly<{ code: string; kind: "currency" | "item" | "time"; scale: number; name: string }>;

/** One undertaking by one giver of one unit, as a release reads it. Identified in a book by code, donor, category and unit. */
export type PromiseReading = Readonly<{
  code: string;
  donor: string; // a party's name, alias or code as the source writes it; resolved against the register on import
  recipient: string;
  stream: Stream;
  category: string; // the source's own: Military, Humanitarian, Financial, ...
  unit: UnitRef;
  title: string;
  explanation: string;
  details: Readonly<Record<string, string>>; // what else the source says, by its own column names; empty and placeholder cells left out
  sourceLinks: readonly string[];
  row: number; // where in the file: the 1-based row of the sheet or CSV
  sheet: string | null;
  quantityStated: boolean; // false when the source names the undertaking but gives no quantity: unknown, not zero
}>;

/** A step of a promise's quantity. `from`/`to` null is outside the promise. `contra` marks a source's decrease that names nothing to decrease. */
export type LedgerEntry = Readonly<{
  promise: number; // index into the readings it belongs to
  from: BindingClass | null;
  to: BindingClass | null;
  contra: boolean;
  quantity: bigint; // smallest parts of the promise's unit, > 0
  reported: bigint | null; // the source's own valuation in millionths of reportedCurrency; null when it gives none
  effective: EffectiveDate;
}>;

/** Whether a release says anything of a class, and if not in figures, why. */
export type ClassCoverage = Readonly<{ class: BindingClass; state: CoverageState; reason: string }>;

/**
 * `stated`: in figures, for all it covers. `partial`: in figures, for some of it only; the reason says for what.
 * `unvalued`: named without a value. `absent`: not spoken of.
 */
export const coverageStates = ["stated", "partial", "unvalued", "absent"] as const;
export type CoverageState = (typeof coverageStates)[number];

/** Something an importer met that a person should know: `refused` rows stay out, `noted` rows went in. */
export type ImportRemark = Readonly<{
  severity: "refused" | "noted";
  code: string;
  sheet: string | null;
  row: number;
  column: string;
  found: string;
  reason: string;
}>;

/** A whole file read into the domain: what every importer returns and the record takes in as one release of one series. */
export type ReleaseContent = Readonly<{
  series: string; // releases of one series supersede one another; different series of a book stand side by side
  reportedCurrency: string;
  readings: readonly PromiseReading[];
  entries: readonly LedgerEntry[];
  coverage: readonly ClassCoverage[];
  remarks: readonly ImportRemark[];
  columns: Readonly<{ recognised: Readonly<Record<string, string>>; unknown: readonly string[] }>;
  published: readonly PublishedTotal[]; // totals the publisher itself prints, to be compared with ours
}>;

/** A total as its publisher prints it. Amount in millionths of the reported currency. */
export type PublishedTotal = Readonly<{
  donor: string;
  category: string;
  class: BindingClass;
  amount: bigint;
  place: string;
}>;
