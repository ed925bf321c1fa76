import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forecastRecord } from "#app/foresight/forecast-record.ts";
import { standingForecast, type ForecastOrder } from "#app/foresight/forecast.ts";
import { compareScenarios, saveScenario, scenarioList, scenarioOf, scenarioView } from "#app/foresight/scenarios.ts";
import { remembered } from "#app/foresight/forecast/remember.ts";
import { playRehearsal } from "#app/rehearsal.ts";
import { totals } from "#app/totals.ts";
import { lossesOf, rules } from "#core/foresight/forecast/score.ts";
import type { ForecastView } from "#core/views-forecast.ts";
import { openRecord } from "../support/record.ts";

type Record = Awaited<ReturnType<typeof openRecord>>;
let record: Record;
beforeAll(async () => {
  record = await openRecord();
});
afterAll(async () => record.close());

const before: ForecastOrder = { book: "worked-case", knownAt: "2024-04-04", horizonMonths: 12, paths: 400 };

const forecast = async (order: Partial<ForecastOrder> = {}, workers = 1): Promise<ForecastView> =>
  standingForecast(record.db, { ...before, ...order }, { workers });

test("the worked case as known on 4 April 2024: what was known then, and nothing later", async () => {
  const view = await forecast();
  expect(view).toMatchObject({ knownAt: "2024-04-04", recordTo: "2023-05", nowMonth: "2024-04", driverClass: "bound" });
  const bound = view.classes.find((one) => one.class === "bound");
  const { total } = await totals(record.db, {
    book: "worked-case",
    knownAt: "2024-04-04",
    class: "bound",
    by: ["donor"],
  });
  expect(bound).toMatchObject({ onRecord: String(Math.round(Number(total) / 1000) * 1000), recordTo: "2023-05" });
  expect(bound?.fan.map((point) => point.month).at(0)).toBe("2023-06");
  expect(bound?.fan.at(-1)?.month).toBe("2025-04");
  expect(view.classes.find((one) => one.class === "placed")).toMatchObject({ onRecord: null, fan: [] });
  expect(view.decisions.map((one) => [one.id, one.odds])).toEqual([["five-year-fund", 0.25]]);
  expect(view.decisions[0]?.expectedOn).toBe("2024-07-10");
  expect(view.record?.cases).toBeGreaterThan(100);
});

test("givers, streams and drivers: the spread is divided among givers, and each band is in order", async () => {
  const view = await forecast();
  const shares = view.givers.map((giver) => giver.shareOfSpread ?? 0);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
  expect(view.givers[0]?.giver).toBe("usa");
  expect(view.streams.map((one) => one.stream)).toEqual(["finance", "materiel"]);
  for (const fan of [...view.classes, ...view.givers.flatMap((giver) => giver.classes)])
    for (const { p10, p50, p90 } of fan.fan) {
      expect(Number(p10)).toBeLessThanOrEqual(Number(p50));
      expect(Number(p50)).toBeLessThanOrEqual(Number(p90));
    }
  expect(view.drivers).toHaveLength(8);
});

test("the same order gives the same answer with one thread and with two", async () => {
  const other = await openRecord();
  try {
    const alone = await forecast({ seed: 4 }, 1);
    const together = await standingForecast(other.db, { ...before, seed: 4 }, { workers: 2 });
    expect(JSON.stringify(together)).toBe(JSON.stringify(alone));
  } finally {
    await other.close();
  }
});

test("at the latest release what is placed is known, and no decision is open", async () => {
  const view = await forecast({ knownAt: undefined });
  expect(view).toMatchObject({ knownAt: "2026-04-22", recordTo: "2026-02", driverClass: "placed", decisions: [] });
  expect(view.classes.filter((one) => one.onRecord !== null).map((one) => one.class)).toEqual([
    "said",
    "bound",
    "placed",
    "moved",
  ]);
});

