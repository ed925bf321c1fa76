import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { noteOf } from "#store/server/postmaster.ts";
import { processIdentity, sleep } from "#store/server/processes.ts";
import type { Connection } from "#store/server/open-server.ts";

type Word = Readonly<{ owned: boolean; pid: number; connection: Connection }>;

/** A program of its own process that holds the database open. */
export type Program = Word & Readonly<{ child: ChildProcess; leave: () => Promise<void>; kill: () => Promise<void> }>;

const script = fileURLToPath(new URL("program.ts", import.meta.url));

export function startProgram(dataFolder: string, account: { uid?: number; gid?: number } = {}): Promise<Program> {
  const child = spawn(process.execPath, [script, dataFolder], { ...account, stdio: ["pipe", "pipe", "pipe"] });
  const exited = once(child, "exit");
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", (line) =>
      resolve({
        ...(JSON.parse(line) as Word),
        child,
        leave: async () => {
          child.stdin.end();
          await exited;
        },
        kill: async () => {
          child.kill("SIGKILL");
          await exited;
        },
      }),
    );
    exited.then(([code]) => reject(new Error(`the program ended with ${code}: ${complaints}`)), reject);
  });
}

export const isRunning = (pid: number): boolean => processIdentity(pid) !== undefined;

/** Waits until something holds; the message says what did not come. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  patienceMs = 15_000,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${patienceMs} ms in vain: ${what}`);
    await sleep(25);
  }
}

/** The first column of the first row. */
export async function ask(connection: Connection, sql: string): Promise<unknown> {
  const client = new pg.Client(connection);
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: "array" });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

export const keeperOf = (dataFolder: string): number =>
  (JSON.parse(readFileSync(noteOf(dataFolder), "utf8")) as { keeper: number }).keeper;

export type Folder = Readonly<{ dataFolder: string; remove: () => void }>;

/** An empty data folder below one that only its owner may cross. */
export function emptyFolder(): Folder {
  const parent = mkdtempSync(join(tmpdir(), "mainstay-supervisor-"));
  return { dataFolder: join(parent, "data"), remove: () => rmSync(parent, { recursive: true, force: true }) };
}
