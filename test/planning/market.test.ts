import { beforeAll, expect, test } from "vitest";
import { loadSolver } from "#app/planning/highs.ts";
import { bucketsOf } from "#core/planning/buckets.ts";
import { checkPlan } from "#core/planning/check.ts";
import { quietly } from "#core/planning/driving.ts";
import type { Bucket, Instance } from "#core/planning/instance.ts";
import { marketMonths } from "#core/planning/market-months.ts";
import type { Plan } from "#core/planning/plan.ts";
import { previewPlan } from "#core/planning/preview.ts";
import { carriedOn } from "#core/planning/carried.ts";
import { planInstance } from "#core/planning/solve.ts";
import type { Solve } from "#core/planning/solving.ts";
import { bare, need, weeks } from "./made.ts";

let solve: Solve;
beforeAll(async () => {
  solve = await loadSolver();
});

const bucket = (from: string, until: string): Bucket => ({ from, until });

test.each<[string, readonly Bucket[], readonly number[], readonly number[]]>([
  ["months", [bucket("2026-01-01", "2026-01-31"), bucket("2026-02-01", "2026-02-28")], [0, 1], [1, 1]],
  [
    "weeks, of which one reaches into the next month: its orders are of the month in which it begins",
    [
      bucket("2026-04-01", "2026-04-26"),
      bucket("2026-04-27", "2026-05-03"),
      bucket("2026-05-04", "2026-05-10"),
      bucket("2026-05-11", "2026-05-31"),
    ],
    [0, 0, 1, 1],
    [1, 1],
  ],
  ["a quarter", [bucket("2026-03-01", "2026-03-31"), bucket("2026-04-01", "2026-06-30")], [0, 1], [1, 3]],
  [
    "a month begun and one not over",
    [bucket("2026-04-16", "2026-04-30"), bucket("2026-05-01", "2026-05-31"), bucket("2026-06-01", "2026-06-06")],
    [0, 1, 2],
    [0.5, 1, 0.2],
  ],
  ["days within one month", [bucket("2026-04-07", "2026-04-12")], [0], [0.2]],
  ["a last week that reaches into the next month", [bucket("2026-04-16", "2026-05-02")], [0], [0.5]],
])(
  "what the market sells in a calendar month is shared by the buckets that begin in it: %s",
  (_, buckets, at, months) => {
    const found = marketMonths(buckets);
    expect(found.at).toEqual(at);
    for (const [place, share] of months.entries()) expect(found.months[place]).toBeCloseTo(share, 9);
    expect(found.months).toHaveLength(months.length);
  },
);

test("over all stretches of a long plan no month is counted twice or left out", () => {
  const { at, months } = marketMonths(bucketsOf("2026-01-01", "2030-12-31"));
  expect(new Set(at).size).toBe(months.length);
  expect(months.reduce((sum, share) => sum + share, 0)).toBeCloseTo(60, 9);
});

/** Guns that the market sells two of a month, in weeks: a week's part would be less than one. */
const weekly: Instance = {
  ...bare,
  buckets: weeks,
  needs: [need("guns", { quantity: 9, until: 5 })],
  money: [{ id: "purse", giver: "aland", capabilities: null, years: [{ year: 2026, minor: 9000 }] }],
  market: [{ item: "gun", priceMinor: 700, leadDays: 5, perMonth: 2 }],
};
const ordered = ({ purchases }: Plan) => {
  const sums = new Map<string, number>();
  for (const line of purchases) {
    const month = weeks[line.ordered]?.from.slice(0, 7) ?? "";
    sums.set(month, (sums.get(month) ?? 0) + line.quantity);
  }
  return Object.fromEntries(sums);
};

// Of January thirteen days in thirty-one are planned, so less than one of the two that are sold; of February all but its end.
test.each([2, 3])(
  "what is sold %i times a month is bought in weekly buckets, no more of it by the month",
  async (sold) => {
    const made = { ...weekly, market: weekly.market.map((price) => ({ ...price, perMonth: sold })) };
    const most = sold === 2 ? { "2026-02": 2 } : { "2026-01": 1, "2026-02": 3 };
    const quick = previewPlan(made);
    const plan = await planInstance(made, { gap: 0, seconds: null }, solve, quietly);
    for (const one of [quick, plan as Plan]) {
      expect(ordered(one)).toEqual(most);
      expect(checkPlan(made, one)).toEqual([]);
    }
    const standing = quick.purchases.map(({ money, need: of, hub, bucket: at, quantity, item, ordered: when }) => {
      return { offer: money, need: of, hub, bucket: at, quantity, bought: { item, ordered: when } };
    });
    expect(ordered(carriedOn({ ...made, standing }))).toEqual(most);
    const fewer = { ...made, standing, market: made.market.map((price) => ({ ...price, perMonth: 1 })) };
    expect(ordered(carriedOn(fewer))).toEqual({ "2026-02": 1 });
  },
);

test("one more than a month sells is told, in whichever of its weeks it is ordered", () => {
  const plan = previewPlan(weekly);
  const [line] = plan.purchases;
  if (line === undefined) throw new Error("nothing is bought");
  const codes = (ordering: number) =>
    checkPlan(weekly, { ...plan, purchases: [...plan.purchases, { ...line, quantity: 1, ordered: ordering }] })
      .map(({ code }) => code)
      .filter((code) => code === "market_exceeded");
  expect(codes(2)).toEqual(["market_exceeded"]);
  expect(codes(3)).toEqual(["market_exceeded"]);
  expect(codes(1)).toEqual(["market_exceeded"]);
});
