import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { predictability, type PredictabilityQuestion } from "#app/foresight/predictability.ts";
import { predictabilityRows } from "#app/foresight/predictability-rows.ts";
import { fundView } from "#app/funds/view.ts";
import { playRehearsal } from "#app/rehearsal.ts";
import { totals } from "#app/totals.ts";
import { parseDecimal } from "#core/money.ts";
import { ratioText } from "#core/burden/ratio.ts";
import {
  indicatorIds,
  type IndicatorFigure,
  type IndicatorId,
  type PredictabilityView,
} from "#core/views-predictability.ts";
import type { Database } from "#store/database.ts";
import { buildServer } from "../../src/http/server.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import { get } from "../http/support.ts";
import { collecting, wordsOf } from "../docs/console.ts";
import { openRecord } from "../support/record.ts";

const root = new URL("../../", import.meta.url);
const name = "harbour-fund.json";

let db: Database;
let close: () => Promise<void>;
let app: FastifyInstance;
beforeAll(async () => {
  ({ db, close } = await openRecord());
  await playRehearsal(db, { name, text: readFileSync(new URL(`reference/rehearsal/${name}`, root), "utf8") });
  app = await buildServer({ db, pagesFolder: "/nowhere", version: "0.0.0-test" });
}, 120_000);
afterAll(async () => {
  await app.close();
  await close();
});

const worked = async (question: Partial<PredictabilityQuestion>) =>
  predictability(db, { book: "worked-case", ...question });
const rehearsal = async (question: Partial<PredictabilityQuestion>) =>
  predictability(db, { book: "rehearsal", ...question });

function figure(view: PredictabilityView, id: string | null, indicator: IndicatorId, period = 0): IndicatorFigure {
  const at = view.periods[period];
  const row = id === null ? at?.all : at?.rows.find((one) => one.id === id);
  const found = row?.figures.find((one) => one.indicator === indicator);
  if (found === undefined) throw new Error(`no ${indicator} of ${id}`);
  return found;
}

/** The rows of a file of facts, by the names in its head. No cell of these files holds a comma. */
function facts(file: string): readonly Readonly<Record<string, string>>[] {
  const [head = "", ...lines] = readFileSync(new URL(`reference/${file}`, root), "utf8")
    .trim()
    .split("\n");
  const names = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, index) => [names[index] ?? "", cell])));
}
const placedIn = (donor: string, year: string) =>
  facts("totals.csv")
    .filter(
      (row) =>
        row["release"] === "release-28" &&
        row["donor"] === donor &&
        row["class"] === "placed" &&
        row["period"] === year,
    )
    .reduce((sum, row) => sum + parseDecimal(row["amount"] ?? "", 6), 0n);

