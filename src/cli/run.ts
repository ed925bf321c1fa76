import { CommanderError, type Command } from "commander";
import { MainstayError } from "#core/errors.ts";
import { jsonText, progressOn } from "./output.ts";
import type { Environment, Session } from "./session.ts";

/** Exit codes: done, refused input, wrong usage. */
const exitCodes = { done: 0, refused: 1, usage: 2 } as const;

/** Opens the record, does the work and closes it whatever happens. */
export async function inSession(
  environment: Environment,
  options: Readonly<{ data?: string }>,
  work: (session: Session) => Promise<void>,
): Promise<void> {
  const progress = progressOn(environment.terminal, environment.now);
  const session = await environment.openSession({ data: options.data, onProgress: progress.step });
  progress.end();
  try {
    await work(session);
  } finally {
    await session.close();
  }
}

/** Runs the command line and returns its exit code. With --json a refusal is JSON on standard error too. */
export async function runProgram(
  program: Command,
  words: readonly string[],
  environment: Environment,
): Promise<number> {
  try {
    await program.parseAsync(words, { from: "user" });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (!(error instanceof MainstayError)) {
      environment.terminal.err(`mainstay: an unexpected fault: ${faultText(error)}\n`);
      return exitCodes.refused;
    }
    const { code, found, place, message } = error;
    environment.terminal.err(
      words.includes("--json") ? jsonText({ error: { code, message, found, place } }) : `mainstay: ${message}\n`,
    );
    return exitCodes.refused;
  }
}

/** A fault of the program itself: its message, and where it happened so that it can be reported. */
function faultText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
