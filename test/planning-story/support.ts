import { expect } from "vitest";
import type { Database } from "#store/database.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import { collecting, wordsOf } from "../docs/console.ts";
import { openRecord } from "../support/record.ts";

type Ran = Readonly<{ code: number; out: string; err: string }>;

/** A record of a test's own, the command line on it, and a clock that stands still until it is set. */
export type Story = Readonly<{
  db: Database;
  files: Map<string, string>; // what a command reads by name, and what it writes
  set: (instant: string) => void;
  run: (line: string) => Promise<Ran>;
  /** What a command prints with --json; it must succeed. */
  json: <T>(line: string) => Promise<T>;
  close: () => Promise<void>;
}>;

export async function openStory(begins: string): Promise<Story> {
  const { db, close } = await openRecord();
  const files = new Map<string, string>();
  let now = begins;
  const run = async (line: string): Promise<Ran> => {
    const [out, err]: [string[], string[]] = [[], []];
    const collected = collecting(
      async () => ({ db, close: async () => {} }),
      (text) => void out.push(text),
      () => now,
    );
    const environment = {
      ...collected,
      terminal: { ...collected.terminal, err: (text: string) => void err.push(text) },
      readFile: async (path: string) => new TextEncoder().encode(files.get(path) ?? ""),
      writeFile: async (path: string, content: string | Uint8Array) =>
        void files.set(path, typeof content === "string" ? content : new TextDecoder().decode(content)),
    };
    const code = await runProgram(buildProgram(environment), wordsOf(line), environment);
    return { code, out: out.join(""), err: err.join("") };
  };
  return {
    db,
    files,
    run,
    close,
    set: (instant) => {
      now = instant;
    },
    json: async <T>(line: string) => {
      const { code, out, err } = await run(`${line} --json`);
      expect(`${code} ${err.replaceAll(/^[A-Z].*\n/gm, "")}`).toBe("0 ");
      return JSON.parse(out) as T;
    },
  };
}
