import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { billOf } from "#core/burden/bill.ts";
import { readShareTable, type Formula } from "#core/burden/key.ts";
import { changedKey, changedSpans, parseScenario } from "#core/burden/scenario.ts";
import { percentText, ratioText, shareAt } from "#core/burden/ratio.ts";
import { applyKey, stepsOf } from "#core/burden/shares.ts";
import { readKey, readWorkedFund } from "#formats/keys/read.ts";
import { repeatedName } from "#formats/keys/repeated.ts";
import { root } from "../architecture/sources.ts";
import { factsOf, keyWith, shipped, shippedKeys } from "./support.ts";

const year = 2023;
const refusal = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was refused");
};
const percent = (text: string) => ({ top: BigInt(text), bottom: 100n });

/** Per cent of each member, to two digits, in order of their ids. */
function drawn(
  change: Partial<Formula>,
  gdp: Record<string, bigint>,
  heads: Record<string, bigint> = {},
): Record<string, string> {
  const { members, shares } = applyKey(
    keyWith(change),
    Object.keys(gdp),
    factsOf(year, { gdp, population: heads }),
    year,
  );
  return Object.fromEntries(members.map((party, index) => [party, percentText(shareAt(shares, index), 2)]));
}

describe("a table of shares", () => {
  test.each([
    [{ deu: "0.5", fra: "0.4999" }, "a sum of 9999/10000, less than one by 1/10000 (0.010000 %)"],
    [{ deu: "50 %", fra: "2/3" }, "a sum of 7/6, more than one by 1/6 (16.666667 %)"],
    [
      { deu: "1/3", fra: "1/3", pol: "0.333333333333333333333333333333" },
      "less than one by 1/3000000000000000000000000000000",
    ],
  ])("that does not add up is refused: %j", (shares, found) => {
    expect(refusal(() => readShareTable(shares, "t.json"))).toMatchObject({
      code: "share_table_must_sum_to_one",
      found: expect.stringContaining(found),
      place: { file: "t.json", field: "shares" },
    });
  });

  test("may mix fractions and per cents", () => {
    expect(readShareTable({ deu: "1/3", fra: "1/3", pol: "1/3" }).shares.size).toBe(3);
  });

  test("raises the shares of those who take part when others do not", () => {
    const table = shipped("nordic-baltic-table");
    const found = applyKey(table, ["swe", "nor", "dnk", "fin"], {}, year);
    expect(ratioText(shareAt(found.shares, found.members.indexOf("swe")))).toBe(ratioText({ top: 285n, bottom: 865n }));
    expect(stepsOf(found, 0).map((step) => step.step)).toEqual(["table", "members"]);
  });

  test("gives nobody a share whom it does not list", () => {
    expect(refusal(() => applyKey(shipped("nordic-baltic-table"), ["swe", "ukr"], {}, year))).toMatchObject({
      code: "indicator_unknown",
      found: expect.stringContaining("ukr"),
    });
  });
});