test("milestones: an amount, a decision, what is past and what cannot be told", async () => {
  const amount = (cents: bigint, on: string, more = {}) => ({
    on,
    condition: { kind: "amount" as const, class: "bound" as const, unit: "EUR", amount: cents, ...more },
  });
  const { milestones } = await forecast({
    milestones: [
      { id: "reached", ...amount(100n * 10n ** 11n, "2024-12-31") },
      { id: "sky", ...amount(10n ** 18n, "2024-12-31") },
      { id: "past", ...amount(100n * 10n ** 11n, "2023-01-31") },
      { id: "usa", ...amount(70n * 10n ** 11n, "2024-12-31", { donor: "usa" }) },
      { id: "far", ...amount(1n, "2040-12-31") },
      { id: "placed", on: "2024-12-31", condition: { kind: "amount", class: "placed", unit: "EUR", amount: 1n } },
      { id: "decision", on: "2025-04-30", condition: { kind: "decision", decision: "five-year-fund" } },
      { id: "soon", on: "2024-04-30", condition: { kind: "decision", decision: "five-year-fund" } },
      { id: "other", on: "2025-04-30", condition: { kind: "decision", decision: "no-such" } },
      { id: "need", on: "2025-04-30", condition: { kind: "need", need: "no-such", share: [1n, 2n] } },
      { id: "nothing", on: "2025-04-30", condition: null },
    ],
  });
  const chance = (id: string) => milestones.find((one) => one.id === id);
  expect(chance("reached")?.probability).toBeGreaterThan(0.95);
  expect(chance("sky")?.probability).toBe(0);
  expect(chance("past")).toMatchObject({ probability: 1 });
  expect(chance("usa")?.probability).toBeGreaterThan(0.8);
  // Nine months after the month expected, at a median of three and a sigma of 0.8.
  expect(chance("decision")?.probability).toBeCloseTo(0.25 * 0.9152, 2);
  expect(chance("soon")?.probability).toBe(0);
  for (const id of ["far", "placed", "other", "need", "nothing"]) {
    expect(chance(id)?.probability).toBeNull();
    expect(chance(id)?.reason).toMatch(/\S/);
  }
});

test("a made-up fund: what is due by line and what it hangs on", async () => {
  await playRehearsal(record.db, {
    name: "harbour-fund.json",
    text: readFileSync(new URL("../../reference/rehearsal/harbour-fund.json", import.meta.url), "utf8"),
  });
  const view = await forecast({ book: "rehearsal", knownAt: "2026-03-01" });
  const paid = view.lines.find((one) => one.line === "air-defence")?.classes[0];
  expect(view.synthetic).toBe(true);
  expect(Number(paid?.fan.at(-1)?.p50)).toBeGreaterThan(Number(paid?.onRecord));
  expect(view.record).toBeNull();
});

test("the back-test on the releases of the worked case is what is committed", async () => {
  const { summary, hindsight, origins, givers, notes } = await forecastRecord(record.db, "worked-case");
  const found = { told: notes.slice(0, 2), summary, hindsight, origins, givers };
  await expect(`${JSON.stringify(found, null, 2)}\n`).toMatchFileSnapshot("./back-test.json");
  const [model, ...naive] = summary.rules;
  for (const rule of naive) expect(Number(model?.pinball)).toBeLessThan(Number(rule.pinball));
  for (const { whole } of origins)
    expect(Number(whole?.p10) <= Number(whole?.p50) && Number(whole?.p50) <= Number(whole?.p90)).toBe(true);
});

const page = readFileSync(new URL("../../docs/forecast.md", import.meta.url), "utf8").replaceAll(/\s+/gu, " ");
const billion = (amount: number, digits: number) => (amount / 1e9).toFixed(digits);

test("what docs/forecast.md says of the back-test is what it comes to", async () => {
  const { cases, givers, origins } = await forecastRecord(record.db, "worked-case");
  const rowOf = (title: string, own: typeof cases) => {
    const figures = own.map(({ p10, p50, p90, outcome, promised, pace }) => ({
      stands: 0,
      outcome: Number(outcome),
      band: { p10: Number(p10), p50: Number(p50), p90: Number(p90), mean: 0 },
      promised: Number(promised),
      pace: Number(pace),
    }));
    const losses = rules.map((rule) => `EUR ${billion(lossesOf(rule, figures).pinball, 2)} bn`);
    const inside = own.filter((one) => one.inside).length;
    return `| ${title} | ${own.length} | ${Math.round((100 * inside) / own.length)} % | ${losses.join(" | ")} |`;
  };
  const later = (own: typeof cases) => own.filter((one) => one.outcomeOn > "2023-12-31");
  const asKnown = cases.filter((one) => one.kind === "as-known");
  const hindsight = cases.filter((one) => one.kind === "hindsight");
  expect(page).toContain(
    [
      rowOf("as known then", asKnown),
      rowOf("of these, outcomes after 2023", later(asKnown)),
      rowOf("with hindsight", hindsight),
      rowOf("of these, outcomes after 2023", later(hindsight)),
    ].join(" "),
  );
  const beaten = givers.filter((one) => one.beats).length;
  expect(page).toContain(`for ${beaten} of ${givers.length} givers, and for ten of thirteen releases and cuts`);
  expect([origins.filter((one) => one.beats).length, origins.length]).toEqual([10, 13]);
});

