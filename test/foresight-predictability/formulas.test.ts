import { describe, expect, test } from "vitest";
import type { Facts, NeedFact, Step } from "#core/foresight/predictability/facts.ts";
import { medianHalves, rank, takenSteps } from "#core/foresight/predictability/lateness.ts";
import { parsePeriod } from "#core/foresight/predictability/period.ts";
import type { IndicatorId } from "#core/views-predictability.ts";
import { amount, dueOf, drawn, figureOf, giverOf, lineOf, statedOf } from "./made.ts";

/** Each indicator on a case worked by hand: what goes in, and the exact fraction that must come out. */
describe("annual predictability: sum of min(come, scheduled) / sum scheduled", () => {
  type Case = readonly [what: string, dues: Parameters<typeof dueOf>[0][], exact: string | null, state: string];
  const cases: readonly Case[] = [
    ["all of it came", [{ amount: 100, come: [["2025-06-30", 100]] }], "1", "known"],
    ["half of it came", [{ amount: 100, come: [["2025-06-30", 50]] }], "1/2", "known"],
    ["what came after the period does not count", [{ amount: 100, come: [["2026-01-01", 100]] }], "0", "known"],
    ["what came before it does", [{ amount: 100, come: [["2024-12-30", 100]] }], "1", "known"],
    [
      "one giver's excess does not make up for another's lateness",
      [
        { giver: "a", amount: 100, come: [["2025-03-01", 200]] },
        { giver: "b", amount: 100, come: [] },
      ],
      "1/2",
      "known",
    ],
    [
      "what was laid down after the first day is not scheduled",
      [{ amount: 100, laidDownOn: "2025-01-02", come: [["2025-06-30", 100]] }],
      null,
      "not-scheduled",
    ],
    [
      "what was laid down on the first day is",
      [{ amount: 100, laidDownOn: "2025-01-01", come: [["2025-06-30", 25]] }],
      "1/4",
      "known",
    ],
    [
      "what is due in another year is not",
      [{ amount: 100, dueOn: "2026-01-01", come: [["2025-12-31", 100]] }],
      null,
      "not-scheduled",
    ],
    ["nothing due is not 100 %", [], null, "not-scheduled"],
  ];
  test.each(cases)("%s", (_what, dues, exact, state) => {
    expect(figureOf("annual", { dues: dues.map((due) => dueOf(due)) }, "2025")).toMatchObject({ exact, state });
  });

  test("what was over-delivered, called at short notice, or came for other periods is shown apart", () => {
    const figure = figureOf(
      "annual",
      {
        dues: [
          dueOf({ giver: "a", amount: 100, come: [["2025-03-01", 130]] }),
          dueOf({ giver: "b", amount: 40, laidDownOn: "2025-02-01", come: [["2025-07-01", 30]] }),
          dueOf({ giver: "c", amount: 20, dueOn: "2024-06-30", come: [["2025-02-01", 20]] }),
        ],
      },
      "2025",
    );
    expect(figure.exact).toBe("1");
    expect(figure.lines.map(({ what, value }) => [what, value])).toEqual([
      ["Scheduled on the first day", "100.00"],
      ["Arrived of it by the last day", "100.00"],
      ["Not arrived", "0.00"],
      ["Over-delivered", "30.00"],
      ["Scheduled during the period", "40.00"],
      ["Arrived of that", "30.00"],
      ["Arrived for other periods", "20.00"],
    ]);
  });

  test("payments that never had a due day are unscheduled, and unknown where no source speaks of them", () => {
    const paid = statedOf({ class: "moved", amount: 70, on: "2025-12-31", precision: "day" });
    const figure = figureOf("annual", { stated: [paid], partly: new Map([["moved", "budget support only"]]) }, "2025");
    expect(figure).toMatchObject({ state: "not-scheduled", value: null });
    expect(figure.lines).toEqual([
      {
        what: "Arrived without a schedule",
        value: "70.00",
        exact: null,
        unit: "amount",
        reason: "budget support only",
      },
    ]);
    const early = figureOf("annual", { stated: [{ ...paid, on: "2025-05-01" }] }, "2025").lines[0];
    expect([early?.value, early?.reason]).toEqual(["70.00", "on record to 1 May 2025 only"]);
    const before = figureOf("annual", { stated: [{ ...paid, on: "2024-05-01" }] }, "2025").lines[0];
    expect([before?.value, before?.reason]).toEqual([null, "payments are on record to 1 May 2024 only"]);
    const silent = figureOf("annual", { stated: [statedOf({ amount: 70 })] }, "2025");
    expect(silent.lines[0]).toMatchObject({
      value: null,
      reason: expect.stringContaining("no source on record") as string,
    });
  });

  test("in a period that is not over, only what has fallen due counts", () => {
    const dues = [
      dueOf({ amount: 100, dueOn: "2025-03-31", come: [["2025-03-31", 100]] }),
      dueOf({ amount: 100, dueOn: "2025-09-30" }),
    ];
    const figure = figureOf("annual", { dues, knownTo: "2025-06-30" }, "2025");
    expect([figure.exact, figure.reason]).toEqual([
      "1",
      "The period is not over: only what fell due by 30 June 2025 counts.",
    ]);
    expect(figureOf("annual", { dues, knownTo: "2024-06-30" }, "2025").state).toBe("unknown");
  });
});

