import { spawn } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MainstayError } from "#core/errors.ts";
import { asAccount, type Account } from "./account.ts";
import { bareEnvironment, type Binaries } from "./binaries.ts";
import { clusterFolderOf, placeOf } from "./cluster.ts";
import { commandLine, processIdentity, sleep } from "./processes.ts";

/** A server process that is ready for connections in `socketFolder`. `exited` resolves when it is gone, for whatever reason. */
export type Postmaster = Readonly<{ pid: number; socketFolder: string; exited: Promise<void> }>;

const startPatienceMs = 300_000;
const logLimitBytes = 10_000_000;
const longestSocketFolder = 80;

const settings: Readonly<Record<string, string>> = {
  listen_addresses: "",
  port: "5432",
  unix_socket_permissions: "0700",
  cluster_name: "mainstay",
  timezone: "UTC",
  log_timezone: "UTC",
  max_connections: "200",
  shared_buffers: "256MB",
  work_mem: "32MB",
  maintenance_work_mem: "256MB",
  max_wal_size: "2GB",
  random_page_cost: "1.1",
  jit: "off",
};

type PidFile = Readonly<{ pid: number; socketFolder: string; ready: boolean }>;

/** Lines of the file: process, data folder, start time, port, socket folder, address, memory key, state. */
function readPidFile(dataFolder: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(clusterFolderOf(dataFolder), "postmaster.pid"), "utf8").split("\n");
    const pid = Math.abs(Number.parseInt(lines[0] ?? "", 10));
    return { pid, socketFolder: (lines[4] ?? "").trim(), ready: (lines[7] ?? "").trim() === "ready" };
  } catch {
    return undefined;
  }
}

/** Ours if it is alive and was started with the socket folder the file names: after a restart the number may belong to anyone. */
function isOurs(file: PidFile): boolean {
  if (processIdentity(file.pid) === undefined) return false;
  const command = commandLine(file.pid) ?? "";
  return file.socketFolder !== "" && command.includes(`unix_socket_directories=${file.socketFolder}`);
}

async function gone(pid: number): Promise<void> {
  const identity = processIdentity(pid);
  while (identity !== undefined && processIdentity(pid) === identity) await sleep(200);
}

async function untilReady(dataFolder: string, pid: number | undefined, isGone: () => boolean): Promise<PidFile> {
  const deadline = Date.now() + startPatienceMs;
  while (!isGone() && Date.now() < deadline) {
    const file = readPidFile(dataFolder);
    if (file?.ready && file.pid === pid) return file;
    await sleep(10);
  }
  throw new MainstayError("database_cannot_start", lastLines(logOf(dataFolder)), { file: logOf(dataFolder) });
}

const logOf = (dataFolder: string): string => join(dataFolder, "postgres.log");

function lastLines(path: string): string {
  return existsSync(path)
    ? readFileSync(path, "utf8").trimEnd().split("\n").slice(-4).join(" | ")
    : "nothing in its log";
}

/**
 * A server that outlived the programs that used it, or undefined. A file left by a dead server is cleared away, and its socket folder
 * unless that is `inUse`.
 */
export async function adoptPostmaster(dataFolder: string, inUse?: string): Promise<Postmaster | undefined> {
  const file = readPidFile(dataFolder);
  if (file === undefined) return undefined;
  if (!isOurs(file)) {
    rmSync(join(clusterFolderOf(dataFolder), "postmaster.pid"), { force: true });
    if (file.socketFolder !== inUse) removeSocketFolder(file.socketFolder);
    return undefined;
  }
  const { pid, socketFolder } = await untilReady(dataFolder, file.pid, () => processIdentity(file.pid) === undefined);
  return { pid, socketFolder, exited: gone(pid) };
}

/** A new private folder with a path short enough for a socket (the kernel's limit is near 100 bytes), owned by the server's account. */
export function makeSocketFolder(account: Account): string {
  const places = account.switched && process.platform === "linux" ? ["/run/mainstay", "/tmp"] : [tmpdir(), "/tmp"];
  for (const place of places) {
    if (Buffer.byteLength(place) > longestSocketFolder) continue;
    try {
      mkdirSync(place, { recursive: true });
      const folder = mkdtempSync(join(place, "mainstay-"));
      if (account.switched) chownSync(folder, account.uid, account.gid);
      return folder;
    } catch {
      // Not ours to write to; the next place may be.
    }
  }
  throw new MainstayError("database_cannot_start", `no folder for its socket among ${places.join(", ")}`);
}

/** Only a folder that we made is removed, whatever a damaged file says. */
export function removeSocketFolder(folder: string): void {
  if (/\/mainstay-\w{6}$/.test(folder)) rmSync(folder, { recursive: true, force: true });
}

function openLog(dataFolder: string): number {
  const path = logOf(dataFolder);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return openSync(path, size > logLimitBytes ? "w" : "a", 0o600);
}

async function startOnce(
  dataFolder: string,
  socketFolder: string,
  account: Account,
  binaries: Binaries,
  extraSettings: Readonly<Record<string, string>>,
): Promise<Postmaster> {
  const { path, cwd } = placeOf(clusterFolderOf(dataFolder), account);
  const all = { ...settings, ...extraSettings, unix_socket_directories: socketFolder };
  const words = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = openLog(dataFolder);
  const child = spawn(binaries.postgres, ["-D", path, ...words], {
    ...asAccount(account),
    cwd,
    env: bareEnvironment,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let isGone = false;
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      isGone = true;
      resolve();
    };
    child.once("exit", end);
    child.once("error", end);
  });
  try {
    const { pid } = await untilReady(dataFolder, child.pid, () => isGone);
    return { pid, socketFolder, exited };
  } catch (error) {
    child.kill("SIGQUIT");
    throw error;
  }
}

/**
 * Starts a server on the folder and waits until it takes connections. Where the last one was killed, its own children may take a moment
 * to notice and leave; until then a new one refuses, and is tried again.
 * Errors: `database_cannot_start` with the end of its log.
 */
export async function startPostmaster(...given: Parameters<typeof startOnce>): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(...given);
    } catch (error) {
      if (attempt === 20 || !String(error).includes("shared memory block")) throw error;
      await sleep(500);
    }
  }
}

/** Stops the server: connections are cut and everything is written out ("fast"); after `patienceMs` it is told to leave at once. */
export async function stopPostmaster(postmaster: Postmaster, patienceMs = 60_000): Promise<void> {
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(postmaster.pid, name);
    } catch {
      // Gone already.
    }
  };
  signal("SIGINT");
  const timer = setTimeout(() => signal("SIGQUIT"), patienceMs);
  await postmaster.exited;
  clearTimeout(timer);
  removeSocketFolder(postmaster.socketFolder);
}

/** The socket of the keeper lies beside the server's. */
export const keeperSocketIn = (socketFolder: string): string => join(socketFolder, "keeper");
/** The note in the data folder that says where that is. */
export const noteOf = (dataFolder: string): string => join(dataFolder, "server.json");
/** Held while a server is being started, taken over or stopped. */
export const mutexName = "starting";
