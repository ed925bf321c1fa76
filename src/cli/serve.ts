import { InvalidArgumentError, type Command } from "commander";
import type { Environment } from "./session.ts";

/** `mainstay serve`: the pages and the API on loopback, until Ctrl-C. */
export function addServe(program: Command, environment: Environment): void {
  program
    .command("serve")
    .description("Serve the pages and the API on this machine")
    .option("--port <number>", "the port (PORT); the next free one if it is taken", port)
    .action(async (options: { port?: number; data?: string }) => {
      await environment.serve(options);
    });
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535)
    throw new InvalidArgumentError("a port is a whole number from 0 to 65535");
  return number;
}