describe("the worked case at the latest release", () => {
  test("nothing was scheduled for any giver in any year, and none is 0 or 100 %", async () => {
    const view = await worked({ periods: ["2022", "2023", "2024", "2025"] });
    expect(view).toMatchObject({ by: "giver", class: "placed", knownTo: "2026-04-22", synthetic: false });
    expect(view.definitions.map(({ id }) => id)).toEqual(indicatorIds);
    for (const period of view.periods)
      for (const row of [...period.rows, period.all]) {
        const annual = row.figures.find(({ indicator }) => indicator === "annual");
        expect(annual).toMatchObject({ state: "not-scheduled", value: null, exact: null });
        expect(annual?.reason).toMatch(/^Nothing that was to come in the period stood on record on 1 January 202\d\./);
      }
  });

  test("budget support that arrived without a schedule is what the file of facts has for the year", async () => {
    const view = await worked({ periods: ["2025"] });
    const paid = facts("budget_support.csv").find(
      (row) => row["release"] === "release-28-budget-support" && row["donor"] === "can" && row["period"] === "2025",
    );
    const [line] = figure(view, "can", "annual").lines;
    expect(line).toMatchObject({
      what: "Arrived without a schedule",
      value: "3070981850.80",
      reason: expect.stringContaining("budget support") as string,
    });
    expect(Number(paid?.["disbursed"]).toFixed(2)).toBe(line?.value);
    expect(figure(view, "eu", "annual").lines[0]).toMatchObject({ value: null });
  });

  test("volatility of a giver comes out of its years in the file of facts", async () => {
    const view = await worked({ periods: ["2025"] });
    const years = ["2022", "2023", "2024", "2025"].map((year) => placedIn("can", year));
    const all = years.reduce((sum, one) => sum + one, 0n);
    const off = years.map((one) => 4n * one - all).reduce((sum, one) => sum + (one < 0n ? -one : one), 0n);
    expect(figure(view, "can", "volatility").exact).toBe(ratioText({ top: off, bottom: 4n * all }));
  });

  test("concentration and burden come out of what totals say by the same day", async () => {
    const view = await worked({ periods: ["2023"] });
    const given = await totals(db, { book: "worked-case", by: ["donor"], class: "placed", asOf: "2023-12-31" });
    const amounts = given.rows.map((row) => Number(row.amount));
    const all = amounts.reduce((sum, one) => sum + one, 0);
    const index = amounts.reduce((sum, one) => sum + (one / all) ** 2, 0);
    expect(figure(view, null, "concentration").value).toBe(index.toFixed(3));

    const gdp = new Map(
      facts("indicators.csv")
        .filter((row) => row["indicator"] === "gdp" && row["year"] === "2023")
        .map((row) => [row["party"], Number(row["value"])]),
    );
    const nations = given.rows.filter((row) => row.donorId !== "eu" && gdp.has(row.donorId ?? ""));
    const sum = (of: (row: (typeof nations)[number]) => number) => nations.reduce((whole, row) => whole + of(row), 0);
    const estonia = nations.find((row) => row.donorId === "est");
    const ratio =
      Number(estonia?.amount) /
      sum((row) => Number(row.amount)) /
      ((gdp.get("est") ?? 0) / sum((row) => gdp.get(row.donorId ?? "") ?? 0));
    expect(figure(view, "est", "burden").value).toBe(ratio.toFixed(3));
    expect(figure(view, "twn", "burden")).toMatchObject({ state: "unknown", reason: "No GDP of 2023 is on record." });
    expect(figure(view, "eib", "burden").state).toBe("unknown");
  });

  test("the Facility 2024-2027 is a forward plan of the EU from the day it was named", async () => {
    const view = await worked({ periods: ["2023", "2024", "2025"] });
    expect(["2023", "2024", "2025"].map((_, index) => figure(view, "eu", "medium-term", index).exact)).toEqual([
      null,
      "1",
      "2/3",
    ]);
    expect(figure(view, "usa", "medium-term", 1).state).toBe("not-scheduled");
    expect(figure(view, null, "medium-term", 1).lines).toContainEqual(
      expect.objectContaining({ what: "Givers with a plan on record", value: "1" }),
    );
    const { rows } = await predictabilityRows(db, {
      book: "worked-case",
      periods: ["2024"],
      only: "eu",
      indicator: "medium-term",
    });
    expect(rows).toMatchObject([
      {
        what: "Ukraine Facility 2024-2027",
        href: expect.stringMatching(/^\/promises\/.*\?book=worked-case$/) as string,
      },
    ]);
  });

  test("half a year of sums by year cannot be told", async () => {
    const view = await worked({ periods: ["2025H1"] });
    expect(figure(view, "can", "realisation")).toMatchObject({ state: "unknown" });
    expect(figure(view, "can", "annual").lines[0]).toMatchObject({
      value: null,
      reason: expect.stringContaining("do not lie within the period") as string,
    });
  });

  test("amounts without a date or a value in euro are named", async () => {
    const { notes } = await worked({ periods: ["2025"] });
    expect(notes).toContainEqual("4 postings in USD left out: the source gives no valuation in EUR.");
    expect(notes.filter((note) => note.endsWith("without a date and stand in no period."))).toHaveLength(2);
  });
});

