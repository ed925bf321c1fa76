import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forecastRecord } from "#app/foresight/forecast-record.ts";
import { standingForecast } from "#app/foresight/forecast.ts";
import type { ScenarioChoices } from "#core/views-forecast.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import type { Environment } from "../../src/cli/session.ts";
import { buildServer } from "../../src/http/server.ts";
import { get } from "../http/support.ts";
import { openRecord } from "../support/record.ts";

let record: Awaited<ReturnType<typeof openRecord>>;
let app: FastifyInstance;
beforeAll(async () => {
  record = await openRecord();
  app = await buildServer({ db: record.db, pagesFolder: "/nowhere", version: "0.0.0-test" });
});
afterAll(async () => {
  await app.close();
  await record.close();
});

const api = "/api/v1/foresight";
const asked = "known_at=2024-04-04&horizon=6&paths=300&seed=3";
const words = "--known-at 2024-04-04 --horizon 6 --paths 300 --seed 3";

async function run(line: string): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const environment = {
    terminal: {
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
      errIsTerminal: false,
      signal: new AbortController().signal,
    },
    now: () => 0,
    clock: () => "2026-11-26T10:00:00Z",
    actor: "planner",
    version: "0.0.0",
    openSession: async () => ({ db: record.db, close: async () => {} }),
    readFile: async (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url)),
  } as unknown as Environment;
  const code = await runProgram(buildProgram(environment), line.split(" "), environment);
  return { code, out, err };
}

test("command and API give the same forecast as the program itself", async () => {
  const view = await standingForecast(record.db, {
    book: "worked-case",
    knownAt: "2024-04-04",
    horizonMonths: 6,
    paths: 300,
    seed: 3,
  });
  const [answer, printed] = await Promise.all([get(app, `${api}/forecast?${asked}`), run(`forecast ${words} --json`)]);
  expect([answer.status, printed.code]).toEqual([200, 0]);
  const plain: unknown = JSON.parse(JSON.stringify(view));
  expect(answer.body).toEqual(plain);
  expect(JSON.parse(printed.out)).toEqual(plain);
  const text = (await run(`forecast ${words}`)).out;
  expect(text).toContain("as known at 2024-04-04; the record reaches to 2023-05; 300 paths, seed 3.");
  expect(text).toMatch(/^placed: not known\./mu);
  expect(text).toMatch(/^United States +70,\d{3} /mu);
});

test("command and API give the same record, which says where it does no better", async () => {
  const wanted: unknown = JSON.parse(JSON.stringify(await forecastRecord(record.db, "worked-case")));
  expect((await get(app, `${api}/forecast/record?book=worked-case`)).body).toEqual(wanted);
  expect(JSON.parse((await run("forecast record --json")).out)).toEqual(wanted);
  const text = (await run("forecast record --cases")).out;
  expect(text).toContain("where 75 to 85 % is the aim");
  expect(text).toMatch(/^Austria +\d.* no$/mu);
  expect(text).toMatch(/^bound, as known at 2023-09-21, for 2024-12( +\d{3},\d{3}){4}$/mu);
  expect(text).toMatch(
    /In the band as known then: \d+ % of \d+ whose past the latest knowledge tells as it was told then/u,
  );
});

test("a forecast takes the data folder as every command does", async () => {
  const { out, code } = await run("forecast --data elsewhere --known-at 2024-04-04 --paths 400 --seed 3 --json");
  expect([code, (JSON.parse(out) as { seed: number }).seed]).toEqual([0, 3]);
});

test("progress is sent as it goes, and the answer at the end", async () => {
  const events = await app.inject({
    method: "GET",
    url: `${api}/forecast/events?${asked}&paths=200`.replace("&paths=300", ""),
    headers: { accept: "text/event-stream" },
  });
  const names = [...events.payload.matchAll(/^event: (.+)$/gmu)].map((match) => match[1]);
  expect(names[0]).toBe("progress");
  expect(names.at(-1)).toBe("end");
  const last = [...events.payload.matchAll(/^data: (.+)$/gmu)].at(-1)?.[1] ?? "";
  const plain = await get(app, `${api}/forecast?${asked.replace("300", "200")}`);
  expect(JSON.parse(last)).toEqual(plain.body);
});

test("who leaves before the answer is there keeps nobody waiting", async () => {
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  const gone = new AbortController();
  const long = fetch(`${url}${api}/forecast?horizon=120&paths=50000&seed=9`, { signal: gone.signal });
  await new Promise((resolve) => setTimeout(resolve, 500));
  gone.abort();
  await expect(long).rejects.toThrow(/abort/u);
  const started = performance.now();
  expect((await fetch(`${url}${api}/forecast?${asked}&horizon=7`.replace("&horizon=6", ""))).status).toBe(200);
  expect(performance.now() - started).toBeLessThan(10_000);
}, 120_000);

