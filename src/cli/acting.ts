import type { Command } from "commander";
import type { Environment } from "./session.ts";

export type ActingOptions = Readonly<{ as?: string; json?: true; data?: string }>;

/** Adds to a command that writes who acts, and JSON. */
export function acting(command: Command): Command {
  return command.option("--as <name>", "who acts; the user of the machine without it").option("--json", "print JSON");
}

/** Adds to a command's help how it is typed. */
export function withExample(command: Command, words: string): Command {
  return command.addHelpText("after", `\nExample: npx mainstay ${words}`);
}

/** When something is done and by whom. */
export function doingOf(environment: Environment, options: ActingOptions): Readonly<{ now: string; actor: string }> {
  return { now: environment.clock(), actor: options.as ?? environment.actor };
}

/** Parts of a repeated option written as `NAME=VALUE`. */
export function pairOf(text: string): Readonly<{ name: string; value: string }> {
  const at = text.indexOf("=");
  return at < 0 ? { name: text, value: "" } : { name: text.slice(0, at), value: text.slice(at + 1) };
}

/** Gathers a repeated option. */
export function gather(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
