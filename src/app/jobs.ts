import type { JobHandler, JobHandlers } from "#store/jobs/run.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./database.ts";
import { silenceExpiry } from "./decisions/record.ts";
import { settleProposal } from "./decisions/settle.ts";

/** What is done when a deadline comes, by the name of its queue. */
const jobHandlers: Readonly<Record<string, (db: Database, clock: Clock) => JobHandler>> = {
  [silenceExpiry]: (db, clock) => async (data, at) => {
    // The queue goes by the database's clock, which may be ahead of ours: by then the instant has come.
    const now = (): string => [clock(), at].toSorted((one, other) => Date.parse(one) - Date.parse(other)).at(-1) ?? at;
    await settleProposal(db, now, (data as Readonly<{ proposal: string }>).proposal);
  },
};

/** The handlers of every queue, for `runJobs`. */
export function handlersOf(db: Database, clock: Clock): JobHandlers {
  return Object.fromEntries(Object.entries(jobHandlers).map(([queue, make]) => [queue, make(db, clock)]));
}
