import type { Command } from "commander";
import { diff } from "#app/diff.ts";
import { trackerBook } from "#app/import.ts";
import type { DiffRow } from "#core/views.ts";
import { csvText, groupDigits, jsonText, tableText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{ book: string; class: string; json?: true; csv?: true; data?: string; all?: true }>;

const shownRows = 30;

/** `mainstay diff A B`: what release B says differently from release A. */
export function addDiff(program: Command, environment: Environment): void {
  program
    .command("diff <release-a> <release-b>")
    .description("What one release says differently from another: added, dropped, new money, re-conversion, re-coding")
    .option("--book <name>", "the book of the releases", trackerBook)
    .option("--class <class>", "the class compared", "bound")
    .option("--all", "print every row, not the first ones")
    .option("--json", "print JSON")
    .option("--csv", "print the rows as CSV")
    .action(async (from: string, to: string, options: Options) => {
      await inSession(environment, options, async ({ db }) => {
        const found = await diff(db, { book: options.book, from, to, class: options.class });
        const { out } = environment.terminal;
        if (options.json) out(jsonText(found));
        else if (options.csv) out(csvOf(found.rows));
        else out(textOf(found, options.all === true));
      });
    });
}

function csvOf(rows: readonly DiffRow[]): string {
  const fields = [
    "kind",
    "code",
    "donor",
    "category",
    "unitBefore",
    "unitAfter",
    "originalBefore",
    "originalAfter",
    "reportedBefore",
    "reportedAfter",
    "change",
    "note",
  ] as const;
  return csvText(
    fields,
    rows.map((row) => fields.map((field) => row[field])),
  );
}

function textOf(found: Awaited<ReturnType<typeof diff>>, all: boolean): string {
  const { summary } = found;
  const kinds = [
    ["added", summary.added],
    ["dropped", summary.dropped],
    ["new money", summary.newMoney],
    ["re-conversion", summary.reconverted],
    ["re-coding", summary.recoded],
  ] as const;
  const sums = tableText(
    [
      { title: `${found.from} to ${found.to}, ${found.class}`, cell: ([kind]) => kind },
      { title: "promises", cell: ([, sum]) => String(sum.promises), right: true },
      { title: "change (EUR)", cell: ([, sum]) => groupDigits(sum.amount), right: true },
    ],
    kinds,
  );
  const rows = all ? found.rows : found.rows.slice(0, shownRows);
  const table = tableText<DiffRow>(
    [
      { title: "kind", cell: (row) => row.kind },
      { title: "code", cell: (row) => row.code },
      { title: "donor", cell: (row) => row.donor },
      { title: "category", cell: (row) => row.category },
      { title: "before (EUR)", cell: (row) => groupDigits(row.reportedBefore) ?? "", right: true },
      { title: "after (EUR)", cell: (row) => groupDigits(row.reportedAfter) ?? "", right: true },
      { title: "change (EUR)", cell: (row) => groupDigits(row.change), right: true },
      { title: "note", cell: (row) => row.note },
    ],
    rows,
  );
  const more = found.rows.length - rows.length;
  return `${sums}\n${table}${more > 0 ? `... and ${more} more: --all, --csv or --json\n` : ""}`;
}