describe("medium-term predictability: years of the next three with a plan on record, by size", () => {
  const given = [statedOf({ giver: "a", amount: 300 }), statedOf({ giver: "b", amount: 100 })];
  const ahead = dueOf({ giver: "a", amount: 10, dueOn: "2026-06-30", issuedOn: "2024-11-01" });
  test("of one giver and of all, each weighted by what it gave", () => {
    const facts = { stated: [...given, statedOf({ on: "2023-12-31", amount: 0.0 })], dues: [ahead] };
    expect(figureOf("medium-term", facts, "2024", { side: "giver", id: "a" }).exact).toBe("1/3");
    expect(figureOf("medium-term", facts, "2024", { side: "giver", id: "b" })).toMatchObject({
      state: "not-scheduled",
      value: null,
    });
  });
  test("sum of size x years / (3 x sum of size)", () => {
    const byYears = [...given, statedOf({ giver: "a", on: "2023-12-31", amount: 100 })];
    // a gave 400 of 500 and has one year of three: 400 / (3 * 500)
    expect(figureOf("medium-term", { stated: byYears, dues: [ahead] }, "2024").exact).toBe("4/15");
    expect(figureOf("medium-term", { stated: byYears }, "2024").state).toBe("not-scheduled");
  });
  test("a plan counts from the day it is on record, and a fund's envelope for those whom it calls", () => {
    const call = dueOf({ giver: "a", kind: "call", amount: 10, issuedOn: "2024-03-01" });
    const fund = {
      id: "f",
      title: "F",
      party: "fund",
      openedOn: "2024-02-01",
      years: [2025, 2026, 2027].map((year) => ({ year, amount: amount(5) })),
    };
    const ofA = { side: "giver", id: "a" } as const;
    expect(figureOf("medium-term", { dues: [call], funds: [fund] }, "2024", ofA).exact).toBe("1");
    expect(figureOf("medium-term", { dues: [call], funds: [fund] }, "2023", ofA).state).toBe("not-scheduled");
    const later = { ...ahead, issuedOn: "2025-01-01" };
    expect(figureOf("medium-term", { dues: [later] }, "2024", ofA).state).toBe("not-scheduled");
  });
  test("a promise whose title names its years is a plan for them", () => {
    const plan = {
      promise: "x",
      giver: "a",
      stream: "finance",
      title: "Facility 2024-2027",
      fromYear: 2024,
      untilYear: 2027,
      knownOn: "2024-02-24",
    };
    expect(figureOf("medium-term", { stated: given, plans: [plan] }, "2025", { side: "giver", id: "a" }).exact).toBe(
      "2/3",
    );
  });
});