test("what the latest record says stood in February 2026 lies in the band of April 2024, as docs/forecast.md says", async () => {
  const view = await forecast({ horizonMonths: 24, paths: undefined });
  const fan = view.classes.find((one) => one.class === "bound")?.fan ?? [];
  const [point, last] = ["2026-02", "2026-04"].map((month) => fan.find((one) => one.month === month));
  const { total } = await totals(record.db, { book: "worked-case", class: "bound", by: ["donor"] });
  expect(Number(total)).toBeGreaterThan(Number(point?.p10));
  expect(Number(total)).toBeLessThan(Number(point?.p90));
  const whole = (amount: string | undefined) => billion(Number(amount), 0);
  expect(page).toContain(
    `P50 is EUR ${whole(last?.p50)} bn (P10 ${whole(last?.p10)}, P90 ${whole(last?.p90)}, mean ${whole(last?.mean)}). For February 2026, where the record of April 2026 ends, P50 is ${whole(point?.p50)} and the mean ${whole(point?.mean)}; it says ${billion(Number(total), 1)}.`,
  );
});

test("scenarios: shipped ones are there, one is saved for good, and all differ from the standing forecast by what they suppose", async () => {
  const shipped = (await scenarioList(record.db)).scenarios.map((one) => one.id);
  expect(shipped).toEqual(["decision-slips-to-the-summit", "forty-a-year", "giver-leaves-in-march", "shares-by-gdp"]);
  const mine = {
    id: "germany-leaves",
    title: "Germany leaves",
    description: "",
    changes: [{ kind: "giver-leaves", giver: "deu", from: "2024-06" }],
  };
  const saved = await saveScenario(record.db, mine, { file: "mine.json", actor: "test" });
  expect(saved).toMatchObject({ shipped: false, actor: "test", link: "/forecast/scenarios?a=germany-leaves" });
  expect((await scenarioView(record.db, "germany-leaves")).changes).toEqual(mine.changes);
  await expect(saveScenario(record.db, mine, { file: "mine.json", actor: "test" })).rejects.toMatchObject({
    code: "scenario_exists_already",
  });
  const names = ["giver-leaves-in-march", "decision-slips-to-the-summit", "germany-leaves", "forty-a-year"];
  const asked = await Promise.all(names.map(async (name) => scenarioOf(record.db, name)));
  const found = await compareScenarios(record.db, before, asked, { workers: 1 });
  expect(found.columns.map((one) => one.problem)).toEqual([null, null, null, null, null]);
  const differences = found.columns.slice(1).map((one) => Number(one.difference));
  expect(differences.map((one) => Math.sign(one))).toEqual([-1, -1, -1, 1]);
  const germany = found.givers.find((one) => one.giver === "deu");
  expect(germany?.p50[1]).toBe(germany?.p50[0]);
  expect(Number(germany?.p50[3])).toBeLessThan(Number(germany?.p50[0]));
  const later = await compareScenarios(record.db, { ...before, knownAt: undefined }, asked.slice(1, 2), { workers: 1 });
  expect(later.columns[1]?.problem).toMatch(/five-year-fund/);
});

test.each([
  ["unknown_book", { book: "no-such" }],
  ["invalid_date", { knownAt: "2024-02-31" }],
  ["parameter_invalid", { horizonMonths: 0 }],
  ["parameter_invalid", { paths: 1 }],
  ["parameter_invalid", { seed: -1 }],
  ["forecast_without_record", { knownAt: "2021-01-01" }],
] as const)("%s refuses %o", async (code, order) => {
  await expect(forecast(order)).rejects.toMatchObject({ code });
});

test("a scenario that changes nothing there is, one of no name, and a forecast that is stopped are refused", async () => {
  const scenario = {
    id: "x",
    title: "X",
    description: "",
    changes: [{ kind: "giver-leaves", giver: "zzz", from: "03" }] as const,
  };
  await expect(forecast({ scenario })).rejects.toMatchObject({ code: "scenario_without_effect" });
  await expect(scenarioOf(record.db, "no-such")).rejects.toMatchObject({ code: "unknown_scenario" });
  const stop = new AbortController();
  const running = standingForecast(
    record.db,
    { ...before, paths: 20_000, seed: 77 },
    { signal: stop.signal, workers: 1, onProgress: ({ done }) => (done > 0 ? stop.abort() : undefined) },
  );
  await expect(running).rejects.toMatchObject({ code: "forecast_cancelled" });
});

test("forecasts wait for their turn, but not too many of them", async () => {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const asked = Array.from({ length: 30 }, async (_, number) =>
    remembered(record.db, `waiting ${number}`, undefined, async () => gate.then(() => number)),
  );
  const settled = Promise.allSettled(asked);
  await expect(
    Promise.any(
      asked.map(async (one) =>
        one.then(
          () => Promise.reject(new Error("done")),
          (error: unknown) => error,
        ),
      ),
    ),
  ).resolves.toMatchObject({
    code: "forecast_desk_full",
  });
  open();
  const kinds = (await settled).map((one) => one.status);
  expect(kinds.filter((kind) => kind === "fulfilled").length).toBeGreaterThanOrEqual(20);
});
