import { rmSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
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

function keep(means: Means, first: Postmaster): void {
  let postmaster: Postmaster | undefined = first;
  let leaving = false;
  const restarts: number[] = [];
  const programs = new Set<Socket>();
  const { socketFolder } = first;

  const tell = (socket: Socket) => {
    if (postmaster !== undefined) socket.write(`${JSON.stringify({ pid: postmaster.pid, socketFolder })}\n`);
  };

  const giveUp = (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    removeSocketFolder(socketFolder);
    process.exit(1);
  };

  /** A server that dies under its programs is started again on the same socket; their next connections find it. */
  const watch = async (watched: Postmaster): Promise<void> => {
    await watched.exited;
    if (leaving) return;
    postmaster = undefined;
    restarts.push(Date.now());
    if (restarts.filter((time) => time > Date.now() - restartWindowMs).length > restartsAllowed)
      giveUp("the server keeps dying");
    postmaster = await adoptOrStart(means, socketFolder);
    for (const socket of programs) tell(socket);
    watch(postmaster).catch(giveUp);
  };

  /** Under the mutex, so that a program that comes meanwhile waits until the old server is gone; one that came just before keeps it. */
  const leaveIfUnused = async (): Promise<void> => {
    if (programs.size > 0) return;
    const mutex = await takeMutex(means.dataFolder, mutexName, mutexPatienceMs);
    if (programs.size > 0 || leaving) {
      mutex.release();
      return;
    }
    leaving = true;
    listener.close();
    if (postmaster !== undefined) await stopPostmaster(postmaster);
    rmSync(noteOf(means.dataFolder), { force: true });
    mutex.release();
    process.exit(0);
  };

  const unused = () => void leaveIfUnused().catch(giveUp);

  const listener = createServer((socket) => {
    programs.add(socket);
    tell(socket);
    let farewell = false;
    const drop = () => {
      if (!programs.delete(socket)) return;
      // A program that says goodbye and is the last waits until all is stopped: its connection ends with this process.
      if (farewell && programs.size > 0) socket.end();
      unused();
    };
    socket.on("data", () => {
      farewell = true;
      drop();
    });
    socket.on("close", drop);
    socket.on("error", drop);
  });

  const address = keeperSocketIn(socketFolder);
  rmSync(address, { force: true });
  listener.listen(address, () => {
    const draft = `${noteOf(means.dataFolder)}.draft`;
    writeFileSync(draft, JSON.stringify({ socketFolder, keeper: process.pid }));
    renameSync(draft, noteOf(means.dataFolder));
    say({ ready: true });
    setTimeout(unused, firstProgramWithinMs).unref();
  });
  for (const name of ["SIGINT", "SIGHUP"] as const) process.on(name, () => {});
  process.on("SIGTERM", () => {
    for (const socket of programs) socket.destroy();
    programs.clear();
    unused();
  });
  watch(first).catch(giveUp);
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
