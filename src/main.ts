import { createReadStream } from "node:fs";
import { mkdir, open, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import type { PoolConfig } from "pg";
import { settleProposals } from "./app/decisions.ts";
import { handlersOf } from "./app/jobs.ts";
import { loadMilestones } from "./app/foresight/milestones/built-in.ts";
import { loadStated } from "./app/planning/stated.ts";
import { loadReference } from "./app/reference.ts";
import { playRehearsal } from "./app/rehearsal.ts";
import { buildProgram } from "./cli/program.ts";
import { runProgram } from "./cli/run.ts";
import { progressOn, type Terminal } from "./cli/output.ts";
import type { Environment, ServeOptions, Session } from "./cli/session.ts";
import { MainstayError } from "./core/errors.ts";
import { limits } from "./formats/limits.ts";
import { foresightFiles } from "./formats/reference/foresight.ts";
import { planningFiles } from "./formats/reference/planning.ts";
import { referenceFiles } from "./formats/reference/read.ts";
import { connect, type Database } from "./store/database.ts";
import type { JobFault, JobRunner } from "./store/jobs/run.ts";
import { migrate } from "./store/migrate.ts";
import { openDatabase } from "./store/server/open-database.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const defaultPort = 4870;
const portsTried = 50;

type Steps = (label: string, done: number, total: number) => void;

function dataFolder(named: string | undefined): string {
  return resolve(named ?? process.env.MAINSTAY_DATA ?? join(root, ".data"));
}

type OpenSession = Session & Readonly<{ connection: PoolConfig }>;

async function openSession(options: { data?: string | undefined; onProgress?: Steps }): Promise<OpenSession> {
  const opened = await openDatabase({
    dataFolder: dataFolder(options.data),
    databaseUrl: process.env.DATABASE_URL,
    onNotice: (notice) => process.stderr.write(`mainstay: ${notice}\n`),
  });
  try {
    await migrate(opened.owner);
    const db = connect(opened.program);
    const close = async () => {
      await db.destroy();
      await opened.close();
    };
    await loadBuiltIn(db, options.onProgress).catch(async (error: unknown) => {
      await db.destroy();
      throw error;
    });
    return { db, connection: opened.program, close };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** The worked case with its milestones, what was needed and committed in 2022, and the made-up story in which everything about funds can be looked at. */
async function loadBuiltIn(db: Database, onProgress: Steps | undefined): Promise<void> {
  await loadReference(db, await referenceText(), onProgress, tellKept);
  const name = "harbour-fund.json";
  const text = await readFile(join(root, "reference", "rehearsal", name), "utf8");
  await playRehearsal(db, { name, text }, onProgress);
  await loadStated(db, await textsOf(join(root, "reference", "planning"), planningFiles));
  await loadMilestones(db, await textsOf(join(root, "reference", "foresight"), foresightFiles));
}

function tellKept(release: string): void {
  const kept = `${release}: this version of the program has other facts; those on record stay, a new data folder takes the new ones`;
  process.stderr.write(`mainstay: ${kept}\n`);
}

async function referenceText() {
  const files = await textsOf(join(root, "reference"), referenceFiles);
  return { files, streams: await readFile(join(root, "policies", "streams.json"), "utf8") };
}

async function textsOf(folder: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const)),
  );
}

const faults: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EISDIR: "a folder",
  ENOTDIR: "a path through something that is no folder",
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "a disk that may only be read",
  ENOSPC: "no space left",
  ENAMETOOLONG: "a name that is too long",
  ELOOP: "links that lead in a circle",
};

/** What the system says of a file, in words where it has some. */
function faultOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? String(error) : (faults[code] ?? code);
}

/** @throws MainstayError file_unreadable, file_too_large */
async function readInput(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > limits.fileBytes) throw new MainstayError("file_too_large", `${size} bytes`, { file: path });
    const chunks: Uint8Array[] = [];
    let read = 0;
    // A device or a pipe says it has 0 bytes and may never end.
    for await (const chunk of createReadStream(path)) {
      chunks.push(chunk as Uint8Array);
      read += (chunk as Uint8Array).length;
      if (read > limits.fileBytes)
        throw new MainstayError("file_too_large", `more than ${limits.fileBytes} bytes`, { file: path });
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof MainstayError) throw error;
    throw new MainstayError("file_unreadable", faultOf(error), { file: path });
  }
}

async function writeOutput(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(resolve(path)), { recursive: true });
    await writeFile(path, content);
  } catch (error) {
    throw new MainstayError("file_unwritable", faultOf(error), { file: path });
  }
}

/** Tells before a long work that its report cannot be written, or would overwrite the file it is about. What is there stays. @throws MainstayError file_unwritable */
async function checkOutput(path: string, input: string): Promise<void> {
  const refuse = (found: string) => new MainstayError("file_unwritable", found, { file: path });
  try {
    const before = await stat(path).catch(() => undefined);
    const read = await stat(input).catch(() => undefined);
    if (before !== undefined && before.dev === read?.dev && before.ino === read.ino)
      throw refuse("the file that is imported");
    await mkdir(dirname(resolve(path)), { recursive: true });
    await (await open(path, "a")).close();
    if (before === undefined) await rm(path);
  } catch (error) {
    throw error instanceof MainstayError ? error : refuse(faultOf(error));
  }
}

