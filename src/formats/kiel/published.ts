import type { BindingClass } from "#core/bindingness.ts";
import type { PublishedTotal } from "#core/entries.ts";
import { isNumber, numberParts } from "../cells.ts";
import { columnLetter, type Table } from "../reading.ts";
import { normaliseHeader } from "./columns.ts";

type PublishedColumn = Readonly<{ column: number; category: string; class: BindingClass; scale: number }>;

const categories = ["Financial", "Humanitarian", "Military"] as const;
const classWords: readonly (readonly [string, BindingClass])[] = [
  ["allocation", "placed"],
  ["commitment", "bound"],
];
const searchRows = 25;

/** The name of the sheet that prints totals by donor, whatever its spelling; null when there is none. */
export function summarySheetName(names: readonly string[]): string | null {
  const matching = names.filter((name) => normaliseHeader(name).includes("countrysummary"));
  return matching.find((name) => name.includes("€") || /eur/i.test(name)) ?? matching[0] ?? null;
}

/**
 * The totals by donor and kind of aid that a summary sheet prints, in millionths of a euro, each with the cell it stands in.
 * The unit (euro in billions or millions) is read from the header or the row under it; columns in other units are left out.
 */
export function readPublishedSummary(table: Table): PublishedTotal[] {
  const headerRow = table.rows
    .slice(0, searchRows)
    .findIndex((row) => donorColumn(row) >= 0 && publishedColumns(row, []).length > 0);
  const header = table.rows[headerRow];
  if (header === undefined) return [];
  const donorAt = donorColumn(header);
  const columns = publishedColumns(header, table.rows[headerRow + 1] ?? []);
  return table.rows.slice(headerRow + 1).flatMap((row, index) => {
    const donor = (row[donorAt] ?? "").trim();
    if (donor === "" || /^(?:grand )?total\b/i.test(donor)) return [];
    return columns.flatMap(({ column, category, class: bindingClass, scale }) => {
      const cell = row[column] ?? "";
      if (!isNumber(cell)) return [];
      const place = `${table.sheet ?? table.file}!${columnLetter(column)}${headerRow + index + 2}`;
      return [{ donor, category, class: bindingClass, amount: numberParts(cell, scale) ?? 0n, place }];
    });
  });
}

function donorColumn(header: readonly string[]): number {
  return header.findIndex((cell) => ["country", "countries", "donor"].includes(normaliseHeader(cell)));
}

/** The first column for each kind and class, in billions unless it says millions. */
function publishedColumns(header: readonly string[], units: readonly string[]): PublishedColumn[] {
  return classWords.flatMap(([word, bindingClass]) =>
    categories.flatMap((category) => {
      const column = header.findIndex((cell, index) => {
        const name = normaliseHeader(cell);
        const unit = `${cell} ${units[index] ?? ""}`;
        return (
          name.startsWith(category.toLowerCase()) &&
          new RegExp(`^${category}${word}s?(?:billion|million|eur|€)*$`, "i").test(name) &&
          !/US|\$|%/.test(unit)
        );
      });
      if (column < 0) return [];
      const scale = /million|mio|mn/i.test(`${header[column]} ${units[column] ?? ""}`) ? 12 : 15;
      return [{ column, category, class: bindingClass, scale }];
    }),
  );
}
