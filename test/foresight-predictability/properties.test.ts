import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Facts, Due } from "#core/foresight/predictability/facts.ts";
import { parseRatio, type Ratio } from "#core/burden/ratio.ts";
import { indicatorIds } from "#core/views-predictability.ts";
import { dueOf, figureOf, giverOf, statedOf } from "./made.ts";

const givers = ["a", "b", "c", "d"] as const;
const day = fc
  .tuple(fc.integer({ min: 2023, max: 2026 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, date]) => `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`);
const arrivals = fc
  .array(fc.tuple(day, fc.integer({ min: 1, max: 200 })), { maxLength: 4 })
  .map((list) => list.toSorted(([one], [other]) => (one < other ? -1 : 1)));
const due: fc.Arbitrary<Due> = fc
  .record({
    giver: fc.constantFrom(...givers),
    kind: fc.constantFrom("call" as const, "instalment" as const),
    amount: fc.integer({ min: 1, max: 300 }),
    dueOn: day,
    laidDownOn: day,
    voluntary: fc.boolean(),
    years: fc.integer({ min: 1, max: 4 }),
    earmarked: fc.boolean(),
    come: arrivals,
  })
  .map((one) => dueOf({ ...one, issuedOn: one.laidDownOn }));
const stated = fc
  .record({
    giver: fc.constantFrom(...givers),
    class: fc.constantFrom("said" as const, "bound" as const, "placed" as const, "moved" as const),
    amount: fc.integer({ min: 1, max: 500 }),
    on: fc.constantFrom("2022-12-31", "2023-12-31", "2024-12-31", "2025-12-31"),
    category: fc.constantFrom("Financial", "Military"),
  })
  .map((row) => statedOf(row));
const facts: fc.Arbitrary<Partial<Facts>> = fc
  .record({ dues: fc.array(due, { maxLength: 12 }), stated: fc.array(stated, { maxLength: 20 }) })
  .map((found) => ({
    ...found,
    givers: new Map(givers.map((id, index) => [id, giverOf(id, { 2022: 100 * (index + 1) })])),
  }));

/** Whether a fraction lies between two whole numbers, both included. */
function between(exact: string | null, low: bigint, high: bigint): boolean {
  if (exact === null) return true;
  const { top, bottom }: Ratio = parseRatio(exact.includes("/") ? exact : `${exact}/1`);
  return top >= low * bottom && top <= high * bottom;
}

describe("whatever the record holds", () => {
  test("shares lie from 0 to 1, and a figure has a value or a reason in words, never both missing", () => {
    const shares = ["annual", "medium-term", "realisation", "ad-hoc", "concentration", "earmarks"] as const;
    fc.assert(
      fc.property(facts, fc.constantFrom("2024", "2025H1", "2025"), (made, period) => {
        for (const id of shares) expect(between(figureOf(id, made, period).exact, 0n, 1n)).toBe(true);
        for (const id of indicatorIds) {
          const figure = figureOf(id, made, period);
          expect(figure.state === "known").toBe(figure.value !== null);
          if (figure.value === null) expect(figure.reason).toMatch(/^[A-Z].*\.$/);
        }
        expect(between(figureOf("volatility", made, period).exact, 0n, 2n)).toBe(true);
      }),
    );
  });

  test("more of one giver, above what it owes, never changes what is told of lateness of others", () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 1, max: 1000 }), (made, more) => {
        const before = figureOf("annual", made, "2025");
        const extra = (made.dues ?? []).map((one) =>
          one.arrivals.reduce((sum, { amount }) => sum + amount, 0n) >= one.amount
            ? { ...one, arrivals: [...one.arrivals, { on: "2026-12-31", amount: BigInt(more) * 1_000_000n }] }
            : one,
        );
        expect(figureOf("annual", { ...made, dues: extra }, "2025").exact).toBe(before.exact);
      }),
    );
  });

  test("the whole lies between the least and the greatest of its givers, weighted by what each had scheduled", () => {
    fc.assert(
      fc.property(facts, (made) => {
        const whole = figureOf("annual", made, "2025");
        const parts = givers
          .map((id) => figureOf("annual", made, "2025", { side: "giver", id }))
          .filter((one) => one.exact !== null);
        expect(parts.length > 0).toBe(whole.exact !== null);
        if (whole.exact === null) return;
        const values = parts.map((one) => Number(one.value));
        expect(Number(whole.value)).toBeGreaterThanOrEqual(Math.min(...values));
        expect(Number(whole.value)).toBeLessThanOrEqual(Math.max(...values));
        const scheduled = (figure: typeof whole) => BigInt((figure.lines[0]?.value ?? "0").replace(".", ""));
        expect(parts.reduce((sum, one) => sum + scheduled(one), 0n)).toBe(scheduled(whole));
      }),
    );
  });

  test("nothing depends on the order in which rows come", () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...indicatorIds), (made, id) => {
        const turned = { ...made, dues: made.dues?.toReversed() ?? [], stated: made.stated?.toReversed() ?? [] };
        const [one, other] = [figureOf(id, made, "2025"), figureOf(id, turned, "2025")];
        expect([one.exact, one.state, one.lines]).toEqual([other.exact, other.state, other.lines]);
      }),
    );
  });

  test("what is stated and taken back again leaves every figure as it was, but for revisions", () => {
    fc.assert(
      fc.property(facts, stated, (made, row) => {
        const back = [row, { ...row, release: "later", amount: -row.amount }];
        const with_ = { ...made, stated: [...(made.stated ?? []), ...back] };
        for (const id of indicatorIds.filter((one) => one !== "revisions"))
          expect(figureOf(id, with_, "2025").exact).toBe(figureOf(id, made, "2025").exact);
      }),
    );
  });

  test("shares given and shares of GDP: ratios weighted by GDP average to exactly one", () => {
    fc.assert(
      fc.property(facts, (made) => {
        const figures = givers.map((id, index) => ({
          size: index + 1,
          figure: figureOf("burden", { ...made, dues: [] }, "2025", { side: "giver", id }),
        }));
        const told = figures.filter(({ figure }) => figure.exact !== null);
        if (told.length === 0) return;
        const size = told.reduce((sum, one) => sum + one.size, 0);
        const sum = told.reduce((all, one) => all + (one.size * Number(one.figure.value)) / size, 0);
        expect(sum).toBeCloseTo(1, 2);
      }),
    );
  });
});
