import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coverageOfNeed, partsOfNeed, sumOfCoverage, type PiecesOf } from "#core/planning/coverage.ts";
import { needFaults } from "#core/planning/need-faults.ts";
import { changesBetween, normalNeed, normalOffer } from "#core/planning/normal.ts";
import { offerFaults } from "#core/planning/offer-faults.ts";
import type { Need, Offer } from "#core/planning/record.ts";
import type { Nameable } from "#core/planning/record-faults.ts";
import { taxonomy } from "#app/planning/taxonomy.ts";
import { need, offer } from "./support.ts";

const { kinds, capabilities } = taxonomy();
const known: Nameable = {
  kinds: new Map(kinds.map((kind) => [kind.id, kind])),
  capabilities: new Set(capabilities.map((one) => one.id)),
  coalitions: new Set(["guns"]),
  parties: new Set(["aaa"]),
  funds: new Set(["pot"]),
  needs: new Set(["N-1"]),
};
const accepts = (...list: [string, number][]) => list.map(([item, worthPpm]) => ({ item, worthPpm }));
const part = (rest: Partial<Need["package"][number]>) => ({
  item: "shell-155",
  pieces: 100,
  systems: 1,
  when: "with" as const,
  leadDays: 0,
  months: 0,
  ...rest,
});

describe("what a need may hold", () => {
  test("a plain one, one with everything", () => {
    expect(needFaults(need(), known)).toEqual([]);
    const full = need({
      accepts: accepts(["howitzer-155", 1_000_000], ["howitzer-105", 600_000]),
      package: [
        part({}),
        part({ item: "course-artillery", when: "before", leadDays: 60 }),
        part({ item: "spares-artillery", when: "monthly", months: 12 }),
      ],
      place: "hub-1",
      coalition: "guns",
      note: "x",
    });
    expect(needFaults(full, known)).toEqual([]);
  });

  test.each<[string, string, Partial<Need>]>([
    ["id", "need_invalid", { id: "with blank" }],
    ["id", "need_invalid", { id: "" }],
    ["title", "need_invalid", { title: "  " }],
    ["title", "need_invalid", { title: "x".repeat(301) }],
    ["title", "need_invalid", { title: "a\u0001b" }],
    ["note", "need_invalid", { note: "half \ud800 a character" }],
    ["note", "need_invalid", { note: "x".repeat(5001) }],
    ["from", "need_invalid", { from: "2026-02-30" }],
    ["until", "need_invalid", { until: "soon" }],
    ["until", "need_invalid", { until: "2025-12-31" }],
    ["priority", "need_invalid", { priority: 0 }],
    ["priority", "need_invalid", { priority: 6 }],
    ["priority", "need_invalid", { priority: 1.5 }],
    ["quantity", "need_invalid", { quantity: 0 }],
    ["quantity", "need_invalid", { quantity: 2.5 }],
    ["quantity", "need_invalid", { quantity: Number.NaN }],
    ["quantity", "need_invalid", { quantity: 1e12 }],
    ["place", "need_invalid", { place: "a hub" }],
    ["coalition", "unknown_coalition", { coalition: "nato" }],
    ["accepts", "need_invalid", { accepts: [] }],
    ["accepts", "need_invalid", { accepts: accepts(["tank", 900_000]) }],
    ["accepts", "need_invalid", { accepts: accepts(["tank", 1_000_000], ["tank", 1_000_000]) }],
    ["accepts", "need_invalid", { accepts: accepts(["tank", 1_000_000], ["recovery-vehicle", 0]) }],
    ["accepts", "need_invalid", { accepts: accepts(["tank", 1_000_000], ["course-armour", 500_000]) }],
    ["accepts", "unknown_item_kind", { accepts: accepts(["catapult", 1_000_000]) }],
    ["package", "unknown_item_kind", { package: [part({ item: "catapult" })] }],
    ["package", "need_invalid", { package: [part({ item: "howitzer-155" })] }],
    ["package", "need_invalid", { package: [part({ item: "EUR" })] }],
    ["package", "need_invalid", { package: [part({}), part({})] }],
    ["package", "need_invalid", { package: [part({ pieces: 0 })] }],
    ["package", "need_invalid", { package: [part({ systems: 0 })] }],
    ["package", "need_invalid", { package: [part({ leadDays: 3 })] }],
    ["package", "need_invalid", { package: [part({ when: "monthly" })] }],
    ["package", "need_invalid", { package: [part({ months: 2 })] }],
  ])("%s: %s", (field, code, wrong) => {
    expect(needFaults(need(wrong), known)).toEqual([expect.objectContaining({ field, code })]);
  });
});

