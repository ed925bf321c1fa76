import type { Command } from "commander";
import type { Database } from "#app/database.ts";
import { fundList, fundView } from "#app/funds/view.ts";
import { MainstayError } from "#core/errors.ts";
import { modelledWords } from "#core/modelled.ts";
import type { FundList, FundRow, FundView } from "#core/views-funds.ts";
import { groupDigits, jsonText, tableText, type Column } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{ book: string; asOf?: string; acts?: true; json?: true; data?: string }>;

/** `mainstay fund`: the funds of a book, one of them whole, and the terms to propose one by. */
export function addFund(program: Command, environment: Environment): void {
  const { terminal, clock } = environment;
  const command = program
    .command("fund")
    .description("Funds: what they are, what came, what was spent under which decision");
  command
    .command("list")
    .description("The funds of a book, and the models that one could be proposed from")
    .option("--book <book>", "the book", "worked-case")
    .option("--as-of <day>", "the day for arrears (YYYY-MM-DD); today without it")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay fund list --book rehearsal")
    .action(async (options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const found = await fundList(db, clock, options.book, options.asOf);
        terminal.out(options.json ? jsonText(found) : listText(found, options.book));
      }),
    );
  command
    .command("show <fund>")
    .description("One fund whole: money by line and member, calls, pledges, what is not matched, authorities")
    .option("--as-of <day>", "the day for arrears (YYYY-MM-DD); today without it")
    .option("--acts", "every act too, with its postings")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay fund show five-year-fund --as-of 2026-06-30")
    .action(async (id: string, options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const found = await fundView(db, clock, id, options.asOf);
        terminal.out(options.json ? jsonText(found) : fundText(found, options.acts === true));
      }),
    );
  command
    .command("terms <model>")
    .description("The terms of a model as a file for `decision text --terms`")
    .option("--book <book>", "the book", "worked-case")
    .option("--json", "print JSON, which it always does")
    .addHelpText("after", "\nExample: npx mainstay fund terms five-year-fund > terms.json")
    .action(async (id: string, options: Options) =>
      inSession(environment, options, async ({ db }) => terminal.out(await modelText(db, clock, options.book, id))),
    );
}

async function modelText(db: Database, clock: () => string, book: string, id: string): Promise<string> {
  const { models } = await fundList(db, clock, book);
  const model = models.find((one) => one.id === id);
  if (model === undefined) throw new MainstayError("unknown_fund", JSON.stringify(id), { field: "model" });
  return jsonText(JSON.parse(model.proposal ?? "null"));
}

const money = (title: string, of: (row: FundRow) => string): Column<FundRow> => ({
  title,
  cell: (row) => groupDigits(of(row)),
  right: true,
});

function listText(found: FundList, book: string): string {
  const columns: readonly Column<FundRow>[] = [
    { title: "fund", cell: (row) => row.id },
    { title: "title", cell: (row) => row.title },
    { title: "", cell: (row) => row.currency },
    money("envelope", (row) => row.envelope),
    money("called", (row) => row.called),
    money("received", (row) => row.received),
    money("available", (row) => row.available),
    money("arrears", (row) => row.arrears),
  ];
  const table = found.funds.length === 0 ? `No fund has been opened in ${book}.\n` : tableText(columns, found.funds);
  const models = found.models.map((model) => `${model.title} (${model.id})\n  ${model.modelled}\n`);
  return `${table}\nAs of ${found.asOf}.\n\nModels, on which no money is on record:\n${models.join("")}`;
}