describe("a formula", () => {
  const gdp = { aaa: 60n, bbb: 30n, ccc: 10n };
  test.each<[string, Partial<Formula>, Record<string, string>]>([
    ["by GDP", {}, { aaa: "60.00", bbb: "30.00", ccc: "10.00" }],
    ["a ceiling, the rest in proportion", { ceiling: percent("40") }, { aaa: "40.00", bbb: "40.00", ccc: "20.00" }],
    [
      "a ceiling, the rest equally",
      { ceiling: percent("50"), redistribute: "equally" },
      { aaa: "50.00", bbb: "35.00", ccc: "15.00" },
    ],
    ["a floor, taken from the others", { floor: percent("20") }, { aaa: "53.33", bbb: "26.67", ccc: "20.00" }],
    [
      "a floor and a ceiling",
      { floor: percent("20"), ceiling: percent("45") },
      { aaa: "45.00", bbb: "35.00", ccc: "20.00" },
    ],
    ["a half in equal parts", { equalPart: percent("50") }, { aaa: "46.67", bbb: "31.67", ccc: "21.67" }],
    ["all in equal parts", { equalPart: percent("100") }, { aaa: "33.33", bbb: "33.33", ccc: "33.33" }],
  ])("%s", (_, change, expected) => {
    expect(drawn(change, gdp)).toEqual(expected);
  });

  test("takes a part of the distance to the average off those under it", () => {
    // The average per head is 1; ccc has 0.50 a head, half of it: 80 % of that half is taken off, 60 of 100 stay.
    const heads = { aaa: 50n, bbb: 30n, ccc: 20n };
    const discount = { gradient: percent("80"), threshold: "average" as const, borneBy: "those-above" as const };
    expect(drawn({ discount }, gdp, heads)).toEqual({ aaa: "62.67", bbb: "31.33", ccc: "6.00" });
    expect(drawn({ discount: { ...discount, borneBy: "all" } }, gdp, heads)).toEqual({
      aaa: "62.50",
      bbb: "31.25",
      ccc: "6.25",
    });
    expect(drawn({ discount: { ...discount, threshold: 40n } }, gdp, heads)).toEqual({
      aaa: "60.00",
      bbb: "30.00",
      ccc: "10.00",
    });
  });

  test("takes nothing off where nobody is under the threshold, and has nobody to share between where everything is taken off", () => {
    const discount = { gradient: percent("100"), threshold: 40n, borneBy: "those-above" as const };
    const facts = factsOf(year, { gdp, population: { aaa: 50n, bbb: 30n, ccc: 20n } });
    const [, step] = stepsOf(applyKey(keyWith({ discount }), ["aaa", "bbb", "ccc"], facts, year), 0);
    expect(step).toMatchObject({ before: { top: 60n, bottom: 100n }, after: { top: 60n, bottom: 100n } });
    expect(step?.reason).toBe("GDP per head 1.20 is not under 0.40, and nobody's is: nothing is taken off");
    const poor = factsOf(year, { gdp: { aaa: 1n, bbb: 1n }, population: { aaa: 1000n, bbb: 1000n } });
    expect(refusal(() => applyKey(keyWith({ discount }), ["aaa", "bbb"], poor, year))).toMatchObject({
      code: "key_without_members",
    });
  });

  test("weighs several indicators", () => {
    const weights = [
      { indicator: "gdp" as const, weight: { top: 3n, bottom: 4n } },
      { indicator: "population" as const, weight: { top: 1n, bottom: 4n } },
    ];
    expect(drawn({ weights }, gdp, { aaa: 20n, bbb: 20n, ccc: 60n })).toEqual({
      aaa: "50.00",
      bbb: "27.50",
      ccc: "22.50",
    });
  });

  test("averages years", () => {
    const facts = {
      gdp: new Map([
        [
          "aaa",
          new Map([
            [2022, 1n],
            [2023, 3n],
          ]),
        ],
        [
          "bbb",
          new Map([
            [2022, 3n],
            [2023, 1n],
          ]),
        ],
      ]),
    };
    expect(applyKey(keyWith({ years: 2 }), ["aaa", "bbb"], facts, 2023).shares).toEqual({ parts: [4n, 4n], whole: 8n });
  });

  const partly = {
    gdp: new Map([
      ["aaa", new Map([[2023, 6n]])],
      ["bbb", new Map([[2022, 4n]])],
      ["twn", new Map<number, bigint>()],
    ]),
  };
  test.each([
    ["refuse", ["aaa", "bbb"], "GDP of 2023 is not on record"],
    ["earlier-year", ["aaa", "twn"], "GDP is not on record"],
  ] as const)("whose number is not known is not taken as zero: %s", (unknown, members, found) => {
    expect(refusal(() => applyKey(keyWith({ unknown }), members, partly, 2023))).toMatchObject({
      code: "indicator_unknown",
      found: expect.stringContaining(found),
      place: { field: "gdp" },
    });
  });

  test("leaves out and names whose number is not known, or takes an earlier year, as it says", () => {
    const left = applyKey(keyWith({ unknown: "leave-out" }), ["aaa", "bbb", "twn"], partly, 2023);
    expect(left.members).toEqual(["aaa"]);
    expect(left.leftOut).toEqual([
      { party: "bbb", indicator: "gdp", reason: "GDP of 2023 is not on record" },
      { party: "twn", indicator: "gdp", reason: "GDP is not on record" },
    ]);
    const earlier = applyKey(keyWith({ unknown: "earlier-year" }), ["aaa", "bbb"], partly, 2023);
    expect(earlier.shares).toEqual({ parts: [6n, 4n], whole: 10n });
    expect(stepsOf(earlier, 1)[0]?.reason).toBe("GDP of 2022: 4 of 10");
  });

  test.each([
    ["a floor", { floor: percent("34") }, "3 members of at least 34.000000 % each"],
    ["a ceiling", { ceiling: percent("33") }, "3 members of at most 33.000000 % each"],
  ])("refuses bounds that cannot be met: %s", (_, change, found) => {
    expect(refusal(() => drawn(change, gdp))).toMatchObject({ code: "key_bounds_cannot_be_met", found });
  });

  test("refuses a ceiling when those who would bear the rest have nothing to raise", () => {
    expect(refusal(() => drawn({ ceiling: percent("60") }, { aaa: 5n, bbb: 0n }))).toMatchObject({
      code: "key_bounds_cannot_be_met",
    });
    expect(drawn({ ceiling: percent("60"), redistribute: "equally" }, { aaa: 5n, bbb: 0n })).toEqual({
      aaa: "60.00",
      bbb: "40.00",
    });
  });

  test("has nobody to share between: key_without_members", () => {
    expect(refusal(() => drawn({}, {}))).toMatchObject({ code: "key_without_members" });
    const question = {
      key: keyWith(),
      spans: [{ party: "aaa", from: "2024-01-01", until: null }],
      facts: {},
      year,
      factsYear: year,
      amount: 1n,
      out: [],
      gap: "others" as const,
    };
    expect(refusal(() => billOf(question))).toMatchObject({ code: "key_without_members" });
  });
});