describe("lateness: days from the due day to the day all had come", () => {
  test.each([
    [[5], 10, 5],
    [[1, 2, 3], 4, 3],
    [[0, 0, 0, 0, 0, 0, 0, 0, 0, 100], 0, 0],
    [[1, 2], 3, 2],
    [[10, 20, 30, 40], 50, 40],
  ])("of %j twice the median is %i and the ninetieth percentile %i", (days, twice, ninetieth) => {
    expect([medianHalves(days), rank(days, 90)]).toEqual([twice, ninetieth]);
  });
  test("early is on time, a part is not all, and what is open counts with its days so far", () => {
    const figure = figureOf(
      "lateness",
      {
        knownTo: "2025-12-31",
        dues: [
          dueOf({ dueOn: "2025-03-31", amount: 10, come: [["2025-03-01", 10]] }),
          dueOf({
            dueOn: "2025-03-31",
            amount: 10,
            come: [
              ["2025-03-31", 5],
              ["2025-04-10", 5],
            ],
          }),
          dueOf({ dueOn: "2025-07-04", amount: 10, come: [["2025-07-04", 9]] }),
        ],
      },
      "2025",
    );
    expect(figure).toMatchObject({ value: "10", state: "known" });
    expect(lineOf(figure, "Due to come: ninetieth percentile")).toBe("180");
    expect(figure.lines.find(({ what }) => what === "Due to come: over 90 days")?.exact).toBe("1/3");
    expect(figure.reason).toBe(
      "1 of 3 are still open and count with the days so far: the figures can only become larger.",
    );
  });
  test("nothing due is not scheduled, not zero days", () => {
    expect(figureOf("lateness", { dues: [dueOf({ amount: 1, dueOn: "2024-01-01" })] }, "2025").state).toBe(
      "not-scheduled",
    );
  });
  test("steps without a due day by the days they took, first in first out", () => {
    const step = (from: Step["from"], to: Step["to"], on: string, quantity: number): Step => ({
      promise: "p",
      giver: "a",
      fund: null,
      stream: "finance",
      from,
      to,
      on,
      quantity: BigInt(quantity),
    });
    const steps = [
      step(null, "bound", "2025-01-01", 10),
      step(null, "bound", "2025-02-01", 10),
      step("bound", "placed", "2025-03-01", 15),
      step("placed", "moved", "2025-03-11", 15),
    ];
    expect(takenSteps(steps).map(({ since, days }) => [since, days])).toEqual([
      ["2025-01-01", 59],
      ["2025-02-01", 28],
      ["2025-03-01", 10],
    ]);
  });
});

describe("realisation: sum of min(further, stood) / sum stood", () => {
  const bound = (giver: string, major: number) => statedOf({ giver, class: "bound", amount: major });
  const releases = [
    { series: "totals", name: "R", publishedOn: "2025-01-01", states: ["bound", "placed"] as const, partly: [] },
  ];
  test("each giver's category up to what stood in it", () => {
    const stated = [
      bound("a", 100),
      statedOf({ giver: "a", amount: 150 }),
      bound("b", 100),
      statedOf({ giver: "b", amount: 20 }),
    ];
    expect(figureOf("realisation", { stated, releases }, "2024").exact).toBe("3/5");
  });
  test("nothing further is zero where the release states the class, unknown where none does", () => {
    expect(figureOf("realisation", { stated: [bound("a", 100)], releases }, "2024").exact).toBe("0");
    expect(figureOf("realisation", { stated: [bound("a", 100)] }, "2024")).toMatchObject({
      state: "unknown",
      value: null,
    });
  });
  test("payments known to an earlier day than what was bound are not compared with it", () => {
    const paid = (on: string) => statedOf({ class: "moved", series: "payments", on, amount: 40 });
    const upTo = (on: string) => figureOf("realisation", { stated: [bound("a", 100), paid(on)] }, "2024").exact;
    expect([upTo("2022-10-03"), upTo("2024-12-31")]).toEqual([null, "2/5"]);
  });
  test("what was said before is not realised by what was bound earlier", () => {
    const said = statedOf({ class: "said", series: "speech", on: "2024-02-24", precision: "day", amount: 50 });
    const years = [
      statedOf({ class: "bound", on: "2022-12-31", amount: 80 }),
      statedOf({ class: "bound", on: "2024-12-31", amount: 10 }),
    ];
    expect(
      lineOf(figureOf("realisation", { stated: [said, ...years] }, "2024"), "Of what was said, gone further"),
    ).toBe("20.0");
  });
  test("of a fund, what was called stands as bound and what came went further", () => {
    const dues = [dueOf({ kind: "call", amount: 80, come: [["2025-02-01", 20]] })];
    expect(figureOf("realisation", { dues }, "2025").exact).toBe("1/4");
  });
});

