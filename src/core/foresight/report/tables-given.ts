import { bindingClasses, classMeanings, type BindingClass } from "../../bindingness.ts";
import { dayWords } from "../../months.ts";
import type { ReportCell, ReportColumn, ReportRow, ReportTable } from "../../views-report.ts";
import type { Ally, ReportFacts } from "./facts.ts";
import type { Which } from "./given.ts";
import { amountCell, amountOf, column, openNotes, row, totalId, type Notes } from "./table.ts";

export const classHeads: Readonly<Record<BindingClass, string>> = {
  said: "Pledged",
  bound: "Bound",
  placed: "Placed",
  moved: "Paid or sent",
  received: "Received",
};

/** Which part of time a table is about. */
export type Span = "period" | "to-date";
export const spanOf = (span: Span): Which => (span === "period" ? { span: "period" } : {});
export const spanWords = (facts: ReportFacts, span: Span): string =>
  span === "period" ? `in the ${periodWords(facts)}` : `from the beginning to ${dayWords(facts.asOf)}`;

/** The period; cut at the last day counted where it was not over by then. */
export function periodWords({ period, asOf }: ReportFacts): string {
  const words = /^\d/.test(period.words) ? `year ${period.words}` : period.words;
  return asOf < period.to ? `${words} to ${dayWords(asOf)}` : words;
}

/** The classes as columns; a note on a head says why a class is not known, what alone it covers, and how much of it is dated loosely. */
export function classColumns(
  facts: ReportFacts,
  span: Span,
  notes: Notes,
  shown: ReportColumn["shown"] = "exact",
): readonly ReportColumn[] {
  return bindingClasses.map((name) => {
    const note = notes.mark(classNote(facts, span, name));
    return column(name, classHeads[name], "amount", { unit: facts.unit, shown, note });
  });
}

