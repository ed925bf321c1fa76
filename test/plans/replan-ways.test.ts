import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PlanCause, PlanJob, PlanList, PlanView } from "#core/views-plan.ts";
import type { OfferChanged } from "#core/views-planning.ts";
import type { Database } from "#store/database.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import { buildServer } from "../../src/http/server.ts";
import { wordsOf } from "../docs/console.ts";
import { openRecord } from "../support/record.ts";
import { assign, needOf, offerOf, openPlans, type Plans } from "./support.ts";

// An offer of the plan that stands is withdrawn: as it is typed, and over the API.

let db: Database;
let close: () => Promise<void>;
let plans: Plans;
let app: FastifyInstance;
let books = 0;
beforeAll(async () => {
  ({ db, close } = await openRecord());
  app = await buildServer({ db, pagesFolder: "/nowhere", version: "0.0.0-test", clock: () => plans.clock() });
});
afterAll(async () => {
  await app.close();
  await close();
});
beforeEach(async () => {
  books += 1;
  plans = await openPlans(db, `ways-${books}`);
  await plans.state(
    [needOf({ id: "N1" })],
    [
      offerOf({ id: "O1", giver: "nor" }),
      offerOf({ id: "O2", giver: "swe" }),
      offerOf({ id: "O3", giver: "fin", quantity: 6, consent: { state: "given", of: "deu" } }),
    ],
  );
  await plans.keep("winter", { assignments: [assign("O1", "N1", 4), assign("O3", "N1", 6)] }, [], { preview: false });
  plans.set("2026-12-02T09:00:00Z");
});

async function run(line: string, stop = new AbortController()) {
  const [out, err]: [string[], string[]] = [[], []];
  const environment: Parameters<typeof buildProgram>[0] = {
    terminal: {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      errIsTerminal: false,
      signal: stop.signal,
    },
    now: () => 0,
    clock: plans.clock,
    actor: "planner",
    version: "0.0.0",
    openSession: async () => ({ db, close: async () => {} }),
    fileExists: async () => false,
    readFile: async () => new Uint8Array(),
    checkOutput: async () => {},
    writeFile: async () => {},
    readMapping: async (name) => ({ name, text: "" }),
    serve: async () => {},
  };
  const code = await runProgram(buildProgram(environment), wordsOf(`${line} --book ${plans.book}`), environment);
  return { code, out: out.join(""), err: err.join("") };
}

const lost = (offer: string, what: PlanCause["what"]): PlanCause[] => [{ offer, title: `Offer ${offer}`, what }];

describe("typed", () => {
  test("the withdrawal says what it does to the plan, plans anew and tells the difference", async () => {
    const { code, out, err } = await run('offer withdraw O1 --reason "needed at home"');
    expect(code).toBe(0);
    expect(err).toContain("The plan winter, which stands, counts on O1: it is planned anew.");
    expect(out).toContain("Re-planned after the withdrawal of O1: after-o1-withdrawn, a proposal; nothing of it is");
    expect(out).toContain("From winter to after-o1-withdrawn: score ");
    expect(out).toContain("1 assignment stays as it was, 1 does not (50.0 %).");
    expect(out).toContain(`npx mainstay plan compare winter after-o1-withdrawn --book ${plans.book}`);
    const { out: listed } = await run("plan list");
    expect(listed).toContain("Re-planned after the withdrawal of O1: January 2027 to December 2027");
    expect(listed).toContain("after-o1-withdrawn stands.\n");
  });

  test("with --no-replan it says what to type, and that makes the plan", async () => {
    const { out } = await run("offer consent O3 --state refused --no-replan");
    const typed = `npx mainstay plan replan --book ${plans.book}`;
    expect(out).toContain(`The plan winter, which stands, counts on O3. Plan anew: ${typed}\n`);
    expect((await run("plan list")).out).toContain(
      `winter stands. It counts on what can't be had any more: O3 (consent refused). Plan anew: ${typed}\n`,
    );
    const made = await run("plan replan --json");
    expect(JSON.parse(made.out)).toMatchObject({
      id: "after-o3-consent-refused",
      standing: "winter",
      causes: lost("O3", "consent-refused"),
    } satisfies Partial<PlanView>);
    expect((await run("plan replan")).err).toContain("Every offer that the standing plan counts on is still there.");
  });

  test("stopped meanwhile, the offer stays withdrawn and nothing is kept", async () => {
    const stop = new AbortController();
    stop.abort();
    const { code, out } = await run('offer withdraw O1 --reason "needed at home" --json', stop);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      state: "withdrawn",
      replanning: { plan: "winter", job: { state: "cancelled", plan: null, problem: { code: "plan_cancelled" } } },
    });
    expect((await run("plan list --json")).out).not.toContain("after-o1");
  });

  test("what no plan counts on changes no plan", async () => {
    const { out } = await run('offer withdraw O2 --reason "needed at home" --json');
    expect(JSON.parse(out)).toMatchObject({ state: "withdrawn", replanning: null });
  });
});

describe("over the API", () => {
  const of = (path: string) => `/api/v1/planning/${plans.book}${path}`;
  const post = async (path: string, payload: object) => app.inject({ method: "POST", url: of(path), payload });
  const get = async <T>(path: string) => (await app.inject(of(path))).json<T>();
  async function ended({ id }: PlanJob): Promise<PlanJob> {
    for (;;) {
      const job = await get<PlanJob>(`/plan-jobs/${id}`);
      if (job.state !== "waiting" && job.state !== "running") return job;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  test("the withdrawal answers at once with the job of the new plan", async () => {
    const reply = await post("/offers/O1/withdrawal", { reason: "needed at home" });
    expect(reply.statusCode).toBe(200);
    const { state, replanning } = reply.json<OfferChanged>();
    expect([state, replanning?.plan, replanning?.lost]).toEqual(["withdrawn", "winter", lost("O1", "withdrawn")]);
    expect(await ended(replanning!.job!)).toMatchObject({ state: "done", plan: "after-o1-withdrawn" });
    expect(await get<PlanList>("/plans")).toMatchObject({
      standing: { plan: "after-o1-withdrawn", lost: [] },
      plans: [{ id: "after-o1-withdrawn", acceptance: { state: "open", placed: 0 } }, { id: "winter" }],
    });
  });

  test("it may be left for later, and asked for then; refused where nothing is lost", async () => {
    expect((await post("/replans", {})).json()).toMatchObject({ status: 409, code: "standing_plan_holds" });
    const reply = await post("/offers/O3/consent", { state: "refused", replan: false });
    expect(reply.json<OfferChanged>().replanning).toMatchObject({ plan: "winter", job: null });
    const started = await post("/replans", { actor: "planner" });
    expect(started.statusCode).toBe(202);
    const job = started.json<PlanJob>();
    expect(started.headers["location"]).toBe(of(`/plan-jobs/${job.id}`));
    expect(await ended(job)).toMatchObject({ state: "done", plan: "after-o3-consent-refused" });
    await openPlans(db, `bare-${books}`);
    const none = await app.inject({ method: "POST", url: `/api/v1/planning/bare-${books}/replans`, payload: {} });
    expect(none.json()).toMatchObject({ status: 409, code: "no_standing_plan" });
  });
});
