import { dayWords } from "../../months.ts";
import type { ReportTable } from "../../views-report.ts";
import type { ReportFacts } from "./facts.ts";
import { cell, column, openNotes, row } from "./table.ts";
import { classHeads, periodWords } from "./tables-given.ts";

/** What was decided in the period. */
export function decisionsTable(facts: ReportFacts, number: string): ReportTable {
  return {
    id: "decisions",
    number,
    title: `Decisions and what they ended in, in the ${periodWords(facts)}`,
    text: "",
    nameHead: "Decision",
    columns: [
      column("on", "On", "day"),
      column("kind", "About", "text"),
      column("group", "By", "text"),
      column("procedure", "Procedure", "text"),
      column("number", "No.", "text"),
      column("result", "Result", "text"),
    ],
    rows: facts.decisions.map((one) =>
      row(one.id, one.title, [
        cell(one.on),
        cell(one.kind),
        cell(one.group),
        cell(one.procedure),
        cell(one.number ?? ""),
        cell(one.result),
      ]),
    ),
    notes: [],
    empty: "No decision of the period is on record in this book.",
  };
}

/** What is on record and stands in no figure of the report, and why. */
export function notCountedTable(facts: ReportFacts, number: string): ReportTable {
  return {
    id: "not-counted",
    number,
    title: "On record, and in no figure of this report",
    text: "Amounts that could not be valued in the report\u2019s unit, or that bear no date and so cannot stand as of a day. They are not zero.",
    nameHead: "Class",
    columns: [
      column("amount", "Amount", "amount"),
      column("unit", "Unit", "text"),
      column("postings", "Postings", "number"),
      column("reason", "Why", "text"),
    ],
    rows: facts.notCounted.map((one) =>
      row(`${one.class}-${one.unit}-${one.reason.length}-${one.postings}`, classHeads[one.class], [
        cell(one.amount),
        cell(one.unit),
        cell(String(one.postings)),
        cell(one.reason),
      ]),
    ),
    notes: [],
    empty: "Everything on record is counted.",
  };
}

/** Where the sources' own printed totals are not what their rows add up to. */
export function differencesTable(facts: ReportFacts, number: string): ReportTable {
  const { unit } = facts;
  return {
    id: "differences",
    number,
    title: "Where a source prints another total than its rows add up to",
    text: "The figures of this report follow the rows.",
    nameHead: "Ally",
    columns: [
      column("category", "Category", "text"),
      column("class", "Class", "text"),
      column("printed", "Printed", "amount", { unit }),
      column("ours", "Its rows", "amount", { unit }),
      column("difference", "Difference", "amount", { unit }),
      column("release", "Source", "text"),
    ],
    rows: facts.differences.map((one, place) =>
      row(`${place + 1}`, one.donor, [
        cell(one.category),
        cell(classHeads[one.class]),
        cell(one.printed),
        cell(one.ours),
        cell(one.difference),
        cell(one.release),
      ]),
    ),
    notes: [],
    empty: "No source prints another total than its rows add up to.",
  };
}

const indicatorHeads = [
  ["annual", "Annual predictability", "percent", "%"],
  ["medium-term", "Medium-term predictability", "percent", "%"],
  ["lateness", "Lateness", "number", "days"],
  ["realisation", "Realised", "percent", "%"],
  ["revisions", "Revised", "percent", "%"],
  ["volatility", "Volatility", "number", null],
  ["ad-hoc", "Ad hoc", "percent", "%"],
] as const;

/** The indicators of predictability, giver by giver, as the page of predictability gives them. */
export function predictabilityTable(facts: ReportFacts, number: string): ReportTable {
  const { predictability } = facts;
  const head = {
    id: "predictability",
    number,
    title: `How predictable the giving was, in the ${periodWords(facts)}`,
    nameHead: "Ally",
  };
  const known = "missing" in predictability ? undefined : predictability.periods[0];
  const definitions = "missing" in predictability ? [] : predictability.definitions;
  const columns = indicatorHeads.map(([id, title, kind, unit]) => {
    const given = definitions.find((one) => one.id === id);
    return column(id, given?.title ?? title, kind, unit === null ? {} : { unit });
  });
  if (known === undefined)
    return {
      ...head,
      text: "",
      columns,
      rows: [],
      notes: [],
      empty: "missing" in predictability ? predictability.missing : "Nothing can be told of this period.",
    };
  const notes = openNotes();
  const rows = facts.allies.map(({ id, name }) => {
    const found = known.rows.find((one) => one.id === id);
    const cells = indicatorHeads.map(([indicator]) => {
      const figure = found?.figures.find((one) => one.indicator === indicator);
      const why = figure === undefined ? "nothing is on record of it" : figure.state === "known" ? null : figure.reason;
      return cell(figure?.value ?? null, notes.mark(why === null ? null : sentence(why)));
    });
    return row(id, name, cells);
  });
  const all = indicatorHeads.map(([indicator]) =>
    cell(known.all.figures.find((one) => one.indicator === indicator)?.value ?? null),
  );
  return {
    ...head,
    text: definitions
      .filter((one) => indicatorHeads.some(([id]) => id === one.id))
      .map((one) => `${one.title}: ${one.definition}`)
      .join(" "),
    columns,
    rows: [...rows, row("total", "All together", all, "total")],
    notes: notes.list(),
    empty: "Nobody is on record.",
  };
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;

/** What the forecast expects by the next summit. */
export function forecastTable(facts: ReportFacts, number: string): ReportTable {
  const { forecast, unit } = facts;
  const head = { id: "forecast", number, nameHead: "Ally" };
  const columns = [
    column("class", "Class", "text"),
    column("now", "Now", "amount", { unit }),
    column("p10", "P10", "amount", { unit, over: "Expected by then" }),
    column("p50", "P50", "amount", { unit, over: "Expected by then" }),
    column("p90", "P90", "amount", { unit, over: "Expected by then" }),
  ];
  if ("missing" in forecast)
    return {
      ...head,
      title: "What is expected by the next summit",
      text: "",
      columns,
      rows: [],
      notes: [],
      empty: forecast.missing,
    };
  const nameOf = (party: string | null): string =>
    facts.allies.find((one) => one.id === party)?.name ?? party ?? "All together";
  const rows = forecast.lines.map((line) =>
    row(
      `${line.party ?? "total"}/${line.class}`,
      nameOf(line.party),
      [cell(classHeads[line.class]), cell(line.now), cell(line.p10), cell(line.p50), cell(line.p90)],
      line.party === null ? "total" : "row",
    ),
  );
  return {
    ...head,
    title: `What is expected by ${dayWords(forecast.until)}: ${forecast.milestone}`,
    text: [
      "An estimate, not a figure of the record. In one course of ten less than P10 is reached, in one of two less than P50, in nine of ten less than P90.",
      ...forecast.record,
      ...forecast.notes,
    ].join(" "),
    columns,
    rows,
    notes: [],
    empty: "The forecast says nothing of these givers.",
  };
}
