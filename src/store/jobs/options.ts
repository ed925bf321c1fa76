import type { ConstructorOptions, QueueOptions } from "pg-boss";
import { jobSchema } from "./schema.ts";

/** What is common to every use of the queue: it makes no tables, keeps no schedules, lists no programs and traces nothing. */
export const commonOptions = {
  schema: jobSchema,
  migrate: false,
  createSchema: false,
  schedule: false,
  registerInstance: false,
  openTelemetry: { enabled: false },
} as const satisfies ConstructorOptions;

const day = 24 * 60 * 60;

/**
 * A deadline is never dropped: it waits for decades, however long no program ran, and one that fails is tried again for ever, first after
 * a second and in the end every five minutes. A program that was killed over a job is noticed by its silence of ten seconds.
 */
export const jobOptions = {
  retentionSeconds: 60 * 365 * day,
  retryLimit: 1_000_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  expireInSeconds: 15 * 60,
  heartbeatSeconds: 10,
  deleteAfterSeconds: 7 * day,
} as const satisfies QueueOptions;
