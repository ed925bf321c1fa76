import type { Command } from "commander";
import { totals } from "#app/totals.ts";
import type { Dimension, Totals, TotalsRow } from "#core/views.ts";
import { withFrame, type FrameOptions } from "./frame-options.ts";
import { csvText, groupDigits, jsonText, tableText, type Column } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = FrameOptions &
  Readonly<{
    by: string;
    class?: string;
    donor?: string;
    category?: string;
    stream?: string;
    json?: true;
    csv?: true;
    data?: string;
  }>;

/** `mainstay totals`: sums of one book by the dimensions asked, as a table, JSON or CSV. */
export function addTotals(program: Command, environment: Environment): void {
  withFrame(
    program
      .command("totals")
      .description("Totals of one book: by donor, category, stream, group, year, month, class or unit")
      .option("--by <dimensions>", "what to group by, with commas", "donor,category")
      .option(
        "--class <class>",
        "said, bound, placed, moved or received; without it, a row for each class and no total",
      )
      .option("--donor <party>", "only this giver: name, alias or code")
      .option("--category <category>", "only this category of the source")
      .option("--stream <stream>", "only this stream: finance, materiel, training, staff"),
  )
    .option("--json", "print JSON")
    .option("--csv", "print CSV")
    .addHelpText(
      "after",
      "\nExample: npx mainstay totals --by donor,category --class bound --known-at 2022-10-31 --json",
    )
    .action(async (options: Options) => {
      await inSession(environment, options, async ({ db }) => {
        const figure = await totals(db, { ...options, by: options.by.split(",").map((word) => word.trim()) });
        environment.terminal.out(
          options.json ? jsonText(printed(figure)) : options.csv ? csvOf(figure) : textOf(figure),
        );
      });
    });
}

/** The JSON of the command: rows and total first, then the frame in words and everything that stands beside a figure. */
function printed(figure: Totals): unknown {
  const { rows, total, boundary, basis, notConverted, unknown, partial, differences, frame, sources } = figure;
  return {
    rows,
    total,
    class: figure.class,
    boundary,
    basis,
    notConverted,
    unknown,
    partial,
    differences,
    sources,
    frame,
  };
}

function cellOf(row: TotalsRow, dimension: Dimension): string {
  return row[dimension] ?? "";
}

function csvOf(figure: Totals): string {
  const header = [...figure.by, "amount", "unit", "postings"];
  return csvText(
    header,
    figure.rows.map((row) => [
      ...figure.by.map((dimension) => cellOf(row, dimension)),
      row.amount,
      row.unit,
      String(row.postings),
    ]),
  );
}

function textOf(figure: Totals): string {
  const columns: Column<TotalsRow>[] = [
    ...figure.by.map((dimension) => ({ title: dimension, cell: (row: TotalsRow) => cellOf(row, dimension) })),
    { title: `amount (${figure.frame.unit})`, cell: (row) => groupDigits(row.amount), right: true },
  ];
  const lines = [tableText(columns, figure.rows)];
  if (figure.total !== null) lines.push(`Total ${groupDigits(figure.total)} ${figure.frame.unit}\n`);
  const { asOf, knownAt, book } = figure.frame;
  lines.push(
    `\nBook ${book}; as of ${asOf ?? "everything on record"}; known at ${knownAt ?? "the latest"}; ${figure.sources === 1 ? "1 source" : `${figure.sources} sources`}.\n`,
  );
  lines.push(`${figure.boundary}\n${figure.basis}\n`);
  for (const row of figure.partial) lines.push(`In part (${row.class}): ${row.reason}\n`);
  for (const row of figure.unknown)
    lines.push(`Not known (${row.class}): ${row.reason}${row.promises > 0 ? `; ${row.promises} promises` : ""}\n`);
  for (const row of figure.notConverted)
    lines.push(
      `Not converted (${row.class}): ${groupDigits(row.amount)} ${row.unit} in ${row.postings} postings: ${row.reason}\n`,
    );
  for (const row of figure.differences) {
    lines.push(
      `Differs from its publisher: ${row.donor}, ${row.category}, ${row.class}: ${row.release} prints ${groupDigits(row.printed)}, its rows add up to ${groupDigits(row.ours)}\n`,
    );
  }
  return lines.join("");
}
