import { MainstayError } from "#core/errors.ts";
import { isNumber, isPlaceholder } from "../cells.ts";
import { columnLetter, type Table } from "../reading.ts";
import { meanings, synonyms, workingColumns, type Meaning } from "./synonyms.ts";

/** Which column carries which meaning, the row the header stands in, and what was not recognised. */
export type Columns = Readonly<{
  headerRow: number; // index into the table's rows
  at: Readonly<Partial<Record<Meaning, number>>>;
  headers: readonly string[];
  recognised: Readonly<Record<string, string>>; // meaning -> the header it was found under
  unknown: readonly string[];
}>;

const headerSearchRows = 25;
const sampleRows = 2_000;

/** A header without what drifts: case, blanks, punctuation, the number a tool adds to a repeated name, and a remark in brackets. */
export function normaliseHeader(header: string): string {
  return lettersOf(unnumbered(header).replaceAll(/\([^)]*\)?/g, " "));
}

function lettersOf(header: string): string {
  return header
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "");
}

function unnumbered(header: string): string {
  return header.replace(/\.\d+\s*$/, "");
}

/** How many meanings the likeliest header row of a table carries: used to find the main table among others. */
export function headerScore(table: Table): number {
  const row = findHeaderRow(table);
  return row < 0 ? 0 : byHeader(table.rows[row] ?? []).size;
}

/**
 * Recognises a main table's columns by header, then unnamed ones by what stands in them.
 * @throws MainstayError main_table_not_found | missing_columns | header_only
 */
export function recogniseColumns(table: Table): Columns {
  const place = { file: table.file, sheet: table.sheet ?? undefined };
  const headerRow = findHeaderRow(table);
  if (headerRow < 0)
    throw new MainstayError("main_table_not_found", excerpt(table.rows[0] ?? []), { ...place, row: 1 });
  const headers = (table.rows[headerRow] ?? []).map((header) => header.trim());
  const body = table.rows.slice(headerRow + 1, headerRow + 1 + sampleRows);
  const found = byHeader(headers);
  addByContent(found, headers, body);
  const missing = missingMeanings(found);
  if (missing.length > 0) {
    throw new MainstayError("missing_columns", `no ${missing.join(", no ")}, among the headers ${excerpt(headers)}`, {
      ...place,
      row: headerRow + 1,
    });
  }
  if (body.every((row) => row.every((cell) => cell.trim() === "")))
    throw new MainstayError("header_only", undefined, { ...place, row: headerRow + 1 });
  return {
    headerRow,
    at: Object.fromEntries(found),
    headers,
    recognised: named(found, headers),
    unknown: unknownHeaders(found, headers),
  };
}

/** From 2024 on rows have a measure and need neither IDs nor original totals; before, both are needed. */
function missingMeanings(found: ReadonlyMap<Meaning, number>): string[] {
  const needed: readonly Meaning[] = found.has("measure")
    ? ["donor", "category", "value"]
    : ["id", "donor", "category", "currency", "total", "value"];
  return needed.filter((meaning) => !found.has(meaning)).map((meaning) => `"${neededNames[meaning] ?? meaning}"`);
}

const neededNames: Readonly<Partial<Record<Meaning, string>>> = {
  id: "ID",
  donor: "Countries",
  category: "Type of Aid General",
  currency: "Original Currency",
  total: "Total",
  value: "Converted Value in EUR",
};

function findHeaderRow(table: Table): number {
  const scores = table.rows.slice(0, headerSearchRows).map((row) => byHeader(row).size);
  const best = Math.max(0, ...scores);
  return best < 2 ? -1 : scores.indexOf(best);
}

function byHeader(headers: readonly string[]): Map<Meaning, number> {
  const found = new Map<Meaning, number>();
  // A number or a remark in brackets may be all that tells two headers apart ("Items (short version)"), so they count first.
  for (const normalised of [
    headers.map(lettersOf),
    headers.map((header) => lettersOf(unnumbered(header))),
    headers.map(normaliseHeader),
  ]) {
    for (const meaning of meanings) {
      if (found.has(meaning)) continue;
      const taken = new Set(found.values());
      const columns = synonyms[meaning].map((synonym) =>
        normalised.findIndex((name, index) => name === synonym && !taken.has(index)),
      );
      const column = columns.find((index) => index >= 0);
      if (column !== undefined) found.set(meaning, column);
    }
  }
  return new Map(
    meanings.flatMap((meaning) => (found.has(meaning) ? [[meaning, found.get(meaning) ?? 0] as const] : [])),
  );
}