describe("revisions: what releases took back / what had been stated", () => {
  const releases = [
    { series: "totals", name: "one", publishedOn: "2023-01-09", states: ["bound"] as const, partly: [] },
    { series: "totals", name: "two", publishedOn: "2023-09-21", states: ["bound"] as const, partly: [] },
  ];
  const row = (giver: string, release: string, on: string, major: number) =>
    statedOf({ giver, release, on, class: "bound", amount: major });
  const stated = [
    row("a", "one", "2022-11-19", 100),
    row("a", "two", "2022-11-19", -100),
    row("a", "two", "2023-05-31", 80),
    row("b", "one", "2022-11-19", 100),
    row("b", "two", "2022-11-19", -100),
    row("b", "two", "2023-05-31", 160),
  ];
  test("decreases only; another's increase does not hide them", () => {
    const figure = figureOf("revisions", { stated, releases }, "2023");
    expect(figure.exact).toBe("1/10");
    expect([lineOf(figure, "Taken back"), lineOf(figure, "Added, new or corrected upwards")]).toEqual([
      "20.00",
      "60.00",
    ]);
  });
  test("unknown where no second release was published in the period", () => {
    expect(figureOf("revisions", { stated, releases }, "2022").state).toBe("unknown");
  });
});

describe("volatility: sum |n x - S| / (n S)", () => {
  const years = (...amounts: number[]) =>
    amounts.map((major, index) => statedOf({ on: `${2021 + index}-12-31`, amount: major }));
  test.each([
    [[10, 10, 10, 10], "0"],
    [[0.0, 10, 20, 10], "1/2"],
    [[10, 20, 30], "1/3"],
  ])("of %j", (amounts, exact) => {
    const kept = years(...amounts).filter((one) => one.amount !== 0n);
    const other = [2021, 2022, 2023, 2024]
      .slice(0, amounts.length)
      .map((year) => statedOf({ giver: "z", on: `${year}-12-31`, amount: 1 }));
    expect(figureOf("volatility", { stated: [...kept, ...other] }, "2024", { side: "giver", id: "a" }).exact).toBe(
      exact,
    );
  });
  test("two years are too few, and a sum over several years is no year", () => {
    expect(figureOf("volatility", { stated: years(10, 20) }, "2022").state).toBe("unknown");
    const lump = [statedOf({ on: "2024-05-31", amount: 10 })];
    expect(figureOf("volatility", { stated: lump }, "2024").state).toBe("unknown");
  });
});

test("ad hoc: by voluntary pledges of a single year / all that came into funds", () => {
  const came = [["2025-05-01", 10]] as const;
  const dues = [
    dueOf({ kind: "call", voluntary: false, years: 1, amount: 10, come: came }),
    dueOf({ years: 1, amount: 10, come: came }),
    dueOf({ years: 3, amount: 10, come: came }),
  ];
  expect(figureOf("ad-hoc", { dues }, "2025").exact).toBe("1/3");
  expect(figureOf("ad-hoc", { stated: [statedOf({ amount: 10 })] }, "2024")).toMatchObject({
    state: "unknown",
    value: null,
  });
});

test("earmarks: of what fell due to funds, the part under an earmark", () => {
  const dues = [
    dueOf({ amount: 30 }),
    dueOf({ amount: 10, earmarked: true }),
    dueOf({ amount: 99, earmarked: true, dueOn: "2026-01-01" }),
  ];
  expect(figureOf("earmarks", { dues }, "2025").exact).toBe("1/4");
  expect(figureOf("earmarks", { dues: [] }, "2025").state).toBe("unknown");
});

