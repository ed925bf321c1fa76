import { Worker } from "node:worker_threads";
import { MainstayError } from "#core/errors.ts";
import type { SolveProgress } from "#core/planning/progress.ts";
import type { Answers, Task, WorkerInput, WorkerOutput } from "./worker-tasks.ts";

export type WorkHooks = Readonly<{
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: SolveProgress) => void) | undefined;
  graceMs?: number | undefined; // how long a worker has to end by itself once it is told to
  entry?: URL | undefined; // what runs in the thread: another one in tests
}>;

const usualGraceMs = 2000;
const usualEntry = new URL("./worker.ts", import.meta.url);
const shownMessage = 300;

/**
 * Does a task in a thread of its own, so that the program goes on meanwhile. A cancelled one is told to end, and ended where it doesn't.
 * @throws MainstayError plan_cancelled, plan_solver_failed, and what the task refuses
 */
export async function runInWorker<K extends Task["kind"]>(
  task: Extract<Task, { kind: K }>,
  { signal, onProgress, graceMs = usualGraceMs, entry = usualEntry }: WorkHooks = {},
): Promise<Answers[K]> {
  const isCancelled = () => signal?.aborted === true;
  if (isCancelled()) throw new MainstayError("plan_cancelled");
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(entry, {
    workerData: { task, stop } satisfies WorkerInput,
  });
  let end: NodeJS.Timeout | undefined;
  const cancel = () => {
    Atomics.store(stop, 0, 1);
    end = setTimeout(() => void worker.terminate(), graceMs);
  };
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    const answer = await answerOf(worker, onProgress);
    if (isCancelled()) throw new MainstayError("plan_cancelled");
    return answer as Answers[K];
  } catch (error) {
    throw isCancelled() ? new MainstayError("plan_cancelled") : error;
  } finally {
    clearTimeout(end);
    signal?.removeEventListener("abort", cancel);
    await worker.terminate();
  }
}

function answerOf(worker: Worker, onProgress: WorkHooks["onProgress"]): Promise<unknown> {
  const failed = (found: string) => new MainstayError("plan_solver_failed", found.slice(0, shownMessage));
  return new Promise((resolve, reject) => {
    worker.on("message", (message: WorkerOutput) => {
      if (message.kind === "progress") onProgress?.(message.progress);
      else if (message.kind === "answer") resolve(message.answer);
      else if (message.kind === "refused") reject(new MainstayError(message.code, message.found, message.place));
      else reject(failed(message.message));
    });
    worker.on("error", (error: unknown) => reject(failed(error instanceof Error ? error.message : String(error))));
    worker.on("exit", (code) => reject(failed(`it ended by itself with code ${code}`)));
  });
}