/** What the cells of an unnamed column must look like to be taken for a meaning that no header gives. */
const contents: readonly Readonly<{ meaning: Meaning; share: number; looks: (cell: string) => boolean }>[] = [
  { meaning: "id", share: 0.9, looks: (cell) => /^[A-Z]{2,4}[MHF]\d{1,4}$/.test(cell) },
  { meaning: "measure", share: 0.95, looks: (cell) => /^(?:allocation|commitment)s?$/i.test(cell) },
  { meaning: "category", share: 0.95, looks: (cell) => /^(?:military|humanitarian|financial)$/i.test(cell) },
  { meaning: "currency", share: 0.9, looks: (cell) => /^[A-Z]{3}$/.test(cell) },
  {
    meaning: "date",
    share: 0.7,
    looks: (cell) => /^(?:until )?(?:\d{4}-\d\d-\d\d|\d{1,2}\/\d{1,2}\/\d{4})/.test(cell),
  },
];

function addByContent(
  found: Map<Meaning, number>,
  headers: readonly string[],
  body: readonly (readonly string[])[],
): void {
  const width = Math.max(headers.length, ...body.map((row) => row.length));
  const taken = new Set(found.values());
  const unnamed = Array.from({ length: width }, (_, index) => index).filter(
    (index) => !taken.has(index) && isUnnamed(headers[index]),
  );
  for (const { meaning, share, looks } of contents) {
    if (found.has(meaning)) continue;
    const column = unnamed.find((index) => {
      const cells = body.map((row) => (row[index] ?? "").trim()).filter((cell) => !isPlaceholder(cell));
      return cells.length > 0 && cells.filter(looks).length >= share * cells.length;
    });
    if (column !== undefined) found.set(meaning, column);
  }
  if (!found.has("item")) {
    const column = itemColumn(
      unnamed.filter((index) => ![...found.values()].includes(index)),
      found.get("units"),
      body,
    );
    if (column !== null) found.set("item", column);
  }
}

/** Items are text, and stand where units are counted or undisclosed; nothing else keeps such company. */
function itemColumn(
  unnamed: readonly number[],
  units: number | undefined,
  body: readonly (readonly string[])[],
): number | null {
  if (units === undefined) return null;
  const scored = unnamed.map((column) => {
    const named = body.filter((row) => !isPlaceholder(row[column] ?? ""));
    const textual = named.filter((row) => !isNumber(row[column] ?? "")).length;
    const together = body.filter(
      (row) => !isPlaceholder(row[column] ?? "") === !["", "."].includes((row[units] ?? "").trim()),
    ).length;
    return {
      column,
      fits: named.length > 0 && textual >= named.length * 0.9 && together >= body.length * 0.9,
      together,
    };
  });
  const fitting = scored.filter(({ fits }) => fits).sort((a, b) => b.together - a.together);
  return fitting[0]?.column ?? null;
}

function isUnnamed(header: string | undefined): boolean {
  return header === undefined || header.trim() === "" || /^unnamed:? ?\d*$/i.test(header.trim());
}

function named(found: ReadonlyMap<Meaning, number>, headers: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    [...found].map(([meaning, index]) => [
      meaning,
      headers[index] || `(column ${columnLetter(index)}, by its content)`,
    ]),
  );
}

function unknownHeaders(found: ReadonlyMap<Meaning, number>, headers: readonly string[]): string[] {
  const taken = new Set(found.values());
  const names = new Set([...found.keys()].flatMap((meaning) => synonyms[meaning]));
  return headers
    .filter((header, index) => {
      if (taken.has(index) || isUnnamed(header)) return false;
      const normalised = normaliseHeader(header);
      return !names.has(normalised) && !workingColumns.some((pattern) => pattern.test(normalised));
    })
    .toSorted();
}

function excerpt(headers: readonly string[]): string {
  const shown = headers.filter((header) => header.trim() !== "").slice(0, 40);
  return shown.length === 0 ? "nothing" : shown.map((header) => JSON.stringify(header.trim().slice(0, 60))).join(", ");
}
