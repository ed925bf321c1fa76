import { dayWords } from "../../months.ts";
import type { IndicatorFigure, MeasureUnit } from "../../views-predictability.ts";
import type { ReportCell, ReportColumn, ReportTable } from "../../views-report.ts";
import type { ReportFacts } from "./facts.ts";
import { cell, column, openNotes, row, totalId } from "./table.ts";
import { classHeads, periodWords } from "./tables-given.ts";

/** What was decided in the period: of the front, the last few in short; the annex has all of them whole. */
export function decisionsTable(
  facts: ReportFacts,
  number: string,
  front: Readonly<{ most: number; whole: string }> | null,
): ReportTable {
  const told = front === null ? facts.decisions : facts.decisions.slice(-front.most);
  const left = facts.decisions.length - told.length;
  const [procedure, no] = [column("procedure", "Procedure", "text"), column("number", "No.", "text")];
  return {
    id: front === null ? "decisions" : "decisions-front",
    number,
    title: `Decisions and what they ended in, in the ${periodWords(facts)}`,
    text: front === null || left === 0 ? "" : `The last ${told.length}; ${left} earlier ones are in ${front.whole}.`,
    nameHead: "Decision",
    columns: [
      column("on", "On", "day"),
      column("kind", "About", "text"),
      column("group", "By", "text"),
      ...(front === null ? [procedure, no] : []),
      column("result", "Result", "text"),
    ],
    rows: told.map((one) => {
      const whole = front === null ? [cell(one.procedure), cell(one.number ?? "")] : [];
      return row(one.id, one.title, [cell(one.on), cell(one.kind), cell(one.group), ...whole, cell(one.result)]);
    }),
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

const kindOf = (unit: MeasureUnit): ReportColumn["kind"] => (unit === "percent" ? "percent" : "number");
const unitOf: Readonly<Record<MeasureUnit, string | null>> = {
  percent: "%",
  days: "days",
  months: "months",
  ratio: "ratio",
  index: null,
  amount: null,
  count: null,
};

/** The indicators of predictability, giver by giver, as the page of predictability gives them. */
export function predictabilityTable(facts: ReportFacts, number: string): ReportTable {
  const { predictability } = facts;
  const title = `How predictable the giving was, in the ${periodWords(facts)}`;
  const head = { id: "predictability", number, title, nameHead: "Ally" };
  const none = { ...head, text: "", columns: [], rows: [], notes: [] };
  if ("missing" in predictability) return { ...none, empty: predictability.missing };
  const { definitions, periods } = predictability;
  const [known] = periods;
  if (known === undefined) return { ...none, empty: "Nothing can be told of this period." };
  const notes = openNotes();
  const cellsOf = (figures: readonly IndicatorFigure[] | undefined): ReportCell[] =>
    definitions.map(({ id, title: name }) => {
      const figure = figures?.find((one) => one.indicator === id);
      const why = figure === undefined ? "nothing of it is on record" : figure.value === null ? figure.reason : null;
      return cell(figure?.value ?? null, notes.mark(why === null ? null : `${name}: ${sentence(why)}`));
    });
  const columns = definitions.map(({ id, title: name, unit }) => {
    const words = unitOf[unit];
    return column(id, name, kindOf(unit), words === null ? {} : { unit: words });
  });
  const rows = facts.allies.map(({ id, name }) =>
    row(id, name, cellsOf(known.rows.find((one) => one.id === id)?.figures)),
  );
  return {
    ...head,
    text: `The indicators of the page Predictability for the same days, boundary and basis; what each is and cannot tell is said under Method.${known.open ? " The period was not over on the last day that is known." : ""}`,
    columns,
    rows: [...rows, row(totalId, known.all.name, cellsOf(known.all.figures), "total")],
    notes: notes.list(),
    empty: "Nobody is on record.",
  };
}

const sentence = (text: string): string => `${text}${/[.!?]$/.test(text) ? "" : "."}`;

/** What the forecast expects by the next summit. */
export function forecastTable(facts: ReportFacts, number: string): ReportTable {
  const { forecast } = facts;
  const head = { id: "forecast", number, nameHead: "Ally" };
  if ("missing" in forecast)
    return {
      ...head,
      title: "What is expected by the next summit",
      text: "",
      columns: [],
      rows: [],
      notes: [],
      empty: forecast.missing,
    };
  const { unit } = forecast;
  const over = "Expected by then";
  const columns = [
    column("class", "Class", "text"),
    column("now", "On record", "amount", { unit }),
    column("p10", "P10", "amount", { unit, over }),
    column("p50", "P50", "amount", { unit, over }),
    column("p90", "P90", "amount", { unit, over }),
  ];
  const notes = openNotes();
  const names = new Map(facts.allies.map((one) => [one.id, one.name]));
  const rows = forecast.lines
    .filter((line) => line.party === null || names.has(line.party))
    .map((line) => {
      const note = notes.mark(
        line.p50 === null && line.reason !== null ? `${classHeads[line.class]}: ${sentence(line.reason)}` : null,
      );
      const cells = [
        cell(classHeads[line.class]),
        cell(line.now),
        cell(line.p10, note),
        cell(line.p50),
        cell(line.p90),
      ];
      const name = line.party === null ? "All givers of the book" : (names.get(line.party) ?? line.party);
      return row(`${line.party ?? totalId}/${line.class}`, name, cells, line.party === null ? "total" : "row");
    });
  const chance =
    forecast.probability === null ? "" : ` That it is met by its day: ${forecast.probability} % of courses.`;
  return {
    ...head,
    title: `What is expected by ${dayWords(forecast.until)}: ${forecast.milestone}`,
    text: `An estimate, not a figure of the record, rounded to a thousand and read at the end of ${forecast.month}. In one course of ten it ends below P10, in five of ten below P50, in nine of ten below P90. The last rows are of every giver of the book, inside the boundary or not.${chance}`,
    columns,
    rows,
    notes: notes.list(),
    empty: "The forecast says nothing of these givers.",
  };
}
