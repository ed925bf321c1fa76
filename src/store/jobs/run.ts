import type { PoolConfig } from "pg";
import { PgBoss } from "pg-boss";
import { connect } from "../database.ts";
import { makeQueue, type StoredJob } from "./enqueue.ts";
import { commonOptions } from "./options.ts";

/**
 * Does a job. `at` is the instant that it was for, however late it is done. Where a program is killed after the work and before the job is
 * marked as done, it is done again: a handler finds its own work there and leaves it.
 */
export type JobHandler = (data: object, at: string) => Promise<void>;
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** A handler that failed, or, without a queue, a fault of the queue itself such as a database that is away. */
export type JobFault = Readonly<{ queue?: string; error: Error }>;

export type JobRunner = Readonly<{ stop: () => Promise<void> }>;

/** How long `stop` waits for what is under way; the library allows no less. */
const patienceMs = 1000;

async function makeQueues(connection: PoolConfig, queues: readonly string[]): Promise<void> {
  const db = connect(connection, 1);
  try {
    for (const queue of queues) await makeQueue(db, queue);
  } finally {
    await db.destroy();
  }
}

/** Tells a fault of the queue once, not at every poll until it is over. */
function tellOnce(onFault: (fault: JobFault) => void): { fault: (error: Error) => void; over: () => void } {
  let told: string | undefined;
  return {
    fault: (error) => {
      const name = (error as { code?: string }).code ?? error.message;
      if (name !== told) onFault({ error });
      told = name;
    },
    over: () => {
      told = undefined;
    },
  };
}

/**
 * Runs the jobs of the queues that have a handler, one at a time a queue and each once however many programs do the same, until `stop`.
 * What came due while no program ran is done at once; what fails is told and tried again. `stop` waits a second for what is under way; it is
 * tried again by the next program if it takes longer. While the database is away nothing is done, and it goes on when it is back.
 */
export async function runJobs(options: {
  connection: PoolConfig;
  handlers: JobHandlers;
  onFault: (fault: JobFault) => void;
}): Promise<JobRunner> {
  const { connection, handlers, onFault } = options;
  await makeQueues(connection, Object.keys(handlers));
  const boss = new PgBoss({
    ...connection,
    ...commonOptions,
    max: 2,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    flowIntervalSeconds: 3600,
    // For the owner of the tables, which the program's role is not.
    reindex: false,
    monitorVacuum: false,
  });
  const queueFaults = tellOnce(onFault);
  boss.on("error", queueFaults.fault);
  await boss.start();
  for (const [queue, handler] of Object.entries(handlers)) {
    const worker = await boss.work<StoredJob>(queue, { pollingIntervalSeconds: 1 }, async (jobs) => {
      queueFaults.over();
      // There may be more: the next is fetched when this one is done, not at the next poll.
      boss.notifyWorker(worker);
      for (const { data } of jobs) {
        try {
          await handler(data.data, data.at);
        } catch (error) {
          onFault({ queue, error: error as Error });
          throw error;
        }
      }
    });
  }
  // What a killed program left half done is not left until the first round of supervision.
  boss.supervise().catch(queueFaults.fault);
  return { stop: () => boss.stop({ graceful: true, timeout: patienceMs }) };
}
