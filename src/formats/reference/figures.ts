import { bindingClasses, streams } from "#core/bindingness.ts";
import type {
  BudgetSupportRecord,
  MilestoneRecord,
  NeedRecord,
  PublishedTotalRecord,
  StatementRecord,
} from "./records.ts";
import { known } from "./register.ts";
import { amount, day, isDay, oneOf, optional, readRows, refuse, refuseDoubles, text, type Row } from "./table.ts";

type Files = ReadonlyMap<string, string>;
type Ids = ReadonlySet<string>;
export const categories = ["Military", "Financial", "Humanitarian"] as const;
export type Category = (typeof categories)[number];

/** A row of the totals: what one release says a donor stands at in one class, for a year, up to a day, or with no date. Millionths of EUR. */
export type TotalRow = Readonly<{
  release: string;
  donor: string;
  category: Category;
  class: "bound" | "placed";
  period: string; // a year, a day, or "undated"
  amount: bigint;
  row: number;
}>;

/** @throws MainstayError reference_invalid */
export function readTotals(files: Files, sources: Ids, parties: Ids, releases: Ids): readonly TotalRow[] {
  const rows = readRows(files, "totals.csv", ["release", "donor", "category", "class", "period", "amount", "source"]);
  refuseDoubles(rows, ["release", "donor", "category", "class", "period"]);
  return rows.map((row) => {
    known(row, "source", sources);
    const value = amount(row, "amount", 6);
    if (value === 0n) throw refuse(row, "amount", "zero, which needs no row");
    return {
      release: known(row, "release", releases),
      donor: known(row, "donor", parties),
      category: oneOf(row, "category", categories),
      class: oneOf(row, "class", ["bound", "placed"]),
      period: period(row),
      amount: value,
      row: row.row,
    };
  });
}

/** @throws MainstayError reference_invalid */
export function readBudgetSupport(
  files: Files,
  sources: Ids,
  parties: Ids,
  releases: Ids,
): readonly (BudgetSupportRecord & { row: number })[] {
  const rows = readRows(files, "budget_support.csv", [
    "release",
    "donor",
    "period",
    "committed",
    "disbursed",
    "source",
  ]);
  refuseDoubles(rows, ["release", "donor", "period"]);
  return rows.map((row) => ({
    release: known(row, "release", releases),
    donor: known(row, "donor", parties),
    period: period(row),
    committed: optional(row, "committed") === null ? null : amount(row, "committed", 6),
    disbursed: amount(row, "disbursed", 6),
    source: known(row, "source", sources),
    row: row.row,
  }));
}

function period(row: Row): string {
  const found = text(row, "period");
  if (found !== "undated" && !/^20\d{2}$/.test(found) && !isDay(found)) throw refuse(row, "period", found);
  return found;
}

/** @throws MainstayError reference_invalid */
export function readPublishedTotals(
  files: Files,
  sources: Ids,
  parties: Ids,
  releases: Ids,
): readonly PublishedTotalRecord[] {
  const rows = readRows(files, "published_totals.csv", [
    "release",
    "donor",
    "category",
    "class",
    "amount",
    "place",
    "source",
  ]);
  refuseDoubles(rows, ["release", "donor", "category", "class"]);
  const donors = new Set([...parties, "all", "nations-and-eu"]);
  return rows.map((row) => ({
    release: known(row, "release", releases),
    donor: known(row, "donor", donors),
    category: oneOf(row, "category", [...categories, "all"]),
    class: oneOf(row, "class", bindingClasses),
    amount: amount(row, "amount", 6),
    place: text(row, "place"),
    source: known(row, "source", sources),
  }));
}

/** @throws MainstayError reference_invalid, also when a posted statement lacks giver, category, stream or amount, or an unposted one a reason */
export function readStatements(
  files: Files,
  sources: Ids,
  parties: Ids,
): readonly (StatementRecord & { row: number })[] {
  const columns =
    "id,said_on,speaker,giver,category,stream,amount,currency,posted,title,place,source,passage,note".split(",");
  const rows = readRows(files, "statements.csv", columns);
  refuseDoubles(rows, ["id"]);
  const passages = new Set(
    readRows(files, "passages.csv", ["source", "id", "locator", "quote"]).map(
      (row) => `${row.cells["source"]}/${row.cells["id"]}`,
    ),
  );
  return rows.map((row) => {
    const posted = oneOf(row, "posted", ["yes", "no"]) === "yes";
    for (const column of posted ? ["giver", "category", "stream", "amount", "currency"] : ["note"]) text(row, column);
    const passage = text(row, "passage");
    if (!passages.has(`${text(row, "source")}/${passage}`))
      throw refuse(row, "passage", `${passage}, which the source has not`);
    return {
      id: text(row, "id"),
      saidOn: day(row, "said_on"),
      speaker: text(row, "speaker"),
      giver: optional(row, "giver") === null ? null : known(row, "giver", parties),
      category: optional(row, "category"),
      stream: optional(row, "stream") === null ? null : oneOf(row, "stream", streams),
      amount: optional(row, "amount") === null ? null : amount(row, "amount", 2),
      currency: optional(row, "currency") === null ? null : oneOf(row, "currency", ["EUR", "USD"]),
      posted,
      title: text(row, "title"),
      place: text(row, "place"),
      source: known(row, "source", sources),
      passage,
      note: optional(row, "note") ?? "",
      row: row.row,
    };
  });
}

/** @throws MainstayError reference_invalid */
export function readNeeds(files: Files, sources: Ids): readonly NeedRecord[] {
  const rows = readRows(files, "needs.csv", ["item", "measure", "quantity", "stated_by", "as_of", "source", "note"]);
  refuseDoubles(rows, ["item", "measure", "stated_by"]);
  return rows.map((row) => ({
    item: text(row, "item"),
    measure: text(row, "measure"),
    quantity: amount(row, "quantity", 0),
    statedBy: text(row, "stated_by"),
    asOf: day(row, "as_of"),
    source: known(row, "source", sources),
    note: optional(row, "note") ?? "",
  }));
}

/** @throws MainstayError reference_invalid */
export function readMilestones(files: Files, sources: Ids, groups: Ids): readonly MilestoneRecord[] {
  const rows = readRows(files, "milestones.csv", ["on", "precision", "kind", "title", "group", "source", "note"]);
  return rows.map((row) => ({
    on: day(row, "on"),
    precision: oneOf(row, "precision", ["day", "by", "month"]),
    kind: text(row, "kind"),
    title: text(row, "title"),
    group: optional(row, "group") === null ? null : known(row, "group", groups),
    source: known(row, "source", sources),
    note: optional(row, "note") ?? "",
  }));
}
