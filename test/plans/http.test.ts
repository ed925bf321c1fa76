import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPractice } from "#app/planning/practice.ts";
import type {
  Accepted,
  Explanation,
  FairnessPrice,
  LeverList,
  PlanAssignments,
  PlanCheck,
  PlanComparison,
  PlanJob,
  PlanList,
  PlanView,
} from "#core/views-plan.ts";
import type { Database } from "#store/database.ts";
import { buildServer } from "../../src/http/server.ts";
import { openRecord } from "../support/record.ts";

let db: Database;
let close: () => Promise<void>;
let app: FastifyInstance;
let site: string;

beforeAll(async () => {
  ({ db, close } = await openRecord());
  const clock = () => "2026-11-26T10:00:00Z";
  await loadPractice(db, { size: "S", seed: 1 }, { now: clock(), actor: "tester" });
  app = await buildServer({ db, pagesFolder: "/nowhere", version: "0.0.0-test", clock });
  site = `${await app.listen({ port: 0, host: "127.0.0.1" })}/api/v1/planning/practice-s`;
});
afterAll(async () => {
  await app.close();
  await close();
});

type Answer<T> = Readonly<{ status: number; headers: Headers; body: T }>;

async function get<T>(path: string): Promise<Answer<T>> {
  const reply = await fetch(`${site}${path}`);
  return { status: reply.status, headers: reply.headers, body: (await reply.json()) as T };
}

