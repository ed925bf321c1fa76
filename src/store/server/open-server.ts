import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, realpathSync } from "node:fs";
import { createConnection, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { MainstayError, type ErrorCode, type ErrorPlace } from "#core/errors.ts";
import { databaseName, roles } from "./cluster.ts";
import { takeMutex } from "./mutex.ts";
import { keeperSocketIn, mutexName, noteOf } from "./postmaster.ts";
import { sleep } from "./processes.ts";

/** What a `pg` pool or client is opened with. */
export type Connection = Readonly<{ host: string; port: number; user: string; database: string }>;

export type Server = Readonly<{
  /** `program` is what the program uses; `owner` runs migrations; `setup` is the superuser that creates and drops databases. */
  connections: Readonly<Record<keyof typeof roles, Connection>>;
  /** True when this call started the server, false when it joined a running one. */
  owned: boolean;
  /** The server's process number now: another after a crash, from which the server comes back by itself. */
  pid: () => number;
  /** Lets go of the server. The last program to do so returns when the server has stopped. */
  stop: () => Promise<void>;
}>;

export type ServerOptions = Readonly<{
  dataFolder: string;
  onNotice?: ((notice: string) => void) | undefined;
  /** Server settings beside the usual ones; they count only for the program that starts the server. */
  settings?: Readonly<Record<string, string>> | undefined;
}>;

type Greeting = Readonly<{ pid: number; socketFolder: string }>;
type Link = { socket: Socket; greeting: Greeting };

const mutexPatienceMs = 360_000;
const reattachAttempts = 5;

/** Connects to the keeper of a running server and waits for its greeting. Undefined when there is none, or it leaves meanwhile. */
function joinKeeper(dataFolder: string): Promise<Link | undefined> {
  let socketFolder: string;
  try {
    socketFolder = JSON.parse(readFileSync(noteOf(dataFolder), "utf8")).socketFolder;
  } catch {
    return Promise.resolve(undefined);
  }
  return new Promise((resolve) => {
    const socket = createConnection(keeperSocketIn(socketFolder));
    socket.once("error", () => resolve(undefined));
    socket.once("close", () => resolve(undefined));
    const link: Link = { socket, greeting: { pid: 0, socketFolder } };
    const lines = createInterface({ input: socket });
    // The reader repeats the socket's errors, which are answered above.
    lines.on("error", () => {});
    lines.on("line", (line) => {
      link.greeting = JSON.parse(line) as Greeting;
      resolve(link);
    });
  });
}

type Word = { ready?: true; notice?: string; error?: { code: ErrorCode; found: string; place: ErrorPlace } };

function startKeeper(dataFolder: string, options: ServerOptions): Promise<void> {
  const script = fileURLToPath(new URL("keeper.ts", import.meta.url));
  const keeper = spawn(process.execPath, [script, JSON.stringify({ dataFolder, settings: options.settings ?? {} })], {
    cwd: "/",
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], TMPDIR: process.env["TMPDIR"] },
  });
  let complaints = "";
  keeper.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  return new Promise<void>((resolve, reject) => {
    createInterface({ input: keeper.stdout }).on("line", (line) => {
      const word = JSON.parse(line) as Word;
      if (word.notice !== undefined) options.onNotice?.(word.notice);
      if (word.error !== undefined) reject(new MainstayError(word.error.code, word.error.found, word.error.place));
      if (word.ready) resolve();
    });
    keeper.once("error", reject);
    keeper.once("close", (code) =>
      reject(new MainstayError("database_cannot_start", `the keeper ended with ${code}: ${complaints}`)),
    );
  }).finally(() => {
    keeper.stdout.destroy();
    keeper.stderr.destroy();
    keeper.unref();
  });
}

async function joinOrStart(dataFolder: string, options: ServerOptions): Promise<{ link: Link; owned: boolean }> {
  const running = await joinKeeper(dataFolder);
  if (running !== undefined) return { link: running, owned: false };
  const mutex = await takeMutex(dataFolder, mutexName, mutexPatienceMs);
  try {
    const meanwhile = await joinKeeper(dataFolder);
    if (meanwhile !== undefined) return { link: meanwhile, owned: false };
    await startKeeper(dataFolder, options);
    const link = await joinKeeper(dataFolder);
    if (link === undefined)
      throw new MainstayError("database_cannot_start", "the keeper left at once", { file: dataFolder });
    return { link, owned: true };
  } finally {
    mutex.release();
  }
}

function prepareFolder(folder: string): string {
  try {
    // Root's server runs under another account, which elsewhere than on Linux has to cross this folder by its path.
    mkdirSync(folder, { recursive: true, mode: process.platform === "linux" ? 0o700 : 0o711 });
    return realpathSync(folder);
  } catch (error) {
    throw new MainstayError("database_folder_not_usable", (error as Error).message, { file: folder });
  }
}

/**
 * Opens the embedded database in a data folder: creates it if it is not there, starts its server, or joins the one that another program
 * started. The server stays up while any program uses it, comes back by itself after a crash, and stops with the last program however
 * that ends.
 * Errors: `database_folder_not_usable`, `database_programs_missing`, `database_cannot_be_created`, `database_cannot_start`,
 * `database_files_of_other_version`, `database_account_without_name`, `database_busy`.
 */
export async function openServer(options: ServerOptions): Promise<Server> {
  const dataFolder = prepareFolder(options.dataFolder);
  const first = await joinOrStart(dataFolder, options);
  let { link } = first;
  let stopped = false;

  /** The keeper itself may be killed; then any program starts another one, which takes over the server as it runs. */
  const guard = (held: Link) => {
    held.socket.unref();
    held.socket.once("close", () => {
      if (!stopped) void reattach();
    });
  };
  const reattach = async (): Promise<void> => {
    for (let attempt = 1; attempt <= reattachAttempts && !stopped; attempt += 1) {
      try {
        ({ link } = await joinOrStart(dataFolder, options));
        if (stopped) link.socket.destroy();
        else guard(link);
        return;
      } catch (error) {
        options.onNotice?.(`the database is not reachable: ${(error as Error).message}`);
        await sleep(1000 * attempt);
      }
    }
  };
  guard(link);

  const connection = (user: string, database: string = databaseName): Connection => ({
    host: link.greeting.socketFolder,
    port: 5432,
    user,
    database,
  });
  return {
    connections: {
      setup: connection(roles.setup, "postgres"),
      owner: connection(roles.owner),
      program: connection(roles.program),
    },
    owned: first.owned,
    pid: () => link.greeting.pid,
    stop: async () => {
      if (stopped) return;
      stopped = true;
      const { socket } = link;
      if (socket.destroyed) return;
      socket.ref();
      await new Promise<void>((resolve) => {
        socket.once("close", () => resolve());
        socket.once("error", () => resolve());
        socket.write("leave\n");
      });
    },
  };
}
