import { parentPort, workerData } from "node:worker_threads";
import { MainstayError } from "#core/errors.ts";
import { checkPlan } from "#core/planning/check.ts";
import { explainUnmet } from "#core/planning/explain/need.ts";
import { explainAssignment } from "#core/planning/explain/offer.ts";
import { fairnessPrice } from "#core/planning/fair/price.ts";
import { levers } from "#core/planning/levers.ts";
import type { SolveProgress } from "#core/planning/progress.ts";
import { loadSolver } from "./highs.ts";
import { solveInstance } from "./solver.ts";
import type { Answers, Task, WorkerInput, WorkerOutput } from "./worker-tasks.ts";

/** The thread in which plans are solved: does the one task that it was started with, tells how far it is, and ends. */
const { task, stop } = workerData as WorkerInput;
const tell = (message: WorkerOutput) => parentPort?.postMessage(message);

/** Aborted from the outside while the solver holds this thread: who asks sees the shared number. */
function stopSignal(): AbortSignal {
  const { signal } = new AbortController();
  Object.defineProperty(signal, "aborted", { get: () => Atomics.load(stop, 0) === 1 });
  return signal;
}

async function answerTo(asked: Task): Promise<Answers[Task["kind"]]> {
  const hooks = { signal: stopSignal(), onProgress: (progress: SolveProgress) => tell({ kind: "progress", progress }) };
  switch (asked.kind) {
    case "solve": {
      hooks.onProgress({ step: "Solving", incumbent: null, bound: null });
      const { plan } = await solveInstance(asked.instance, asked.options, hooks);
      return { plan, problems: checkPlan(asked.instance, plan) };
    }
    case "explain": {
      const explain = asked.about === "need" ? explainUnmet : explainAssignment;
      return explain(asked.instance, asked.plan, asked.id);
    }
    case "levers":
      return levers(asked.instance, asked.plan);
    case "fairness":
      return fairnessPrice(asked.instance, asked.plan, await loadSolver());
  }
}

try {
  tell({ kind: "answer", answer: await answerTo(task) });
} catch (error) {
  if (error instanceof MainstayError)
    tell({ kind: "refused", code: error.code, found: error.found, place: error.place });
  else tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
}
