import { rowsOf, sql, type Queries } from "../database.ts";
import { commonOptions, jobOptions } from "./options.ts";
import { jobSchema } from "./schema.ts";

/** Work to be done at an instant. Of one queue and key at most one waits. */
export type Job = Readonly<{ queue: string; key: string; data: object; at: string }>;

/** What is stored of a job: its instant too, since one that is tried again is given a later time to start. */
export type StoredJob = Readonly<{ at: string; data: object }>;

/** Makes the queue if it is not there. It is a row and no table, so the program's role may. */
export async function makeQueue(db: Queries, queue: string): Promise<void> {
  const options = JSON.stringify({ policy: "standard" });
  await rowsOf(
    db,
    sql`select ${sql.id(jobSchema, "create_queue")}(${queue}, ${options}::jsonb)
        where not exists (select from ${sql.id(jobSchema, "queue")} where name = ${queue})`,
  );
}

/**
 * Has a job done at its instant, at once if that is past: by `runJobs`, here or in another program, now or after a restart. The job exists
 * exactly when the transaction commits. One of the same queue and key that waits, or that failed and is to be tried again, takes over this
 * time and these data; one that is under way is left to finish, and this one comes after it.
 */
export async function enqueueAt(trx: Queries, job: Job): Promise<void> {
  await makeQueue(trx, job.queue);
  // Loaded here, so that a command without deadlines does not wait for it.
  const { fromKysely, PgBoss } = await import("pg-boss");
  // For this call alone: starting only reads, over the caller's connection, and no timer outlives it.
  const boss = new PgBoss({ ...commonOptions, supervise: false, db: fromKysely(trx) });
  try {
    await boss.start();
    const stored: StoredJob = { at: job.at, data: job.data };
    await boss.upsert(job.queue, stored, { ...jobOptions, singletonKey: job.key, startAfter: new Date(job.at) });
  } finally {
    await boss.stop({ graceful: false, close: false });
  }
}
