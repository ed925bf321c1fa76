import { errorCatalogue } from "./error-catalogue.ts";

export { errorCatalogue };

export type ErrorCode = keyof typeof errorCatalogue;

/** Where a thing was found: any of file, sheet, row (1-based as a spreadsheet shows it), column (its header or letter), field. */
export type ErrorPlace = Readonly<{
  file?: string | undefined;
  sheet?: string | undefined;
  row?: number | undefined;
  column?: string | undefined;
  field?: string | undefined;
}>;

/** A refusal of the domain. `found` is what was met, in the user's own words; `place` where. The message says all three and what to do. */
export class MainstayError extends Error {
  readonly code: ErrorCode;
  readonly found: string | undefined;
  readonly place: ErrorPlace;

  constructor(code: ErrorCode, found?: string, place: ErrorPlace = {}) {
    super(describeError(code, found, place));
    this.name = "MainstayError";
    this.code = code;
    this.found = found;
    this.place = place;
  }
}

/** The one sentence shown to a person: title, what was found, where, what to do. */
export function describeError(code: ErrorCode, found: string | undefined, place: ErrorPlace): string {
  const entry = errorCatalogue[code];
  const where = (["file", "sheet", "row", "column", "field"] as const)
    .filter((part) => place[part] !== undefined)
    .map((part) => `${part} ${place[part]}`)
    .join(", ");
  return [
    entry.title,
    found === undefined ? "" : `Found: ${found}.`,
    where === "" ? "" : `Where: ${where}.`,
    entry.advice,
  ]
    .filter((part) => part !== "")
    .join(" ");
}
