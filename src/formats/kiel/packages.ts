import type { EffectiveDate, LedgerEntry, PromiseReading, UnitRef } from "#core/entries.ts";
import type { BindingClass } from "#core/bindingness.ts";
import { isNumber, isPlaceholder, millionths, numberParts } from "../cells.ts";
import { magnitude, partOf, type Gathering, type PromiseKey } from "../gathering.ts";
import { currencyUnit, euro, itemUnit } from "../units.ts";
import type { KielRow } from "./rows.ts";

export const recipient = "Ukraine";
const undated: EffectiveDate = { on: null, precision: "none" };

/** A row's money: the quantity in its own currency's smallest parts, and the tracker's valuation in millionths of a euro. */
type RowMoney = Readonly<{ unit: UnitRef; quantity: bigint; reported: bigint | null }>;

/**
 * Rows of the generations to 2023: an ID is a package whose value stands in one of its rows, each other row an item of it.
 * Adds one promise of money for an ID (with no quantity when no row gives any), and one for each item kind that is counted.
 */
export function gatherPackages(rows: readonly KielRow[], gathering: Gathering): void {
  const valued = new Set<string>();
  const firstRows = new Map<string, KielRow>();
  for (const row of rows) {
    const money = rowMoney(row);
    if (money === "refused") continue;
    const group = groupOf(row);
    if (!firstRows.has(group)) firstRows.set(group, row);
    if (money !== null) {
      valued.add(group);
      addMoney(row, money, "bound", row.id, gathering);
    }
    addItem(row, "bound", row.id, gathering);
  }
  for (const [group, row] of firstRows) if (!valued.has(group)) addUnvalued(row, gathering);
  namePackages(gathering);
}

/** The money of a package is not the money of its first item: its title says how many kinds there are. */
function namePackages({ readings }: Gathering): void {
  const packageOf = (reading: PromiseReading) => JSON.stringify([reading.code, reading.donor, reading.category]);
  const kinds = new Map<string, number>();
  for (const reading of readings) {
    if (reading.unit.kind === "item") kinds.set(packageOf(reading), (kinds.get(packageOf(reading)) ?? 0) + 1);
  }
  readings.forEach((reading, index) => {
    const count = kinds.get(packageOf(reading)) ?? 0;
    if (reading.unit.kind === "currency" && count > 1)
      readings[index] = { ...reading, title: `${reading.category} package: ${count} kinds of item` };
  });
}

function groupOf(row: KielRow): string {
  return JSON.stringify([row.id, row.donor, row.category]);
}

/** What a row says of money: null when nothing. */
function rowMoney(row: KielRow): RowMoney | null | "refused" {
  const value = row.cell("value");
  if (!isNumber(value) && !isPlaceholder(value)) {
    row.note("refused", "value_unreadable", "value", "not a number and not one of the words for none");
    return "refused";
  }
  const reported = millionths(value);
  const unit = currencyUnit(row.cell("currency"));
  const quantity = unit === null ? null : numberParts(row.cell("total"), unit.scale);
  if (unit !== null && quantity !== null && (quantity === 0n) === ((reported ?? quantity) === 0n))
    return { unit, quantity, reported };
  if (isPlaceholder(row.cell("total")) && reported === null) return null;
  row.note(
    "noted",
    "original_amount_unreadable",
    unit === null ? "currency" : "total",
    "no amount in an original currency; the value in euro stands for it",
  );
  return reported === null ? null : { unit: euro, quantity: numberParts(value, euro.scale) ?? 0n, reported };
}

/**
 * Posts a row's money into a class and, for a package, what of it was delivered. A negative amount is a decrease of nothing named.
 * In the generations from 2024 on what was delivered is kept among the details: no total is published that it could be checked against.
 */
export function addMoney(row: KielRow, money: RowMoney, into: BindingClass, code: string, gathering: Gathering): void {
  const promise = gathering.promise(keyOf(row, code, money.unit), readingOf(row, true));
  if (money.quantity === 0n) return;
  const quantity = magnitude(money.quantity);
  const reported = money.reported === null ? null : magnitude(money.reported);
  const contra = (money.reported ?? money.quantity) < 0n;
  if (contra) row.note("noted", "negative_amount", "value", "posted as a decrease that names nothing to decrease");
  gathering.entries.push({
    promise,
    from: contra ? into : null,
    to: contra ? null : into,
    contra,
    quantity,
    reported,
    effective: row.effective,
  });
  const delivered = millionths(row.cell("delivered"));
  if (into !== "bound" || delivered === null || delivered <= 0n || contra) return;
  addDelivered(row, { promise, from: into, quantity, reported, delivered }, gathering);
}