describe("the worked case as it was known on 4 April 2024", () => {
  test("what only the last release tells is unknown, and how far the record reaches is said", async () => {
    const view = await worked({ periods: ["2023"], knownAt: "2024-04-04" });
    expect(view).toMatchObject({ class: "bound", knownTo: "2024-04-04" });
    expect(figure(view, "can", "volatility").state).toBe("unknown");
    expect(figure(view, "can", "realisation")).toMatchObject({ state: "unknown", value: null });
    expect(figure(view, null, "concentration")).toMatchObject({
      state: "known",
      reason: "What was bound is on record to 31 May 2023 only.",
    });
    expect(figure(view, "can", "annual").lines[0]).toMatchObject({
      value: null,
      reason: "payments are on record to 3 October 2022 only",
    });
  });

  test("revisions are those between the releases of 2023, the same as they are known now", async () => {
    const [then, now] = [
      await worked({ periods: ["2023"], knownAt: "2024-04-04" }),
      await worked({ periods: ["2023"] }),
    ];
    const norway = figure(then, "nor", "revisions");
    expect(norway).toMatchObject({ state: "known", value: "32.6" });
    expect(figure(now, "nor", "revisions").exact).toBe(norway.exact);
    // By hand: the decreases by category from release 7 to January, and from January to September, over what stood before.
    const of = (release: string, category: string) =>
      facts("totals.csv")
        .filter(
          (row) =>
            row["release"] === release &&
            row["donor"] === "nor" &&
            row["category"] === category &&
            row["class"] === "bound",
        )
        .reduce((sum, row) => sum + parseDecimal(row["amount"] ?? "", 6), 0n);
    let [less, before] = [0n, 0n];
    for (const [one, other] of [
      ["release-7", "as-retrieved-2023-01-09"],
      ["as-retrieved-2023-01-09", "as-retrieved-2023-09-21"],
    ] as const)
      for (const category of ["Military", "Financial", "Humanitarian"]) {
        const change = of(other, category) - of(one, category);
        before += of(one, category);
        if (change < 0n) less -= change;
      }
    expect(norway.exact).toBe(ratioText({ top: less, bottom: before }));
  });
});

describe("the rehearsal's fund", () => {
  test("what was scheduled for 2026 and came is what the fund's page has", async () => {
    const view = await rehearsal({ periods: ["2026"], by: "fund" });
    const annual = figure(view, "harbour-fund", "annual");
    expect([annual.state, annual.value]).toEqual(["known", "79.1"]);
    const fund = await fundView(db, () => "2026-11-01T09:00:00Z", "harbour-fund", "2026-07-03");
    const calls = fund.calls.filter((call) => call.year === 2026);
    const cents = (text: string | null | undefined) => BigInt((text ?? "0").replace(".", ""));
    const instalments = fund.pledges
      .flatMap((pledge) => pledge.instalments)
      .filter(({ dueOn }) => dueOn >= "2026-01-01" && dueOn <= "2026-07-03");
    const whole =
      calls.reduce((sum, call) => sum + cents(call.amount) - cents(call.uncovered) - cents(call.credited), 0n) +
      instalments.reduce((sum, one) => sum + cents(one.amount), 0n);
    const came =
      calls.reduce((sum, call) => sum + cents(call.received), 0n) +
      instalments.reduce((sum, one) => sum + cents(one.received), 0n);
    expect(annual.exact).toBe(ratioText({ top: came, bottom: whole }));
  });

  test("who has not paid has kept nothing, who paid two of three parts two thirds, and the others do not make up for it", async () => {
    const view = await rehearsal({ periods: ["2026"] });
    expect(figure(view, "x-fer", "annual")).toMatchObject({ state: "known", exact: "0" });
    expect(figure(view, "x-jor", "annual").value).toBe("66.7");
    expect(figure(view, "x-gra", "annual").exact).toBe("1");
    expect(figure(view, "x-ist", "annual").state).toBe("not-scheduled");
  });

  test("what it holds is what is available and placed, and what it is owed is in arrears", async () => {
    const [view, fund] = [
      await rehearsal({ periods: ["2026"], by: "fund" }),
      await fundView(db, () => "2026-11-01T09:00:00Z", "harbour-fund", "2026-07-03"),
    ];
    const [holds, owed, months] = figure(view, "harbour-fund", "forward-coverage").lines;
    const cents = (text: string | null | undefined) => BigInt((text ?? "0").replace(".", ""));
    expect(cents(holds?.value)).toBe(cents(fund.balance.available) + cents(fund.balance.placed));
    expect(owed?.value).toBe(fund.arrears);
    // Both together, 19.98 billion, against envelopes of 10 billion a year.
    expect(months?.exact).toBe("2997/125");
  });

  test("ad hoc is what the fund's page says over all, and the envelopes are a plan for three years", async () => {
    const [view, fund] = [
      await rehearsal({ periods: ["2025-01-01/2026-07-03"] }),
      await fundView(db, () => "2026-11-01T09:00:00Z", "harbour-fund", "2026-07-03"),
    ];
    expect(figure(view, null, "ad-hoc").value).toBe(fund.adHoc.share);
    expect(figure(view, "x-gra", "medium-term").exact).toBe("1");
  });

  test("as known before the late payments were, they had not come", async () => {
    const [early, late] = [
      await rehearsal({ periods: ["2025"], knownAt: "2025-10-31" }),
      await rehearsal({ periods: ["2025"] }),
    ];
    const cameOf = (view: PredictabilityView) =>
      figure(view, null, "annual").lines.find(({ what }) => what === "Arrived of that")?.value;
    expect(Number(cameOf(early))).toBeLessThan(Number(cameOf(late)));
  });

  test("the rows behind a figure lead to the call they stand on", async () => {
    const found = await predictabilityRows(db, {
      book: "rehearsal",
      periods: ["2026"],
      only: "Jorvland",
      indicator: "annual",
    });
    expect(found).toMatchObject({ total: 1, row: { id: "x-jor" }, figure: { value: "66.7" } });
    expect(found.rows[0]).toMatchObject({
      giver: "Jorvland",
      says: "scheduled on the first day",
      href: expect.stringMatching(/^\/funds\/harbour-fund\/calls\/.*book=rehearsal/) as string,
    });
  });

  test("a boundary of nations leaves the fund itself out", async () => {
    const view = await rehearsal({ periods: ["2026"], boundary: "nations" });
    expect(view.periods[0]?.rows.map(({ id }) => id)).not.toContain("harbour-fund");
    expect(view.periods[0]?.rows.map(({ id }) => id)).toContain("x-gra");
    const none = await rehearsal({ periods: ["2026"], boundary: "group:nato" });
    expect(none.periods[0]?.rows).toEqual([]);
  });
});

