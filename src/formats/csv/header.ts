import { MainstayError } from "#core/errors.ts";
import { cellAt } from "../cells.ts";
import type { Table } from "../reading.ts";
import type { Mapping } from "./mapping.ts";

/** A table's columns by the names a mapping uses, whatever their order, case and blanks. */
export type Header = Readonly<{
  row: number;
  at: (name: string) => number;
  cell: (row: readonly string[], name: string) => string;
  unknown: readonly string[];
}>;

/**
 * Finds the columns a mapping names. `ignored` ones may be absent.
 * @throws MainstayError missing_columns | header_only
 */
export function readHeader(
  table: Table,
  headerRow: number,
  needed: readonly string[],
  ignored: readonly string[],
): Header {
  const headers = (table.rows[headerRow - 1] ?? []).map((header) => header.trim());
  const loose = headers.map(loosened);
  const find = (name: string) => {
    const exact = headers.indexOf(name.trim());
    return exact >= 0 ? exact : loose.indexOf(loosened(name));
  };
  const missing = [...new Set(needed)].filter((name) => find(name) < 0);
  const place = { file: table.file, row: headerRow };
  if (missing.length > 0) {
    const found = headers
      .filter((header) => header !== "")
      .slice(0, 40)
      .map((header) => JSON.stringify(header.slice(0, 60)));
    throw new MainstayError(
      "missing_columns",
      `no ${missing.map((name) => `"${name}"`).join(", no ")}, among the headers ${found.join(", ")}`,
      place,
    );
  }
  if (table.rows.length <= headerRow) throw new MainstayError("header_only", undefined, place);
  const known = new Set([...needed, ...ignored].map(find));
  return {
    row: headerRow,
    at: find,
    cell: (row, name) => cellAt(row, find(name)),
    unknown: headers.filter((header, index) => header !== "" && !known.has(index)).toSorted(),
  };
}

function loosened(header: string): string {
  return header
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, "");
}

/** Every column a release mapping reads from. */
export function columnsOf(mapping: Mapping): string[] {
  const dates = mapping.date.flatMap((source) => {
    if ("column" in source) return [source.column];
    if ("monthNumber" in source)
      return [source.monthNumber, ...(source.where === undefined ? [] : [source.where.column])];
    return source.month === undefined ? [source.year] : [source.year, source.month];
  });
  const amounts = mapping.amounts.flatMap((rule) => [
    rule.quantity.column,
    ...(rule.reported === undefined ? [] : [rule.reported.column]),
    ...(typeof rule.class === "string" ? [] : [rule.class.column]),
    ...("currencyColumn" in rule.unit
      ? [rule.unit.currencyColumn]
      : "itemColumn" in rule.unit
        ? [rule.unit.itemColumn]
        : []),
  ]);
  const texts = [mapping.donor, mapping.category].flatMap((source) =>
    source !== undefined && "column" in source ? [source.column] : [],
  );
  const single = [mapping.titleColumn, mapping.explanationColumn].filter((name) => name !== undefined);
  return [
    ...texts,
    ...(mapping.code?.columns ?? []),
    ...dates,
    ...amounts,
    ...single,
    ...mapping.details,
    ...mapping.links,
  ];
}