test("scenarios are saved, listed, shown and compared by both", async () => {
  const mine = {
    id: "norway-leaves",
    title: "Norway leaves",
    description: "",
    changes: [{ kind: "giver-leaves", giver: "nor", from: "01" }],
  };
  const saved = await app.inject({
    method: "POST",
    url: `${api}/scenarios`,
    payload: { scenario: mine, actor: "desk" },
  });
  expect([saved.statusCode, saved.json<{ actor: string }>().actor]).toEqual([200, "desk"]);
  const again = await app.inject({ method: "POST", url: `${api}/scenarios`, payload: { scenario: mine } });
  expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([409, "scenario_exists_already"]);
  expect((await run("scenario list")).out).toMatch(/^norway-leaves +Norway leaves +saved by desk$/mu);
  expect(JSON.parse((await run("scenario show norway-leaves --json")).out)).toEqual(
    (await get(app, `${api}/scenarios/norway-leaves`)).body,
  );
  const compared = await get(app, `${api}/scenario-comparison?${asked}&with=norway-leaves&with=shares-by-gdp`);
  expect(compared.status).toBe(200);
  const printed = await run(`scenario compare norway-leaves shares-by-gdp ${words} --json`);
  expect(JSON.parse(printed.out)).toEqual(compared.body);
  expect((await run(`scenario compare norway-leaves ${words}`)).out).toContain("nothing further comes from Norway.");
  const whole = encodeURIComponent(JSON.stringify({ ...mine, id: "by-link" }));
  const linked = await get<{ scenario: { id: string } }>(app, `${api}/forecast?${asked}&scenario=${whole}`);
  expect([linked.status, linked.body.scenario.id]).toEqual([200, "by-link"]);
  const file = await run("scenario save policies/scenarios/shares-by-gdp.json");
  expect([file.code, file.err]).toEqual([1, expect.stringMatching(/scenario of that name already/u)]);
});

test("what a scenario can be stated of are the givers of the day's forecast, the decisions stated and the keys", async () => {
  const { body } = await get<ScenarioChoices>(app, `${api}/scenario-choices?known_at=2024-04-04`);
  expect(body.givers).toContainEqual({ id: "nor", name: "Norway" });
  expect(body.decisions).toEqual([expect.objectContaining({ id: "five-year-fund", open: true })]);
  expect(body.keys.map(({ id }) => id)).toContain("nato-by-gdp");
  const later = await get<ScenarioChoices>(app, `${api}/scenario-choices?known_at=2024-07-10`);
  expect(later.body.decisions.map(({ open }) => open)).toEqual([false]);
  const before = await get<ScenarioChoices>(app, `${api}/scenario-choices?known_at=2020-01-01`);
  expect([before.body.knownAt, before.body.givers]).toEqual([null, []]);
});

test.each([
  ["forecast?paths=5", 400, "parameter_invalid"],
  ["forecast?paths=1000000", 400, "parameter_invalid"],
  ["forecast?known_at=9999-12-31", 400, "parameter_invalid"],
  ["scenario-comparison?with=shares-by-gdp&known_at=2100-01-01", 400, "parameter_invalid"],
  ["forecast?horizon=121", 400, "parameter_invalid"],
  ["forecast?colour=red", 400, "parameter_invalid"],
  ["forecast?known_at=2024-02-31", 400, "invalid_date"],
  ["forecast?book=no-such", 404, "unknown_book"],
  ["forecast?known_at=2020-01-01", 404, "forecast_without_record"],
  ["forecast?scenario=no-such", 404, "unknown_scenario"],
  ["forecast?scenario=%7B", 400, "scenario_invalid"],
  ["forecast?scenario=decision-slips-to-the-summit", 422, "scenario_without_effect"],
  ["forecast/record?book=no-such", 404, "unknown_book"],
  ["scenario-choices?book=no-such", 404, "unknown_book"],
  ["scenarios/no-such", 404, "unknown_scenario"],
  ["scenario-comparison", 400, "parameter_invalid"],
  ["scenario-comparison?with=a&with=b&with=c&with=d&with=e", 400, "parameter_invalid"],
])("%s is refused with %d %s", async (path, status, code) => {
  const answer = await get<{ code: string }>(app, `${api}/${path}`);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test.each(["milestones", "milestones.atom", "milestones.ics", "changes?since=2024-01-01", "pledge-report?period=2024"])(
  "the last day that can be written is one to ask of: %s",
  async (path) => {
    const asked = `${path}${path.includes("?") ? "&" : "?"}known_at=9999-12-31`;
    const answer = await app.inject(`${api}/${asked}`);
    expect(answer.statusCode).toBe(200);
    if (path.startsWith("pledge-report")) expect(answer.body).toContain("where the record of a class ends");
  },
);
