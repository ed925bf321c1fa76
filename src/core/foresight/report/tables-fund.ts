import { formatDecimal } from "../../money.ts";
import { dayWords } from "../../months.ts";
import type { ReportCell, ReportColumn, ReportTable } from "../../views-report.ts";
import type { CallFact, Claim, FundFacts, LineFact, ReportFacts } from "./facts.ts";
import { cell, column, openNotes, row, totalId } from "./table.ts";

const parts = (amount: bigint, scale: number): ReportCell => cell(formatDecimal(amount, scale));
const sum = <T>(list: readonly T[], of: (one: T) => bigint): bigint => list.reduce((all, one) => all + of(one), 0n);

/** What each was called for in the fund, what came, and what is late. */
export function arrearsTable(facts: ReportFacts, money: FundFacts, number: string): ReportTable {
  const notes = openNotes();
  const figures = [
    "called",
    "credited",
    "received",
    "outstanding",
    "arrears",
    "voluntary",
    "voluntaryReceived",
  ] as const;
  const claimOf = (id: string): Claim | undefined => money.claims.find((one) => one.party === id);
  const rows = facts.allies.map(({ id, name }) => {
    const claim = claimOf(id);
    if (claim === undefined) {
      const note = notes.mark("Neither called nor pledged.");
      return row(id, name, [...figures.map((_, place) => cell("", place === 0 ? note : null)), cell("")]);
    }
    const note = notes.mark(claim.exempt === null ? null : `${name}: ${claim.exempt}.`);
    const cells = figures.map((figure, place) => ({
      ...parts(claim[figure], money.scale),
      note: place === 0 ? note : null,
    }));
    return row(id, name, [...cells, cell(claim.daysLate === 0 ? "" : String(claim.daysLate))]);
  });
  const latest = Math.max(0, ...money.claims.map((one) => one.daysLate));
  const total = row(
    totalId,
    "All together",
    [
      ...figures.map((figure) =>
        parts(
          sum(money.claims, (one) => one[figure]),
          money.scale,
        ),
      ),
      cell(latest === 0 ? "" : String(latest)),
    ],
    "total",
  );
  const unit = facts.unit;
  return {
    id: "arrears",
    number,
    title: `Calls of the fund and arrears, as of ${dayWords(facts.asOf)}`,
    text: "Arrears: called, due before that day, and neither received nor credited in kind. Days late: of the oldest part that is late. Nothing here is unknown: the fund keeps this account itself, so a zero is a zero.",
    nameHead: "Ally",
    columns: [
      column("called", "Called", "amount", { unit }),
      column("credited", "In kind", "amount", { unit }),
      column("received", "Received", "amount", { unit }),
      column("outstanding", "Outstanding", "amount", { unit }),
      column("arrears", "Arrears", "amount", { unit }),
      column("voluntary", "Pledged voluntarily", "amount", { unit }),
      column("voluntary-received", "Received of that", "amount", { unit }),
      column("days-late", "Days late", "number", { unit: "days" }),
    ],
    rows: [...rows, total],
    notes: notes.list(),
    empty: "Nobody has been called.",
  };
}

/** The calls one by one. */
export function callsTable(facts: ReportFacts, money: FundFacts, number: string): ReportTable {
  const figures = ["called", "credited", "received", "outstanding", "arrears"] as const;
  const unit = facts.unit;
  const cells = (call: Pick<CallFact, (typeof figures)[number]>) =>
    figures.map((figure) => parts(call[figure], money.scale));
  const rows = money.calls.map((call) =>
    row(call.id, call.id, [
      cell(call.words),
      cell(call.issuedOn),
      cell(call.dueOn),
      ...cells(call),
      cell(call.decision),
    ]),
  );
  const all = Object.fromEntries(figures.map((figure) => [figure, sum(money.calls, (one) => one[figure])])) as Record<
    (typeof figures)[number],
    bigint
  >;
  return {
    id: "calls",
    number,
    title: `Every call, as of ${dayWords(facts.asOf)}`,
    text: "",
    nameHead: "Call",
    columns: [
      column("for", "For", "text"),
      column("issued", "Issued", "day"),
      column("due", "Due", "day"),
      column("called", "Called", "amount", { unit }),
      column("credited", "In kind", "amount", { unit }),
      column("received", "Received", "amount", { unit }),
      column("outstanding", "Outstanding", "amount", { unit }),
      column("arrears", "Arrears", "amount", { unit }),
      column("decision", "Decision", "text"),
    ],
    rows:
      rows.length === 0
        ? []
        : [...rows, row(totalId, "All calls", [cell(""), cell(""), cell(""), ...cells(all), cell("")], "total")],
    notes: [],
    empty: "Nothing has been called.",
  };
}

/** What became of the fund's money, by line. */
export function linesTable(
  facts: ReportFacts,
  money: FundFacts,
  number: string,
  shown: ReportColumn["shown"],
): ReportTable {
  const figures = ["called", "received", "movedIn", "movedOut", "placed", "paid", "acknowledged", "available"] as const;
  const unit = facts.unit;
  const cells = (line: Pick<LineFact, (typeof figures)[number]>) =>
    figures.map((figure) => parts(line[figure], money.scale));
  const all = Object.fromEntries(figures.map((figure) => [figure, sum(money.lines, (one) => one[figure])])) as Record<
    (typeof figures)[number],
    bigint
  >;
  return {
    id: "lines",
    number,
    title: `What became of the fund\u2019s money, as of ${dayWords(facts.asOf)}`,
    text: "What the fund gives is its own giving and is no part of what the allies gave it.",
    nameHead: "Line",
    columns: [
      column("called", "Called", "amount", { unit, shown }),
      column("received", "Received", "amount", { unit, shown }),
      column("moved-in", "Moved in", "amount", { unit, shown }),
      column("moved-out", "Moved out", "amount", { unit, shown }),
      column("placed", "Placed, not paid", "amount", { unit, shown }),
      column("paid", "Paid", "amount", { unit, shown }),
      column("acknowledged", "Of it confirmed", "amount", { unit, shown }),
      column("available", "Available", "amount", { unit, shown }),
    ],
    rows: [
      ...money.lines.map((line) => row(line.id, line.title, cells(line))),
      row(totalId, "All lines", cells(all), "total"),
    ],
    notes: [],
    empty: "The fund has no line.",
  };
}
