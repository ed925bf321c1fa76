import type { Command } from "commander";
import { importReceipts, matchReceipt, unmatchedReceipts } from "#app/funds/receipts.ts";
import type { ReceiptsReport, UnmatchedEntry } from "#core/views-funds.ts";
import { acting, doingOf, withExample, type ActingOptions } from "./acting.ts";
import { groupDigits, jsonText, tableText, type Column } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type ImportOptions = ActingOptions & Readonly<{ statement?: string; account?: string }>;

/** `mainstay receipts`: bank statements in, matched by reference; what is not matched, and by hand. */
export function addReceipts(program: Command, environment: Environment): void {
  const { terminal } = environment;
  const command = program.command("receipts").description("Money that came: bank statements, and what they settle");
  acting(
    command
      .command("import <fund> <file>")
      .description("Imports a bank statement (ISO 20022 camt.053, or CSV) and matches it by reference")
      .option("--statement <id>", "the statement's number, where the table has no such column")
      .option("--account <number>", "the account, where the table has no such column"),
  )
    .addHelpText("after", "\nExample: npx mainstay receipts import five-year-fund statement.xml")
    .action(async (fund: string, file: string, options: ImportOptions) =>
      inSession(environment, options, async ({ db }) => {
        const bytes = await environment.readFile(file);
        const { statement, account } = options;
        const read = { bytes, fileName: file, statement, account };
        const report = await importReceipts(db, fund, read, doingOf(environment, options));
        terminal.out(options.json ? jsonText(report) : reportText(report));
      }),
    );
  const match = command
    .command("match <fund> <statement> <entry> <reference>")
    .description("Matches a bank entry with what is payable under a reference, by hand")
    .option("--account <number>", "the statement's account, where statements of several go by one number")
    .option("--amount <amount>", "so much of it; all that fits without it");
  withExample(acting(match), "receipts match five-year-fund 2026-03 E7 RF7826C1XGRAHWRX14").action(
    async (
      fund: string,
      statement: string,
      entry: string,
      reference: string,
      options: ActingOptions & Readonly<{ account?: string; amount?: string }>,
    ) =>
      inSession(environment, options, async ({ db }) => {
        const { account, amount } = options;
        const asked = { statement, account, entry, reference, amount };
        const report = await matchReceipt(db, fund, asked, doingOf(environment, options));
        terminal.out(options.json ? jsonText(report) : reportText(report));
      }),
  );
  command
    .command("list <fund>")
    .description("The bank entries that are not matched, and why")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay receipts list harbour-fund")
    .action(async (fund: string, options: ActingOptions) =>
      inSession(environment, options, async ({ db }) => {
        const found = await unmatchedReceipts(db, fund);
        terminal.out(options.json ? jsonText(found) : unmatchedText(found));
      }),
    );
}

/** The account is told where the entries are of several. */
const columnsOf = (found: readonly UnmatchedEntry[]): readonly Column<UnmatchedEntry>[] => [
  { title: "statement", cell: (row) => row.statement },
  ...(new Set(found.map((row) => row.account)).size > 1
    ? [{ title: "account", cell: (row: UnmatchedEntry) => row.account }]
    : []),
  { title: "entry", cell: (row) => row.entry },
  { title: "booked", cell: (row) => row.bookedOn },
  { title: "left", cell: (row) => groupDigits(row.left), right: true },
  { title: "", cell: (row) => row.currency },
  { title: "from or to", cell: (row) => row.counterparty ?? "" },
  { title: "why", cell: (row) => row.why },
];

function unmatchedText(found: readonly UnmatchedEntry[]): string {
  return found.length === 0 ? "Every bank entry is matched.\n" : tableText(columnsOf(found), found);
}

function reportText(report: ReceiptsReport): string {
  const statements = report.statements.map(
    ({ id, account, otherThan, entries, already }) =>
      `Statement ${id} of ${account}: ${entries} entries${already ? ", on record already" : ""}.${
        otherThan === null ? "" : ` ${account} is not the fund's account, which is ${otherThan}.`
      }`,
  );
  const matched =
    report.matched.length === 0
      ? ["Nothing is matched.\n"]
      : [
          tableText(
            [
              { title: "matched", cell: (row) => row.name },
              { title: "amount", cell: (row) => groupDigits(row.amount), right: true },
              { title: "reference", cell: (row) => row.reference },
              { title: "entry", cell: (row) => row.entry },
            ],
            report.matched,
          ),
        ];
  return [...statements, ...matched, unmatchedText(report.unmatched)].join("\n");
}
