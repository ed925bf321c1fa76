import { Option, type Command } from "commander";
import { changeList } from "#app/foresight/milestones/changes.ts";
import { milestoneList, milestoneView, mostMilestones } from "#app/foresight/milestones/list.ts";
import { milestoneKinds, milestoneOrigins, milestoneStates } from "#core/foresight/milestones/milestone.ts";
import { withExample } from "./acting.ts";
import { addMilestoneActs } from "./milestone-act.ts";
import { addMilestoneFiles } from "./milestone-files.ts";
import { changesText, listText, milestoneText } from "./milestone-text.ts";
import { jsonText } from "./output.ts";
import { knownAtOption, ofBook, type BookOptions } from "./records.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type ListOptions = BookOptions &
  Readonly<{
    fund?: string;
    nation?: string;
    kind?: string;
    origin?: string;
    state?: string;
    q?: string;
    from?: string;
    until?: string;
    forecast?: true;
  }>;

/** `mainstay milestone`: what is expected when, what moved, what is late. */
export function addMilestone(program: Command, environment: Environment): void {
  const command = program
    .command("milestone")
    .description("Milestones: dated events that matter, what is expected when, what moved and what is late");
  addList(command, environment);
  addShow(command, environment);
  addChanges(command, environment);
  addMilestoneActs(command, environment);
  addMilestoneFiles(command, environment);
}

const ofFundAndNation = (command: Command): Command =>
  command
    .option("--fund <id>", "those of a fund")
    .option("--nation <id>", "those that name a party, that it answers for, or of a group it is in on the day");

const forecastOption = ["--forecast", "ask the forecast for probabilities, which takes a while"] as const;

function addList(command: Command, environment: Environment): void {
  const list = ofFundAndNation(knownAtOption(ofBook(command.command("list"))))
    .description(
      "The milestones of a book: late ones first, then those past their day without word, then what is to come, then what is over",
    )
    .addOption(new Option("--kind <kind>", "those of one kind").choices(milestoneKinds))
    .addOption(new Option("--origin <origin>", "those that come from there").choices(milestoneOrigins))
    .addOption(
      new Option("--state <state>", "those in a state, open, or over").choices([
        ...milestoneStates,
        "open",
        "over",
        "all",
      ]),
    )
    .option("--q <words>", "words found in the id, the title or the note")
    .option("--from <day>", "expected on that day or later (YYYY-MM-DD)")
    .option("--until <day>", "expected on that day or earlier")
    .option(...forecastOption)
    .option("--json", "print JSON");
  withExample(list, "milestone list --state open --known-at 2024-04-04").action(async (options: ListOptions) =>
    inSession(environment, options, async ({ db }) => {
      const found = await milestoneList(db, environment.clock, { ...options, limit: mostMilestones });
      environment.terminal.out(options.json ? jsonText(found) : listText(found));
    }),
  );
}

function addShow(command: Command, environment: Environment): void {
  const show = knownAtOption(ofBook(command.command("show <milestone>")))
    .description("One milestone: every day that was expected, evidence, what it depends on, every version")
    .option(...forecastOption)
    .option("--json", "print JSON");
  withExample(show, "milestone show summit-2024 --known-at 2024-04-04").action(
    async (id: string, options: BookOptions & Readonly<{ forecast?: true }>) =>
      inSession(environment, options, async ({ db }) => {
        const found = await milestoneView(db, environment.clock, { ...options, id });
        environment.terminal.out(options.json ? jsonText(found) : milestoneText(found));
      }),
  );
}

function addChanges(command: Command, environment: Environment): void {
  const changes = ofFundAndNation(knownAtOption(ofBook(command.command("changes <since>"))))
    .description("What moved after a day, or an instant in UTC: milestones, decisions taken, releases, deliveries")
    .addOption(
      new Option("--clock <clock>", "known: when the world could know it; recorded: when this record learned it")
        .choices(["known", "recorded"])
        .default("known"),
    )
    .option("--limit <number>", "at most so many, the newest", "100")
    .option("--json", "print JSON");
  type Options = BookOptions & Readonly<{ fund?: string; nation?: string; clock: "known" | "recorded"; limit: string }>;
  withExample(changes, "milestone changes 2024-04-04 --known-at 2024-07-11").action(
    async (since: string, options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const limit = Math.min(1000, Math.max(1, Number.parseInt(options.limit, 10) || 100));
        const found = await changeList(db, environment.clock, { ...options, since, limit });
        environment.terminal.out(options.json ? jsonText(found) : changesText(found));
      }),
  );
}
