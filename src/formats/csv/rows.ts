import type { BindingClass } from "#core/bindingness.ts";
import type { EffectiveDate, ImportRemark, UnitRef } from "#core/entries.ts";
import { isNumber, isPlaceholder, lookUp, numberParts, slug } from "../cells.ts";
import { monthEnd, readDate, type DayOrder } from "../dates.ts";
import { currencyUnit, itemUnit } from "../units.ts";
import type { Header } from "./header.ts";
import { scaleDigits, type AmountRule, type DateSource, type Mapping, type TextSource } from "./mapping.ts";

/** One amount of one row, before it has a code. `quantity` null is unknown. */
export type MappedAmount = Readonly<{
  row: number; // 1-based
  cells: readonly string[];
  donor: string;
  category: string;
  class: BindingClass;
  unit: UnitRef;
  quantity: bigint | null;
  reported: bigint | null;
  effective: EffectiveDate;
  code: string | null;
}>;

export type Reader = Readonly<{ mapping: Mapping; header: Header; order: DayOrder; remarks: ImportRemark[] }>;

const valuationDigits = 6;
const undated: EffectiveDate = { on: null, precision: "none" };

/** The amounts of one row by the mapping's rules. What cannot be read is refused with a remark and left out. */
export function mapRow(reader: Reader, cells: readonly string[], row: number): MappedAmount[] {
  const { mapping, header } = reader;
  const refuse = (code: string, column: string, reason: string) =>
    note(reader, "refused", code, row, column, header.cell(cells, column), reason);
  const donor = textOf(mapping.donor, header, cells);
  if (donor === null) {
    refuse(
      "row_names_nothing",
      "column" in mapping.donor ? mapping.donor.column : "donor",
      "no giver the mapping knows",
    );
    return [];
  }
  const effective = dateOf(reader, cells, row);
  const code =
    mapping.code === undefined ? null : mapping.code.columns.map((name) => slug(header.cell(cells, name))).join("/");
  return mapping.amounts.flatMap((rule) => {
    const category = rule.category ?? (mapping.category === undefined ? null : textOf(mapping.category, header, cells));
    if (category === null) {
      refuse(
        "category_unknown",
        mapping.category !== undefined && "column" in mapping.category ? mapping.category.column : "category",
        "no category the mapping knows",
      );
      return [];
    }
    const amount = amountOf(rule, reader, cells, refuse);
    return amount === null ? [] : [{ row, cells, donor, category, effective, code, ...amount }];
  });
}

type Refuse = (code: string, column: string, reason: string) => void;

function amountOf(rule: AmountRule, reader: Reader, cells: readonly string[], refuse: Refuse) {
  const { header, mapping } = reader;
  const stated = classOf(rule, header, cells);
  if (stated === null) {
    refuse(
      "class_unknown",
      typeof rule.class === "string" ? rule.class : rule.class.column,
      "no word the mapping knows",
    );
    return null;
  }
  const unit = unitOf(rule, header, cells);
  if (unit === null) {
    refuse(
      "unit_unreadable",
      "currencyColumn" in rule.unit ? rule.unit.currencyColumn : rule.quantity.column,
      "names no currency or item",
    );
    return null;
  }
  if (stated.unknown) return { class: stated.class, unit, quantity: null, reported: null };
  const written = header.cell(cells, rule.quantity.column);
  if (!isNumber(written)) {
    if (isPlaceholder(written))
      return rule.zero === "leave-out" ? null : { class: stated.class, unit, quantity: null, reported: null };
    refuse("value_unreadable", rule.quantity.column, "not a number and not one of the words for none");
    return null;
  }
  const quantity = numberParts(written, scaleDigits[rule.quantity.in] + unit.scale) ?? 0n;
  const reported = reportedOf(rule, unit, mapping.reportedCurrency, header, cells);
  if (quantity === 0n && rule.zero === "leave-out") return null;
  return { class: stated.class, unit, quantity, reported };
}

