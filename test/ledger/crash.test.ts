import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, rowOf, rowsOf, sql } from "#store/database.ts";
import { migrate } from "#store/migrate.ts";
import { openServer, type Server } from "#store/server/open-server.ts";
import { seedPromises } from "../support/promises.ts";
import { seedRegister } from "../support/seed.ts";

const poster = fileURLToPath(new URL("poster.ts", import.meta.url));
const kills = 50;
let dataFolder: string;
let server: Server;

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), "mainstay-crash-"));
  // fsync is on, as in the product: what is acknowledged is on disk.
  server = await openServer({ dataFolder });
  await migrate(server.connections.owner);
  const owner = connect(server.connections.owner);
  await seedRegister(owner);
  await seedPromises(owner, [{ id: "p", donor: "aaa" }]);
  await owner.destroy();
});
afterAll(async () => {
  await server.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

/** Runs the program until it has acknowledged a few calls, then kills what is to be killed in the middle of the next ones. */
async function killWhilePosting(run: number, victim: "program" | "server" | "both"): Promise<string[]> {
  const child = spawn(process.execPath, [poster, dataFolder, String(run)], { stdio: ["ignore", "pipe", "ignore"] });
  const acknowledged: string[] = [];
  const ended = new Promise<void>((resolve) => void child.once("close", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      acknowledged.push(line);
      if (acknowledged.length >= 6) resolve();
    });
    child.once("exit", (code) => reject(new Error(`the program left with ${code} before it was killed`)));
  });
  await sleep((run * 7) % 23);
  if (victim !== "program") process.kill(server.pid(), "SIGKILL");
  if (victim !== "server") child.kill("SIGKILL");
  // Without its server the program leaves by itself.
  await Promise.race([ended, sleep(5000).then(() => child.kill("SIGKILL"))]);
  await ended;
  if (victim !== "program") {
    // As the next program would: one server a folder, started again whatever state the last one left.
    await server.stop();
    server = await openServer({ dataFolder });
  }
  return acknowledged;
}

/** What stands in the record: how often each call was posted, and whether the balances agree. */
async function record() {
  const db = connect(server.connections.owner, 1);
  const calls = await rowsOf<{ reason: string; steps: number }>(
    db,
    sql`select reason, count(*)::int as steps from posting group by reason`,
  );
  const wrong = await rowOf<{ accounts: number }>(
    db,
    sql`select count(*)::int as accounts from account_balance b
        left join (select account_no, sum(amount) as amount from (
                     select debit_account as account_no, quantity as amount from posting union all select credit_account, -quantity from posting) s
                   group by account_no) p using (account_no)
        where b.balance <> coalesce(p.amount, 0) or b.balance < 0`,
  );
  await db.destroy();
  return { calls: new Map(calls.map((row) => [row.reason, row.steps])), wrong: wrong?.accounts };
}

test("fifty kills of the program, the server or both, in the middle of posting, lose nothing that was acknowledged and leave nothing half done", async () => {
  const acknowledged: string[] = [];
  for (let run = 0; run < kills; run += 1) {
    // A server comes back in about a second, a program in a fifth of one.
    const victim = run % 5 === 4 ? "both" : run % 5 === 2 ? "server" : "program";
    acknowledged.push(...(await killWhilePosting(run, victim)));
    const { calls, wrong } = await record();
    expect(
      acknowledged.filter((reason) => calls.get(reason) !== 3),
      `acknowledged calls missing after kill ${run + 1} (${victim})`,
    ).toEqual([]);
    expect(
      [...calls].filter(([, steps]) => steps !== 3),
      "calls posted in part",
    ).toEqual([]);
    expect(wrong, "balances that are not the sum of their postings").toBe(0);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(kills * 6);
}, 180_000);
