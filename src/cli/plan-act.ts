import type { Command } from "commander";
import { acceptPlan, proposePlan } from "#app/planning/accept.ts";
import { checkKeptPlan } from "#app/planning/check-plan.ts";
import { takeBackRest } from "#app/planning/settle-annulled.ts";
import { plural } from "./counted.ts";
import { acting, withExample, type ActingOptions } from "./acting.ts";
import { proposalPage } from "./decision-page.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText } from "./output.ts";
import { problemsText } from "./plan-text.ts";
import { sourceOf, sourceOptions, type SourceOptions } from "./planning-source.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = ActingOptions & Readonly<{ book: string }>;
type Accepting = Options & SourceOptions & Readonly<{ giver: string }>;
type Proposing = Options & Readonly<{ group: string; procedure: string; id?: string; words?: string }>;

/** `mainstay plan check|accept|propose`: what a plan breaks, and how it comes to be placed. */
export function addPlanAct(plan: Command, environment: Environment): void {
  addCheck(plan, environment);
  addTakeBack(plan, environment);
  const { terminal, clock } = environment;
  const accept = plan
    .command("accept <plan>")
    .description("Places what a plan takes from one giver, on that giver's own word")
    .option("--book <book>", "the book", defaultBook)
    .requiredOption("--giver <party>", "the giver that accepts, by id, name or code");
  withExample(
    acting(sourceOptions(accept)),
    'plan accept plan-1 --book practice-s --giver practice-giver-01 --source "Letter of 3 March"',
  ).action(async (id: string, options: Accepting) =>
    inSession(environment, options, async ({ db }) => {
      const actor = options.as ?? environment.actor;
      const source = sourceOf(options, `Word of ${options.giver} on the plan ${id}`, environment);
      const done = await acceptPlan(db, clock, { book: options.book, id }, { giver: options.giver, source, actor });
      const { placements, acceptance } = done;
      const head = `${plural(placements, "assignment")} ${placements === 1 ? "is" : "are"}`;
      const text = `${head} placed on the word of ${done.giver ?? ""}: of the plan, ${acceptance.placed} of ${acceptance.assignments}.\n`;
      terminal.out(options.json ? jsonText(done) : text);
    }),
  );
  const propose = plan
    .command("propose <plan>")
    .description("Opens a proposal to adopt a plan: once adopted, all of it that is not placed yet is placed")
    .option("--book <book>", "the book", defaultBook)
    .requiredOption("--group <name>", "the group whose members of today take part")
    .requiredOption("--procedure <name>", "how it is decided; npx mainstay procedures lists them")
    .option("--id <name>", "the proposal's name; adopt-PLAN without it")
    .option("--words <text>", "the words of its text");
  withExample(
    acting(propose),
    "plan propose plan-1 --book practice-s --group contact-group --procedure consensus-silence",
  ).action(async (id: string, options: Proposing) =>
    inSession(environment, options, async ({ db }) => {
      const { group, procedure, words } = options;
      const order = { group, procedure, id: options.id, words, actor: options.as ?? environment.actor };
      const view = await proposePlan(db, clock, { book: options.book, id }, order);
      const next = `npx mainstay decision show ${view.id}`;
      terminal.out(options.json ? jsonText(view) : `${view.title} (${view.id}): ${view.stepTitle}. See ${next}\n`);
    }),
  );
}

function addTakeBack(plan: Command, environment: Environment): void {
  const { terminal, clock } = environment;
  const command = plan
    .command("take-back <decision>")
    .description("Takes back what an annulled decision left placed because it was under way, once it has come back");
  withExample(acting(command), "plan take-back adopt-plan-1").action(async (id: string, options: ActingOptions) =>
    inSession(environment, options, async ({ db }) => {
      const view = await takeBackRest(db, clock, id, { actor: options.as ?? environment.actor });
      terminal.out(options.json ? jsonText(view) : proposalPage(view));
    }),
  );
}

function addCheck(plan: Command, environment: Environment): void {
  plan
    .command("check <plan>")
    .description("Checks a plan against what it was made from, without knowing how it was made")
    .option("--book <book>", "the book", defaultBook)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay plan check plan-1 --book practice-s")
    .action(async (id: string, options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const found = await checkKeptPlan(db, options.book, id);
        const text = `${plural(found.checked, "assignment")} looked at. ${problemsText(found.problems)}`;
        environment.terminal.out(options.json ? jsonText(found) : text);
      }),
    );
}