function classNote(facts: ReportFacts, span: Span, name: BindingClass): string | null {
  const why = facts.unknown.get(name);
  if (why !== undefined) return `${classHeads[name]}: not known. ${capital(why)}`;
  const part = facts.partial.get(name);
  const open = span === "period" ? facts.given.sum({ span, class: name, dated: "open" }) : null;
  const unclear = span === "period" ? facts.given.sum({ span: "unclear", class: name }) : null;
  const words = [
    ...(part === undefined ? [] : [`covers ${part}`]),
    ...(unclear === null || unclear === 0n
      ? []
      : [
          `${facts.unit} ${grouped(amountOf(unclear, facts.scale))} more is dated by its year only, and stands not here but in what was given to date`,
        ]),
    ...(open === null || open === 0n
      ? []
      : [
          `${facts.unit} ${grouped(amountOf(open, facts.scale))} is dated by a last possible day or a month only, and may be older than the period`,
        ]),
  ];
  return words.length === 0 ? null : `${classHeads[name]}: ${words.join("; ")}.`;
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** What was given of each class. */
export function classCells(facts: ReportFacts, which: Which): readonly ReportCell[] {
  return bindingClasses.map((name) => amountCell(facts.given.sum({ ...which, class: name }), facts.scale));
}

const grouped = (amount: string): string => amount.replace(/\B(?=(\d{3})+(?=\.|$))/g, ",");

const classesText = `${bindingClasses.map((name) => `${classHeads[name]}: ${classMeanings[name]}`).join(". ")}. The classes overlap and are never added.`;

const totalName = (facts: ReportFacts): string => (facts.group === null ? "All givers" : "All together");

/** Every ally by class. */
export function classTable(facts: ReportFacts, span: Span, number: string): ReportTable {
  const notes = openNotes();
  const columns = classColumns(facts, span, notes);
  const rows = facts.allies.map((ally) => allyRow(facts, ally, span, notes));
  return {
    id: `classes-${span}`,
    number,
    title: `What each gave, ${spanWords(facts, span)}`,
    text: classesText,
    nameHead: "Ally",
    columns,
    rows: [...rows, row(totalId, totalName(facts), classCells(facts, spanOf(span)), "total")],
    notes: notes.list(),
    empty: nobody,
  };
}

function allyRow(facts: ReportFacts, { id, name, note }: Ally, span: Span, notes: Notes): ReportRow {
  const mark = notes.mark(note === null ? null : `${name}: ${note}.`);
  const cells = classCells(facts, { ...spanOf(span), donor: id });
  return row(id, name, mark === null ? cells : cells.map((one, place) => (place === 0 ? { ...one, note: mark } : one)));
}

const nobody = "Nobody is on record.";

/** All of them together by category. */
export function categoryTotals(facts: ReportFacts, span: Span, number: string): ReportTable {
  const notes = openNotes();
  const columns = classColumns(facts, span, notes);
  const rows = categoriesOf(facts, span).map((category) =>
    row(slug(category), category, classCells(facts, { ...spanOf(span), category })),
  );
  return {
    id: "categories-all",
    number,
    title: `All together by category, ${spanWords(facts, span)}`,
    text: "",
    nameHead: "Category",
    columns,
    rows: [...rows, row(totalId, "All categories", classCells(facts, spanOf(span)), "total")],
    notes: notes.list(),
    empty: `Nothing is on record ${spanWords(facts, span)}.`,
  };
}

function categoriesOf(facts: ReportFacts, span: Span): readonly string[] {
  const cells = facts.given.cells.filter((cell) => span === "to-date" || cell.span === "period");
  return [...new Set(cells.map((cell) => cell.category))].sort((left, right) => (left < right ? -1 : 1));
}

const slug = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

const channels = [
  ["bilateral", "bilateral"],
  ["multilateral", "multilateral"],
  ["fund", "through the fund"],
] as const;

/** Every ally by category, or by the way its giving takes. Who gave nothing of a kind has no row of it. */
export function splitTable(facts: ReportFacts, by: "category" | "channel", span: Span, number: string): ReportTable {
  const notes = openNotes();
  const parts: readonly (readonly [Which, string, string])[] =
    by === "category"
      ? categoriesOf(facts, span).map((category) => [{ category }, slug(category), category] as const)
      : channels.map(([channel, words]) => [{ channel }, channel, words] as const);
  const rowsOf = (id: string, name: string, which: Which, kind: ReportRow["kind"]): ReportRow[] =>
    parts
      .filter(([part]) => facts.given.sum({ ...which, ...part, ...spanOf(span) }) !== null)
      .map(([part, place, words]) => {
        const cells = classCells(facts, { ...which, ...part, ...spanOf(span) });
        return row(`${id}/${place}`, name, [{ value: words, note: null }, ...cells], kind);
      });
  return {
    id: `${by === "category" ? "categories" : "channels"}-${span}`,
    number,
    title: `What each gave by ${by === "category" ? "category" : "the way it takes"}, ${spanWords(facts, span)}`,
    text: by === "category" ? categoryText(facts) : channelText(facts, span),
    nameHead: "Ally",
    columns: [column(by, by === "category" ? "Category" : "Way", "text"), ...classColumns(facts, span, notes)],
    rows: [
      ...facts.allies.flatMap((ally) => rowsOf(ally.id, ally.name, { donor: ally.id }, "row")),
      ...rowsOf(totalId, totalName(facts), {}, "total"),
    ],
    notes: notes.list(),
    empty: `Nothing is on record ${spanWords(facts, span)}.`,
  };
}

const categoryText = ({ fund }: ReportFacts): string =>
  `Who gave nothing of a category that is on record has no row of it.${fund === null ? "" : " What goes through the fund stands under the line of the fund that it is for."}`;

function channelText({ fund, boundaryWords, given }: ReportFacts, span: Span): string {
  const absent = channels
    .filter(([channel]) => given.sum({ channel, ...spanOf(span) }) === null)
    .map(([, words]) => words);
  const none =
    absent.length === 0
      ? ""
      : ` On record there is nothing ${absent.join(", and nothing ")}, which is not to say that nothing was given.`;
  const through = fund === null ? "through the fund: to a fund of this book" : `through the fund: to ${fund.title}`;
  return `Bilateral: straight to the recipient; multilateral: to another body that gives itself; ${through}, where Received is what the fund received.${none} ${boundaryWords}`;
}
