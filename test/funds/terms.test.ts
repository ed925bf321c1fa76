import { describe, expect, test } from "vitest";
import type { FundTerms, Grant } from "#core/decisions/terms.ts";
import { checkCall, checkCallYear, checkFundTerms, checkGrants, checkTerm } from "#core/funds/terms.ts";

const fund: FundTerms = {
  id: "north-fund",
  title: "Fund of the north",
  currency: "EUR",
  members: "nordic-baltic-eight",
  from: "2025-07-01",
  until: "2027-06-30",
  years: [
    { year: 2025, amount: "10.00" },
    { year: 2026, amount: "20.00" },
    { year: 2027, amount: "10.00" },
  ],
  lines: [
    { id: "air", title: "Air defence", stream: "materiel", purpose: "" },
    { id: "courses", title: "Courses", stream: "training", purpose: "" },
  ],
  earmarks: [{ id: "only-air", title: "Only for air defence", lines: ["air"] }],
  key: "nordic-baltic-table",
  decides: {},
  gap: "others",
  inKind: { part: "1/2", most: "1/1", says: "" },
  account: null,
  modelled: null,
};
const [air, courses] = fund.lines as [FundTerms["lines"][number], FundTerms["lines"][number]];
const [first, second] = fund.years as [FundTerms["years"][number], FundTerms["years"][number]];

/** What is refused, by the field that is named and what is said to have been found there. */
function refusal(
  check: () => void,
): Readonly<{ code: string; field: string | undefined; found: string | undefined; message: string }> {
  try {
    check();
  } catch (error) {
    const { code, place, found, message } = error as {
      code: string;
      place: { field?: string };
      found?: string;
      message: string;
    };
    return { code, field: place.field, found, message };
  }
  throw new Error("it was not refused");
}

type Row = readonly [what: string, more: Partial<FundTerms>, code: string, field: string, found: RegExp];
const rows: readonly Row[] = [
  ["the first day is none", { from: "2025-02-30" }, "invalid_date", "fund.from", /2025-02-30/],
  ["the last day is none", { until: "next year" }, "invalid_date", "fund.until", /next year/],
  ["it ends before it begins", { until: "2025-06-30" }, "terms_invalid", "fund.until", /2025-06-30, before 2025-07-01/],
  ["it has no year", { years: [] }, "terms_invalid", "fund.years", /no year/],
  ["a year stands twice", { years: [first, second, first] }, "terms_invalid", "fund.years", /"2025" twice/],
  ["a year's amount is none", { years: [{ year: 2026, amount: "1,5" }] }, "invalid_amount", "fund.years.2026", /1,5/],
  [
    "a year's amount is nothing",
    { years: [{ year: 2026, amount: "0.00" }] },
    "invalid_amount",
    "fund.years.2026",
    /not above zero/,
  ],
  [
    "a year's amount is finer than a cent",
    { years: [{ year: 2026, amount: "0.001" }] },
    "invalid_amount",
    "fund.years.2026",
    /0\.001/,
  ],
  ["a year is before it", { years: [{ year: 2024, amount: "1.00" }] }, "terms_invalid", "fund.years", /2024, outside/],
  ["a year is after it", { years: [{ year: 2028, amount: "1.00" }] }, "terms_invalid", "fund.years", /2028, outside/],
  ["it has no line", { lines: [], earmarks: [] }, "terms_invalid", "fund.lines", /no line/],
  ["a line stands twice", { lines: [air, courses, air] }, "terms_invalid", "fund.lines", /"air" twice/],
  [
    "an earmark stands twice",
    { earmarks: [...fund.earmarks, ...fund.earmarks] },
    "terms_invalid",
    "fund.earmarks",
    /"only-air" twice/,
  ],
  [
    "an earmark is for no line",
    { earmarks: [{ id: "idle", title: "", lines: [] }] },
    "terms_invalid",
    "fund.earmarks",
    /idle without a line/,
  ],
  [
    "an earmark names a line twice",
    { earmarks: [{ id: "e", title: "", lines: ["air", "air"] }] },
    "terms_invalid",
    "fund.earmarks.e",
    /"air" twice/,
  ],
  [
    "an earmark names no line of it",
    { earmarks: [{ id: "e", title: "", lines: ["sea"] }] },
    "terms_invalid",
    "fund.earmarks.e",
    /the line "sea"/,
  ],
  [
    "nothing counts in kind",
    { inKind: { part: "0/1", most: "1/4", says: "" } },
    "terms_invalid",
    "fund.inKind.part",
    /0\/1/,
  ],
  [
    "more than its value counts",
    { inKind: { part: "3/2", most: "1/4", says: "" } },
    "terms_invalid",
    "fund.inKind.part",
    /3\/2/,
  ],
  [
    "nothing of a share may be given in kind",
    { inKind: { part: "1/2", most: "0/5", says: "" } },
    "terms_invalid",
    "fund.inKind.most",
    /0\/5/,
  ],
  [
    "more than a share may be given in kind",
    { inKind: { part: "1/2", most: "5/4", says: "" } },
    "terms_invalid",
    "fund.inKind.most",
    /5\/4/,
  ],
];

