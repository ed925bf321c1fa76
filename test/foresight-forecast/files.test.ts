import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runStages } from "#app/foresight/forecast/pool.ts";
import { ownScenario } from "#app/foresight/scenarios.ts";
import { coursesOf, paceOf, stoodAt, type HistoryCell } from "#core/foresight/forecast/history.ts";
import { monthNumber, monthText } from "#core/foresight/forecast/months.ts";
import { scenarioMonth } from "#core/foresight/forecast/scenario.ts";
import { lossOf, pinball } from "#core/foresight/forecast/score.ts";
import { readForecastPolicy } from "#formats/foresight/policy.ts";
import { wholeModel } from "./made.ts";

const bytes = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const leaving = { kind: "giver-leaves", giver: "usa", from: "03" };
const scenario = { id: "x", title: "X", changes: [leaving] };

test.each([
  ["no JSON", "{", undefined, "JSON"],
  ["no object", "[]", "the file as a whole", "[] ("],
  ["no changes", { ...scenario, changes: [] }, "changes", "[] ("],
  ["an unknown kind", { ...scenario, changes: [{ kind: "peace" }] }, "changes[0].kind", '"peace" ('],
  ["an unknown field", { ...scenario, colour: "red" }, "colour", "colour"],
  ["a character that nothing can hold", { ...scenario, title: "a\u0000b" }, "title", "a NUL character"],
  [
    "a month that is none",
    { ...scenario, changes: [leaving, { ...leaving, from: "2024-13" }] },
    "changes[1].from",
    '"2024-13" (',
  ],
  [
    "odds above one",
    { ...scenario, changes: [{ kind: "decision-slips", decision: "d", to: "07", odds: 1.5 }] },
    "changes[0].odds",
    "1.5 (",
  ],
  ["a name with blanks", { ...scenario, id: "my scenario" }, "id", '"my scenario" ('],
])("a scenario's file with %s is refused, naming file, place and what stands there", (_, value, field, found) => {
  const read = () => ownScenario(bytes(value), "mine.json");
  expect(read).toThrow(
    expect.objectContaining({
      code: "scenario_invalid",
      found: expect.stringContaining(found),
      place: field === undefined ? { file: "mine.json" } : { file: "mine.json", field },
    }),
  );
});

test("a scenario's file that is too long is refused", () => {
  expect(() => ownScenario(bytes({ ...scenario, description: "x".repeat(20_000) }), "mine.json")).toThrow(
    expect.objectContaining({ code: "scenario_invalid" }),
  );
});

test("what a forecast assumes is refused by the field that is wrong", () => {
  const text = readFileSync(new URL("../../policies/forecast.json", import.meta.url), "utf8");
  expect(readForecastPolicy(text, "forecast.json").parameters.silence.value).toBe(0.15);
  const wrong = text.replace('"odds": 0.25', '"odds": 25');
  expect(() => readForecastPolicy(wrong, "forecast.json")).toThrow(
    expect.objectContaining({
      code: "forecast_policy_invalid",
      place: { file: "forecast.json", field: "decisions[0].odds" },
    }),
  );
  expect(() => readForecastPolicy("{", "forecast.json")).toThrow(
    expect.objectContaining({ code: "forecast_policy_invalid" }),
  );
});

test("docs/forecast.md gives each parameter once, as it is", () => {
  const page = readFileSync(new URL("../../docs/forecast.md", import.meta.url), "utf8");
  const { parameters } = readForecastPolicy(
    readFileSync(new URL("../../policies/forecast.json", import.meta.url), "utf8"),
    "forecast.json",
  );
  const of = (name: keyof typeof parameters) => parameters[name].value;
  const weight = `weight ${of("paceWeight")}`;
  expect(page.match(/^## .*$/gmu)).toHaveLength(new Set(page.match(/^## .*$/gmu)).size);
  const [, table = ""] = /^\| parameter \| value \| from \|\n\|[-|]+\|\n((?:\|.*\|\n)+)/mu.exec(page) ?? [];
  const rows = table.trim().split("\n");
  expect(rows.map((row) => row.split(" | ").length)).toEqual(rows.map(() => 3));
  expect(rows.map((row) => row.split(" | ")[1]).slice(0, -1)).toEqual([
    `${of("realisationMean")}, concentration ${of("realisationConcentration")}`,
    `median ${of("delayMedianMonths")} months, sigma ${of("delaySigma")}`,
    `${of("paceSigma")}, ${weight}`,
    `${of("silence")} a year, ${weight}`,
    `${of("giverSigma")}, ${weight}`,
    `${of("withdrawalPerYear")} a year`,
    `${of("revisionSigma")}`,
    `${of("commonShare")}`,
    `bound over ${of("openPromiseMonths")} months; older than ${of("openPromiseAge")} months taken to stand in the totals`,
    `${of("decisionDelayMonths")} months later at the median, sigma ${of("decisionDelaySigma")}; proposals ${of("proposalOdds")}`,
  ]);
});

test("MM is the next such month after the one known at", () => {
  const now = monthNumber("2024-04-04");
  expect(["03", "04", "05", "2025-01"].map((text) => monthText(scenarioMonth(text, now)))).toEqual([
    "2025-03",
    "2025-04",
    "2024-05",
    "2025-01",
  ]);
});

const cell = (giver: string, month: string | null, amount: number): HistoryCell => ({
  giver,
  stream: "finance",
  class: "bound",
  month: month === null ? null : monthNumber(month),
  amount,
});

test("a course takes the dates of the last vintage, or the totals of those before where it has none", () => {
  const dated = [{ cells: [cell("a", "2022-12", 12), cell("a", "2023-12", 24), cell("a", null, 5)] }];
  const [course] = coursesOf(dated, monthNumber("2021-12"));
  expect([course?.months.map(monthText), course?.sums]).toEqual([
    ["2021-12", "2022-12", "2023-12"],
    [5, 17, 41],
  ]);
  expect(course && paceOf(course)).toBe(2);
  expect(course && stoodAt(course, monthNumber("2023-06"))).toBe(29);
  const totals = [{ cells: [cell("a", "2022-10", 30)] }, { cells: [cell("a", "2023-04", 36)] }];
  const [other] = coursesOf(totals, monthNumber("2022-01"));
  expect(other?.sums).toEqual([0, 30, 36]);
  expect(other && paceOf(other)).toBeCloseTo((36 - 30 / 3) / 12, 9);
});

test("pinball loss, by hand", () => {
  expect([pinball(0.1, 10, 20), pinball(0.9, 10, 20), pinball(0.9, 20, 10)]).toEqual([1, 9, expect.closeTo(1, 12)]);
  const band = { p10: 8, p50: 10, p90: 15, mean: 11 };
  const one = { stands: 5, outcome: 12, band, promised: 5, pace: 13 };
  expect(lossOf("model", one)).toBeCloseTo((0.4 + 1 + 0.3) / 3, 12);
  expect([lossOf("promised", one), lossOf("pace", one)]).toEqual([expect.closeTo(3.5, 12), expect.closeTo(0.5, 12)]);
});

test("a part of the work that fails, fails the forecast by name", async () => {
  const model = wholeModel();
  const work = {
    models: { main: model },
    whole: "main",
    running: { seed: 1, paths: 10 },
    target: null,
    paths: new Float64Array(0),
  };
  const tasks = [{ kind: "group", model: "no-such", lines: [0], kept: [0] }] as const;
  await expect(runStages(work, [{ step: "x", weight: 1, tasks }], { workers: 1 })).rejects.toMatchObject({
    code: "forecast_failed",
  });
});
