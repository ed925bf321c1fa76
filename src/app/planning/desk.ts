import { MainstayError } from "#core/errors.ts";
import type { PlanJob } from "#core/views-plan.ts";
import type { Database } from "#store/database.ts";
import type { Clock } from "../clock.ts";
import { replanStanding, type ReplanOrder } from "./replan.ts";
import type { WorkHooks } from "./run-worker.ts";
import { solvePlan, type PlanOrder } from "./solving.ts";

/** Solves plans in the background, one after the other, and answers how far each is. Ended ones are remembered until many newer ones have come. */
export type PlanDesk = Readonly<{
  start: (order: PlanOrder) => PlanJob;
  /** A plan anew from the one that stands when its turn comes. */
  replan: (order: ReplanOrder) => PlanJob;
  find: (book: string, id: string) => PlanJob;
  cancel: (book: string, id: string) => PlanJob;
  /** The job now and whenever it changes, until it has ended or `signal` is raised. */
  follow: (book: string, id: string, signal: AbortSignal) => AsyncGenerator<PlanJob>;
  settle: () => Promise<void>; // cancels what runs and waits, and waits for it
}>;

export type DeskParts = Readonly<{
  db: Database;
  clock: Clock;
  now: () => number; // milliseconds, for how long it takes
  newId: () => string;
}>;

const remembered = 100;
const waitingAtMost = 50;

type Solving = (hooks: WorkHooks) => Promise<string>;
type Job = { state: PlanJob; began: number; stop: AbortController; changed: EventTarget };

/** Only one plan is solved at a time: the solver takes a whole core, and up to two GiB. */
export function openPlanDesk({ db, clock, now, newId }: DeskParts): PlanDesk {
  const jobs = new Map<string, Job>();
  let queue: Promise<void> = Promise.resolve();
  const find = (book: string, id: string): Job => {
    const job = jobs.get(id);
    if (job === undefined || job.state.book !== book)
      throw new MainstayError("unknown_plan_job", JSON.stringify(id), { field: "id" });
    return job;
  };
  const set = (job: Job, change: Partial<PlanJob>) => {
    job.state = { ...job.state, ...change, seconds: (now() - job.began) / 1000 };
    job.changed.dispatchEvent(new Event("change"));
  };
  const stop = (job: Job) => {
    job.stop.abort();
    if (job.state.state === "waiting") set(job, outcomeOf(new MainstayError("plan_cancelled")));
  };
  const work = async (job: Job, solve: Solving): Promise<void> => {
    if (job.stop.signal.aborted) return;
    job.began = now();
    set(job, { state: "running", step: "Reading the record" });
    try {
      const plan = await solve({
        signal: job.stop.signal,
        onProgress: ({ step, incumbent, bound }) => set(job, { step, incumbent, bound, gap: gapOf(incumbent, bound) }),
      });
      set(job, { state: "done", step: "Done", plan });
    } catch (error) {
      set(job, outcomeOf(error));
    }
  };
  const start = (book: string, solve: Solving): PlanJob => {
    if ([...jobs.values()].filter(({ state }) => state.state === "waiting").length >= waitingAtMost)
      throw new MainstayError("plan_desk_full", `${waitingAtMost} plans are waiting`);
    const job = newJob(newId(), book, now());
    jobs.set(job.state.id, job);
    for (const [id, { state }] of jobs) if (jobs.size > remembered && hasEnded(state)) jobs.delete(id);
    queue = queue.then(async () => work(job, solve));
    return job.state;
  };
  return {
    start: (order) => start(order.book, async (hooks) => solvePlan(db, clock, order, hooks)),
    replan: (order) => start(order.book, async (hooks) => replanStanding(db, clock, order, hooks)),
    find: (book, id) => find(book, id).state,
    cancel: (book, id) => {
      const job = find(book, id);
      stop(job);
      return job.state;
    },
    follow: (book, id, signal) => changesOf(find(book, id), signal),
    settle: async () => {
      for (const job of jobs.values()) stop(job);
      await queue;
    },
  };
}

function newJob(id: string, book: string, began: number): Job {
  const open = { incumbent: null, bound: null, gap: null, seconds: 0, plan: null, problem: null };
  return {
    state: { id, book, state: "waiting", step: "Waiting", ...open },
    began,
    stop: new AbortController(),
    changed: new EventTarget(),
  };
}

function hasEnded({ state }: PlanJob): boolean {
  return state !== "waiting" && state !== "running";
}

function gapOf(incumbent: number | null, bound: number | null): number | null {
  if (incumbent === null || bound === null) return null;
  return bound <= 0 ? 0 : Math.max(0, (bound - incumbent) / bound);
}

/** Every state that the job is in from now on; where it changes faster than they are taken, the latest. */
async function* changesOf(job: Job, signal: AbortSignal): AsyncGenerator<PlanJob> {
  let shown: PlanJob | null = null;
  while (!signal.aborted) {
    if (job.state !== shown) {
      shown = job.state;
      yield shown;
      continue;
    }
    if (hasEnded(shown)) return;
    await nextChange(job, signal);
  }
}

async function nextChange(job: Job, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  await new Promise<void>((resolve) => {
    const once = { once: true, signal: done.signal };
    job.changed.addEventListener("change", () => resolve(), once);
    signal.addEventListener("abort", () => resolve(), once);
  });
  done.abort();
}

function outcomeOf(error: unknown): Partial<PlanJob> {
  if (!(error instanceof MainstayError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { state: "failed", step: "Failed", problem: { code: "unexpected", message } };
  }
  const { code, message } = error;
  if (code === "plan_cancelled") return { state: "cancelled", step: "Cancelled", problem: { code, message } };
  const state = code === "plan_solver_failed" ? "failed" : "refused";
  return { state, step: state === "failed" ? "Failed" : "Refused", problem: { code, message } };
}
