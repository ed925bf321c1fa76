import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPlanDesk, type PlanDesk } from "#app/planning/desk.ts";
import { loadPractice } from "#app/planning/practice.ts";
import { planList, planView } from "#app/planning/plan-view.ts";
import type { PlanOrder } from "#app/planning/solving.ts";
import type { PlanJob } from "#core/views-plan.ts";
import type { Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";

let db: Database;
let close: () => Promise<void>;
let desk: PlanDesk;
let jobs = 0;
const book = "practice-s";
const clock = () => "2026-11-26T10:00:00Z";
const never = new AbortController().signal;

beforeAll(async () => {
  ({ db, close } = await openRecord());
  await loadPractice(db, { size: "S", seed: 1 }, { now: clock(), actor: "tester" });
  desk = openPlanDesk({ db, clock, now: () => performance.now(), newId: () => `job-${(jobs += 1)}` });
});
afterAll(async () => {
  await desk.settle();
  await close();
});

const order = (more: Partial<PlanOrder> = {}): PlanOrder => ({
  book,
  from: "2027-01-04",
  until: "2027-12-31",
  preview: true,
  actor: "tester",
  ...more,
});

async function follow(id: string): Promise<PlanJob[]> {
  const states: PlanJob[] = [];
  for await (const state of desk.follow(book, id, never)) states.push(state);
  return states;
}

describe("a plan that is asked for", () => {
  test("waits, runs and is kept", async () => {
    const job = desk.start(order({ id: "quick", title: "A quick one" }));
    expect(job).toMatchObject({ state: "waiting", book, plan: null });
    const states = await follow(job.id);
    expect(states.at(-1)).toMatchObject({ state: "done", step: "Done", plan: "quick", problem: null });
    expect(states.map(({ state }) => state)).toContain("running");
    expect(desk.find(book, job.id)).toEqual(states.at(-1));
    expect(await planView(db, clock, book, "quick")).toMatchObject({
      id: "quick",
      title: "A quick one",
      synthetic: true,
      state: "preview",
      bound: null,
      gap: null,
      problems: [],
      knownAt: "2026-11-26T10:00:00.000Z",
      actor: "tester",
      acceptance: {
        state: "open",
        placed: 0,
      },
    });
  });

  test("is named by number where it has no name", async () => {
    const [first, second] = [desk.start(order()), desk.start(order())];
    const ended = [await follow(first.id), await follow(second.id)].map((states) => states.at(-1)?.plan);
    expect(ended).toEqual(["plan-2", "plan-3"]);
  });

  test.each([
    ["unknown_book", { book: "nowhere" }],
    ["plan_exists_already", { id: "quick" }],
    ["parameter_invalid", { id: "Not A Name" }],
    ["unknown_plan", { standing: "none" }],
    ["unknown_offer", { without: ["offer-99999"] }],
    ["invalid_date", { from: "tomorrow" }],
    ["plan_days_in_wrong_order", { from: "2027-12-31", until: "2027-01-04" }],
    ["plan_contradictory", { pins: [{ offer: "offer-00001", need: "need-0001", hub: "nowhere", quantity: 1 }] }],
  ] as const)("is refused with %s", async (code, more) => {
    const { id, book: named } = desk.start(order(more));
    let last: PlanJob | undefined;
    for await (const state of desk.follow(named, id, never)) last = state;
    expect(last).toMatchObject({ state: "refused", plan: null, problem: { code } });
  });
});

describe("cancelled", () => {
  test("while it runs and while it waits, nothing is kept, and the next one runs", async () => {
    const before = (await planList(db, clock, book)).plans.length;
    const running = desk.start(order({ preview: false, gap: 0 }));
    const waiting = desk.start(order());
    const next = desk.start(order({ id: "after" }));
    for await (const { state } of desk.follow(book, running.id, never)) if (state === "running") break;
    expect(desk.cancel(book, waiting.id)).toMatchObject({ state: "cancelled" });
    desk.cancel(book, running.id);
    for (const { id } of [running, waiting])
      expect((await follow(id)).at(-1)).toMatchObject({ state: "cancelled", plan: null });
    expect((await follow(next.id)).at(-1)).toMatchObject({ state: "done", plan: "after" });
    expect((await planList(db, clock, book)).plans).toHaveLength(before + 1);
  });

  test("what is not there can neither be found nor cancelled", () => {
    const unknown = expect.objectContaining({ code: "unknown_plan_job" });
    expect(() => desk.find(book, "job-0")).toThrow(unknown);
    expect(() => desk.cancel("worked-case", "job-1")).toThrow(unknown);
    expect(() => desk.follow(book, "job-0", never)).toThrow(unknown);
  });

  test("who no longer listens is let go", async () => {
    const gone = new AbortController();
    const { id } = desk.start(order());
    const states = desk.follow(book, id, gone.signal);
    await states.next();
    gone.abort();
    await expect(states.next()).resolves.toMatchObject({ done: true });
    await follow(id);
  });

  test("too many at once are refused", async () => {
    const ids = Array.from({ length: 50 }, () => desk.start(order({ id: "Not A Name" })).id);
    expect(() => desk.start(order())).toThrow(expect.objectContaining({ code: "plan_desk_full" }));
    for (const id of ids) await follow(id);
  });
});