describe("a fund's terms are refused when", () => {
  test.each(rows)("%s", (_, more, code, field, found) => {
    const refused = refusal(() => checkFundTerms({ ...fund, ...more }, 2));
    expect([refused.code, refused.field]).toEqual([code, field]);
    expect(refused.found).toMatch(found);
    expect(refused.message).toContain(field);
  });

  test("and else they are not", () => {
    const plain = { ...fund, inKind: null, earmarks: [] };
    const oneDay = { ...fund, from: "2025-12-31", until: "2025-12-31", years: [first] };
    for (const one of [fund, plain, oneDay]) expect(() => checkFundTerms(one, 2)).not.toThrow();
  });
});

const grant: Grant = {
  kind: "spend",
  line: "air",
  amount: "1.00",
  from: "2025-07-01",
  until: "2025-07-01",
  purpose: "",
};

describe("what a text allows is refused when", () => {
  test.each<[string, Partial<Grant>, string, string, RegExp]>([
    ["it names no line of the fund", { line: "sea" }, "terms_invalid", "grants.1.line", /the line "sea"/],
    ["its amount is none", { amount: "much" }, "invalid_amount", "grants.1.amount", /much/],
    ["its amount is nothing", { amount: "0" }, "invalid_amount", "grants.1.amount", /not above zero/],
    ["its first day is none", { from: "2025-13-01" }, "invalid_date", "grants.1.from", /2025-13-01/],
    ["its last day is none", { until: "" }, "invalid_date", "grants.1.until", /""/],
    [
      "it ends before it begins",
      { until: "2025-06-30" },
      "terms_invalid",
      "grants.1.until",
      /2025-06-30, before 2025-07-01/,
    ],
  ])("%s", (_, more, code, field, found) => {
    const refused = refusal(() => checkGrants([grant, { ...grant, ...more }], ["air"], 2));
    expect([refused.code, refused.field]).toEqual([code, field]);
    expect(refused.found).toMatch(found);
    expect(refused.message).toContain(field);
  });

  test("and else it is not", () => {
    expect(() => checkGrants([grant, { ...grant, line: null }], ["air"], 2)).not.toThrow();
    expect(() => checkGrants([], [], 2)).not.toThrow();
  });
});

describe("a call is refused when", () => {
  const call = { instalment: 2, instalments: 2, lines: ["air", "courses"] };
  test.each<[string, Partial<typeof call>, string, RegExp]>([
    ["it names no line", { lines: [] }, "lines", /no line/],
    ["it names a line twice", { lines: ["air", "courses", "air"] }, "lines", /"air" twice/],
    ["there are not as many instalments", { instalment: 3 }, "instalment", /instalment 3 of 2/],
  ])("%s", (_, more, field, found) => {
    const refused = refusal(() => checkCall({ ...call, ...more }));
    expect([refused.code, refused.field]).toEqual(["terms_invalid", field]);
    expect(refused.found).toMatch(found);
    expect(refused.message).toContain(field);
  });

  test("and else it is not", () => {
    expect(() => checkCall(call)).not.toThrow();
  });
});

describe("a call's year and a post's term", () => {
  test("a year is taken from the fund's first to its last, and no other", () => {
    expect(() => [2025, 2026, 2027].forEach((year) => checkCallYear(year, fund))).not.toThrow();
    for (const year of [1, 2024, 2028, 9999])
      expect(refusal(() => checkCallYear(year, fund))).toMatchObject({ code: "terms_invalid", field: "year" });
  });

  test("a term may be open or a single day, never upside down", () => {
    expect(() => checkTerm("2025-01-01", null)).not.toThrow();
    expect(() => checkTerm("2025-01-01", "2025-01-01")).not.toThrow();
    expect(refusal(() => checkTerm("2025-01-01", "2024-12-31"))).toMatchObject({
      code: "terms_invalid",
      field: "until",
    });
    expect(refusal(() => checkTerm("2025-02-30", null))).toMatchObject({ code: "invalid_date", field: "from" });
    expect(refusal(() => checkTerm("2025-01-01", "9"))).toMatchObject({ code: "invalid_date", field: "until" });
  });
});
