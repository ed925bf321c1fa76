import type { ForecastRecord, RecordCase, RecordGroup, RecordSummary, RuleScore } from "#core/views-forecast.ts";
import { millionsText, shareText } from "./forecast-text.ts";
import { groupDigits, tableText } from "./output.ts";

export function recordText(record: ForecastRecord, withCases: boolean): string {
  const { unit } = record;
  return [
    `How forecasts of ${record.book} did, ${groupDigits(String(record.paths))} paths each, seed ${record.seed}.\n`,
    `As known then: ${summaryText(record.summary, unit)}`,
    `With hindsight, which is easier: ${summaryText(record.hindsight, unit)}`,
    groupsText("origin", record.origins, unit),
    wholesText(record.origins, unit),
    groupsText("giver", record.givers, unit),
    ...(withCases ? [casesText(record.cases, unit)] : []),
    record.notes.map((note) => `${note}\n`).join(""),
  ].join("\n");
}

function summaryText({ says, rules }: RecordSummary, unit: string): string {
  if (rules.length === 0) return `${says}\n`;
  return `${says}\n\n${tableText(
    [
      { title: "rule", cell: (row: RuleScore) => row.title },
      { title: `pinball loss (${unit} million)`, cell: (row: RuleScore) => millionsText(row.pinball), right: true },
      { title: "of what stood, each giver alike", cell: (row: RuleScore) => shareText(row.relative), right: true },
      { title: `bias (${unit} million)`, cell: (row: RuleScore) => millionsText(row.bias), right: true },
    ],
    rules,
  )}`;
}

function groupsText(what: string, groups: readonly RecordGroup[], unit: string): string {
  const loss = (rule: RuleScore["rule"]) => (row: RecordGroup) =>
    millionsText(row.rules.find((one) => one.rule === rule)?.pinball ?? null);
  return tableText(
    [
      { title: what, cell: (row: RecordGroup) => row.name },
      { title: "cases", cell: (row: RecordGroup) => String(row.cases), right: true },
      { title: "in the band", cell: (row: RecordGroup) => shareText(row.coverage), right: true },
      { title: `forecast (${unit} million)`, cell: loss("model"), right: true },
      { title: "promised on time", cell: loss("promised"), right: true },
      { title: "last year's pace", cell: loss("pace"), right: true },
      { title: "better than both", cell: (row: RecordGroup) => (row.beats ? "yes" : "no") },
    ],
    groups,
  );
}

function wholesText(groups: readonly RecordGroup[], unit: string): string {
  const amount = (part: "p10" | "p50" | "p90" | "outcome") => (row: RecordGroup) =>
    millionsText(row.whole?.[part] ?? null);
  return tableText(
    [
      { title: "all givers together", cell: (row: RecordGroup) => row.name },
      { title: `P10 (${unit} million)`, cell: amount("p10"), right: true },
      { title: "P50", cell: amount("p50"), right: true },
      { title: "P90", cell: amount("p90"), right: true },
      { title: "came", cell: amount("outcome"), right: true },
    ],
    groups.filter((group) => group.whole !== null),
  );
}

function casesText(cases: readonly RecordCase[], unit: string): string {
  return tableText(
    [
      { title: "known at", cell: (row: RecordCase) => row.origin },
      { title: "how", cell: (row: RecordCase) => row.kind },
      { title: "class", cell: (row: RecordCase) => row.class },
      { title: "giver", cell: (row: RecordCase) => row.name },
      { title: "for", cell: (row: RecordCase) => row.outcomeOn },
      { title: `P10 (${unit} million)`, cell: (row: RecordCase) => millionsText(row.p10), right: true },
      { title: "P50", cell: (row: RecordCase) => millionsText(row.p50), right: true },
      { title: "P90", cell: (row: RecordCase) => millionsText(row.p90), right: true },
      { title: "came", cell: (row: RecordCase) => millionsText(row.outcome), right: true },
      { title: "inside", cell: (row: RecordCase) => (row.inside ? "yes" : "no") },
    ],
    cases,
  );
}
