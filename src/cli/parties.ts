import type { Command } from "commander";
import { groups, parties } from "#app/parties.ts";
import { jsonText, tableText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{ json?: true; data?: string }>;

/** `mainstay parties` and `mainstay groups`: the register. */
export function addParties(program: Command, environment: Environment): void {
  const { terminal } = environment;
  program
    .command("parties [text]")
    .description("Nations and organisations on the register, all or those whose name, alias or code has the text")
    .option("--json", "print JSON")
    .action(async (text: string | undefined, options: Options) => {
      await inSession(environment, options, async ({ db }) => {
        const found = await parties(db, text);
        const columns = [
          { title: "id", cell: (party: (typeof found)[number]) => party.id },
          { title: "name", cell: (party: (typeof found)[number]) => party.name },
          { title: "kind", cell: (party: (typeof found)[number]) => party.kind },
          {
            title: "groups",
            cell: (party: (typeof found)[number]) => [...new Set(party.groups.map((group) => group.group))].join(", "),
          },
        ];
        terminal.out(options.json ? jsonText(found) : tableText(columns, found));
      });
    });
  program
    .command("groups")
    .description("Groups of parties with their members")
    .option("--json", "print JSON")
    .action(async (options: Options) => {
      await inSession(environment, options, async ({ db }) => {
        const found = await groups(db);
        const columns = [
          { title: "group", cell: (group: (typeof found)[number]) => group.slug },
          { title: "name", cell: (group: (typeof found)[number]) => group.name },
          { title: "kind", cell: (group: (typeof found)[number]) => group.kind },
          {
            title: "members",
            cell: (group: (typeof found)[number]) => String(new Set(group.members.map((member) => member.party)).size),
            right: true,
          },
        ];
        terminal.out(options.json ? jsonText(found) : tableText(columns, found));
      });
    });
}
