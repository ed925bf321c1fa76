import { consentStates, type Offer } from "#core/planning/record.ts";
import type { Table } from "../reading.ts";
import type { TableColumn } from "./columns.ts";
import { readIds, readYears, writeIds, writeYears } from "./lists.ts";
import { readRows, type Cells, type ReadTable } from "./rows.ts";

export const yearsForm = "2026 1000000; 2027 2500000";
const idsForm = "one; another";
const conditions = ["ready", "new", "repair"] as const;

const text = (name: string, of: (offer: Offer) => string, says: string, required = false): TableColumn<Offer> => ({
  name,
  kind: "text",
  required,
  of,
  says,
});

/** The columns of the table of offers, in order. */
export const offerColumns: readonly TableColumn<Offer>[] = [
  text("id", (offer) => offer.id, "A short name of its own: letters, digits, points, hyphens, underscores.", true),
  text("giver", (offer) => offer.giver, "Who gives: the party's id, name or code.", true),
  text("title", (offer) => offer.title, "What is offered, in words.", true),
  text(
    "item",
    (offer) => offer.item,
    "The item kind, by its id from the sheet Kinds; for money the currency, such as EUR.",
    true,
  ),
  {
    name: "quantity",
    kind: "number",
    required: false,
    of: (offer) => offer.quantity,
    says: "Whole pieces, places or post-months. For money it may be left out: it is the sum of the years.",
  },
  text(
    "years",
    (offer) => writeYears(offer.years),
    `Money only: whole units of the currency that can be used from each year on: ${yearsForm}`,
  ),
  { name: "from", kind: "day", required: true, of: (offer) => offer.from, says: "The first day it can leave." },
  { name: "until", kind: "day", required: true, of: (offer) => offer.until, says: "The last." },
  text(
    "condition",
    (offer) => offer.condition,
    "ready, new, or repair where it is to be repaired first; ready where empty.",
  ),
  {
    name: "repair days",
    kind: "number",
    required: false,
    of: (offer) => (offer.repairDays === 0 ? null : offer.repairDays),
    says: "How long the repair takes; it leaves that much later.",
  },
  text(
    "for capabilities",
    (offer) => writeIds(offer.earmark?.capabilities ?? []),
    "The earmark: only for these capabilities; any where empty.",
  ),
  text(
    "for needs",
    (offer) => writeIds(offer.earmark?.needs ?? []),
    "The earmark: only for these needs; any where empty.",
  ),
  text("caveat", (offer) => offer.caveat, "A condition in the giver's own words."),
  text("excludes", (offer) => writeIds(offer.excludes), "Needs and hubs that the caveat rules out."),
  text("consent", (offer) => offer.consent.state, "none, pending, given or refused: of a third party that must agree."),
  text("consent of", (offer) => offer.consent.of ?? "", "Whose consent that is."),
  text("all or nothing", (offer) => (offer.allOrNothing ? "yes" : "no"), "yes where it is given whole or not at all."),
  text("hubs", (offer) => writeIds(offer.hubs ?? []), "The hubs it can reach; any where empty."),
  text("value each", (offer) => offer.valuation?.amount ?? "", "What one is worth, such as 1250000.50."),
  text("value currency", (offer) => offer.valuation?.currency ?? "", "The currency of that value."),
  text(
    "value method",
    (offer) => offer.valuation?.method ?? "",
    "How it was valued: price paid, replacement, book value.",
  ),
  text("value source", (offer) => offer.valuation?.source ?? "", "Who says so, and where."),
  text("coalition", (offer) => offer.coalition ?? "", "The capability coalition through which it is given."),
  text("fund", (offer) => offer.fund ?? "", "The fund through which it is given."),
  text("note", (offer) => offer.note, "Anything else."),
];

const columnOf: Readonly<Record<string, string>> = {
  repairDays: "repair days",
  earmark: "for capabilities",
  allOrNothing: "all or nothing",
  valuation: "value each",
};

/** The column that a field of an offer stands in, or the first of them. */
export function offerColumnOf(field: string): string {
  return Object.hasOwn(columnOf, field) ? (columnOf[field] ?? field) : field;
}

/** Reads a table of offers: what is not written as its column asks is told with its row; what it means is checked elsewhere. */
export function readOffers(table: Table): ReadTable<Offer> {
  return readRows(table, offerColumns, (cells) => {
    const years = cells.list("years", readYears, [], yearsForm);
    const hubs = cells.list("hubs", readIds, [], idsForm);
    return {
      id: cells.text("id"),
      giver: cells.text("giver"),
      title: cells.text("title"),
      item: cells.text("item"),
      quantity: cells.whole("quantity") ?? years.reduce((sum, { amount }) => sum + amount, 0),
      years,
      from: cells.text("from"),
      until: cells.text("until"),
      condition: cells.word("condition", conditions),
      repairDays: cells.whole("repair days") ?? 0,
      earmark: earmarkOf(cells),
      caveat: cells.text("caveat"),
      excludes: cells.list("excludes", readIds, [], idsForm),
      consent: { state: cells.word("consent", consentStates), of: cells.text("consent of") || null },
      allOrNothing: cells.word("all or nothing", ["no", "yes"]) === "yes",
      hubs: hubs.length === 0 ? null : hubs,
      valuation: valuationOf(cells),
      coalition: cells.text("coalition") || null,
      fund: cells.text("fund") || null,
      note: cells.text("note"),
    };
  });
}

function earmarkOf({ list }: Cells): Offer["earmark"] {
  const capabilities = list("for capabilities", readIds, [], idsForm);
  const needs = list("for needs", readIds, [], idsForm);
  return capabilities.length + needs.length === 0 ? null : { capabilities, needs };
}

function valuationOf({ text: cell }: Cells): Offer["valuation"] {
  const [amount, currency, method, source] = [
    cell("value each"),
    cell("value currency"),
    cell("value method"),
    cell("value source"),
  ];
  return amount + currency + method + source === "" ? null : { amount, currency, method, source };
}
