import { modelledWords } from "../../modelled.ts";
import { dayWords } from "../../months.ts";
import { present } from "../../present.ts";
import type { PledgeReport, ReportChart, ReportMark, ReportTable } from "../../views-report.ts";
import type { ReportFacts } from "./facts.ts";
import { findingsOf } from "./findings.ts";
import { frontSpan, summaryTable } from "./front.ts";
import { methodOf } from "./method.ts";
import { cellAt, raised, totalId } from "./table.ts";
import { fairTable, isFair } from "./tables-fair.ts";
import { arrearsTable, callsTable, linesTable } from "./tables-fund.ts";
import { categoryTotals, classTable, periodWords, spanWords, splitTable } from "./tables-given.ts";
import {
  decisionsTable,
  differencesTable,
  forecastTable,
  notCountedTable,
  predictabilityTable,
} from "./tables-other.ts";

const mostDecisions = 6; // on the front; all of them are in the annex

/** The pledge report, drawn from facts that are all cut by the same days and boundary. */
export function buildReport(facts: ReportFacts): PledgeReport {
  const annex = annexOf(facts);
  const tableOf = (id: string): ReportTable | undefined => annex.find((one) => one.id === id);
  const [fair, predictability, forecast, decisions] = [
    fairTable(facts, numberOf(annex, "fair-shares")),
    predictabilityTable(facts, numberOf(annex, "predictability")),
    forecastTable(facts, numberOf(annex, "forecast")),
    decisionsTable(facts, facts.money === null ? "Table 2" : "Table 3", {
      most: mostDecisions,
      whole: numberOf(annex, "decisions"),
    }),
  ];
  const arrears = tableOf("arrears") ?? null;
  const drawn = { fair, arrears, predictability, forecast };
  const byCategory = present(tableOf("categories-all"), "the table of categories");
  const summary = summaryTable(facts, drawn, "Table 1");
  const findings = findingsOf(facts, drawn);
  const { period, fund, group, book } = facts;
  const whose = fund?.title ?? group?.name ?? "All givers";
  return {
    title: "Pledge report",
    subtitle: `${whose}: support to ${book.recipient}, ${period.words}`,
    frame: facts.frame,
    boundaryName: facts.boundaryName,
    period,
    asOf: facts.asOf,
    knownAt: facts.knownAt,
    synthetic: facts.synthetic,
    modelled: facts.modelled === null ? null : modelledWords(facts.modelled),
    book,
    fund,
    group,
    key: facts.key,
    findings,
    marks: marksOf(facts, byCategory, arrears, predictability),
    charts: chartsOf(facts, fair, byCategory, barsThatFit(findings.length, byCategory.rows.length - 1)),
    front: [
      summary,
      ...(facts.money === null
        ? []
        : [{ ...linesTable(facts, facts.money, "Table 2", "millions"), id: "lines-front" }]),
      decisions,
    ],
    annex,
    method: methodOf(facts),
    sources: facts.sources,
    file: [
      book.slug,
      "pledge-report",
      fund?.id ?? group?.slug ?? "all",
      period.id.replace("/", "-to-"),
      `known-at-${facts.knownAt}`,
      facts.synthetic ? "synthetic" : "",
    ]
      .filter((part) => part !== "")
      .join("_"),
  };
}

function annexOf(facts: ReportFacts): readonly ReportTable[] {
  const { money } = facts;
  const makers: readonly ((number: string) => ReportTable)[] = [
    (number) => fairTable(facts, number),
    (number) => classTable(facts, "period", number),
    (number) => classTable(facts, "to-date", number),
    (number) => categoryTotals(facts, frontSpan(facts), number),
    (number) => splitTable(facts, "category", "period", number),
    (number) => splitTable(facts, "category", "to-date", number),
    (number) => splitTable(facts, "channel", "period", number),
    (number) => splitTable(facts, "channel", "to-date", number),
    ...(money === null
      ? []
      : [
          (number: string) => arrearsTable(facts, money, number),
          (number: string) => callsTable(facts, money, number),
          (number: string) => linesTable(facts, money, number, "exact"),
        ]),
    (number) => predictabilityTable(facts, number),
    (number) => forecastTable(facts, number),
    (number) => decisionsTable(facts, number, null),
    (number) => notCountedTable(facts, number),
    (number) => differencesTable(facts, number),
  ];
  return makers.map((make, place) => raised(make(`Table A.${place + 1}`)));
}

