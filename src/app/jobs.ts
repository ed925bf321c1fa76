import type { JobHandler, JobHandlers } from "#store/jobs/run.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./database.ts";

/** What is done when a deadline comes, by the name of its queue. */
const jobHandlers: Readonly<Record<string, (db: Database, clock: Clock) => JobHandler>> = {};

/** The handlers of every queue, for `runJobs`. */
export function handlersOf(db: Database, clock: Clock): JobHandlers {
  return Object.fromEntries(Object.entries(jobHandlers).map(([queue, make]) => [queue, make(db, clock)]));
}
