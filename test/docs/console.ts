import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { FastifyInstance } from "fastify";
import { loadMilestones } from "#app/foresight/milestones/built-in.ts";
import { loadStated } from "#app/planning/stated.ts";
import { playRehearsal } from "#app/rehearsal.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import type { Environment } from "../../src/cli/session.ts";
import { buildServer } from "../../src/http/server.ts";
import { root } from "../architecture/sources.ts";
import { dataPath } from "../support/data.ts";
import { foresightText, mappingText, openRecord, statedText } from "../support/record.ts";

/** Runs one line of a page and returns what it prints; undefined where the published file it reads is not at hand. */
export type Console = (line: string) => Promise<string | undefined>;

// Under which names the pages speak of published files.
const published: Readonly<Record<string, string>> = {
  "release-7.xlsx": "kiel/ust-release-07.xlsx",
  "eurofxref-hist.csv": "fx/ecb-eurofxref-hist.csv",
};
const mappings = await readdir(new URL("../../policies/mappings/", import.meta.url));

/** Where a file that a page names lies. */
const placeOf = (path: string): string =>
  published[path] === undefined ? join(root, path) : dataPath(published[path]);

/** The words of a line as a shell splits them. */
export const wordsOf = (line: string): string[] =>
  (line.match(/(?:"[^"]*"|'[^']*'|\S)+/g) ?? []).map((word) => word.replaceAll(/["']/g, ""));

/** An environment for the command line that collects what is printed. */
export function collecting(
  openSession: Environment["openSession"],
  print: (text: string) => void,
  clock: () => string = () => "2026-01-01T12:00:00Z",
): Environment {
  return {
    terminal: { out: print, err: print, errIsTerminal: false, signal: new AbortController().signal },
    now: () => 0,
    actor: "reader",
    version: "0.1.0",
    openSession,
    fileExists: async (path) => existsSync(placeOf(path)),
    readFile: async (path) => readFile(placeOf(path)),
    clock,
    checkOutput: async () => {},
    writeFile: async () => {},
    readMapping: async (name) => ({
      name: basename(name),
      text: mappings.includes(`${name}.json`) ? mappingText(name) : await readFile(placeOf(name), "utf8"),
    }),
    serve: async () => {},
  };
}

async function request(app: FastifyInstance, words: readonly string[]): Promise<string> {
  const url = new URL(words.find((word) => word.startsWith("http")) ?? "http://nothing/");
  const { payload } = await app.inject({ method: "GET", url: `${url.pathname}${url.search}` });
  return payload;
}

export type Opened = Readonly<{
  run: Console;
  /** Sets the clock back to where every page begins; each line of it is then an hour after the one before. */
  begin: () => void;
  status: (address: string) => Promise<number>;
  close: () => Promise<void>;
}>;

const firstHour = Date.UTC(2026, 10, 2, 9);
const rehearsal = "reference/rehearsal/harbour-fund.json";

/** A record with the built-in facts and the rehearsal, and the console that the pages show: the command line, and `curl` to the server. */
export async function openConsole(): Promise<Opened> {
  const { db, close } = await openRecord();
  await playRehearsal(db, { name: rehearsal, text: await readFile(join(root, rehearsal), "utf8") });
  await loadStated(db, statedText());
  await loadMilestones(db, foresightText());
  let hours = 0;
  const clock = () => new Date(firstHour + hours * 3_600_000).toISOString().replace(".000Z", "Z");
  const app = await buildServer({ db, pagesFolder: "/nowhere", version: "0.1.0", clock });
  const run: Console = async (line) => {
    hours += 1;
    const words = wordsOf(line);
    if (words.some((word) => published[word] !== undefined && !existsSync(placeOf(word)))) return undefined;
    if (words[0] === "curl") return request(app, words);
    if (words[0] !== "npx" || words[1] !== "mainstay")
      throw new Error(`A page shows a command that cannot be run: ${line}`);
    let printed = "";
    const environment = collecting(
      async () => ({ db, close: async () => {} }),
      (text) => {
        printed += text;
      },
      clock,
    );
    await runProgram(buildProgram(environment), words.slice(2), environment);
    return printed;
  };
  return {
    run,
    begin: () => {
      hours = 0;
    },
    status: async (address) => (await app.inject({ method: "GET", url: address })).statusCode,
    close: async () => {
      await app.close();
      await close();
    },
  };
}

const block = /^```console\n([\s\S]*?)^```$/gm;

/** A page with the output of every line that begins with `$` in its console blocks run anew. */
export async function withOutput(page: string, run: Console): Promise<string> {
  const blocks = [...page.matchAll(block)];
  const fresh: string[] = [];
  for (const [, inside = ""] of blocks) fresh.push(await rerun(inside, run));
  return page.replace(block, () => `\`\`\`console\n${fresh.shift() ?? ""}\`\`\``);
}

async function rerun(inside: string, run: Console): Promise<string> {
  let text = "";
  for (const [, line = "", before = ""] of inside.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)) {
    const printed = await run(line);
    const lines = printed
      ?.replaceAll("\r", "")
      .replaceAll(/[ \t]+$/gm, "")
      .replace(/\n*$/, "\n");
    text += `$ ${line}\n${lines ?? before}`;
  }
  return text;
}
