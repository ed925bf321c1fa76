import type { Command } from "commander";
import { issueCall, type CallOrder } from "#app/funds/call.ts";
import { callView } from "#app/funds/call-view.ts";
import { invoiceSheet, invoicesOf, invoicesTable } from "#app/funds/invoices.ts";
import { MainstayError } from "#core/errors.ts";
import type { CallShareView, CallView } from "#core/views-funds.ts";
import { acting, doingOf, gather, pairOf, type ActingOptions } from "./acting.ts";
import { groupDigits, jsonText, tableText, type Column } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type IssueOptions = ActingOptions &
  Readonly<{
    decision?: string;
    authority?: string;
    year?: string;
    instalment: string;
    instalments: string;
    line?: readonly string[];
    due?: string;
  }>;

/** `mainstay call`: contributions called, shown, and invoiced. */
export function addCall(program: Command, environment: Environment): void {
  const { terminal, clock } = environment;
  const command = program
    .command("call")
    .description("Calls for contributions: everyone's part by the fund's key, to the cent");
  acting(
    command
      .command("issue <fund> <id>")
      .description("Calls contributions, by a decision to call or under an authority")
      .option("--decision <proposal>", "an adopted proposal to call; all else comes from it")
      .option("--authority <id>", "an authority to call, instead of a decision")
      .option("--year <year>", "the year it is for")
      .option("--instalment <n>", "which instalment of the year", "1")
      .option("--instalments <n>", "of how many", "1")
      .option("--line <line=amount>", "how much for a line; as often as there are lines", gather)
      .option("--due <day>", "the day it is due (YYYY-MM-DD)"),
  )
    .addHelpText("after", "\nExample: npx mainstay call issue five-year-fund fyf-2026-1 --decision call-2026-1")
    .action(async (fund: string, id: string, options: IssueOptions) =>
      inSession(environment, options, async ({ db }) => {
        const call = await issueCall(db, fund, orderOf(id, options), doingOf(environment, options));
        const found = await callView(db, clock, { fund, call });
        terminal.out(options.json ? jsonText(found) : callText(found));
      }),
    );
  command
    .command("show <fund> <call>")
    .description("One call: everyone's share, reference, what came and what is late")
    .option("--as-of <day>", "the day for arrears (YYYY-MM-DD); today without it")
    .option("--json", "print JSON, with every step of every share")
    .addHelpText("after", "\nExample: npx mainstay call show harbour-fund hf-2026-1 --as-of 2026-09-30")
    .action(async (fund: string, call: string, options: Readonly<{ asOf?: string; json?: true; data?: string }>) =>
      inSession(environment, options, async ({ db }) => {
        const found = await callView(db, clock, { fund, call }, options.asOf);
        terminal.out(options.json ? jsonText(found) : callText(found));
      }),
    );
  addInvoices(command, environment);
}

type InvoiceOptions = Readonly<{ asOf?: string; csv?: true; json?: true; pdf?: string; data?: string }>;

function addInvoices(command: Command, environment: Environment): void {
  const { terminal, clock } = environment;
  command
    .command("invoices <fund> <call>")
    .description("The invoices of a call: as CSV, as JSON, or each as a PDF in a folder")
    .option("--as-of <day>", "what is paid and outstanding as of this day (YYYY-MM-DD); today without it")
    .option("--csv", "print CSV; what is printed without anything else")
    .option("--json", "print JSON")
    .option("--pdf <folder>", "write one PDF a member into this folder")
    .addHelpText("after", "\nExample: npx mainstay call invoices harbour-fund hf-2026-1 --pdf invoices")
    .action(async (fund: string, call: string, options: InvoiceOptions) =>
      inSession(environment, options, async ({ db }) => {
        const which = { fund, call };
        if (options.pdf === undefined) {
          const text = options.json
            ? jsonText(await invoicesOf(db, clock, which, options.asOf))
            : await invoicesTable(db, clock, which, options.asOf);
          return terminal.out(text);
        }
        const invoices = await invoicesOf(db, clock, which, options.asOf);
        for (const { party } of invoices) {
          const sheet = await invoiceSheet(db, clock, { ...which, party: party.id }, options.asOf);
          await environment.writeFile(`${options.pdf}/${call}-${party.id}.pdf`, sheet);
        }
        terminal.out(`${invoices.length} invoices are in ${options.pdf}\n`);
      }),
    );
}

function orderOf(id: string, options: IssueOptions): CallOrder {
  if (options.decision !== undefined) return { id, decision: options.decision };
  const { authority, year, due } = options;
  const missing = Object.entries({ decision: authority, year, due, line: options.line?.[0] }).find(
    ([, value]) => value === undefined,
  );
  if (authority === undefined || year === undefined || due === undefined || missing !== undefined)
    throw new MainstayError("parameter_invalid", "nothing", { field: missing?.[0] ?? "decision" });
  return {
    id,
    authority,
    year: wholeOf(year, "year"),
    instalment: wholeOf(options.instalment, "instalment"),
    instalments: wholeOf(options.instalments, "instalments"),
    lines: (options.line ?? []).map(pairOf).map(({ name, value }) => ({ line: name, amount: value })),
    dueOn: due,
  };
}

function wholeOf(text: string, field: string): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) === 0)
    throw new MainstayError("parameter_invalid", JSON.stringify(text), { field });
  return Number(text);
}

function callText(call: CallView): string {
  const { currency } = call;
  const columns: readonly Column<CallShareView>[] = [
    { title: "member", cell: (row) => row.name },
    { title: "share, %", cell: (row) => row.percent, right: true },
    { title: `amount (${currency})`, cell: (row) => groupDigits(row.amount), right: true },
    { title: "received", cell: (row) => groupDigits(row.received), right: true },
    { title: "outstanding", cell: (row) => groupDigits(row.outstanding), right: true },
    { title: "days late", cell: (row) => (row.daysLate === null ? "" : String(row.daysLate)), right: true },
    { title: "reference", cell: (row) => (row.exempt === null ? row.reference : row.exempt) },
  ];
  const rows = call.shares.toSorted((left, right) => Number(right.amount) - Number(left.amount));
  return [
    `Call ${call.id} of ${call.fund}: ${call.year}, instalment ${call.instalment} of ${call.instalments}, ${currency} ${groupDigits(call.amount)}, due on ${call.dueOn}.`,
    `By the key ${call.key.title}, under the decision ${call.decision}. As of ${call.asOf}: received ${groupDigits(call.received)}, in kind ${groupDigits(call.credited)}, in arrears ${groupDigits(call.arrears)}.`,
    ...(Number(call.uncovered) > 0 ? [`Borne by nobody: ${groupDigits(call.uncovered)}.`] : []),
    "",
    tableText(columns, rows),
  ].join("\n");
}
