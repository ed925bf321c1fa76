import type { Command } from "commander";
import { parties } from "#app/parties.ts";
import type { Party } from "#core/views.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText, tableText, type Column } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{ book: string; json?: true; data?: string }>;

const columns: readonly Column<Party>[] = [
  { title: "id", cell: (party) => party.id },
  { title: "name", cell: (party) => party.name },
  { title: "kind", cell: (party) => (party.synthetic ? `${party.kind}, made up` : party.kind) },
  { title: "groups", cell: (party) => [...new Set(party.groups.map((group) => group.group))].join(", ") },
];

/** `mainstay parties`: the nations and organisations of the register. */
export function addParties(program: Command, environment: Environment): void {
  const { terminal } = environment;
  program
    .command("parties [text]")
    .description("Nations and organisations on the register, all or those whose name, alias or code has the text")
    .option("--book <book>", "made-up ones are listed only in a book that is made up itself", defaultBook)
    .option("--json", "print JSON")
    .action(async (text: string | undefined, options: Options) => {
      await inSession(environment, options, async ({ db }) => {
        const found = await parties(db, options.book, text);
        terminal.out(options.json ? jsonText(found) : tableText(columns, found));
      });
    });
}