function fundText(fund: FundView, withActs: boolean): string {
  const { currency } = fund;
  return [
    `${fund.title} (${fund.id})${fund.synthetic ? ", synthetic: made up to try the program out" : ""}`,
    `${fund.from} to ${fund.until}, contributed to by ${fund.membersName}. Opened by the decision ${fund.decision}.${
      fund.ended === null
        ? ""
        : ` That decision was ${fund.ended}: the fund takes in nothing new; what it holds can still be spent and moved.`
    }`,
    ...(fund.modelled === null ? [] : [modelledWords(fund.modelled)]),
    `As of ${fund.asOf}: called ${currency} ${groupDigits(fund.called)}, pledged ${groupDigits(fund.pledged)}, received ${groupDigits(fund.received)}, placed ${groupDigits(fund.placed)}, paid ${groupDigits(fund.paid)}, available ${groupDigits(fund.available)}, in arrears ${groupDigits(fund.arrears)}.`,
    fund.balance.agrees ? "Money in is money out and money left." : "MONEY IN IS NOT MONEY OUT AND MONEY LEFT.",
    `Ad hoc: ${fund.adHoc.share === null ? "not known" : `${fund.adHoc.share} %`}. ${fund.adHoc.says}`,
    "",
    tableText(
      [
        { title: "line", cell: (line) => line.id },
        { title: "called", cell: (line) => groupDigits(line.called), right: true },
        { title: "received", cell: (line) => groupDigits(line.received), right: true },
        { title: "moved in", cell: (line) => groupDigits(line.movedIn), right: true },
        { title: "moved out", cell: (line) => groupDigits(line.movedOut), right: true },
        { title: "placed", cell: (line) => groupDigits(line.placed), right: true },
        { title: "paid", cell: (line) => groupDigits(line.paid), right: true },
        { title: "available", cell: (line) => groupDigits(line.available), right: true },
        { title: "can spare", cell: (line) => groupDigits(line.canSpare), right: true },
      ],
      fund.lines,
    ),
    membersText(fund),
    authoritiesText(fund),
    ...(fund.calls.length === 0 ? [] : [callsText(fund)]),
    ...(fund.unmatched.length === 0
      ? []
      : [
          `${fund.unmatched.length === 1 ? "One bank entry is" : `${fund.unmatched.length} bank entries are`} not matched: npx mainstay receipts list ${fund.id}\n`,
        ]),
    ...(withActs ? [actsText(fund)] : []),
  ].join("\n");
}

function membersText(fund: FundView): string {
  if (fund.members.length === 0) return "Nobody has been called and nobody has pledged yet.\n";
  return tableText(
    [
      { title: "member", cell: (row) => row.name },
      { title: "called", cell: (row) => groupDigits(row.called), right: true },
      { title: "in kind", cell: (row) => groupDigits(row.credited), right: true },
      { title: "received", cell: (row) => groupDigits(row.received), right: true },
      { title: "arrears", cell: (row) => groupDigits(row.arrears), right: true },
      { title: "voluntary", cell: (row) => groupDigits(row.voluntary), right: true },
      { title: "exempt", cell: (row) => row.exempt ?? "" },
    ],
    fund.members,
  );
}

function authoritiesText(fund: FundView): string {
  if (fund.authorities.length === 0) return "No decision allows anything yet.\n";
  return tableText(
    [
      { title: "authority", cell: (row) => row.id },
      { title: "allows", cell: (row) => row.kind },
      { title: "line", cell: (row) => (row.toLine === null ? (row.line ?? "any") : `${row.line} to ${row.toLine}`) },
      { title: "amount", cell: (row) => groupDigits(row.amount), right: true },
      { title: "used", cell: (row) => groupDigits(row.used), right: true },
      { title: "left", cell: (row) => groupDigits(row.left), right: true },
      { title: "", cell: (row) => row.why },
    ],
    fund.authorities,
  );
}

function callsText(fund: FundView): string {
  return tableText(
    [
      { title: "call", cell: (row) => row.id },
      { title: "due", cell: (row) => row.dueOn },
      { title: "amount", cell: (row) => groupDigits(row.amount), right: true },
      { title: "received", cell: (row) => groupDigits(row.received), right: true },
      { title: "outstanding", cell: (row) => groupDigits(row.outstanding), right: true },
      { title: "arrears", cell: (row) => groupDigits(row.arrears), right: true },
      { title: "decision", cell: (row) => row.decision },
    ],
    fund.calls,
  );
}

function actsText(fund: FundView): string {
  return tableText(
    [
      { title: "act", cell: (row) => row.id, right: true },
      { title: "on", cell: (row) => row.effectiveOn },
      { title: "kind", cell: (row) => row.kind },
      { title: "amount", cell: (row) => groupDigits(row.amount), right: true },
      { title: "authority", cell: (row) => row.authority ?? "" },
      {
        title: "postings",
        cell: (row) =>
          row.postings.length > 3 ? `${row.postings[0]} to ${row.postings.at(-1)}` : row.postings.join(", "),
      },
      {
        title: "what",
        cell: (row) => `${row.title}${row.takenBackBy === null ? "" : ` (taken back by act ${row.takenBackBy})`}`,
      },
    ],
    fund.acts,
  );
}
