import { parentPort, workerData } from "node:worker_threads";
import { doTask, type Task, type Work } from "#core/foresight/forecast/tasks.ts";

/** What goes into a thread and what comes out of it. `stop`: one number that turns to 1 when the work is to end. */
export type WorkerInput = Readonly<{ work: Work; stop: Int32Array }>;
export type WorkerAsked = Readonly<{ index: number; task: Task }>;
export type WorkerOutput = Readonly<
  { kind: "answer"; index: number; answer: unknown } | { kind: "failed"; message: string } | { kind: "stopped" }
>;

class Stopped extends Error {}

/** A thread in which parts of a forecast are worked out, one after the other as they are asked for. */
const { work, stop } = workerData as WorkerInput;
const tell = (message: WorkerOutput) => parentPort?.postMessage(message);
const heed = () => {
  if (Atomics.load(stop, 0) === 1) throw new Stopped();
};

parentPort?.on("message", ({ index, task }: WorkerAsked) => {
  try {
    heed();
    tell({ kind: "answer", index, answer: doTask(work, task, heed) });
  } catch (error) {
    if (error instanceof Stopped) tell({ kind: "stopped" });
    else tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
});