async function post<T>(path: string, body: unknown): Promise<Answer<T>> {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(`${site}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: reply.status, headers: reply.headers, body: (await reply.json()) as T };
}

type Told = Readonly<{ event: string; data: PlanJob }>;

/** Every event of a stream until it closes. */
async function events(path: string): Promise<Readonly<{ headers: Headers; told: readonly Told[] }>> {
  const reply = await fetch(`${site}${path}`, { headers: { accept: "text/event-stream" } });
  const text = await reply.text();
  const told = text
    .split("\n\n")
    .filter((part) => part.includes("data:"))
    .map((part) => ({
      event: /^event: (.*)$/m.exec(part)?.[1] ?? "",
      data: JSON.parse(/^data: (.*)$/m.exec(part)?.[1] ?? "null") as PlanJob,
    }));
  return { headers: reply.headers, told };
}

const days = { from: "2027-01-04", until: "2027-12-31" };

async function solved(order: Readonly<Record<string, unknown>>): Promise<PlanJob> {
  const { body, status } = await post<PlanJob>("/plans", { ...days, preview: true, ...order });
  expect(status).toBe(202);
  const { told } = await events(`/plan-jobs/${body.id}/events`);
  return told.at(-1)!.data;
}

describe("solving", () => {
  test("is started, followed until it ends, and asked after", async () => {
    const started = await post<PlanJob>("/plans", { ...days, id: "first", preview: true, actor: "planner" });
    expect(started.status).toBe(202);
    expect(started.body).toMatchObject({ state: "waiting", book: "practice-s", plan: null });
    expect(started.headers.get("location")).toBe(`/api/v1/planning/practice-s/plan-jobs/${started.body.id}`);
    const { headers, told } = await events(`/plan-jobs/${started.body.id}/events`);
    expect(headers.get("content-type")).toContain("text/event-stream");
    expect(told.at(-1)).toMatchObject({ event: "end", data: { state: "done", plan: "first" } });
    expect(told.slice(0, -1).every(({ event }) => event === "progress")).toBe(true);
    const asked = await get<PlanJob>(`/plan-jobs/${started.body.id}`);
    expect(asked.body).toMatchObject({ state: "done", plan: "first" });
  });

  test("lets the server go on, and is cancelled", async () => {
    const { body } = await post<PlanJob>("/plans", { ...days, gap: 0 });
    const path = `/plan-jobs/${body.id}`;
    const following = events(`${path}/events`);
    for (let asked = 0; asked < 20; asked += 1) expect((await get(path)).status).toBe(200);
    expect((await post(`${path}/cancel`, {})).status).toBe(200);
    expect((await following).told.at(-1)).toMatchObject({ event: "end", data: { state: "cancelled", plan: null } });
  });

  test("what is refused says so in its job", async () => {
    expect(await solved({ without: ["offer-99999"] })).toMatchObject({
      state: "refused",
      plan: null,
      problem: { code: "unknown_offer" },
    });
  });

  test("a follower that leaves does not hold anything up", async () => {
    const { body } = await post<PlanJob>("/plans", { ...days, preview: true, id: "unwatched" });
    const leaving = new AbortController();
    await fetch(`${site}/plan-jobs/${body.id}/events`, { signal: leaving.signal });
    leaving.abort();
    expect((await events(`/plan-jobs/${body.id}/events`)).told.at(-1)?.data).toMatchObject({ plan: "unwatched" });
  });

  test.each([
    ["/plan-jobs/none", 404, "unknown_plan_job"],
    ["/plan-jobs/none/events", 404, "unknown_plan_job"],
    ["/plans/none", 404, "unknown_plan"],
    ["/plans/none/assignments", 404, "unknown_plan"],
    ["/plans/first/compare/none", 404, "unknown_plan"],
    ["/plans/first/assignments?cursor=x", 400, "parameter_invalid"],
  ])("%s is answered with %i, %s", async (path, status, code) => {
    const found = await get<{ code: string }>(path);
    expect([found.status, found.body.code]).toEqual([status, code]);
  });

  test.each([
    [{ goal: "win" }],
    [{ seconds: 0 }],
    [{ from: "soon" }],
    [{ pins: [{ offer: "o", need: "n", hub: null, quantity: 0.5 }] }],
    [{ unheard: "of" }],
  ])("an order of %j is refused", async (order) => {
    expect((await post("/plans", order)).status).toBe(400);
  });
});

describe("a plan that is kept", () => {
  test("is listed, shown, and its lines are read by page and as a file", async () => {
    const { body: list } = await get<PlanList>("/plans");
    expect(list).toMatchObject({ book: "practice-s", synthetic: true });
    expect(list.plans.map((plan) => plan.id)).toContain("first");
    const { body: plan } = await get<PlanView>("/plans/first");
    expect(plan).toMatchObject({ id: "first", actor: "planner", problems: [], currency: "EUR", asked: days });
    expect(plan.needsCovered).toHaveLength(20);
    expect(plan.gaps.length).toBe(plan.needsCovered.filter((need) => need.covered < need.needed).length);
    const pages = [(await get<PlanAssignments>("/plans/first/assignments?limit=50")).body];
    while (pages.at(-1)!.next !== null)
      pages.push((await get<PlanAssignments>(`/plans/first/assignments?limit=50&cursor=${pages.at(-1)!.next}`)).body);
    const lines = pages.flatMap((page) => page.assignments);
    expect(lines).toHaveLength(plan.assignments);
    expect(plan.flows.reduce((sum, flow) => sum + flow.assignments, 0)).toBe(lines.length);
    const file = await fetch(`${site}/plans/first/assignments?format=csv`);
    expect(file.headers.get("content-type")).toContain("text/csv");
    const [header, ...rows] = (await file.text()).trimEnd().split("\r\n");
    expect(header).toBe(
      "kind,offer,giver,giverName,need,needTitle,priority,item,itemName,part,hub,hubName,from,until,orderedBy,quantity,cost,placed",
    );
    expect(rows).toHaveLength(lines.length);
    const ndjson = await fetch(`${site}/plans/first/assignments?format=ndjson&need=${lines[0]!.need}`);
    const own = (await ndjson.text()).trimEnd().split("\n");
    expect(own).toHaveLength(lines.filter((line) => line.need === lines[0]!.need).length);
  });

  test("is checked, and compared with another from which an offer is left out", async () => {
    const { body: check } = await post<PlanCheck>("/plans/first/check", {});
    expect(check).toMatchObject({ plan: "first", problems: [] });
    const { body: list } = await get<PlanAssignments>("/plans/first/assignments?limit=1");
    const [line] = list.assignments;
    expect(await solved({ id: "second", without: [line!.offer], standing: "first" })).toMatchObject({ state: "done" });
    const { body: compared } = await get<PlanComparison>("/plans/first/compare/second");
    expect(compared.changes.filter((change) => change.offer === line!.offer).map((change) => change.after)).toEqual(
      expect.arrayContaining([0]),
    );
    expect(compared.same + compared.changed).toBeGreaterThan(0);
    expect(compared.a.id).toBe("first");
    expect((await get<PlanComparison>("/plans/first/compare/first?changes=5")).body).toMatchObject({
      score: 0,
      share: 0,
      changed: 0,
      moved: 0,
      total: 0,
      changes: [],
      needs: [],
      effort: [],
    });
  });

  test("is explained, by need and by offer, and says what would help", async () => {
    const { body: plan } = await get<PlanView>("/plans/first");
    const { body: list } = await get<PlanAssignments>("/plans/first/assignments?limit=1");
    const { need } = plan.gaps[0]!;
    const { body: why } = await get<Explanation>(`/plans/first/explain?need=${need}`);
    expect(why).toMatchObject({ plan: "first", about: { kind: "need", id: need } });
    expect(why.says.join(" ")).toContain("are not covered");
    const { offer } = list.assignments[0]!;
    const { body: way } = await get<Explanation>(`/plans/first/explain?offer=${offer}`);
    expect(way).toMatchObject({ about: { kind: "offer", id: offer } });
    expect(way.says.length).toBeGreaterThan(0);
    const { body: help } = await get<LeverList>("/plans/first/levers");
    expect(help.levers.length).toBeGreaterThan(0);
    expect(help.levers.every((lever) => lever.gain > 0)).toBe(true);
    const { body: price } = await get<FairnessPrice>("/plans/first/fairness");
    expect(price).toMatchObject({ plan: "first", here: { score: plan.score } });
    expect(price.points.map(({ part }) => part)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(price.points.at(-1)!.least).toBeGreaterThan(price.points[0]!.least);
    expect(price.points.at(-1)!.score).toBeLessThan(price.points[0]!.score);
    expect((await get<{ code: string }>("/plans/none/fairness")).body.code).toBe("unknown_plan");
    for (const [query, status, code] of [
      ["need=none", 404, "unknown_need"],
      ["offer=none", 404, "unknown_offer"],
      ["", 400, "parameter_invalid"],
      [`need=${need}&offer=${offer}`, 400, "parameter_invalid"],
    ] as const) {
      const refused = await get<{ code: string }>(`/plans/first/explain?${query}`);
      expect([refused.status, refused.body.code]).toEqual([status, code]);
    }
  });

  test("is accepted by a giver, with its word as the source, and put to decision", async () => {
    const { body: list } = await get<PlanAssignments>("/plans/first/assignments?limit=1");
    const giver = list.assignments[0]!.giver;
    const source = { id: "a-letter", title: "A letter", publisher: "Made up" };
    const { status, body } = await post<Accepted>("/plans/first/accept", { giver, source });
    expect(status).toBe(200);
    expect(body).toMatchObject({ plan: "first", giver, proposal: null, acceptance: { state: "part" } });
    const again = await post<{ code: string }>("/plans/first/accept", { giver, source });
    expect([again.status, again.body.code]).toEqual([409, "plan_placed_already"]);
    const proposed = await post<{ id: string; object: string }>("/plans/first/proposals", {
      group: "nordic-baltic-eight",
      procedure: "consensus-silence",
      id: "adopt-it",
    });
    expect([proposed.status, proposed.body.id]).toEqual([200, "adopt-it"]);
  });
});
