import { InvalidArgumentError, Option, type Command } from "commander";
import { appendProposalEvent } from "#app/decisions.ts";
import type { EventDraft, Reason } from "#core/decisions/events.ts";
import type { ProposalView } from "#core/views-decisions.ts";
import { recordedText } from "./decision-page.ts";
import { jsonText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment, Session } from "./session.ts";

/** The options of everything that writes to a proposal. */
export type ActOptions = Readonly<{ as?: string; json?: true; data?: string }>;

const longestName = 100;

export function withActor(command: Command): Command {
  return command
    .option("--as <name>", "who acts, such as a delegation; without it, the user of this machine", actorName)
    .option("--json", "print JSON: the proposal as it then stands");
}

function actorName(text: string): string {
  const name = text.trim();
  if (name === "" || name.length > longestName)
    throw new InvalidArgumentError(`a name has 1 to ${longestName} characters`);
  return name;
}

export function withReason(command: Command): Command {
  return command
    .option("--reason <words>", "why")
    .addOption(new Option("--restricted", "only those concerned may read the reason; it never leaves over the API"));
}

export type ReasonOptions = ActOptions & Readonly<{ reason?: string; restricted?: true }>;

export function reasonOf({ reason, restricted }: ReasonOptions): Reason | null {
  return reason === undefined ? null : { text: reason, restricted: restricted === true };
}

/** What is asked of a proposal: its id, the further words of the command, its options, and the open record. */
export type Asked<Options> = Readonly<{ id: string; words: readonly string[]; options: Options; session: Session }>;

/** Makes a command put an event on the record of the proposal that its first word names, and say what has come of it. */
export function actOn<Options extends ActOptions>(
  command: Command,
  environment: Environment,
  draft: (asked: Asked<Options>) => EventDraft | Promise<EventDraft>,
): void {
  withActor(command).action(async (id: string, ...given: unknown[]) => {
    const options = command.opts<Options>();
    const words = given.filter((word): word is string => typeof word === "string");
    await inSession(environment, options, async (session) => {
      const event = await draft({ id, words, options, session });
      const found = await appendProposalEvent(
        session.db,
        environment.clock,
        id,
        event,
        options.as ?? environment.actor,
      );
      tell(environment, options, found);
    });
  });
}

export function tell({ terminal }: Environment, { json }: ActOptions, found: ProposalView): void {
  terminal.out(json ? jsonText(found) : recordedText(found));
}