describe("concentration: the sum of the squares of the shares", () => {
  const of = (...amounts: number[]) => amounts.map((major, index) => statedOf({ giver: `g${index}`, amount: major }));
  // Series by years, so that each figure has its year.
  const early = statedOf({ giver: "g0", on: "2023-12-31", amount: 1 });
  test.each([
    [[99], "1"],
    [[49, 50], "1/2"],
    [[49, 25, 25], "3/8"],
  ])("of %j and 1 from the year before", (amounts, exact) => {
    expect(figureOf("concentration", { stated: [early, ...of(...amounts)] }, "2024").exact).toBe(exact);
  });
  test("what may have been given later is left out where it is a hundredth at most, and makes the figure unknown where it is more", () => {
    const day = (giver: string, on: string, major: number) =>
      statedOf({ giver, series: "rows", on, precision: "day", amount: major });
    const open = (major: number) =>
      statedOf({ giver: "g1", series: "rows", on: "2025-04-01", precision: "by", amount: major });
    const rows = [day("g0", "2024-03-01", 100), day("g1", "2024-03-01", 100)];
    const little = figureOf("concentration", { stated: [...rows, open(1)] }, "2024");
    expect([little.exact, little.reason]).toEqual([
      "1/2",
      "Left out: 1.00 that may have been given after the period. What was placed is on record to 1 March 2024 only.",
    ]);
    expect(figureOf("concentration", { stated: [...rows, open(3)] }, "2024").state).toBe("unknown");
    expect(figureOf("concentration", { stated: [...rows, open(3)] }, "2025").exact).toBe("20609/41209");
  });
  test("of one giver it is not told, but its share is", () => {
    const figure = figureOf("concentration", { stated: [early, ...of(49, 50)] }, "2024", { side: "giver", id: "g1" });
    expect([figure.state, figure.lines[0]?.exact]).toEqual(["unknown", "1/2"]);
  });
  test("money of a fund is its members', not the fund's", () => {
    const funds = [{ id: "f", title: "F", party: "fund", openedOn: "2024-01-01", years: [] }];
    const dues = [
      dueOf({ giver: "a", amount: 10, come: [["2024-03-01", 10]] }),
      dueOf({ giver: "b", amount: 10, come: [["2024-03-01", 10]] }),
    ];
    const spent = statedOf({ giver: "fund", series: "", release: "", on: "2024-05-01", precision: "day", amount: 15 });
    expect(figureOf("concentration", { dues, funds, stated: [spent] }, "2024").exact).toBe("1/2");
  });
});

describe("burden: share given / share of GDP, or of the key", () => {
  const givers = new Map([
    ["a", giverOf("a", { 2023: 300, 2024: 100 })],
    ["b", giverOf("b", { 2023: 100 })],
    ["o", giverOf("o", {}, "organisation")],
  ]);
  const stated = [
    statedOf({ giver: "a", on: "2022-12-31", amount: 50 }),
    statedOf({ giver: "b", on: "2023-12-31", amount: 50 }),
    statedOf({ giver: "o", on: "2023-12-31", amount: 500 }),
  ];
  const of = (id: string, period: string) => figureOf("burden", { stated, givers }, period, { side: "giver", id });
  test("among the nations that gave and whose GDP is known", () => {
    expect([of("a", "2023").exact, of("b", "2023").exact]).toEqual(["2/3", "2"]);
    expect(of("o", "2023")).toMatchObject({
      state: "unknown",
      reason: expect.stringContaining("An organisation") as string,
    });
  });
  test("unknown where its GDP of that year is not on record, or none is", () => {
    expect(of("b", "2024")).toMatchObject({ state: "unknown", reason: "No GDP of 2024 is on record." });
    expect(of("b", "2022").state).toBe("unknown");
  });
  test("by the key where it is called", () => {
    const dues = [
      dueOf({ giver: "a", kind: "call", amount: 75, come: [["2025-06-30", 30]] }),
      dueOf({ giver: "b", kind: "call", amount: 25, come: [["2025-06-30", 30]] }),
    ];
    const byKey = (id: string) => figureOf("burden", { dues }, "2025", { side: "giver", id }).exact;
    expect([byKey("a"), byKey("b")]).toEqual(["2/3", "2"]);
  });
});

