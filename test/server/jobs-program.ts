// A program with jobs: `node jobs-program.ts CONNECTION QUEUE enqueue AT | run | hang`. It says a line for each job that it begins.
import { writeSync } from "node:fs";
import type { PoolConfig } from "pg";
import { connect } from "#store/database.ts";
import { enqueueAt } from "#store/jobs/enqueue.ts";
import { runJobs } from "#store/jobs/run.ts";

const [connectionText = "{}", queue = "", task = "", at = ""] = process.argv.slice(2);
const connection = JSON.parse(connectionText) as PoolConfig;

const handlers = {
  run: async (_data: object, instant: string) => void writeSync(1, `${instant}\n`),
  hang: (_data: object, instant: string) => {
    writeSync(1, `${instant}\n`);
    return new Promise<void>(() => {});
  },
};

if (task === "enqueue") {
  const db = connect(connection);
  await db.transaction().execute((trx) => enqueueAt(trx, { queue, key: "from-a-program", data: {}, at }));
  await db.destroy();
}
if (task === "run" || task === "hang") {
  const runner = await runJobs({
    connection,
    handlers: { [queue]: handlers[task] },
    onFault: ({ error }) => void writeSync(2, `${error.message}\n`),
  });
  process.once("SIGTERM", () => void runner.stop());
}
