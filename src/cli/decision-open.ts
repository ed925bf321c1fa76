import { InvalidArgumentError, Option, type Command } from "commander";
import { openProposal } from "#app/decisions.ts";
import { proposalObjects, type ObjectKind } from "#core/decisions/terms.ts";
import { tell, withActor, type ActOptions } from "./decision-act.ts";
import { defaultBook } from "./frame-options.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = ActOptions &
  Readonly<{
    book: string;
    group: string;
    procedure: string;
    object: ObjectKind;
    title: string;
    reference?: string;
    without?: string[];
    role?: Readonly<Record<string, string[]>>;
  }>;

/** `mainstay decision open`: participants and procedure are frozen as they are that day. */
export function addDecisionOpen(parent: Command, environment: Environment): void {
  const command = parent
    .command("open <id>")
    .description("Opens a proposal; who takes part, and the rule, stay as they are today")
    .requiredOption("--group <name>", "the group whose members of today take part")
    .requiredOption("--procedure <name>", "how it is decided; npx mainstay procedures lists them")
    .addOption(new Option("--object <kind>", "what it is about").choices(proposalObjects).makeOptionMandatory())
    .requiredOption("--title <words>", "its title")
    .option("--reference <name>", "the fund it is about, or whatever else")
    .option("--book <name>", "the book it belongs to", defaultBook)
    .option("--without <parties>", "members that do not take part, separated by commas", list)
    .option("--role <role=parties>", "gives a role to members, such as lead=nor,dnk; can be given again", role)
    .addHelpText(
      "after",
      `
Example: npx mainstay decision open nb8-report --group nordic-baltic-eight --procedure consensus-silence --object adopt-report --title "Report on the first half year"`,
    );
  withActor(command).action(async (id: string, options: Options) => {
    const { book, group, procedure, object, title, reference, without, role: roles } = options;
    await inSession(environment, options, async ({ db }) => {
      const opening = { id, book, group, procedure, object, title, reference, without, roles };
      tell(environment, options, await openProposal(db, environment.clock, opening, options.as ?? environment.actor));
    });
  });
}

/** Words separated by commas, none of them empty. */
function list(text: string): string[] {
  const words = text.split(",").map((word) => word.trim());
  if (words.includes("")) throw new InvalidArgumentError("names are separated by commas, none is empty");
  return words;
}

function role(text: string, before: Readonly<Record<string, string[]>> = {}): Readonly<Record<string, string[]>> {
  const [name = "", parties = ""] = text.split("=");
  if (name.trim() === "" || parties === "") throw new InvalidArgumentError("a role is given as lead=nor,dnk");
  return { ...before, [name.trim()]: [...(before[name.trim()] ?? []), ...list(parties)] };
}