describe("what an offer may hold", () => {
  const money = {
    item: "EUR",
    quantity: 3,
    years: [
      { year: 2026, amount: 1 },
      { year: 2027, amount: 2 },
    ],
  };

  test("things, money, one with everything", () => {
    expect(offerFaults(offer(), known)).toEqual([]);
    expect(offerFaults(offer(money), known)).toEqual([]);
    const full = offer({
      condition: "repair",
      repairDays: 30,
      earmark: { capabilities: ["artillery"], needs: ["N-1"] },
      caveat: "not in winter",
      excludes: ["hub-2"],
      consent: { state: "pending", of: "the maker" },
      allOrNothing: true,
      hubs: ["hub-1"],
      valuation: { amount: "4000000.50", currency: "EUR", method: "replacement", source: "price list" },
      coalition: "guns",
      fund: "pot",
    });
    expect(offerFaults(full, known)).toEqual([]);
  });

  test.each<[string, string, Partial<Offer>]>([
    ["giver", "unknown_party", { giver: "zzz" }],
    ["fund", "unknown_fund", { fund: "none" }],
    ["item", "unknown_item_kind", { item: "catapult" }],
    ["quantity", "offer_invalid", { quantity: 0 }],
    ["quantity", "offer_invalid", { ...money, quantity: 4 }],
    ["years", "offer_invalid", { ...money, years: [] }],
    ["years", "offer_invalid", { years: [{ year: 2026, amount: 6 }] }],
    [
      "years",
      "offer_invalid",
      {
        ...money,
        years: [
          { year: 2026, amount: 1 },
          { year: 2026, amount: 2 },
        ],
      },
    ],
    ["years", "offer_invalid", { ...money, years: [{ year: 202, amount: 3 }] }],
    ["repairDays", "offer_invalid", { condition: "repair" }],
    ["repairDays", "offer_invalid", { repairDays: 5 }],
    ["consent", "offer_invalid", { consent: { state: "pending", of: null } }],
    ["consent", "offer_invalid", { consent: { state: "none", of: "the maker" } }],
    ["earmark", "offer_invalid", { earmark: { capabilities: [], needs: [] } }],
    ["earmark", "unknown_capability", { earmark: { capabilities: ["sorcery"], needs: [] } }],
    ["earmark", "unknown_need", { earmark: { capabilities: [], needs: ["N-9"] } }],
    ["excludes", "offer_invalid", { excludes: ["a b"] }],
    ["excludes", "offer_invalid", { excludes: ["hub", "hub"] }],
    ["hubs", "offer_invalid", { hubs: [] }],
    ["hubs", "offer_invalid", { hubs: Array.from({ length: 201 }, (_, index) => `hub-${index}`) }],
    ["caveat", "offer_invalid", { caveat: "x".repeat(5001) }],
    ["valuation", "offer_invalid", { valuation: { amount: "4,000", currency: "EUR", method: "m", source: "s" } }],
    ["valuation", "offer_invalid", { valuation: { amount: "4", currency: "euro", method: "m", source: "s" } }],
    ["valuation", "offer_invalid", { valuation: { amount: "4", currency: "EUR", method: "", source: "s" } }],
    ["valuation", "offer_invalid", { ...money, valuation: { amount: "1", currency: "EUR", method: "m", source: "s" } }],
  ])("%s: %s", (field, code, wrong) => {
    expect(offerFaults(offer(wrong), known)).toEqual([expect.objectContaining({ field, code })]);
  });
});