describe("a bill", () => {
  const spans = ["aaa", "bbb", "ccc"].map((party) => ({ party, from: null, until: null }));
  const facts = factsOf(year, { gdp: { aaa: 1n, bbb: 1n, ccc: 1n } });
  const question = {
    key: keyWith(),
    spans,
    facts,
    year,
    factsYear: year,
    amount: 100_00n,
    out: [] as string[],
    gap: "others" as const,
  };
  const amounts = (bill: ReturnType<typeof billOf>) => bill.lines.map((line) => line.amount);

  test("is rounded to the cent by largest remainder, ties to the earlier id", () => {
    expect(amounts(billOf(question))).toEqual([33_34n, 33_33n, 33_33n]);
    expect(amounts(billOf({ ...question, spans: spans.toReversed() }))).toEqual([33_34n, 33_33n, 33_33n]);
  });

  test("of one who stays out is borne by the others, or stays open", () => {
    const others = billOf({ ...question, out: ["bbb"] });
    expect(amounts(others)).toEqual([50_00n, 0n, 50_00n]);
    expect(others.steps("bbb").at(-1)).toMatchObject({
      step: "stays-out",
      before: { top: 1n, bottom: 3n },
      after: { top: 0n },
    });
    const open = billOf({ ...question, out: ["bbb"], gap: "open" });
    expect(amounts(open)).toEqual([33_34n, 0n, 33_33n]);
    expect(open.uncovered).toBe(33_33n);
  });

  test.each([
    ["refuse", "GDP is not on record"],
    ["leave-out", "GDP is not on record"],
  ] as const)("needs no number of one who stays out while the others bear its part: %s", (unknown, lack) => {
    const lacking = factsOf(year, { gdp: { aaa: 1n, ccc: 1n } });
    const bill = billOf({ ...question, key: keyWith({ unknown }), facts: lacking, out: ["bbb"] });
    expect(bill.lines.map((line) => [line.party, line.amount, line.out])).toEqual([
      ["aaa", 50_00n, false],
      ["bbb", 0n, true],
      ["ccc", 50_00n, false],
    ]);
    expect(bill.steps("bbb")).toMatchObject([
      { step: "stays-out", before: null, reason: expect.stringContaining(lack) },
    ]);
  });

  test("of one who leaves in mid-year covers the days of membership", () => {
    const leaving = spans.map((span) => (span.party === "ccc" ? { ...span, until: "2023-03-14" } : span));
    const bill = billOf({ ...question, spans: leaving, amount: 365_00n });
    // 73 days of three, 292 of two: 73/3 each, then 146.
    expect(amounts(bill)).toEqual([170_34n, 170_33n, 24_33n]);
    expect(bill.steps("ccc").map(({ step, from, until }) => [step, from, until])).toEqual([
      ["weights", "2023-01-01", "2023-03-14"],
      ["calendar", null, null],
    ]);
  });

  test("is not cut where somebody only changes roles", () => {
    const roles = [
      ...spans.slice(1),
      { party: "aaa", from: null, until: "2023-05-01" },
      { party: "aaa", from: "2023-05-02", until: null },
    ];
    expect(billOf({ ...question, spans: roles }).stretches).toHaveLength(1);
  });
});

