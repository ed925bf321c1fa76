import { Worker } from "node:worker_threads";
import { MainstayError } from "#core/errors.ts";
import type { Answer, Task, Work } from "#core/foresight/forecast/tasks.ts";
import type { WorkerInput, WorkerOutput } from "./worker.ts";

/** How far a forecast is: `done` from 0 to 1. */
export type ForecastProgress = Readonly<{ step: string; done: number }>;

export type ForecastHooks = Readonly<{
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: ForecastProgress) => void) | undefined;
  workers?: number | undefined; // threads; two without it. What comes out is the same
}>;

/** Parts of the work in order; those of a later stage begin when all of the earlier ones are done. */
export type Stage = Readonly<{ step: string; weight: number; tasks: readonly Task[] }>;

const usualWorkers = 2;
const entry = new URL("./worker.ts", import.meta.url);
const shownMessage = 300;

/**
 * Does all parts of a work in threads and returns what came of each, stage by stage, in the order of the tasks.
 * @throws MainstayError forecast_cancelled, forecast_failed
 */
export async function runStages(
  work: Work,
  stages: readonly Stage[],
  { signal, onProgress, workers = usualWorkers }: ForecastHooks = {},
): Promise<Answer[Task["kind"]][][]> {
  if (signal?.aborted === true) throw new MainstayError("forecast_cancelled");
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const workerData: WorkerInput = { work, stop };
  const threads = Array.from({ length: workers }, () => new Worker(entry, { workerData }));
  const cancel = () => Atomics.store(stop, 0, 1);
  signal?.addEventListener("abort", cancel, { once: true });
  const whole = stages.reduce((sum, stage) => sum + stage.weight, 0);
  let before = 0;
  try {
    const answers: Answer[Task["kind"]][][] = [];
    for (const { step, weight, tasks } of stages) {
      const tell = (share: number) => onProgress?.({ step, done: (before + weight * share) / whole });
      tell(0);
      answers.push(await runTasks(threads, tasks, tell, () => signal?.aborted === true));
      before += weight;
    }
    return answers;
  } finally {
    signal?.removeEventListener("abort", cancel);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

async function runTasks(
  threads: readonly Worker[],
  tasks: readonly Task[],
  tell: (share: number) => void,
  isCancelled: () => boolean,
): Promise<Answer[Task["kind"]][]> {
  const answers: Answer[Task["kind"]][] = Array.from({ length: tasks.length }, () => null);
  let next = 0;
  let done = 0;
  const serve = (thread: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      const refuse = (found: string) => {
        leave();
        reject(isCancelled() ? new MainstayError("forecast_cancelled") : failed(found));
      };
      const onMessage = (message: WorkerOutput) => {
        if (message.kind !== "answer") {
          refuse(message.kind === "failed" ? message.message : "it stopped");
          return;
        }
        answers[message.index] = message.answer as Answer[Task["kind"]];
        done += 1;
        tell(done / tasks.length);
        ask();
      };
      const onError = (error: unknown) => refuse(error instanceof Error ? error.message : String(error));
      const onExit = (code: number) => refuse(`it ended by itself with code ${code}`);
      const leave = () => {
        thread.off("message", onMessage).off("error", onError).off("exit", onExit);
      };
      const ask = () => {
        const index = next;
        const task = tasks[index];
        if (task === undefined) {
          leave();
          resolve();
          return;
        }
        next += 1;
        thread.postMessage({ index, task });
      };
      thread.on("message", onMessage).on("error", onError).on("exit", onExit);
      ask();
    });
  await Promise.all(threads.map(serve));
  if (isCancelled()) throw new MainstayError("forecast_cancelled");
  return answers;
}

function failed(found: string): MainstayError {
  return new MainstayError("forecast_failed", found.slice(0, shownMessage));
}
