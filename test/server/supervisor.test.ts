import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openServer } from "#store/server/open-server.ts";
import { noteOf } from "#store/server/postmaster.ts";
import {
  ask,
  emptyFolder,
  eventually,
  isRunning,
  keeperOf,
  startProgram,
  type Folder,
  type Program,
} from "./programs.ts";

// One database for most tests, because creating one takes a second; those that need an empty folder take one of their own.
let shared: Folder;
let own: Folder | undefined;
let dataFolder: string;
let programs: Program[];

beforeAll(async () => {
  shared = emptyFolder();
  await (await openServer({ dataFolder: shared.dataFolder })).stop();
});

afterAll(() => shared.remove());

beforeEach(() => {
  dataFolder = shared.dataFolder;
  rmSync(join(dataFolder, "postgres.log"), { force: true });
  programs = [];
});

afterEach(async () => {
  const keeper = existsSync(noteOf(dataFolder)) ? keeperOf(dataFolder) : undefined;
  await Promise.all(programs.map((program) => program.kill()));
  if (keeper !== undefined) await eventually("the keeper leaves", () => !isRunning(keeper));
  own?.remove();
  own = undefined;
});

function startEmpty(): void {
  own = emptyFolder();
  ({ dataFolder } = own);
}

/** Replaces a file of the database for the time of a piece of work. */
async function withFile(name: string, content: string, work: () => Promise<void>): Promise<void> {
  const path = join(dataFolder, "postgres", name);
  const before = readFileSync(path);
  writeFileSync(path, content);
  try {
    await work();
  } finally {
    writeFileSync(path, before);
  }
}

async function start(account?: { uid: number; gid: number }): Promise<Program> {
  const program = await startProgram(dataFolder, account);
  programs.push(program);
  return program;
}

const timesStarted = (): number =>
  readFileSync(join(dataFolder, "postgres.log"), "utf8").split("starting PostgreSQL").length - 1;

const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534 };

/** Below root's home an ordinary user can run neither this Node nor this checkout. */
function othersMayRead(): boolean {
  const words = ["-e", "require('node:fs').readFileSync(process.argv[1])", fileURLToPath(import.meta.url)];
  const may = spawnSync(process.execPath, words, { ...nobody, cwd: "/" }).status === 0;
  if (!may) process.stderr.write("Not tested as another user, who may not read this checkout.\n");
  return may;
}

describe("one server a data folder", () => {
  test("a second program joins the first one's server, and the last to leave stops it", async () => {
    const first = await start();
    const second = await start();
    expect([first.owned, second.owned]).toEqual([true, false]);
    expect(second.pid).toBe(first.pid);
    await first.leave();
    expect(await ask(second.connection, "select 1")).toBe(1);
    await second.leave();
    expect(isRunning(first.pid)).toBe(false);
    expect(existsSync(noteOf(dataFolder))).toBe(false);
    expect(existsSync(first.connection.host)).toBe(false);
  });

  test("of six programs that start at the same moment on an empty folder one starts the server", async () => {
    startEmpty();
    const all = await Promise.all(Array.from({ length: 6 }, () => start()));
    expect(all.filter((program) => program.owned)).toHaveLength(1);
    expect(new Set(all.map((program) => program.pid)).size).toBe(1);
    expect(timesStarted()).toBe(1);
    await Promise.all(all.map((program) => program.leave()));
    expect(isRunning(all[0]?.pid ?? 0)).toBe(false);
  });

  test("programs that come while the last one leaves never find two servers, nor none", async () => {
    for (let round = 0; round < 5; round += 1) {
      const leaving = await start();
      const [next] = await Promise.all([start(), leaving.leave()]);
      expect(await ask(next.connection, "select 1")).toBe(1);
      await next.leave();
      expect(isRunning(next.pid)).toBe(false);
    }
  });

  test("within one program, two openings share it and each stops once", async () => {
    const [one, two] = await Promise.all([openServer({ dataFolder }), openServer({ dataFolder })]);
    expect(two.pid()).toBe(one.pid());
    await one.stop();
    await one.stop();
    expect(await ask(two.connections.program, "select 1")).toBe(1);
    await two.stop();
    expect(isRunning(two.pid())).toBe(false);
  });
});

