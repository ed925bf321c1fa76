import type { EffectiveDate, ImportRemark } from "#core/entries.ts";
import type { Stream } from "#core/bindingness.ts";
import { cellAt, isPlaceholder, lookUp } from "../cells.ts";
import { dayOrder, readDate, type DayOrder } from "../dates.ts";
import type { Gathering } from "../gathering.ts";
import { pause, type ReadOptions, type Table } from "../reading.ts";
import type { Columns } from "./columns.ts";
import { detailMeanings, type Meaning } from "./synonyms.ts";

/** One row of the main table with what every generation says. `cell` is trimmed, "" when absent. */
export type KielRow = Readonly<{
  row: number; // 1-based, as a spreadsheet shows it
  sheet: string | null;
  id: string;
  donor: string;
  category: string;
  effective: EffectiveDate;
  stream: Stream;
  title: string;
  explanation: string;
  details: Readonly<Record<string, string>>;
  sourceLinks: readonly string[];
  cell: (meaning: Meaning) => string;
  note: (severity: ImportRemark["severity"], code: string, meaning: Meaning, reason: string) => void;
}>;

const categories: Readonly<Record<string, string>> = {
  military: "Military",
  humanitarian: "Humanitarian",
  financial: "Financial",
};
const rowsBetweenPauses = 2_000;
const goods = /equip|weapon|material|medic|suppl|vehicle/i;

type Context = Readonly<{
  table: Table;
  columns: Columns;
  gathering: Gathering;
  order: DayOrder;
  needed: readonly Meaning[];
}>;

/**
 * The rows under the header in order. Rows that name no donor or kind of aid (or no ID where one is needed) are refused with a remark and left out.
 * @throws MainstayError import_cancelled
 */
export async function kielRows(
  table: Table,
  columns: Columns,
  gathering: Gathering,
  idNeeded: boolean,
  options: ReadOptions,
): Promise<KielRow[]> {
  const order = dayOrder(table.rows.slice(columns.headerRow + 1).map((row) => cellAt(row, columns.at.date)));
  const needed: readonly Meaning[] = idNeeded ? ["id", "donor", "category"] : ["donor", "category"];
  const rows: KielRow[] = [];
  for (let index = columns.headerRow + 1; index < table.rows.length; index += 1) {
    if (index % rowsBetweenPauses === 0) await pause(options, index, table.rows.length);
    const cells = table.rows[index] ?? [];
    if (cells.every((cell) => cell.trim() === "")) continue;
    const row = kielRow({ table, columns, gathering, order, needed }, cells, index + 1);
    if (row !== null) rows.push(row);
  }
  return rows;
}

function kielRow(
  { table, columns, gathering, order, needed }: Context,
  cells: readonly string[],
  row: number,
): KielRow | null {
  const { sheet } = table;
  const cell = (meaning: Meaning) => cellAt(cells, columns.at[meaning]);
  const note: KielRow["note"] = (severity, code, meaning, reason) => {
    const column = columns.recognised[meaning] ?? meaning;
    gathering.remarks.push({ severity, code, sheet, row, column, found: cell(meaning).slice(0, 200), reason });
  };
  const missing = needed.find((meaning) => isPlaceholder(cell(meaning)));
  if (missing !== undefined) {
    note("refused", "row_names_nothing", missing, "the row does not say it, so it cannot be told whose or what it is");
    return null;
  }
  const date = readDate(cell("date"), order);
  if (date.remark !== null) note("noted", "date_taken_otherwise", "date", date.remark);
  const category = lookUp(categories, cell("category").toLowerCase());
  if (category === undefined) {
    note("noted", "category_unknown", "category", "not one of the tracker's kinds of aid; kept as written");
  }
  return {
    row,
    sheet,
    id: cell("id"),
    donor: cell("donor"),
    category: category ?? cell("category"),
    effective: date.effective,
    stream: streamOf(category ?? "", cell("type")),
    title: titleOf(cell),
    explanation: isPlaceholder(cell("explanation")) ? "" : cell("explanation"),
    details: detailsOf(columns, cell, date.effective),
    sourceLinks: linksOf(cell),
    cell,
    note,
  };
}

/** Military aid is materiel, financial aid finance; humanitarian aid is materiel where its specific type names goods, else finance. */
function streamOf(category: string, type: string): Stream {
  if (category === "Military") return "materiel";
  return category === "Humanitarian" && goods.test(type) ? "materiel" : "finance";
}

function titleOf(cell: (meaning: Meaning) => string): string {
  // A package's short list may hold placeholders between its items.
  const items = cell("itemsShort").split(";");
  const named = items.map((item) => item.trim()).filter((item) => item !== "" && !isPlaceholder(item));
  if (named.length > 0) return clipped(named.join("; "));
  const type = cell("type");
  if (!isPlaceholder(type)) return clipped(type);
  return isPlaceholder(cell("explanation")) ? "" : clipped(cell("explanation"));
}

function clipped(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 159)}…`;
}

function detailsOf(
  columns: Columns,
  cell: (meaning: Meaning) => string,
  effective: EffectiveDate,
): Record<string, string> {
  const kept: Meaning[] = effective.precision === "day" ? [...detailMeanings] : ["date", ...detailMeanings];
  return Object.fromEntries(
    kept.flatMap((meaning) => {
      const header = columns.recognised[meaning];
      return header === undefined || isPlaceholder(cell(meaning)) ? [] : [[header, cell(meaning)] as const];
    }),
  );
}

function linksOf(cell: (meaning: Meaning) => string): string[] {
  const cells = [cell("source1"), cell("source2"), cell("source3"), cell("source4"), cell("sourceDelivery")];
  return [
    ...new Set(
      cells
        .flatMap((text) => text.split(/[\s,;]+(?=https?:)/))
        .map((text) => text.trim())
        .filter((text) => /^https?:\/\/\S+$/.test(text)),
    ),
  ];
}
