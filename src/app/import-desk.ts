import { MainstayError } from "#core/errors.ts";
import type { Database } from "#store/database.ts";
import { importEcb, importKiel, importMappedCsv } from "./import.ts";

export type ImportOrder = Readonly<{
  kind: "kiel" | "csv" | "ecb";
  bytes: Uint8Array;
  fileName: string;
  release: string; // unused by ecb
  published: string; // unused by ecb
  book: string | undefined;
  mapping: string | undefined; // the JSON of a mapping, for csv
  strict: boolean;
  actor: string;
}>;

/** Where an import stands. `report` when done, `problem` when refused, cancelled or failed. */
export type ImportState = Readonly<{
  id: string;
  kind: ImportOrder["kind"];
  fileName: string;
  state: "running" | "done" | "refused" | "cancelled" | "failed";
  step: string;
  done: number;
  total: number;
  report: unknown;
  problem: Readonly<{ code: string; message: string }> | null;
}>;

/** Runs imports in the background and answers how far they are. Finished ones are remembered until many newer ones have come. */
export type ImportDesk = Readonly<{
  start: (order: ImportOrder) => ImportState;
  find: (id: string) => ImportState;
  cancel: (id: string) => ImportState;
  settle: () => Promise<void>; // cancels what runs and waits for it
}>;

const remembered = 100;

type Job = { state: ImportState; stop: AbortController; ended: Promise<void> };

/** @param newId gives each import its id */
export function openImportDesk(db: Database, newId: () => string): ImportDesk {
  const jobs = new Map<string, Job>();
  const find = (id: string): Job => {
    const job = jobs.get(id);
    if (job === undefined) throw new MainstayError("unknown_import", JSON.stringify(id), { field: "id" });
    return job;
  };
  return {
    start: (order) => {
      const job = startJob(db, newId(), order);
      jobs.set(job.state.id, job);
      for (const [id, old] of jobs) {
        if (jobs.size > remembered && old.state.state !== "running") jobs.delete(id);
      }
      return job.state;
    },
    find: (id) => find(id).state,
    cancel: (id) => {
      const job = find(id);
      job.stop.abort();
      return job.state;
    },
    settle: async () => {
      for (const job of jobs.values()) job.stop.abort();
      await Promise.all([...jobs.values()].map((job) => job.ended));
    },
  };
}

function startJob(db: Database, id: string, order: ImportOrder): Job {
  const { kind, fileName } = order;
  const job: Job = {
    state: { id, kind, fileName, state: "running", step: "Waiting", done: 0, total: 1, report: null, problem: null },
    stop: new AbortController(),
    ended: Promise.resolve(),
  };
  const set = (change: Partial<ImportState>) => {
    job.state = { ...job.state, ...change };
  };
  const file = {
    ...order,
    signal: job.stop.signal,
    onProgress: (step: string, done: number, total: number) => set({ step, done, total }),
  };
  job.ended = run(db, order, file).then(
    (report) => set({ state: "done", step: "Done", done: 1, total: 1, report }),
    (error: unknown) => set(outcomeOf(error)),
  );
  return job;
}

async function run(db: Database, order: ImportOrder, file: ImportOrder & { signal: AbortSignal }): Promise<unknown> {
  // Lets the answer to the one who asked go out before the reading starts.
  await new Promise((resolve) => setImmediate(resolve));
  if (order.kind === "ecb") return importEcb(db, file);
  if (order.kind === "kiel") return importKiel(db, file);
  if (order.mapping === undefined) throw new MainstayError("mapping_missing", order.fileName, { field: "mapping" });
  return importMappedCsv(db, file, { name: "mapping", text: order.mapping }, undefined);
}

function outcomeOf(error: unknown): Pick<ImportState, "state" | "problem"> {
  if (!(error instanceof MainstayError)) {
    return {
      state: "failed",
      problem: { code: "unexpected", message: error instanceof Error ? error.message : String(error) },
    };
  }
  const { code, message } = error;
  return { state: code === "import_cancelled" ? "cancelled" : "refused", problem: { code, message } };
}
