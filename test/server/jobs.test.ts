import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { getRollbackPlans } from "pg-boss";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { connect, rowOf, rowsOf, sql, type Database } from "#store/database.ts";
import { enqueueAt, type Job } from "#store/jobs/enqueue.ts";
import { runJobs, type JobFault, type JobHandler, type JobRunner } from "#store/jobs/run.ts";
import { jobSchema } from "#store/jobs/schema.ts";
import { migrate } from "#store/migrate.ts";
import { openDatabase } from "#store/server/open-database.ts";
import { openServer } from "#store/server/open-server.ts";
import { sleep } from "#store/server/processes.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { ask, emptyFolder, eventually } from "./programs.ts";

let database: TestDatabase;
let db: Database;
const runners: JobRunner[] = [];
const children: ChildProcess[] = [];
let faults: JobFault[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.program);
});
afterEach(async () => {
  await Promise.all(runners.splice(0).map(({ stop }) => stop()));
  for (const child of children.splice(0)) child.kill("SIGKILL");
  faults = [];
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

type Done = Readonly<{ data: object; at: string; lateMs: number }>;

/** Runs a queue and notes what it did. */
async function run(queue: string, handler: JobHandler = async () => {}, connection = database.program) {
  const done: Done[] = [];
  const runner = await runJobs({
    connection,
    handlers: {
      [queue]: async (data, at) => {
        await handler(data, at);
        done.push({ data, at, lateMs: Date.now() - Date.parse(at) });
      },
    },
    onFault: (fault) => faults.push(fault),
  });
  runners.push(runner);
  return { done, runner };
}

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** In a transaction of its own, through the role that the program has. */
function enqueue(job: Partial<Job> & Pick<Job, "queue" | "at">): Promise<void> {
  return db.transaction().execute((trx) => enqueueAt(trx, { key: "one", data: {}, ...job }));
}

async function states(queue: string): Promise<string[]> {
  const rows = await rowsOf<{ state: string }>(
    db,
    sql`select state::text from mainstay_jobs.job where name = ${queue} order by created_on, start_after`,
  );
  return rows.map(({ state }) => state);
}

describe("a job", () => {
  test("is done at its instant, within about a second, with its data, and once", async () => {
    const at = inMs(1500);
    await enqueue({ queue: "timely", data: { proposal: 7, text: "Тиша" }, at });
    const { done } = await run("timely");
    await eventually("the job", () => done.length > 0);
    expect(done[0]).toMatchObject({ data: { proposal: 7, text: "Тиша" }, at });
    expect(done[0]?.lateMs).toBeGreaterThanOrEqual(0);
    expect(done[0]?.lateMs).toBeLessThan(2500);
    await sleep(2200);
    expect(done).toHaveLength(1);
    expect(await states("timely")).toEqual(["completed"]);
  });

  test("exists exactly when its transaction commits", async () => {
    const { done } = await run("committed");
    const undone = db.transaction().execute(async (trx) => {
      await enqueueAt(trx, { queue: "committed", key: "undone", data: {}, at: inMs(0) });
      throw new Error("taken back");
    });
    await expect(undone).rejects.toThrow("taken back");
    await db.transaction().execute(async (trx) => {
      await enqueueAt(trx, { queue: "committed", key: "kept", data: { kept: true }, at: inMs(0) });
      await sleep(1500);
      expect(done, "not before the commit").toEqual([]);
    });
    await eventually("the job", () => done.length > 0);
    await sleep(1200);
    expect(done.map(({ data }) => data)).toEqual([{ kept: true }]);
  });

  test("that came due while no program ran, even years ago, is done at once and knows its instant", async () => {
    const at = "2020-02-29T23:59:59.999Z";
    await enqueue({ queue: "overdue", at });
    const { done } = await run("overdue");
    await eventually("the job", () => done.length === 1);
    expect(done[0]?.at).toBe(at);
  });

  test("waits for decades before it is given up", async () => {
    await enqueue({ queue: "patient", at: "2030-01-01T00:00:00.000Z" });
    const row = await rowOf<{ until: string }>(
      db,
      sql`select keep_until as until from mainstay_jobs.job where name = 'patient'`,
    );
    expect(row?.until.slice(0, 4)).toBe("2089");
  });

  test("may be enqueued without a transaction too", async () => {
    await enqueueAt(db, { queue: "bare", key: "one", data: {}, at: inMs(0) });
    expect(await states("bare")).toEqual(["created"]);
  });
});

describe("a second job of the same queue and key", () => {
  test.each([
    ["later", 1000, 3000],
    ["earlier", 60_000, 500],
  ])("takes the first one's place: %s", async (name, first, second) => {
    const queue = `replaced-${name}`;
    await enqueue({ queue, at: inMs(first), data: { round: 1 } });
    const at = inMs(second);
    await enqueue({ queue, at, data: { round: 2 } });
    const { done } = await run(queue);
    await eventually("the job", () => done.length > 0);
    await sleep(1500);
    expect(done).toEqual([expect.objectContaining({ at, data: { round: 2 } })]);
  });

  test("leaves the first as it was when its transaction is rolled back", async () => {
    const at = inMs(0);
    await enqueue({ queue: "unreplaced", at, data: { round: 1 } });
    const undone = db.transaction().execute(async (trx) => {
      await enqueueAt(trx, { queue: "unreplaced", key: "one", data: { round: 2 }, at: inMs(60_000) });
      throw new Error("taken back");
    });
    await expect(undone).rejects.toThrow("taken back");
    const { done } = await run("unreplaced");
    await eventually("the job", () => done.length > 0);
    expect(done).toEqual([expect.objectContaining({ at, data: { round: 1 } })]);
  });

  test("takes the place of one that failed and waits to be tried again", async () => {
    await enqueue({ queue: "mended", at: inMs(0), data: { broken: true } });
    const { done } = await run("mended", async (data) => {
      if ("broken" in data) throw new Error("broken");
    });
    await eventually("the failure", () => faults.length > 0);
    await eventually("it waits again", async () => (await states("mended"))[0] === "retry");
    const at = inMs(100);
    await enqueue({ queue: "mended", at, data: { whole: true } });
    await eventually("the job", () => done.length > 0);
    expect(done).toEqual([expect.objectContaining({ at, data: { whole: true } })]);
    expect(await states("mended")).toEqual(["completed"]);
  });

  test("comes after one that is under way", async () => {
    await enqueue({ queue: "chained", at: inMs(0), data: { round: 1 } });
    const { done } = await run("chained", async (data) => {
      if ((data as { round: number }).round < 3)
        await enqueue({ queue: "chained", at: inMs(0), data: { round: (data as { round: number }).round + 1 } });
    });
    await eventually("three rounds", () => done.length === 3);
    expect(done.map(({ data }) => data)).toEqual([{ round: 1 }, { round: 2 }, { round: 3 }]);
  });

  test("is one with it when both are enqueued at the same moment, from twenty connections", async () => {
    const wide = connect(database.program, 20);
    await Promise.all(
      Array.from({ length: 20 }, (_, round) =>
        wide
          .transaction()
          .execute((trx) => enqueueAt(trx, { queue: "raced", key: "one", data: { round }, at: inMs(60_000) })),
      ),
    );
    await wide.destroy();
    expect(await states("raced")).toEqual(["created"]);
  });

  test("is another one under another key or in another queue", async () => {
    await enqueue({ queue: "apart", key: "a", at: inMs(60_000) });
    await enqueue({ queue: "apart", key: "b", at: inMs(60_000) });
    await enqueue({ queue: "apart-too", key: "a", at: inMs(60_000) });
    expect([await states("apart"), await states("apart-too")]).toEqual([["created", "created"], ["created"]]);
  });
});

describe("a program that runs jobs", () => {
  test("shares them with another: each is done once, and a hundred that wait do not wait for each other's poll", async () => {
    const keys = Array.from({ length: 100 }, (_, index) => String(index));
    await db.transaction().execute(async (trx) => {
      for (const key of keys) await enqueueAt(trx, { queue: "shared", key, data: { key }, at: inMs(0) });
    });
    const both = await Promise.all([run("shared", () => sleep(5)), run("shared", () => sleep(5))]);
    const done = () => both.flatMap((each) => each.done);
    await eventually("all of them", () => done().length >= keys.length, 25_000);
    await sleep(1500);
    expect(
      done()
        .map(({ data }) => (data as { key: string }).key)
        .sort(),
    ).toEqual([...keys].sort());
    expect(both.map((each) => each.done.length > 0)).toEqual([true, true]);
  });

  test("tries a job again that failed, tells each failure, and keeps the job's own instant", async () => {
    const at = inMs(0);
    await enqueue({ queue: "stubborn", at });
    const tries: string[] = [];
    const { done } = await run("stubborn", async (_, instant) => {
      if (tries.push(instant) < 3) throw new Error(`try ${tries.length}`);
    });
    await eventually("the third try", () => done.length > 0);
    expect(tries).toEqual([at, at, at]);
    expect(faults.map(({ queue, error }) => [queue, error.message])).toEqual([
      ["stubborn", "try 1"],
      ["stubborn", "try 2"],
    ]);
    expect(await states("stubborn")).toEqual(["completed"]);
  });

  test("does the others meanwhile", async () => {
    await enqueue({ queue: "beside", key: "bad", at: inMs(-10), data: { bad: true } });
    await enqueue({ queue: "beside", key: "good", at: inMs(0), data: { good: true } });
    const { done } = await run("beside", async (data) => {
      if ("bad" in data) throw new Error("always");
    });
    await eventually("the good one", () => done.length > 0);
    expect(done.map(({ data }) => data)).toEqual([{ good: true }]);
  });

  test("stops at once when nothing is under way", async () => {
    const { runner } = await run("idle");
    const started = performance.now();
    await runner.stop();
    expect(performance.now() - started).toBeLessThan(900);
  });

  test("waits for what is under way when it stops", async () => {
    await enqueue({ queue: "waited-for", at: inMs(0) });
    let begun = false;
    const { done, runner } = await run("waited-for", async () => {
      begun = true;
      await sleep(400);
    });
    await eventually("the job begins", () => begun);
    await runner.stop();
    expect(done).toHaveLength(1);
    expect(await states("waited-for")).toEqual(["completed"]);
  });

  test("leaves what takes too long to the next one", async () => {
    const at = inMs(0);
    await enqueue({ queue: "handed-on", at });
    let begun = false;
    const { runner } = await run("handed-on", () => {
      begun = true;
      return new Promise<void>(() => {});
    });
    await eventually("the job begins", () => begun);
    const started = performance.now();
    await runner.stop();
    expect(performance.now() - started).toBeLessThan(3000);
    const next = await run("handed-on");
    await eventually("the next one does it", () => next.done.length > 0);
    expect(next.done[0]?.at).toBe(at);
  });
});

function setupUser(): string {
  const connections = inject("testServer");
  if ("failure" in connections) throw new Error(connections.failure);
  return connections.setup.user;
}

/** Another process; it says the instants of the jobs that it begins. */
function startProgram(queue: string, ...task: string[]) {
  const script = fileURLToPath(new URL("jobs-program.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(database.program), queue, ...task], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const begun: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => void begun.push(line));
  const left = once(child, "exit").then(([code, signal]) => (signal ?? code) as number | string);
  return { child, begun, left };
}

describe("another process", () => {
  test("that enqueues a job ends by itself", async () => {
    const at = inMs(60_000);
    expect(await startProgram("from-outside", "enqueue", at).left).toBe(0);
    expect(await states("from-outside")).toEqual(["created"]);
  });

  test("that runs jobs ends by itself when told to stop", async () => {
    const { child, left, begun } = startProgram("ended", "run");
    await enqueue({ queue: "ended", at: inMs(0) });
    await eventually("it has done a job", () => begun.length === 1);
    child.kill("SIGTERM");
    expect(await left).toBe(0);
  });

  test("killed before the instant: the next one does the job at once, for its instant", async () => {
    const { child, left, begun } = startProgram("widowed", "run");
    await enqueue({ queue: "widowed", key: "first", at: inMs(0) });
    await eventually("it runs jobs", () => begun.length === 1);
    const at = inMs(300);
    await enqueue({ queue: "widowed", key: "second", at });
    child.kill("SIGKILL");
    expect(await left).toBe("SIGKILL");
    await sleep(1000);
    const { done } = await run("widowed");
    await eventually("the next one does it", () => done.length > 0);
    expect(done.map((each) => each.at)).toEqual([at]);
  });

  test("killed over a job: the next one does it again, for its instant, when it has been silent for ten seconds", async () => {
    const at = inMs(0);
    await enqueue({ queue: "orphaned", at });
    const { child, left, begun } = startProgram("orphaned", "hang");
    await eventually("it is over the job", () => begun.length === 1);
    expect(begun).toEqual([at]);
    child.kill("SIGKILL");
    await left;
    await sleep(10_500);
    expect(await states("orphaned")).toEqual(["active"]);
    const { done } = await run("orphaned");
    await eventually("the next one does it", () => done.length > 0, 8000);
    expect(done.map((each) => each.at)).toEqual([at]);
    expect(await states("orphaned")).toEqual(["completed"]);
  }, 40_000);
});

describe("the database", () => {
  test("that dies and comes back is survived", async () => {
    const { dataFolder, remove } = emptyFolder();
    const server = await openServer({ dataFolder });
    await migrate(server.connections.owner);
    const own = connect(server.connections.program);
    try {
      const { done, runner } = await run("survivor", undefined, server.connections.program);
      const did = (key: string) => done.some(({ data }) => (data as { key: string }).key === key);
      await enqueueAt(own, { queue: "survivor", key: "before", data: { key: "before" }, at: inMs(0) });
      await eventually("a job before", () => did("before"));
      const before = server.pid();
      process.kill(before, "SIGKILL");
      await eventually("another server", () => server.pid() !== before, 40_000);
      await eventually("it takes a job", () =>
        enqueueAt(own, { queue: "survivor", key: "after", data: { key: "after" }, at: inMs(0) }).then(
          () => true,
          () => false,
        ),
      );
      await eventually("a job after", () => did("after"), 30_000);
      expect(faults.every(({ queue }) => queue === undefined)).toBe(true);
      await runner.stop();
    } finally {
      await own.destroy();
      await server.stop();
      remove();
    }
  }, 120_000);

  test("that cuts connections again and again is told of once, until a job is done", async () => {
    const { done } = await run("cut");
    const cutTwice = async () => {
      for (let cut = 0; cut < 2; cut += 1) {
        await ask(
          { ...database.owner, user: setupUser() },
          "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'pgboss' and datname = current_database()",
        );
        await sleep(1300);
      }
    };
    await cutTwice();
    const told = () => faults.filter(({ error }) => (error as { code?: string }).code === "57P01").length;
    expect(told()).toBe(1);
    await enqueue({ queue: "cut", at: inMs(0) });
    await eventually("a job", () => done.length === 1);
    await cutTwice();
    expect(told()).toBe(2);
  });

  test("lets the program's role work the queue, and neither own nor empty it", async () => {
    expect(
      await ask(
        database.program,
        `select count(*) from pg_class where relnamespace = '${jobSchema}'::regnamespace and relowner = current_user::regrole`,
      ),
    ).toBe("0");
    for (const statement of [
      `truncate ${jobSchema}.job`,
      `delete from ${jobSchema}.queue`,
      `drop table ${jobSchema}.job`,
      `create table ${jobSchema}.mine (x int)`,
      `update ${jobSchema}.bam set command = 'drop table posting'`,
    ])
      await expect(ask(database.program, statement), statement).rejects.toThrow(/permission denied|must be owner/);
  });

  test("of an outside server is used by one user for everything", async () => {
    const outside = await createTestDatabase();
    const { host, user, database: name } = outside.owner;
    await ask(outside.owner, `drop schema ${jobSchema} cascade`);
    const opened = await openDatabase({
      dataFolder: "/unused",
      databaseUrl: `postgres://${user}@/${name}?host=${encodeURIComponent(host)}`,
    });
    const own = connect(opened.program);
    try {
      await migrate(opened.owner);
      await enqueueAt(own, { queue: "outside", key: "one", data: { far: true }, at: inMs(0) });
      const { done, runner } = await run("outside", undefined, opened.program as typeof database.program);
      await eventually("the job", () => done.length === 1);
      expect(done[0]?.data).toEqual({ far: true });
      await runner.stop();
    } finally {
      await own.destroy();
      await opened.close();
      await outside.drop();
    }
  });
});

describe("the tables of the queue", () => {
  let other: TestDatabase;
  beforeAll(async () => {
    other = await createTestDatabase();
  });
  afterAll(() => other.drop());
  const version = () => ask(other.owner, `select version from ${jobSchema}.version`);

  test("of an earlier version are brought up to date, and what waits in them is kept", async () => {
    const newest = (await version()) as number;
    const [own, owner] = [connect(other.program), connect(other.owner)];
    await enqueueAt(own, { queue: "kept", key: "one", data: { kept: true }, at: inMs(0) });
    await sql.raw(getRollbackPlans(jobSchema, newest)).execute(owner);
    expect(await version()).toBe(newest - 1);
    await migrate(other.owner);
    expect(await version()).toBe(newest);
    const { done, runner } = await run("kept", undefined, other.program);
    await eventually("the job", () => done.length === 1);
    expect(done[0]?.data).toEqual({ kept: true });
    await runner.stop();
    await Promise.all([own.destroy(), owner.destroy()]);
  });

  test("of a later version are refused: migration_changed", async () => {
    await ask(other.owner, `update ${jobSchema}.version set version = version + 1`);
    await expect(migrate(other.owner)).rejects.toMatchObject({ code: "migration_changed" });
  });
});
