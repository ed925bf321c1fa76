import type { ClassCoverage } from "#core/entries.ts";
import { isNumber, isPlaceholder, millionths, numberParts } from "../cells.ts";
import { codesByContent } from "../codes.ts";
import type { Gathering } from "../gathering.ts";
import { euro } from "../units.ts";
import type { Columns } from "./columns.ts";
import { addItem, addMoney, readingOf, recipient } from "./packages.ts";
import type { KielRow } from "./rows.ts";

/** Why a release from 2024 on gives no figure for what is bound. */
const commitmentsUnvalued = "commitment rows carry no value of their own in the release";

/**
 * Rows of the generations from 2024 on: each is an allocation with a value in euro, or a commitment without one.
 * Allocations are posted as placed; commitments become promises of unknown quantity.
 */
export function gatherMeasured(rows: readonly KielRow[], gathering: Gathering): void {
  const readable = rows.filter((row) => measureOf(row) !== null && valueReadable(row));
  const codes = codesByContent(readable.map(uncoded));
  readable.forEach((row, index) => {
    const derived = codes[index] ?? "";
    if (measureOf(row) === "bound") {
      const code = isPlaceholder(row.id) ? derived : `${row.id}/commitment`;
      gathering.promise(
        { code, donor: row.donor, category: row.category, unit: euro },
        { ...readingOf(row, false), recipient },
      );
      return;
    }
    const code = isPlaceholder(row.id) ? derived : row.id;
    const value = row.cell("value");
    const quantity = numberParts(value, euro.scale);
    if (quantity === null)
      gathering.promise({ code, donor: row.donor, category: row.category, unit: euro }, readingOf(row, false));
    else addMoney(row, { unit: euro, quantity, reported: millionths(value) }, "placed", code, gathering);
    addItem(row, "placed", code, gathering);
  });
}

function measureOf(row: KielRow): "placed" | "bound" | null {
  const measure = row.cell("measure").toLowerCase();
  if (measure.startsWith("allocat")) return "placed";
  if (measure.startsWith("commit")) return "bound";
  row.note("refused", "measure_unknown", "measure", "neither an allocation nor a commitment");
  return null;
}

function valueReadable(row: KielRow): boolean {
  const value = row.cell("value");
  if (isNumber(value) || isPlaceholder(value)) return true;
  row.note("refused", "value_unreadable", "value", "not a number and not one of the words for none");
  return false;
}

function uncoded(row: KielRow) {
  const { donor, category, effective, explanation, details } = row;
  const kind = /^allocat/i.test(row.cell("measure")) ? "placed" : "bound";
  return {
    donor,
    category,
    on: effective.on,
    kind,
    amount: millionths(row.cell("value")),
    tie: JSON.stringify([explanation, details, row.cell("item")]),
  };
}

export function measuredCoverage(columns: Columns): ClassCoverage[] {
  const counted = columns.at.unitsDelivered !== undefined;
  return [
    { class: "said", state: "absent", reason: "the release counts allocations and commitments only" },
    { class: "bound", state: "unvalued", reason: commitmentsUnvalued },
    { class: "placed", state: "stated", reason: "" },
    {
      class: "moved",
      state: counted ? "unvalued" : "absent",
      reason: counted
        ? "pieces delivered are counted; their value is not"
        : "the table has no column of pieces delivered",
    },
    { class: "received", state: "absent", reason: "the release does not say what the recipient confirmed" },
  ];
}
