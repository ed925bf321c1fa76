import type { Command } from "commander";
import { whatIf } from "#app/whatif.ts";
import type { WhatIf } from "#core/views-governed.ts";
import { withGiving, type FrameOptions } from "./frame-options.ts";
import { scenarioNotes } from "./key-text.ts";
import { csvText, groupDigits, jsonText, tableText, type Column } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = FrameOptions & Readonly<{ class?: string; json?: true; csv?: true; data?: string }>;

const words = `
A what-if is a key's name and words: amount-40000000000 year-2025 members-GROUP with-jpn.kor without-usa out-hun.svk
from-ukr.2026-07-01 until-usa.2026-07-01 floor-0.001% ceiling-22% equal-10% discount-80% spread-equally gap-open.
The first is today's; the others are shown beside it. The page "What if" takes the same words in its address.

Example: npx mainstay whatif "nato-by-gdp" "nato-by-gdp out-hun.svk" "un-scale-kind" --class placed --json`;

/** `mainstay whatif`: every party's bill under up to five what-ifs, beside what it gives already. */
export function addWhatIf(program: Command, environment: Environment): void {
  withGiving(
    program
      .command("whatif <what-ifs...>")
      .description("Every party's bill under up to five what-ifs, beside today's and beside what it gives already"),
  )
    .option("--json", "print JSON, with every step of every share")
    .option("--csv", "print CSV")
    .addHelpText("after", words)
    .action(async (scenarios: string[], options: Options) => {
      await inSession(environment, options, async ({ db }) => {
        const found = await whatIf(db, { ...options, scenarios });
        environment.terminal.out(options.json ? jsonText(found) : options.csv ? csvOf(found) : textOf(found));
      });
    });
}

type Row = WhatIf["rows"][number];

function csvOf(found: WhatIf): string {
  const header = found.scenarios.flatMap((_, index) =>
    ["amount", "percent", "difference", "pct_gdp", "per_head"].map((name) => `${name}_${index + 1}`),
  );
  const cells = (row: Row) =>
    row.bills.flatMap((bill) =>
      [bill?.amount, bill?.percent, bill?.difference, bill?.pctGdp, bill?.perHead].map((cell) => cell ?? null),
    );
  return csvText(
    ["party", "name", "gives", ...header],
    found.rows.map((row) => [row.party, row.name, row.gives, ...cells(row)]),
  );
}

function textOf(found: WhatIf): string {
  const bill = (row: Row, index: number) => row.bills[index] ?? null;
  const money = (row: Row, index: number): string => {
    const one = bill(row, index);
    return one === null ? "no member" : one.out ? "stays out" : (groupDigits(one.amount) ?? "");
  };
  const columns: Column<Row>[] = [
    { title: "party", cell: (row) => row.name },
    { title: `gives (${found.class})`, cell: (row) => groupDigits(row.gives), right: true },
    ...found.scenarios.flatMap((_, index): Column<Row>[] => [
      { title: index === 0 ? "1 (today)" : String(index + 1), cell: (row) => money(row, index), right: true },
      ...(index === 0
        ? []
        : [
            {
              title: `${index + 1} - 1`,
              cell: (row: Row) => groupDigits(bill(row, index)?.difference ?? null) ?? "-",
              right: true,
            },
          ]),
      { title: "% of GDP", cell: (row) => bill(row, index)?.pctGdp ?? "-", right: true },
      { title: "per head", cell: (row) => groupDigits(bill(row, index)?.perHead ?? null) ?? "-", right: true },
    ]),
  ];
  const rows = found.rows.toSorted(
    (left, right) => Number(bill(right, 0)?.amount ?? 0) - Number(bill(left, 0)?.amount ?? 0),
  );
  const { asOf, knownAt, book } = found.frame;
  const frame = `What each gives: book ${book}; class ${found.class}; as of ${asOf ?? "everything on record"}; known at ${knownAt ?? "the latest"}; ${found.sources} sources.\n${found.boundary}\n${found.basis}\n`;
  return `${tableText(columns, rows)}\n${scenarioNotes(found)}\n${frame}${found.partial.map((reason) => `In part: ${reason}\n`).join("")}`;
}
