import { Option, type Command } from "commander";
import type { Database } from "#app/database.ts";
import { milestoneView } from "#app/foresight/milestones/list.ts";
import {
  actOnMilestone,
  addMilestone,
  changeMilestone,
  enteringMilestones,
  type MilestoneEntering,
} from "#app/foresight/milestones/write.ts";
import type { MilestoneAct, WrittenMilestone } from "#core/foresight/milestones/edit.ts";
import { milestoneKinds } from "#core/foresight/milestones/milestone.ts";
import { conditionForm, evidenceForm } from "#core/foresight/milestones/written.ts";
import { doingOf, gather, withExample } from "./acting.ts";
import { milestoneText } from "./milestone-text.ts";
import { jsonText } from "./output.ts";
import { entering, type EnteringOptions } from "./records.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

export type MilestoneEnteringOptions = EnteringOptions & Readonly<{ known?: string }>;
type Written = Readonly<{
  title?: string;
  kind?: string;
  on?: string;
  owner?: string;
  party?: readonly string[];
  group?: string;
  fund?: string;
  dependsOn?: readonly string[];
  condition?: string;
  evidence?: readonly string[];
  note?: string;
}>;

/** Adds what goes with everything that is entered of a milestone. */
export function enteringMilestone(command: Command): Command {
  return entering(command).option("--known <day>", "the day from which the world could know it; now without it");
}

/** How something is entered by these options. @throws MainstayError unknown_book, invalid_date, parameter_invalid */
export async function milestoneEnteringOf(
  db: Database,
  environment: Environment,
  options: MilestoneEnteringOptions,
  file?: string,
): Promise<MilestoneEntering> {
  const { now, actor } = doingOf(environment, options);
  const { source = file, publisher, published, url, reason } = options;
  return enteringMilestones(db, options.book, { now, actor, source, publisher, published, url, reason }, options.known);
}

const evidenceOption = (command: Command): Command =>
  command.option("--evidence <what>", `what bears it out, once for each: ${evidenceForm}`, gather);
const seenOption = (command: Command): Command =>
  command.option("--version-seen <number>", "the version that was seen: refused where there is a newer");

function written(command: Command): Command {
  return evidenceOption(
    enteringMilestone(command)
      .addOption(new Option("--kind <kind>", "what kind of event it is").choices(milestoneKinds))
      .option("--owner <who>", "who answers for it: a party's id, or words; `none` for nobody")
      .option("--party <id>", "one whom it concerns, once for each", gather)
      .option("--group <slug>", "the group whose members it concerns; `none` for none")
      .option("--fund <id>", "the fund it is about; `none` for none")
      .option("--depends-on <id>", "a milestone that has to be met first, once for each", gather)
      .option("--condition <words>", `what has to hold by its day: ${conditionForm}; none`)
      .option("--note <words>", "anything else"),
  );
}

const named = (text: string | undefined) => (text === "none" ? null : text);
const listed = (list: readonly string[] | undefined) => (list?.length === 1 && list[0] === "none" ? [] : list);

function writtenOf(options: Written): WrittenMilestone {
  const { title, kind, on, owner, party, group, fund, dependsOn, condition, evidence, note } = options;
  return {
    title,
    kind,
    on,
    owner: named(owner),
    parties: listed(party),
    group: named(group),
    fund: named(fund),
    dependsOn: listed(dependsOn),
    condition,
    evidence: listed(evidence),
    note,
  };
}

/** Adds what states, moves and ends milestones. */
export function addMilestoneActs(command: Command, environment: Environment): void {
  addAdd(command, environment);
  addShift(command, environment);
  addChange(command, environment);
  addEnd(command, environment, "meet", "Says that a milestone was met");
  addEnd(command, environment, "miss", "Says that a milestone can no longer be met, with a reason");
  addEnd(command, environment, "cancel", "Says that nobody wants a milestone any more, with a reason");
  addEnd(command, environment, "reopen", "Says that a milestone is expected after all, with a reason");
}

/** Does something to a milestone and prints it as it then stands. */
async function doing<O extends MilestoneEnteringOptions>(
  environment: Environment,
  id: string,
  options: O,
  act: (db: Database, how: MilestoneEntering) => Promise<void>,
): Promise<void> {
  await inSession(environment, options, async ({ db }) => {
    await act(db, await milestoneEnteringOf(db, environment, options));
    const found = await milestoneView(db, environment.clock, { book: options.book, id });
    environment.terminal.out(options.json ? jsonText(found) : milestoneText(found));
  });
}

function addAdd(command: Command, environment: Environment): void {
  const add = written(command.command("add <milestone>"))
    .description("States a milestone under an id that is not taken")
    .requiredOption("--title <words>", "what is to happen, in words")
    .requiredOption(
      "--on <day>",
      "when it is expected: 2024-07-10, 'by 2024-07-10', or 2024-07 for some day of that month",
    );
  withExample(add, 'milestone add review-2026 --title "Half-yearly review" --on 2026-06-30 --kind review').action(
    async (id: string, options: MilestoneEnteringOptions & Written) =>
      doing(environment, id, options, async (db, how) => addMilestone(db, options.book, id, writtenOf(options), how)),
  );
}

const seenOf = ({ versionSeen }: Readonly<{ versionSeen?: string }>) =>
  versionSeen === undefined ? undefined : Number(versionSeen);
type SeenOption = Readonly<{ versionSeen?: string }>;

function addShift(command: Command, environment: Environment): void {
  const shift = seenOption(enteringMilestone(command.command("shift <milestone> <day>"))).description(
    "Moves the day a milestone is expected, with a reason; the days before it stay on record",
  );
  withExample(shift, 'milestone shift review-2026 2026-09-15 --reason "the reports came late"').action(
    async (id: string, on: string, options: MilestoneEnteringOptions & SeenOption) =>
      doing(environment, id, options, async (db, how) =>
        changeMilestone(db, options.book, id, { on, version: seenOf(options) }, how),
      ),
  );
}

function addChange(command: Command, environment: Environment): void {
  const change = seenOption(written(command.command("change <milestone>")))
    .description("Changes what is said of a milestone, with a reason: who answers for it, what it depends on")
    .option("--title <words>", "what is to happen, in words");
  withExample(change, 'milestone change review-2026 --owner deu --reason "Germany took it over"').action(
    async (id: string, options: MilestoneEnteringOptions & Written & SeenOption) =>
      doing(environment, id, options, async (db, how) =>
        changeMilestone(db, options.book, id, { ...writtenOf(options), version: seenOf(options) }, how),
      ),
  );
}

function addEnd(command: Command, environment: Environment, act: MilestoneAct, says: string): void {
  const bare = seenOption(enteringMilestone(command.command(`${act} <milestone>`))).description(says);
  const end =
    act === "reopen"
      ? bare
      : evidenceOption(bare).option("--on <day>", "the day it happened; that of the entry without it");
  const reason = act === "meet" ? "" : ' --reason "as decided"';
  type Options = MilestoneEnteringOptions & SeenOption & Readonly<{ on?: string; evidence?: readonly string[] }>;
  withExample(end, `milestone ${act} review-2026${reason}`).action(async (id: string, options: Options) =>
    doing(environment, id, options, async (db, how) =>
      actOnMilestone(
        db,
        options.book,
        id,
        act,
        { on: options.on, evidence: options.evidence, version: seenOf(options) },
        how,
      ),
    ),
  );
}