const numberOf = (tables: readonly ReportTable[], id: string): string =>
  tables.find((one) => one.id === id)?.number ?? "";

/** How many bars leave room on the first page for its findings and both charts: in points, as the paper has it. */
function barsThatFit(findings: number, categories: number): number {
  return Math.min(20, Math.max(6, Math.floor((415 - 20 * findings) / 11.5) - categories));
}

/** The figures that stand large: what is known of pledged, bound, placed, received, and what is late. */
function marksOf(
  facts: ReportFacts,
  byCategory: ReportTable,
  arrears: ReportTable | null,
  predictability: ReportTable,
): readonly ReportMark[] {
  const when = frontSpan(facts) === "period" ? `in the ${periodWords(facts)}` : `to ${dayWords(facts.asOf)}`;
  const classes = (["said", "bound", "placed", "moved", "received"] as const)
    .filter((name) => cellAt(byCategory, totalId, name)?.value != null)
    .map((name): ReportMark => {
      const head = byCategory.columns.find((one) => one.id === name)?.head ?? name;
      return { label: head, table: byCategory.id, row: totalId, column: name, note: when };
    });
  const others: readonly ReportMark[] = [
    ...(arrears === null
      ? []
      : [
          {
            label: "In arrears",
            table: "arrears",
            row: totalId,
            column: "arrears",
            note: `as of ${dayWords(facts.asOf)}`,
          },
        ]),
    ...(cellAt(predictability, totalId, "annual")?.value == null
      ? []
      : [{ label: "Annual predictability", table: "predictability", row: totalId, column: "annual", note: when }]),
  ];
  return [...classes.slice(0, 6 - others.length), ...others];
}

function chartsOf(
  facts: ReportFacts,
  fair: ReportTable,
  byCategory: ReportTable,
  mostBars: number,
): readonly ReportChart[] {
  const known = isFair(facts.fair) ? facts.fair : null;
  const table = known === null ? `classes-${frontSpan(facts)}` : fair.id;
  const size = (id: string): bigint =>
    known === null ? (facts.given.sum({ donor: id, class: "bound" }) ?? -1n) : (known.given.get(id) ?? -1n);
  const rows = facts.allies
    .map((ally) => ally.id)
    .filter((id) => size(id) > 0n)
    .sort((left, right) => (size(left) < size(right) ? 1 : size(left) > size(right) ? -1 : 0))
    .slice(0, mostBars);
  const most = rows.length < facts.allies.length ? ` The ${rows.length} that gave most.` : "";
  const bars: ReportChart = {
    id: "against-share",
    number: "Figure 1",
    title:
      known === null
        ? `What each bound, ${spanWords(facts, frontSpan(facts))}`
        : "What each gave, beside its fair share",
    text:
      known === null
        ? `${facts.unit} million.${most}`
        : `${facts.unit} million. Bar: ${known.givenWords}. Upright line: its share by the key of ${known.of}; on the right, what was given of it in per cent.${most}`,
    kind: "bars",
    table,
    rows,
    columns: known === null ? ["bound"] : ["given", "fair", "part"],
  };
  const categories = byCategory.rows.filter((one) => one.kind === "row").map((one) => one.id);
  const columns = byCategory.columns
    .map((one) => one.id)
    .filter((id) => cellAt(byCategory, totalId, id)?.value != null);
  const multiples: ReportChart = {
    id: "how-far",
    number: "Figure 2",
    title: `How far it has got, by category, ${spanWords(facts, frontSpan(facts))}`,
    text: `${facts.unit} million, all panels on one scale.`,
    kind: "multiples",
    table: byCategory.id,
    rows: categories,
    columns,
  };
  return [
    ...(rows.length === 0 ? [] : [bars]),
    ...(categories.length === 0 || columns.length === 0 ? [] : [multiples]),
  ];
}
