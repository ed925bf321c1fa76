import { Argument, type Command } from "commander";
import type { EventDraft } from "#core/decisions/events.ts";
import { positionKinds, type PositionKind } from "#core/decisions/procedure.ts";
import { actOn, reasonOf, withReason, type ActOptions, type ReasonOptions } from "./decision-act.ts";
import type { Environment } from "./session.ts";

/** Everything else that can be put on a proposal's record, one command each. */
export function addDecisionActs(parent: Command, environment: Environment): void {
  addPositions(parent, environment);
  addReservations(parent, environment);
  addSteps(parent, environment);
  addEndings(parent, environment);
}

function named(parent: Command, usage: string, description: string, example: string): Command {
  return parent
    .command(usage)
    .description(description)
    .addHelpText("after", `\nExample: npx mainstay decision ${example}`);
}

function addPositions(parent: Command, environment: Environment): void {
  const position = parent
    .command("position <id> <party>")
    .addArgument(new Argument("<position>").choices(positionKinds))
    .description("States a party's position on the text in hand")
    .option("--declaration <words>", "the formal declaration that a constructive abstention needs")
    .addHelpText("after", "\nExample: npx mainstay decision position nb8-report nor for");
  actOn<ReasonOptions & Readonly<{ declaration?: string }>>(
    withReason(position),
    environment,
    ({ words: [participant = "", stated], options }) => ({
      type: "position-stated",
      participant,
      position: stated as PositionKind, // one of the choices
      reason: reasonOf(options),
      declaration: options.declaration ?? null,
    }),
  );
  const breaking = named(
    parent,
    "break <id> <party> <words>",
    "Breaks the silence by a written objection or amendment",
    'break nb8-report isl "Paragraph 3 counts what was promised twice."',
  ).option("--amendment", "the words are an amendment proposed");
  actOn<ReasonOptions & Readonly<{ amendment?: true }>>(
    withReason(breaking),
    environment,
    ({ words: [participant = "", text = ""], options }) => ({
      type: "objection",
      participant,
      form: options.amendment === true ? "amendment" : "objection",
      text,
      reason: reasonOf(options),
    }),
  );
}

function addReservations(parent: Command, environment: Environment): void {
  actOn<ActOptions>(
    named(
      parent,
      "reserve <id> <party> [note]",
      "Places a reservation until a party's parliament has spoken; it holds nothing up",
      'reserve nb8-report fin "Until the committee has met."',
    ),
    environment,
    ({ words: [participant = "", note = ""] }) => ({ type: "reservation-placed", participant, note }),
  );
  actOn<ActOptions>(
    named(parent, "lift <id> <party>", "Lifts a party's reservation", "lift nb8-report fin"),
    environment,
    ({ words: [participant = ""] }) => ({ type: "reservation-lifted", participant }),
  );
  actOn<ActOptions & Readonly<{ formal?: true }>>(
    named(
      parent,
      "state <id> <party> <words>",
      "Attaches an interpretative statement, or a formal reservation, to the decision",
      'state nb8-report swe "Sweden reads paragraph 2 as of today."',
    ).option("--formal", "the words are a formal reservation"),
    environment,
    ({ words: [participant = "", text = ""], options }) => ({
      type: "statement-made",
      participant,
      kind: options.formal === true ? "formal-reservation" : "interpretative-statement",
      text,
    }),
  );
}

type Noted = Extract<EventDraft, { note: string }>["type"];

function addSteps(parent: Command, environment: Environment): void {
  const steps: readonly (readonly [name: string, type: Exclude<Noted, "reservation-placed">, description: string])[] = [
    ["meeting", "taken-to-meeting", "Takes the matter to a meeting"],
    ["vote", "put-to-vote", "Puts the text to the vote"],
    ["adopt", "adopted", "Records the adoption, where the rule is met"],
    ["reject", "rejected", "Records that a vote did not adopt it, where the rule is not met"],
  ];
  for (const [name, type, description] of steps)
    actOn<ActOptions>(
      named(parent, `${name} <id> [note]`, description, `${name} nb8-report`),
      environment,
      ({ words: [note = ""] }) => ({ type, note }),
    );
  actOn<ActOptions>(
    named(parent, "issue <id> <number>", "Issues what was adopted under its number", "issue nb8-report NB8/2026/1"),
    environment,
    ({ words: [number = ""] }) => ({ type: "issued", number }),
  );
}

function addEndings(parent: Command, environment: Environment): void {
  const endings: readonly (readonly [
    usage: string,
    type: Extract<EventDraft, { reason: string }>["type"],
    description: string,
    example: string,
  ])[] = [
    ["withdraw <id> [reason]", "withdrawn", "Withdraws a proposal not decided yet", "withdraw nb8-report"],
    [
      "annul <id> <reason>",
      "annulled",
      "Annuls a decision: nothing more is done under it, and what was done stays",
      'annul nb8-report "Taken without a quorum."',
    ],
    ["expire <id> [reason]", "expired", "Ends a decision whose period is over", "expire nb8-report"],
  ];
  for (const [usage, type, description, example] of endings)
    actOn<ActOptions>(named(parent, usage, description, example), environment, ({ words: [reason = ""] }) => ({
      type,
      reason,
    }));
}