/** The text of a mapping that comes with the program, undefined for any other name. */
async function shippedMapping(name: string): Promise<string | undefined> {
  const folder = join(root, "policies", "mappings");
  const shipped = (await readdir(folder)).find((file) => file === `${name}.json`);
  return shipped === undefined ? undefined : readFile(join(folder, shipped), "utf8");
}

async function readMapping(nameOrPath: string): Promise<{ name: string; text: string }> {
  const shipped = await shippedMapping(nameOrPath);
  return { name: nameOrPath, text: shipped ?? new TextDecoder().decode(await readInput(nameOrPath)) };
}

async function serve(options: ServeOptions, terminal: Terminal): Promise<void> {
  const progress = progressOn(terminal, () => performance.now(), 0);
  const session = await openSession({ data: options.data, onProgress: progress.step });
  progress.end();
  await settleWhatRanOut(session.db, terminal);
  // Only this command needs the web server; the others start faster without it.
  const { buildServer } = await import("./http/server.ts");
  const server = await buildServer({
    db: session.db,
    pagesFolder: join(root, "dist", "web"),
    version,
    actor: userName(),
    readMapping: shippedMapping,
    address: pagesAddress(),
  });
  let jobs: JobRunner | undefined;
  try {
    const port = await listen(server, options.port ?? envPort() ?? defaultPort);
    terminal.out(`Mainstay is open at http://127.0.0.1:${port}/\n`);
    jobs = await startJobs(session.db, session.connection, terminal);
    await new Promise<void>((done) => {
      if (terminal.signal.aborted) done();
      terminal.signal.addEventListener("abort", () => done(), { once: true });
    });
    terminal.err("mainstay: closing\n");
  } finally {
    await Promise.all([server.close(), jobs?.stop()]);
    await session.close();
  }
}

/** Silences that ran out while no program looked are settled before anybody can ask. One that cannot be is told of, and met again when it is shown. */
async function settleWhatRanOut(db: Database, terminal: Terminal): Promise<void> {
  try {
    await settleProposals(db, () => new Date().toISOString());
  } catch (error) {
    terminal.err(`mainstay: a silence that has run out could not be settled: ${(error as Error).message}\n`);
  }
}

/** Has deadlines met while the server runs, those that passed before it at once. Without any that this program knows, nothing is loaded. */
async function startJobs(db: Database, connection: PoolConfig, terminal: Terminal): Promise<JobRunner | undefined> {
  const handlers = handlersOf(db, () => new Date().toISOString());
  if (Object.keys(handlers).length === 0) return undefined;
  const { runJobs } = await import("./store/jobs/run.ts");
  const onFault = ({ queue, error }: JobFault) =>
    terminal.err(`mainstay: ${queue ?? "the queue of jobs"} failed and is tried again: ${error.message}\n`);
  return runJobs({ connection, handlers, onFault });
}

/** Who writes: the machine's user, or its number where it has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? "unknown"}`;
  }
}

function envPort(): number | undefined {
  const text = process.env.PORT;
  if (text === undefined || text === "") return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new MainstayError("invalid_port", JSON.stringify(text), { field: "PORT" });
  return port;
}

/** Where others reach the pages, where that is set: codes to sign by lead there. @throws MainstayError parameter_invalid */
function pagesAddress(): string | undefined {
  const address = process.env.MAINSTAY_ADDRESS;
  if (address === undefined || address === "") return undefined;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new MainstayError(
    "parameter_invalid",
    `${JSON.stringify(address)}, not an address such as https://desk.example`,
    {
      field: "MAINSTAY_ADDRESS",
    },
  );
}

/** Listens on loopback at the port or the next free one, and returns it. */
async function listen(server: FastifyInstance, first: number): Promise<number> {
  const last = Math.min(first + portsTried - 1, 65_535);
  for (let port = first; port <= last; port += 1) {
    try {
      await server.listen({ host: "127.0.0.1", port });
      const address = server.server.address();
      return typeof address === "object" && address !== null ? address.port : port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
  throw new MainstayError("no_free_port", `${first} to ${last} are taken`, { field: "port" });
}

const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
const stop = new AbortController();
let firstInterrupt: number | undefined;
const repeatAfterMs = 1000;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    firstInterrupt ??= performance.now();
    stop.abort();
    // A second Ctrl-C does not wait for what is under way. One key press arrives several times: from the terminal, and passed on by npm.
    if (performance.now() - firstInterrupt > repeatAfterMs) process.exit(130);
  });
}
const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  errIsTerminal: process.stderr.isTTY,
  signal: stop.signal,
};
const environment: Environment = {
  terminal,
  version,
  now: () => performance.now(),
  clock: () => new Date().toISOString(),
  actor: userName(),
  openSession,
  fileExists: async (path) => (await stat(path).catch(() => undefined))?.isFile() === true,
  readFile: readInput,
  checkOutput,
  writeFile: writeOutput,
  readMapping,
  serve: (options) => serve(options, terminal),
};

// A reader that closes early (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
process.exitCode = await runProgram(buildProgram(environment), process.argv.slice(2), environment);
