import { describe, expect, test } from "vitest";
import { runInWorker } from "#app/planning/run-worker.ts";
import type { Task } from "#app/planning/worker-tasks.ts";
import { checkPlan } from "#core/planning/check.ts";
import { practiceInstance } from "#core/planning/practice.ts";
import type { SolveProgress } from "#core/planning/progress.ts";

// A thread that solves, and threads that go wrong in every way one can.

const practice = practiceInstance("S");
const instance = { ...practice, needs: practice.needs.slice(0, 6) };
const solve = (preview: boolean): Extract<Task, { kind: "solve" }> => ({
  kind: "solve",
  instance,
  options: { goal: "cover", seconds: null, gap: 0.05, preview },
});
const entryOf = (program: string) => new URL(`data:text/javascript,${encodeURIComponent(program)}`);
const talk = 'import { parentPort, workerData } from "node:worker_threads";';

test("solves while this thread goes on, tells how far it is, and gives what the checker accepts", async () => {
  const seen: SolveProgress[] = [];
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 5);
  const { plan, problems } = await runInWorker(solve(false), { onProgress: (progress) => void seen.push(progress) });
  clearInterval(turning);
  expect(turns).toBeGreaterThan(20);
  expect(seen.length).toBeGreaterThan(0);
  expect(problems).toEqual([]);
  expect(checkPlan(instance, plan)).toEqual([]);
  expect(plan.gap).toBeLessThanOrEqual(0.05);
});

test("refuses by name what contradicts itself", async () => {
  const pins = [{ offer: "offer-00001", need: "need-9999", hub: null, quantity: 1 }];
  const task = { ...solve(true), instance: { ...instance, pins } };
  await expect(runInWorker(task)).rejects.toMatchObject({
    code: "plan_contradictory",
    found: expect.stringContaining("need-9999 is no need that is open"),
  });
});

describe("a thread that goes wrong", () => {
  test.each([
    ["ends by itself", "process.exit(3);", "it ended by itself with code 3"],
    ["cannot be started", 'throw new Error("no room");', "no room"],
    ["fails", `${talk} parentPort.postMessage({ kind: "failed", message: "x".repeat(1000) });`, "x".repeat(300)],
  ])("%s", async (_, program, found) => {
    await expect(runInWorker(solve(true), { entry: entryOf(program) })).rejects.toMatchObject({
      code: "plan_solver_failed",
      found,
    });
  });
});

describe("cancelled", () => {
  const cancelled = { code: "plan_cancelled" };

  test("before it starts", async () => {
    await expect(runInWorker(solve(true), { signal: AbortSignal.abort() })).rejects.toMatchObject(cancelled);
  });

  test("it ends by itself where it looks", async () => {
    const stop = new AbortController();
    const program = `${talk} while (Atomics.load(workerData.stop, 0) === 0); parentPort.postMessage({ kind: "answer", answer: 1 });`;
    const hooks = { signal: stop.signal, entry: entryOf(program), graceMs: 60_000 };
    setTimeout(() => stop.abort(), 50);
    await expect(runInWorker(solve(true), hooks)).rejects.toMatchObject(cancelled);
  });

  test("it is ended where it does not", async () => {
    const stop = new AbortController();
    const hooks = { signal: stop.signal, entry: entryOf("for (;;);"), graceMs: 20 };
    setTimeout(() => stop.abort(), 50);
    await expect(runInWorker(solve(true), hooks)).rejects.toMatchObject(cancelled);
  });

  test("the solver stops within seconds", async () => {
    const stop = new AbortController();
    const task = { ...solve(false), instance: practiceInstance("M"), options: { ...solve(false).options, gap: 0 } };
    const began = performance.now();
    setTimeout(() => stop.abort(), 1500);
    await expect(runInWorker(task, { signal: stop.signal })).rejects.toMatchObject(cancelled);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