describe("forward coverage: months covered by what is bound", () => {
  const need = (placed: number, until = "2026-12-31"): NeedFact => ({
    id: "n",
    title: "N",
    stream: "materiel",
    from: "2026-01-01",
    until,
    quantity: 100,
    placed,
  });
  test("of needs, the part of their months that is placed; the shortest leads", () => {
    expect(figureOf("forward-coverage", {}, "2025", { side: "all" }, [need(50), need(25)]).exact).toBe("3");
    expect(figureOf("forward-coverage", {}, "2025", { side: "all" }, [need(200)]).exact).toBe("12");
    expect(figureOf("forward-coverage", {}, "2026", { side: "all" }, [need(50)]).state).toBe("unknown");
  });
  test("of a fund, what it holds and is owed against a twelfth of each envelope a month", () => {
    const facts: Partial<Facts> = {
      funds: [
        {
          id: "f",
          title: "F",
          party: "fund",
          openedOn: "2025-01-01",
          years: [
            { year: 2026, amount: amount(120) },
            { year: 2027, amount: amount(240) },
          ],
        },
      ],
      dues: [dueOf({ kind: "call", amount: 100, come: [["2025-07-01", 80]] })],
      stated: [
        statedOf({
          giver: "fund",
          class: "bound",
          series: "",
          release: "",
          on: "2025-07-01",
          precision: "day",
          amount: 80,
        }),
        statedOf({
          giver: "fund",
          class: "moved",
          series: "",
          release: "",
          on: "2025-08-01",
          precision: "day",
          amount: 45,
        }),
      ],
    };
    // It holds 35 and is owed 20: 55 is five and a half months at 10 a month.
    expect(figureOf("forward-coverage", facts, "2025").exact).toBe("11/2");
  });
});

test("a figure names the rows it is made of", () => {
  const { behind } = drawn(
    "annual",
    { dues: [dueOf({ id: "x", amount: 10 }), dueOf({ id: "y", amount: 10, dueOn: "2027-01-01" })] },
    "2025",
  );
  expect(behind.map((row) => (row.kind === "due" ? row.due.id : row.kind))).toEqual(["x"]);
});

describe("periods", () => {
  test.each([
    ["2023", "2023-01-01", "2023-12-31"],
    ["2024H1", "2024-01-01", "2024-06-30"],
    ["2024h2", "2024-07-01", "2024-12-31"],
    ["2024Q1", "2024-01-01", "2024-03-31"],
    [" 2023-02-24/2024-02-23 ", "2023-02-24", "2024-02-23"],
  ])("%s", (text, from, until) => {
    expect(parsePeriod(text)).toMatchObject({ from, until });
  });
  test.each([
    ["23", "period_unreadable"],
    ["2023H3", "period_unreadable"],
    ["2024-02-01/2024-01-01", "period_unreadable"],
    ["2024-02-30/2024-03-01", "invalid_date"],
    ["0000", "invalid_date"],
  ])("%s is refused: %s", (text, code) => {
    expect(() => parsePeriod(text)).toThrow(expect.objectContaining({ code }) as Error);
  });
});

const everyIndicator: readonly IndicatorId[] = [
  "annual",
  "medium-term",
  "lateness",
  "realisation",
  "revisions",
  "volatility",
  "ad-hoc",
  "forward-coverage",
  "concentration",
  "burden",
  "earmarks",
];
test.each(everyIndicator)("%s of nothing has no value and says why", (indicator) => {
  for (const subject of [
    { side: "all" },
    { side: "giver", id: "a" },
    { side: "fund", id: "f" },
    { side: "stream", id: "finance" },
  ] as const) {
    const figure = figureOf(indicator, {}, "2025", subject);
    expect(figure).toMatchObject({ value: null, exact: null });
    expect(figure.state).not.toBe("known");
    expect(figure.reason).toMatch(/^[A-Z].*\.$/);
  }
});