describe("coverage", () => {
  const pieces = (item: string, placed: number, moved = 0, handedOver = 0, confirmed = 0): PiecesOf => ({
    item,
    placed,
    moved,
    handedOver,
    confirmed,
  });
  const mixed = need({
    accepts: accepts(["howitzer-155", 1_000_000], ["howitzer-105", 600_000]),
    package: [part({}), part({ item: "spares-artillery", pieces: 1, systems: 4, when: "monthly", months: 12 })],
  });

  test("a substitute counts for what it is worth, the sum is rounded down, parts count nothing", () => {
    const placed = [
      pieces("howitzer-155", 3, 2, 2, 1),
      pieces("howitzer-105", 4, 4, 1, 1),
      pieces("shell-155", 900, 900),
    ];
    expect(coverageOfNeed(mixed, placed, 7)).toEqual({
      needed: 10,
      planned: 7,
      placed: 5,
      moved: 4,
      handedOver: 2,
      confirmed: 1,
    });
    expect(coverageOfNeed(mixed, [], null)).toEqual({
      needed: 10,
      planned: null,
      placed: 0,
      moved: 0,
      handedOver: 0,
      confirmed: 0,
    });
  });

  test("parts are needed for all systems and all months", () => {
    expect(partsOfNeed(mixed, [pieces("shell-155", 900, 800, 700, 600)], (item) => item)).toEqual([
      expect.objectContaining({ item: "shell-155", needed: 1000, placed: 900, confirmed: 600 }),
      expect.objectContaining({ item: "spares-artillery", needed: 30, placed: 0 }),
    ]);
  });

  test("needs together: each counts once, never for more than all of it", () => {
    const of = (placed: number, planned: number | null) => ({
      needed: 10,
      planned,
      placed,
      moved: 0,
      handedOver: 0,
      confirmed: 0,
    });
    expect(sumOfCoverage([of(20, 10), of(0, 5), of(5, 5)])).toMatchObject({
      needs: 3,
      whole: 1,
      none: 1,
      placedPpm: 500_000,
      plannedPpm: 666_666,
    });
    expect(sumOfCoverage([of(1, null), of(1, 1)])).toMatchObject({ plannedPpm: null });
    expect(sumOfCoverage([])).toMatchObject({ needs: 0, placedPpm: null, confirmedPpm: null });
  });

  test("one more piece never lowers it, and no step passes the one before", () => {
    const count = fc.integer({ min: 0, max: 1_000_000_000 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), count, count, count, (worthPpm, first, other, more) => {
        const one = need({ accepts: accepts(["howitzer-155", 1_000_000], ["howitzer-105", worthPpm]) });
        const cover = (extra: number) =>
          coverageOfNeed(
            one,
            [pieces("howitzer-155", first, Math.min(first, 5)), pieces("howitzer-105", other + extra)],
            null,
          );
        expect(cover(more).placed).toBeGreaterThanOrEqual(cover(0).placed);
        expect(cover(more).placed).toBeGreaterThanOrEqual(cover(more).moved);
      }),
    );
  });
});

test("what changed is told field by field, and what says the same changes nothing", () => {
  const before = normalNeed(need({ note: "one\r\ntwo " }));
  expect(before.note).toBe("one\ntwo");
  expect(changesBetween(before, normalNeed({ ...need({ note: "one\ntwo" }) }))).toEqual([]);
  expect(changesBetween(normalOffer(offer()), normalOffer(offer({ hubs: ["a", "b"], allOrNothing: true })))).toEqual([
    { field: "allOrNothing", before: "false", after: "true" },
    { field: "hubs", before: "", after: "a; b" },
  ]);
});
