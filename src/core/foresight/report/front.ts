import { bindingClasses } from "../../bindingness.ts";
import { percentText } from "../../burden/ratio.ts";
import type { ReportCell, ReportRow, ReportTable } from "../../views-report.ts";
import { dayWords } from "../../months.ts";
import type { ReportFacts } from "./facts.ts";
import { cellAt, cell, column, openNotes, row, totalId, amountCell } from "./table.ts";
import { classHeads, classColumns, classCells, periodWords, spanOf, type Span } from "./tables-given.ts";
import { isFair } from "./tables-fair.ts";

const mostRows = 34;
const rowsKept = 32;

/** The span that the front speaks of: the period, or all time where nothing is on record of the period. */
export const frontSpan = (facts: ReportFacts): Span =>
  facts.given.sum({ span: "period" }) === null ? "to-date" : "period";

/** Everyone on one page, in millions: share, what was given by class, what is late, how predictable, what is expected. */
export function summaryTable(
  facts: ReportFacts,
  others: Readonly<{
    fair: ReportTable;
    arrears: ReportTable | null;
    predictability: ReportTable;
    forecast: ReportTable;
  }>,
  number: string,
): ReportTable {
  const span = frontSpan(facts);
  const notes = openNotes();
  const unit = facts.unit;
  const amount = { unit, shown: "millions" } as const;
  const fair = isFair(facts.fair);
  const time = span === "period" ? `In the ${periodWords(facts)}` : "From the beginning";
  const columns = [
    column("share", "Share", "percent", { unit: "%", over: "By the key" }),
    column("fair", "Fair share", "amount", { ...amount, over: "By the key" }),
    column("part", "Given of it", "percent", { unit: "%", over: "By the key" }),
    ...classColumns(facts, span, notes, "millions").map((one) => ({ ...one, over: time })),
    ...(others.arrears === null ? [] : [column("arrears", "Arrears", "amount", amount)]),
    column("annual", "Predict\u00adable", "percent", { unit: "%" }),
    column(
      "expected",
      "missing" in facts.forecast ? "Expected" : `Expected by ${facts.forecast.until.slice(0, 7)}`,
      "amount",
      { ...amount, note: notes.mark(expectedNote(facts)) },
    ),
  ];
  const taken = (id: string): ReportCell[] => [
    shareCell(facts, id),
    ...(["fair", "part"] as const).map((name) => bare(cellAt(others.fair, id, name))),
  ];
  const after = (id: string): ReportCell[] => [
    ...(others.arrears === null ? [] : [bare(cellAt(others.arrears, id, "arrears"))]),
    bare(cellAt(others.predictability, id, "annual")),
    // That of all givers of the book is no sum of a group's.
    id === totalId && facts.group !== null
      ? cell(null)
      : bare(cellAt(others.forecast, `${id}/${"missing" in facts.forecast ? "" : facts.forecast.class}`, "p50")),
  ];
  const all = facts.allies.map((ally): ReportRow =>
    row(ally.id, ally.name, [
      ...taken(ally.id),
      ...classCells(facts, { ...spanOf(span), donor: ally.id }),
      ...after(ally.id),
    ]),
  );
  const kept = all.length <= mostRows ? all : largest(facts, all, span);
  const left = all.filter((one) => !kept.includes(one)).map((one) => one.id);
  const rest = left.length === 0 ? [] : [restRow(facts, left, span, columns.length)];
  const total = row(
    totalId,
    "All together",
    [...taken(totalId), ...classCells(facts, spanOf(span)), ...after(totalId)],
    "total",
  );
  return {
    id: "summary",
    number,
    title: "Everyone at a glance",
    text: `${fair ? "" : "No share by a key can be told. "}Full figures, to the smallest part, are in the annex.`,
    nameHead: "Ally",
    columns,
    rows: [...kept, ...rest, total],
    notes: notes.list(),
    empty: "Nobody is on record.",
  };
}

function shareCell({ fair }: ReportFacts, id: string): ReportCell {
  if (!isFair(fair)) return cell(null);
  const line = fair.lines.get(id);
  return cell(id === totalId ? "100.00" : line === undefined ? null : percentText(line.share, 2));
}

function expectedNote({ forecast }: ReportFacts): string | null {
  if ("missing" in forecast) return null;
  return `Expected: half of the courses of the forecast end below it; ${classHeads[forecast.class].toLowerCase()} by ${dayWords(forecast.until)}, from the beginning. Of a group together nothing is expected here; of every giver of the book it is in the annex.`;
}

const bare = (found: ReportCell | undefined): ReportCell => cell(found?.value ?? null);

/** Those who gave most in any one class, in the order of the names. */
function largest(facts: ReportFacts, rows: readonly ReportRow[], span: Span): readonly ReportRow[] {
  const most = (id: string): bigint =>
    bindingClasses
      .map((name) => facts.given.sum({ ...spanOf(span), donor: id, class: name }) ?? -1n)
      .reduce((one, other) => (other > one ? other : one));
  const ids = new Set(
    rows
      .toSorted((left, right) => (most(left.id) < most(right.id) ? 1 : most(left.id) > most(right.id) ? -1 : 0))
      .slice(0, rowsKept)
      .map((one) => one.id),
  );
  return rows.filter((one) => ids.has(one.id));
}

function restRow(facts: ReportFacts, ids: readonly string[], span: Span, width: number): ReportRow {
  const classes = (["said", "bound", "placed", "moved", "received"] as const).map((name) => {
    const sums = ids.flatMap((donor) => facts.given.sum({ ...spanOf(span), donor, class: name }) ?? []);
    return amountCell(
      sums.length === 0 || facts.unknown.has(name) ? null : sums.reduce((all, one) => all + one, 0n),
      facts.scale,
    );
  });
  const { fair } = facts;
  const share = isFair(fair) ? ids.reduce((all, id) => all + (fair.lines.get(id)?.fair ?? 0n), 0n) : null;
  const before = [cell(""), amountCell(share, facts.scale), cell("")];
  const after = Array.from({ length: width - before.length - classes.length }, () => cell(""));
  return row("others", `${ids.length} others`, [...before, ...classes, ...after]);
}