type Delivery = Readonly<{
  promise: number;
  from: BindingClass;
  quantity: bigint;
  reported: bigint | null;
  delivered: bigint;
}>;

/** The tracker says how much was delivered and not when: the step is undated. */
function addDelivered(
  row: KielRow,
  { promise, from, quantity, reported, delivered }: Delivery,
  gathering: Gathering,
): void {
  if (reported === null) {
    row.note("noted", "delivery_without_value", "delivered", "no value it could be a part of; not counted");
    return;
  }
  const within = delivered < reported ? delivered : reported;
  gathering.entries.push(step(promise, from, "moved", partOf(quantity, within, reported), within));
  if (delivered <= reported) return;
  row.note(
    "noted",
    "more_delivered_than_promised",
    "delivered",
    "what goes beyond the promise is counted as delivered without one",
  );
  gathering.entries.push(
    step(promise, null, "moved", partOf(quantity, delivered - reported, reported), delivered - reported),
  );
}

function step(
  promise: number,
  from: BindingClass | null,
  to: BindingClass,
  quantity: bigint,
  reported: bigint | null,
): LedgerEntry {
  return { promise, from, to, contra: false, quantity, reported, effective: undated };
}

/** Posts the items a row counts. Counted in whole pieces; a word instead of a number leaves the quantity unknown. */
export function addItem(row: KielRow, into: BindingClass, code: string, gathering: Gathering): void {
  const item = row.cell("item");
  const units = row.cell("units");
  const moved = wholeUnits(row, "unitsDelivered") ?? 0n;
  const silent = units === "" || units === ".";
  if (isPlaceholder(item) || itemUnit(item).code === "item:" || (silent && moved <= 0n)) return;
  const count = wholeUnits(row, "units");
  if (count === null && !isPlaceholder(units))
    row.note("noted", "units_unreadable", "units", "not a number; the quantity is unknown");
  const reading = {
    ...readingOf(row, count !== null || moved > 0n),
    stream: "materiel" as const,
    title: itemUnit(item).name,
  };
  const promise = gathering.promise(keyOf(row, code, itemUnit(item)), reading);
  const contra = (count ?? 0n) < 0n;
  const quantity = magnitude(count ?? 0n);
  if (quantity > 0n) {
    gathering.entries.push({
      promise,
      from: contra ? into : null,
      to: contra ? null : into,
      contra,
      quantity,
      reported: null,
      effective: row.effective,
    });
  }
  if (moved <= 0n) return;
  const within = contra || moved < quantity ? (contra ? 0n : moved) : quantity;
  if (within > 0n) gathering.entries.push(step(promise, into, "moved", within, null));
  if (moved === within) return;
  row.note(
    "noted",
    "more_delivered_than_promised",
    "unitsDelivered",
    "what goes beyond the promise is counted as delivered without one",
  );
  gathering.entries.push(step(promise, null, "moved", moved - within, null));
}

function wholeUnits(row: KielRow, meaning: "units" | "unitsDelivered"): bigint | null {
  const cell = row.cell(meaning);
  const whole = numberParts(cell, 0);
  if (whole === null) {
    if (meaning === "unitsDelivered" && !isPlaceholder(cell))
      row.note("noted", "units_unreadable", meaning, "not a number; not counted as delivered");
    return null;
  }
  if (numberParts(cell, 6) !== whole * 1_000_000n)
    row.note("noted", "units_rounded", meaning, "items are counted in whole pieces; rounded to the nearest");
  return whole;
}

function addUnvalued(row: KielRow, gathering: Gathering): void {
  gathering.promise(keyOf(row, row.id, currencyUnit(row.cell("currency")) ?? euro), readingOf(row, false));
}

function keyOf(row: KielRow, code: string, unit: UnitRef): PromiseKey {
  return { code, donor: row.donor, category: row.category, unit };
}

/** What a row says of its promise beside the quantity. */
export function readingOf(row: KielRow, quantityStated: boolean): Omit<PromiseReading, keyof PromiseKey> {
  const { stream, title, explanation, details, sourceLinks, sheet } = row;
  return { recipient, stream, title, explanation, details, sourceLinks, row: row.row, sheet, quantityStated };
}