function reportedOf(
  rule: AmountRule,
  unit: UnitRef,
  currency: string,
  header: Header,
  cells: readonly string[],
): bigint | null {
  if (rule.reported !== undefined)
    return numberParts(header.cell(cells, rule.reported.column), scaleDigits[rule.reported.in] + valuationDigits);
  return unit.code === currency
    ? numberParts(header.cell(cells, rule.quantity.column), scaleDigits[rule.quantity.in] + valuationDigits)
    : null;
}

function classOf(
  rule: AmountRule,
  header: Header,
  cells: readonly string[],
): Readonly<{ class: BindingClass; unknown: boolean }> | null {
  if (typeof rule.class === "string") return { class: rule.class, unknown: false };
  const stated = lookUp(rule.class.values, header.cell(cells, rule.class.column));
  if (stated === undefined) return null;
  return typeof stated === "string" ? { class: stated, unknown: false } : { class: stated.class, unknown: true };
}

function unitOf(rule: AmountRule, header: Header, cells: readonly string[]): UnitRef | null {
  if ("currency" in rule.unit) return currencyUnit(rule.unit.currency);
  if ("currencyColumn" in rule.unit) return currencyUnit(header.cell(cells, rule.unit.currencyColumn));
  const item = itemUnit(header.cell(cells, rule.unit.itemColumn));
  return item.code === "item:" ? null : item;
}

/** null when the cell says nothing, or the mapping lists the column's words and this is none of them. */
function textOf(source: TextSource, header: Header, cells: readonly string[]): string | null {
  if ("constant" in source) return source.constant;
  const written = header.cell(cells, source.column);
  if (source.values !== undefined) return lookUp(source.values, written) ?? null;
  return isPlaceholder(written) ? null : written;
}

/** The first of the mapping's date sources that gives a date. */
function dateOf(reader: Reader, cells: readonly string[], row: number): EffectiveDate {
  for (const source of reader.mapping.date) {
    const effective =
      "column" in source ? fromCell(reader, cells, source.column, row) : fromNumbers(source, reader.header, cells);
    if (effective.precision !== "none") return effective;
  }
  return undated;
}

function fromCell(reader: Reader, cells: readonly string[], column: string, row: number): EffectiveDate {
  const written = reader.header.cell(cells, column);
  const date = readDate(written, reader.order);
  if (date.remark !== null) note(reader, "noted", "date_taken_otherwise", row, column, written, date.remark);
  return date.effective;
}

function fromNumbers(
  source: Exclude<DateSource, { column: string }>,
  header: Header,
  cells: readonly string[],
): EffectiveDate {
  if ("monthNumber" in source) {
    const count = whole(header.cell(cells, source.monthNumber));
    if (
      count === null ||
      count < 1 ||
      (source.where !== undefined && header.cell(cells, source.where.column) !== source.where.is)
    )
      return undated;
    const months = Number(source.first.slice(0, 4)) * 12 + Number(source.first.slice(5)) - 1 + count - 1;
    return monthEnd(Math.floor(months / 12), (months % 12) + 1);
  }
  const year = whole(header.cell(cells, source.year));
  const month = source.month === undefined ? null : whole(header.cell(cells, source.month));
  if (year === null || year < 1990 || year > 2099) return undated;
  if (source.month === undefined) return { on: `${year}-12-31`, precision: "by" };
  return month === null || month < 1 || month > 12 ? undated : monthEnd(year, month);
}

function whole(cell: string): number | null {
  return /^\d{1,6}(?:\.0+)?$/.test(cell) ? Number.parseInt(cell, 10) : null;
}

function note(
  reader: Reader,
  severity: ImportRemark["severity"],
  code: string,
  row: number,
  column: string,
  found: string,
  reason: string,
): void {
  reader.remarks.push({ severity, code, sheet: null, row, column, found: found.slice(0, 200), reason });
}
