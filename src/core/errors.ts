/** What went wrong, as a closed set: every code has a title (a sentence) and advice (what to do). `docs/errors.md` is generated from it. */
export const errorCatalogue = {
  invalid_date: {
    title: "A date could not be read.",
    advice: "Write dates as YYYY-MM-DD, for example 2024-04-03.",
  },
  invalid_amount: {
    title: "An amount could not be read as an exact number.",
    advice: "Write digits with a point for the fraction and no thousands separators, for example 1250000.50.",
  },
  unknown_book: {
    title: "There is no book of that name.",
    advice: "List the books with `npx mainstay books`.",
  },
  unknown_party: {
    title: "A party is not in the register.",
    advice: "Use a name, alias or code from `npx mainstay parties`, or add the party to the reference first.",
  },
  unknown_group: {
    title: "There is no group of that name.",
    advice: "List the groups with `npx mainstay groups`.",
  },
  unknown_dimension: {
    title: "A figure cannot be grouped by that word.",
    advice: "Group by donor, category, stream, group, year, month or class.",
  },
  unknown_basis: {
    title: "That is not a basis for a figure.",
    advice: "Use as-reported, at-event or constant:YYYY-MM-DD.",
  },
  unknown_boundary: {
    title: "That is not a boundary for a figure.",
    advice: "Use all, nations, organisations or group:NAME.",
  },
  unknown_class: {
    title: "That is not a class of bindingness.",
    advice: "Use said, bound, placed, moved or received.",
  },
  unknown_release: {
    title: "There is no release of that name in the book.",
    advice: "List the releases with `npx mainstay releases --book NAME`.",
  },
  release_already_imported_with_other_content: {
    title: "A release of that name is already on record with other content.",
    advice: "Give the corrected file a release name of its own; what is on record is never replaced.",
  },
  release_date_taken: {
    title: "Another release of the same series was published on that day.",
    advice: "Give the date on which this release itself was published.",
  },
  posting_unit_mismatch: {
    title: "A posting joins two accounts of different units.",
    advice: "Post each unit on its own; conversion happens on reading.",
  },
  posting_quantity_not_positive: {
    title: "A posting's quantity must be a whole number of smallest parts greater than zero.",
    advice: "Turn a decrease into a posting in the other direction.",
  },
  stage_below_zero: {
    title: "A posting would take more out of a stage than stands there.",
    advice: "Post no more than what stands at the stage, or correct the earlier posting by a reversal.",
  },
  postings_are_append_only: {
    title: "Postings are never changed or deleted.",
    advice: "Correct by a reversal and a new posting, with a reason and a source.",
  },
  migration_changed: {
    title: "The database was made by another version of this program: a migration it has applied reads differently here.",
    advice: "Run the version that made the database, or start on a new data folder and import again.",
  },
  import_cancelled: {
    title: "The import was cancelled.",
    advice: "Nothing was stored; run it again when you are ready.",
  },
} as const satisfies Record<string, { title: string; advice: string }>;

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
  return [entry.title, found === undefined ? "" : `Found: ${found}.`, where === "" ? "" : `Where: ${where}.`, entry.advice]
    .filter((part) => part !== "")
    .join(" ");
}
