import type { Command } from "commander";
import { deliveredPolicies, setDelivered } from "#app/delivery/delivered.ts";
import type { DeliveredPolicies } from "#core/views-delivery.ts";
import { acting, doingOf, withExample, type ActingOptions } from "./acting.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = ActingOptions &
  Readonly<{ book: string; fund?: string; from?: string; source?: string; knownAt?: string }>;

/** `mainstay deliver policy show|set`: which event counts as delivered. */
export function addDeliverPolicy(deliver: Command, environment: Environment): void {
  const { terminal, clock } = environment;
  const command = deliver.command("policy").description("Which event counts as delivered, in a book or for a fund");
  command
    .command("show")
    .description("What counts today, and by whose decision")
    .option("--book <book>", "the book", defaultBook)
    .option("--known-at <day>", "as known by the end of this day (YYYY-MM-DD)")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay deliver policy show --book practice-s")
    .action(async (options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const found = await deliveredPolicies(db, clock, options.book, options.knownAt);
        terminal.out(options.json ? jsonText(found) : policiesText(found));
      }),
    );
  const set = command
    .command("set <event>")
    .description("Decides that dispatched, handed-over or confirmed counts from a day on")
    .option("--book <book>", "the book", defaultBook)
    .option("--fund <fund>", "only for what is given through this fund")
    .option("--from <day>", "from this day on (YYYY-MM-DD); today without it")
    .option("--source <id>", "the id of a source on record");
  withExample(acting(set), "deliver policy set handed-over --book practice-s --from 2026-01-01").action(
    async (counts: string, options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const { book, fund, from, source } = options;
        await setDelivered(db, book, { counts, fund, from, source }, doingOf(environment, options));
        const found = await deliveredPolicies(db, clock, book);
        terminal.out(options.json ? jsonText(found) : policiesText(found));
      }),
  );
}

function policiesText({ now, history }: DeliveredPolicies): string {
  return [
    ...now.map(({ says, source }) => `${says}${source === null ? "" : ` Source: ${source.title}.`}\n`),
    ...(history.length > 1 ? ["Decided so far:\n"] : []),
    ...(history.length > 1
      ? history.map(({ says, knownAt, actor }) => `  ${knownAt.slice(0, 10)}, ${actor}: ${says}\n`)
      : []),
  ].join("");
}