describe("what is asked amiss is refused", () => {
  test.each([
    [{ by: "need" }, "unknown_predictability_side"],
    [{ periods: ["2023X"] }, "period_unreadable"],
    [{ periods: Array.from({ length: 9 }, () => "2023") }, "too_many_periods"],
    [{ only: "Nowhere" }, "unknown_party"],
    [{ by: "fund", only: "nothing" }, "unknown_fund"],
    [{ by: "stream", only: "gold" }, "unknown_stream"],
    [{ book: "none" }, "unknown_book"],
    [{ knownAt: "yesterday" }, "invalid_date"],
  ] as const)("%j: %s", async (question, code) => {
    await expect(worked(question)).rejects.toMatchObject({ code });
  });
  test("an indicator that there is not", async () => {
    await expect(predictabilityRows(db, { book: "worked-case", indicator: "luck" })).rejects.toMatchObject({
      code: "unknown_indicator_of_predictability",
    });
  });
});

describe("the API and the command give the same", () => {
  const address = "/api/v1/foresight/predictability";
  test("the object of the use case, whole", async () => {
    const answer = await get<PredictabilityView>(app, `${address}?period=2023,2024&known_at=2024-04-04&by=stream`);
    const view = await worked({ periods: ["2023", "2024"], knownAt: "2024-04-04", by: "stream" });
    expect([answer.status, answer.body]).toEqual([200, JSON.parse(JSON.stringify(view))]);
    let out = "";
    const environment = collecting(
      async () => ({ db, close: async () => {} }),
      (text) => void (out += text),
    );
    const line = "npx mainstay predictability --period 2023,2024 --known-at 2024-04-04 --by stream --json";
    expect(await runProgram(buildProgram(environment), wordsOf(line).slice(2), environment)).toBe(0);
    expect(JSON.parse(out)).toEqual(answer.body);
  });
  test("rows behind a figure", async () => {
    const { status, body } = await get(app, `${address}/rows?period=2024&only=can&indicator=volatility`);
    const found = await predictabilityRows(db, {
      book: "worked-case",
      periods: ["2024"],
      only: "can",
      indicator: "volatility",
    });
    expect([status, body]).toEqual([200, JSON.parse(JSON.stringify(found))]);
  });
  test.each([
    ["?by=need", 400],
    ["?period=soon", 400],
    ["?as_of=2023-01-01", 400],
    ["?book=none", 404],
    ["?only=nowhere", 404],
    ["/rows?period=2024", 400],
    ["/rows?indicator=luck", 400],
  ])("%s is refused with %i", async (query, status) => {
    expect((await get(app, `${address}${query}`)).status).toBe(status);
  });
});
