import { rmSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { MainstayError } from "#core/errors.ts";
import { serverAccount, type Account } from "./account.ts";
import { findBinaries, type Binaries } from "./binaries.ts";
import { clusterExists, clusterFolderOf, createCluster, prepareCluster } from "./cluster.ts";
import { takeMutex } from "./mutex.ts";
import {
  adoptPostmaster,
  keeperSocketIn,
  makeSocketFolder,
  mutexName,
  noteOf,
  removeSocketFolder,
  startPostmaster,
  stopPostmaster,
  type Postmaster,
} from "./postmaster.ts";

// The keeper is a process of its own between the programs and the server. Every program holds a connection to it for as long as it uses
// the database; the kernel closes that connection however the program ends. When the last one is gone the keeper stops the server and leaves.

type Order = Readonly<{ dataFolder: string; settings: Readonly<Record<string, string>> }>;
type Means = Order & Readonly<{ account: Account; binaries: Binaries }>;

const firstProgramWithinMs = 20_000;
const restartsAllowed = 5;
const restartWindowMs = 60_000;
const mutexPatienceMs = 600_000;

const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

function prepare(order: Order): Means {
  const account = serverAccount(clusterFolderOf(order.dataFolder));
  const binaries = findBinaries(account);
  if (!clusterExists(order.dataFolder)) {
    say({ notice: "creating the database" });
    createCluster(order.dataFolder, account, binaries);
  }
  prepareCluster(order.dataFolder, account);
  return { ...order, account, binaries };
}

async function adoptOrStart(means: Means, socketFolder?: string): Promise<Postmaster> {
  const running = await adoptPostmaster(means.dataFolder, socketFolder);
  if (running !== undefined) return running;
  const folder = socketFolder ?? makeSocketFolder(means.account);
  try {
    return await startPostmaster(means.dataFolder, folder, means.account, means.binaries, means.settings);
  } catch (error) {
    if (socketFolder === undefined) removeSocketFolder(folder);
    throw error;
  }
}

type Keeping = {
  readonly means: Means;
  readonly socketFolder: string;
  readonly listener: Server;
  /** Those that use the database. */
  readonly programs: Set<Socket>;
  /** Those that said goodbye as the last one: their connection ends when the server has stopped, or when another program came. */
  readonly goodbyes: Set<Socket>;
  /** The server as it runs or is being started. */
  postmaster: Promise<Postmaster>;
  leaving: boolean;
};

function giveUp(keeping: Keeping, error: unknown): void {
  process.stderr.write(`${String(error)}\n`);
  removeSocketFolder(keeping.socketFolder);
  process.exit(1);
}

async function tell(keeping: Keeping, socket: Socket): Promise<void> {
  const { pid } = await keeping.postmaster;
  if (socket.writable) socket.write(`${JSON.stringify({ pid, socketFolder: keeping.socketFolder })}\n`);
}

/** A server that dies under its programs is started again on the same socket; their next connections find it. */
async function watch(keeping: Keeping): Promise<void> {
  const restarts: number[] = [];
  for (;;) {
    await (
      await keeping.postmaster
    ).exited;
    if (keeping.leaving) return;
    restarts.push(Date.now());
    if (restarts.filter((time) => time > Date.now() - restartWindowMs).length > restartsAllowed) {
      throw new Error("the server keeps dying");
    }
    keeping.postmaster = adoptOrStart(keeping.means, keeping.socketFolder);
    await keeping.postmaster;
    await Promise.all([...keeping.programs].map((socket) => tell(keeping, socket)));
  }
}

/** Under the mutex, so that a program that comes meanwhile waits until the old server is gone; one that came just before keeps it. */
async function leaveIfUnused(keeping: Keeping): Promise<void> {
  if (keeping.programs.size > 0) return;
  const { dataFolder } = keeping.means;
  const mutex = await takeMutex(dataFolder, mutexName, mutexPatienceMs);
  if (keeping.programs.size > 0) {
    for (const socket of keeping.goodbyes) socket.end();
    mutex.release();
    return;
  }
  keeping.leaving = true;
  keeping.listener.close();
  await stopPostmaster(await keeping.postmaster);
  rmSync(noteOf(dataFolder), { force: true });
  mutex.release();
  process.exit(0);
}

const unused = (keeping: Keeping): void => void leaveIfUnused(keeping).catch((error) => giveUp(keeping, error));

function welcome(keeping: Keeping, socket: Socket): void {
  const { programs, goodbyes } = keeping;
  programs.add(socket);
  tell(keeping, socket).catch(() => socket.destroy());
  const drop = () => {
    goodbyes.delete(socket);
    if (programs.delete(socket)) unused(keeping);
  };
  socket.on("data", () => {
    if (programs.size > 1) socket.end();
    else goodbyes.add(socket);
    if (programs.delete(socket)) unused(keeping);
  });
  socket.on("close", drop);
  socket.on("error", drop);
}

function keep(means: Means, first: Postmaster): void {
  const { socketFolder } = first;
  const keeping: Keeping = {
    means,
    socketFolder,
    listener: createServer((socket) => welcome(keeping, socket)),
    programs: new Set(),
    goodbyes: new Set(),
    postmaster: Promise.resolve(first),
    leaving: false,
  };
  const address = keeperSocketIn(socketFolder);
  rmSync(address, { force: true });
  keeping.listener.listen(address, () => {
    const draft = `${noteOf(means.dataFolder)}.draft`;
    writeFileSync(draft, JSON.stringify({ socketFolder, keeper: process.pid }));
    renameSync(draft, noteOf(means.dataFolder));
    say({ ready: true });
    setTimeout(() => unused(keeping), firstProgramWithinMs);
  });
  // When everything is told to end, the programs leave first, and the server is stopped because of that.
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => {});
  watch(keeping).catch((error) => giveUp(keeping, error));
}

async function main(): Promise<void> {
  // The program that started us may be gone before we are ready: then there is no one to tell.
  process.stdout.on("error", () => {});
  try {
    const means = prepare(JSON.parse(process.argv[2] ?? "{}") as Order);
    keep(means, await adoptOrStart(means));
  } catch (error) {
    const refusal =
      error instanceof MainstayError ? { code: error.code, found: error.found, place: error.place } : undefined;
    say({ error: refusal ?? { code: "database_cannot_start", found: String(error), place: {} } });
    process.exitCode = 1;
  }
}

await main();
