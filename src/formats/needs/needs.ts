import type { Need } from "#core/planning/record.ts";
import type { Table } from "../reading.ts";
import type { TableColumn } from "./columns.ts";
import { readAccepts, readPackage, writeAccepts, writePackage } from "./lists.ts";
import { readRows, type ReadTable } from "./rows.ts";

export const acceptsForm = "howitzer-155; howitzer-105 0.6";
export const packageForm = "course-artillery 8/1 before 60; shell-155 100/1 with; spares-artillery 1/4 monthly 24";

/** The columns of the table of needs, in order. */
export const needColumns: readonly TableColumn<Need>[] = [
  {
    name: "id",
    kind: "text",
    required: true,
    of: (need) => need.id,
    says: "A short name of its own: letters, digits, points, hyphens, underscores.",
  },
  { name: "title", kind: "text", required: true, of: (need) => need.title, says: "What is needed, in words." },
  {
    name: "accepts",
    kind: "text",
    required: true,
    of: (need) => writeAccepts(need.accepts),
    says: `The item kind asked for, by its id from the sheet Kinds; then what is taken instead, each with what one counts for: ${acceptsForm}`,
  },
  {
    name: "quantity",
    kind: "number",
    required: true,
    of: (need) => need.quantity,
    says: "Whole units of the kind first named.",
  },
  { name: "priority", kind: "number", required: true, of: (need) => need.priority, says: "1, the most urgent, to 5." },
  { name: "from", kind: "day", required: true, of: (need) => need.from, says: "The first day it can be taken." },
  {
    name: "until",
    kind: "day",
    required: true,
    of: (need) => need.until,
    says: "The day by which it is wanted; later counts less.",
  },
  {
    name: "place",
    kind: "text",
    required: false,
    of: (need) => need.place ?? "",
    says: "The id of the hub at which it is wanted; any where empty.",
  },
  {
    name: "package",
    kind: "text",
    required: false,
    of: (need) => writePackage(need.package),
    says: `What it can't be used without: pieces for so many systems, and when: so many days before it, with it, or monthly for so many months: ${packageForm}`,
  },
  {
    name: "coalition",
    kind: "text",
    required: false,
    of: (need) => need.coalition ?? "",
    says: "The capability coalition that looks after it.",
  },
  { name: "note", kind: "text", required: false, of: (need) => need.note, says: "Anything else." },
];

/** The column that a field of a need stands in: by the field's own name. */
export function needColumnOf(field: string): string {
  return field;
}

/** Reads a table of needs: what is not written as its column asks is told with its row; what it means is checked elsewhere. */
export function readNeeds(table: Table): ReadTable<Need> {
  return readRows(table, needColumns, ({ text, whole, list }) => ({
    id: text("id"),
    title: text("title"),
    accepts: list("accepts", readAccepts, [], acceptsForm),
    quantity: whole("quantity") ?? 0,
    priority: whole("priority") ?? 0,
    from: text("from"),
    until: text("until"),
    place: text("place") || null,
    package: list("package", readPackage, [], packageForm),
    coalition: text("coalition") || null,
    note: text("note"),
  }));
}