describe("a what-if", () => {
  test.each([
    "",
    "Key",
    "key amount-",
    "key amount-0",
    "key amount--5",
    "key out-",
    "key out-A",
    "key year-24",
    "key ceiling-120%",
    "key from-hun",
    "key from-hun.2024",
    "key gap-maybe",
    "key colour-red",
  ])("that cannot be read is refused: %j", (text) => {
    expect(refusal(() => parseScenario(text, "a"))).toMatchObject({
      code: expect.stringMatching(/^(scenario_unreadable|invalid_amount|invalid_date)$/),
      place: { field: "a" },
    });
  });

  test("changes the rule of a formula and not of a table", () => {
    expect(
      changedKey(shipped("nato-by-gdp"), parseScenario("nato-by-gdp ceiling-22% equal-1/10 discount-80%")).rule,
    ).toMatchObject({
      ceiling: { top: 22n, bottom: 100n },
      equalPart: { top: 1n, bottom: 10n },
      discount: { gradient: { top: 80n, bottom: 100n }, threshold: "average", borneBy: "those-above" },
    });
    expect(
      refusal(() => changedKey(shipped("nordic-baltic-table"), parseScenario("nordic-baltic-table floor-1%"))),
    ).toMatchObject({ code: "scenario_unreadable" });
  });

  test("changes who is a member when", () => {
    const spans = [
      { party: "aaa", from: "2000-01-01", until: null },
      { party: "bbb", from: null, until: null },
    ];
    const changed = changedSpans(
      spans,
      parseScenario("key with-ccc without-bbb until-aaa.2024-06-30 from-ccc.2024-03-01"),
    );
    expect(changed).toEqual([
      { party: "aaa", from: "2000-01-01", until: "2024-06-30" },
      { party: "ccc", from: "2024-03-01", until: null },
    ]);
    expect(refusal(() => changedSpans(spans, parseScenario("key out-zzz")))).toMatchObject({
      code: "scenario_unreadable",
      found: expect.stringContaining("zzz"),
    });
  });
});

describe("the files of policies/keys", () => {
  test("are named after their keys, say where they come from and what is modelled", () => {
    expect([...shippedKeys.keys()]).toEqual([...shippedKeys.values()].map((key) => key.id));
    expect(shippedKeys.size).toBeGreaterThanOrEqual(5);
    for (const key of shippedKeys.values()) expect(key.modelled).toMatch(/model|made up/);
  });

  test("hold the worked funds on keys that are there: 100 billion over five years, 40 billion a year", () => {
    const folder = `${root}/policies/keys/funds`;
    const funds = readdirSync(folder).map((file) => readWorkedFund(readFileSync(`${folder}/${file}`, "utf8"), file));
    for (const fund of funds) {
      expect(shippedKeys.has(fund.key)).toBe(true);
      expect(fund.modelled).toContain("Modelled on");
    }
    expect(
      funds.map((fund) => [fund.id, fund.years.length, fund.years.reduce((sum, one) => sum + one.amount, 0n)]),
    ).toEqual([
      ["five-year-fund", 5, 100_000_000_000_00n],
      ["yearly-pledge", 1, 40_000_000_000_00n],
    ]);
  });

  const good = JSON.parse(readFileSync(`${root}/policies/keys/un-scale-kind.json`, "utf8")) as Record<
    string,
    unknown
  > & { formula: object };
  test.each([
    ["{", undefined],
    [JSON.stringify({ ...good, id: "UN" }), "id"],
    [JSON.stringify({ ...good, validUntil: "2018-01-01" }), "validUntil"],
    [JSON.stringify({ ...good, formula: { ...good.formula, ceiling: "120 %" } }), "formula.ceiling"],
    [
      JSON.stringify({ ...good, formula: { ...good.formula, weights: [{ indicator: "gdp", weight: "0" }] } }),
      "formula.weights[0].weight",
    ],
    [
      JSON.stringify({ ...good, formula: { ...good.formula, weights: [{ indicator: "wealth" }] } }),
      "formula.weights.0.indicator",
    ],
    [JSON.stringify({ ...good, colour: "red" }), undefined],
  ])("are refused when they do not say how to share: key_invalid", (json, field) => {
    expect(refusal(() => readKey(json, "k.json"))).toMatchObject({
      code: "key_invalid",
      place: { file: "k.json", field },
    });
  });
});

describe("a name that stands twice in a JSON text", () => {
  test.each([
    ['{"a": 1, "b": {"a": 1}, "c": [{"a": 1}, {"a": 2}]}', undefined],
    ['{"a": 1, "b": 2, "a": 1}', "a"],
    ['{"a": {"b": 1, "c": {"d": 1}, "b": 2}}', "a.b"],
    ['{"a": [1, {"b": 1}, {"b": [], "b": {}}]}', "a.2.b"],
    ['{"a": "\\"a\\": {,[", "b": "a", "c": ["a", "a"]}', undefined],
    ['{"a": 1, "\\u0061": 2}', "a"],
    ["[]", undefined],
  ])("%s: %s", (json, path) => {
    expect(JSON.parse(json)).toBeDefined();
    expect(repeatedName(json)).toBe(path);
  });
});