describe("after a SIGKILL", () => {
  test("of the program, the server stops by itself and keeps what was committed", async () => {
    const first = await start();
    await ask(first.connection, "create table kept_first as select 42 as answer");
    await first.kill();
    await eventually("the server stops", () => !isRunning(first.pid));
    const second = await start();
    expect(second.owned).toBe(true);
    expect(await ask(second.connection, "select answer from kept_first")).toBe(42);
  });

  test("of the program that started the server, it stays for the program that joined", async () => {
    const first = await start();
    const second = await start();
    await first.kill();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await ask(second.connection, "select 1")).toBe(1);
    expect(isRunning(first.pid)).toBe(true);
  });

  test("of the server, it comes back at the same address with what was committed", async () => {
    const server = await openServer({ dataFolder });
    const before = server.pid();
    await ask(server.connections.owner, "create table kept_second as select 42 as answer");
    process.kill(before, "SIGKILL");
    await eventually("a new server", () => server.pid() !== before);
    expect(await ask(server.connections.owner, "select answer from kept_second")).toBe(42);
    await server.stop();
    expect(isRunning(server.pid())).toBe(false);
  });

  test("of the keeper, the program finds another and the server runs on", async () => {
    const server = await openServer({ dataFolder });
    const keeper = keeperOf(dataFolder);
    process.kill(keeper, "SIGKILL");
    await eventually("another keeper", () => keeperOf(dataFolder) !== keeper);
    expect(timesStarted()).toBe(1);
    const joined = await start();
    expect(joined.pid).toBe(server.pid());
    await joined.leave();
    await eventually("the new keeper knows the program", () => isRunning(server.pid()));
    await server.stop();
    expect(isRunning(server.pid())).toBe(false);
  });

  test("of program and keeper at once, the next program joins the server that outlived them, and stops it", async () => {
    const first = await start();
    process.kill(keeperOf(dataFolder), "SIGKILL");
    await first.kill();
    expect(isRunning(first.pid)).toBe(true);
    const second = await start();
    expect(second.pid).toBe(first.pid);
    expect(timesStarted()).toBe(1);
    await second.leave();
    expect(isRunning(first.pid)).toBe(false);
  });

  test("of everything, the next program clears what was left and starts anew", async () => {
    const first = await start();
    await ask(first.connection, "create table kept_third as select 42 as answer");
    process.kill(keeperOf(dataFolder), "SIGKILL");
    process.kill(first.pid, "SIGKILL");
    await first.kill();
    const second = await start();
    expect(second.pid).not.toBe(first.pid);
    expect(await ask(second.connection, "select answer from kept_third")).toBe(42);
    expect(existsSync(first.connection.host)).toBe(false);
  });
});

describe("what a folder may hold already", () => {
  test("a stale postmaster.pid whose number now belongs to another process", async () => {
    const pidFile = join(dataFolder, "postgres", "postmaster.pid");
    writeFileSync(pidFile, `${process.pid}\n/elsewhere\n1700000000\n5432\n/nowhere\n\n  0 0\nready   \n`);
    const program = await start();
    expect(await ask(program.connection, "select 1")).toBe(1);
  });

  test("the remains of a creation that was killed half-way", async () => {
    startEmpty();
    mkdirSync(join(dataFolder, "postgres.draft-killed", "base"), { recursive: true });
    await start();
    expect(readdirSync(dataFolder).filter((name) => name.includes("draft"))).toEqual([]);
  });

  test("the lock of a program that died", async () => {
    mkdirSync(join(dataFolder, "starting"), { recursive: true });
    writeFileSync(join(dataFolder, "starting", "holder"), `${process.pid} of-an-earlier-life`);
    expect((await start()).owned).toBe(true);
  });

  test("the files of another PostgreSQL are refused by version", async () => {
    await withFile("PG_VERSION", "17\n", async () => {
      const refusal = { code: "database_files_of_other_version", found: "PostgreSQL 17" };
      await expect(openServer({ dataFolder })).rejects.toMatchObject(refusal);
    });
  });

  test("a file where the folder should be is refused", async () => {
    const file = join(dataFolder, "..", "file");
    writeFileSync(file, "");
    await expect(openServer({ dataFolder: file })).rejects.toMatchObject({ code: "database_folder_not_usable" });
  });

  test("a server that can't start is refused with the end of its log, and leaves nothing running", async () => {
    await withFile("postgresql.conf", "nonsense = here\n", async () => {
      await expect(openServer({ dataFolder })).rejects.toThrow(/unrecognized configuration parameter/);
    });
    expect(existsSync(noteOf(dataFolder))).toBe(false);
  });
});

describe("how it is set up", () => {
  test("no network, a private socket with a short path, checksums, one locale everywhere, no superuser for the program", async () => {
    const server = await openServer({ dataFolder });
    const { owner, program, setup } = server.connections;
    expect(await ask(owner, "show listen_addresses")).toBe("");
    expect(statSync(owner.host).mode & 0o777).toBe(0o700);
    expect(Buffer.byteLength(join(owner.host, ".s.PGSQL.5432"))).toBeLessThan(100);
    expect(await ask(owner, "show data_checksums")).toBe("on");
    const locale =
      "select datlocprovider::text || ' ' || datlocale from pg_database where datname = current_database()";
    expect(await ask(owner, locale)).toBe("b C.UTF-8");
    const power =
      "select rolsuper or rolcreatedb or rolcreaterole or rolbypassrls from pg_roles where rolname = current_user";
    expect([await ask(owner, power), await ask(program, power), await ask(setup, power)]).toEqual([false, false, true]);
    await server.stop();
  });

  test.runIf(isRoot)(
    "root's server runs as an unprivileged account, below a folder that account may not cross",
    async () => {
      const { pid } = await start();
      expect(statSync(join(dataFolder, "..")).mode & 0o077).toBe(0);
      expect(readFileSync(`/proc/${pid}/status`, "utf8")).toMatch(/^Uid:\s+65534\s/m);
    },
  );

  test.runIf(isRoot && othersMayRead())(
    "an ordinary user's server runs as that user, and root may join it",
    async () => {
      startEmpty();
      mkdirSync(dataFolder);
      for (const folder of [dataFolder, join(dataFolder, "..")]) chownSync(folder, nobody.uid, nobody.gid);
      const theirs = await start(nobody);
      const ours = await start();
      expect(ours.pid).toBe(theirs.pid);
      await theirs.leave();
      expect(await ask(ours.connection, "select 1")).toBe(1);
      await ours.leave();
      expect(isRunning(ours.pid)).toBe(false);
      const again = await start(nobody);
      expect(await ask(again.connection, "select 1")).toBe(1);
    },
  );
});
