import type { Command } from "commander";
import { decisionCalendar, decisionFeed, proposalView } from "#app/decisions.ts";
import { instantWords } from "#core/decisions/words.ts";
import type { Deadline, ProposalRow } from "#core/views-decisions.ts";
import { proposalPage } from "./decision-page.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText, tableText, type Column } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{ json?: true; data?: string }>;
type ListOptions = Options & Readonly<{ book: string }>;

/** `mainstay decision show`, `list` and `calendar`. */
export function addDecisionShow(parent: Command, environment: Environment): void {
  const { terminal, clock } = environment;
  parent
    .command("show <id>")
    .description("A proposal: its text, what happened, positions, what is missing, who can block, what it allows")
    .option("--restricted", "with the reasons that only those concerned may read")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay decision show nb8-report")
    .action(async (id: string, options: Options & Readonly<{ restricted?: true }>) => {
      await inSession(environment, options, async ({ db }) => {
        const found = await proposalView(db, clock, id, { restricted: options.restricted });
        terminal.out(options.json ? jsonText(found) : proposalPage(found));
      });
    });
  parent
    .command("list")
    .description("The proposals of a book, newest first")
    .option("--book <name>", "the book", defaultBook)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay decision list --book worked-case")
    .action(async (options: ListOptions) => {
      await inSession(environment, options, async ({ db }) => {
        const { proposals } = await decisionCalendar(db, clock, options.book);
        if (options.json) return terminal.out(jsonText(proposals));
        terminal.out(proposals.length === 0 ? none(options.book) : tableText(columns, proposals));
      });
    });
  addCalendar(parent, environment);
}

function addCalendar(parent: Command, environment: Environment): void {
  const { terminal, clock } = environment;
  parent
    .command("calendar")
    .description("Every deadline: silences, payments and pledges due, ends of authorities")
    .option("--book <name>", "the book", defaultBook)
    .option("--ics <file>", "write them as iCalendar, with reminders")
    .option("--site <address>", "where the pages are, for the links in it", "http://127.0.0.1:4870")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay decision calendar --book worked-case")
    .action(async (options: ListOptions & Readonly<{ ics?: string; site: string }>) => {
      await inSession(environment, options, async ({ db }) => {
        if (options.ics !== undefined)
          await environment.writeFile(options.ics, await decisionFeed(db, clock, options.book, options.site));
        const found = await decisionCalendar(db, clock, options.book);
        if (options.json) return terminal.out(jsonText({ now: found.now, deadlines: found.deadlines }));
        const { deadlines } = found;
        terminal.out(
          deadlines.length === 0 ? `No deadlines in the book ${options.book}.\n` : tableText(dated, deadlines),
        );
      });
    });
}

function none(book: string): string {
  return `No proposals in the book ${book}. Open one: npx mainstay decision open --help\n`;
}

const columns: readonly Column<ProposalRow>[] = [
  { title: "proposal", cell: (row) => row.id },
  { title: "about", cell: (row) => row.object },
  { title: "group", cell: (row) => row.groupName ?? "none" },
  { title: "procedure", cell: (row) => row.procedure },
  { title: "state", cell: (row) => row.stepTitle },
  { title: "until", cell: (row) => (row.expiresAt === null ? "" : instantWords(row.expiresAt)) },
  { title: "decided", cell: (row) => (row.decidedAt === null ? "" : instantWords(row.decidedAt)) },
  { title: "title", cell: (row) => row.title },
];

const dated: readonly Column<Deadline>[] = [
  { title: "at", cell: (row) => (row.at.includes("T") ? instantWords(row.at) : row.at) },
  { title: "kind", cell: (row) => row.kind },
  { title: "title", cell: (row) => row.title },
  { title: "page", cell: (row) => row.address },
];
