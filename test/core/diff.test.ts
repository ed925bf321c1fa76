import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareReleases, type ReleaseLine } from "#core/diff.ts";

const euro = 1_000_000n;
const line = (quantity: number, reported: number | null, more: Partial<ReleaseLine> = {}): ReleaseLine => ({
  donor: "aus",
  code: "AUH1",
  category: "Humanitarian",
  unit: "AUD",
  unitScale: 2,
  quantity: BigInt(quantity) * 100n,
  reported: reported === null ? null : BigInt(reported) * euro,
  ...more,
});

describe("two releases compared", () => {
  test.each<[string, ReleaseLine[], ReleaseLine[], [string, bigint | null][]]>([
    ["the same", [line(35, 23)], [line(35, 23)], []],
    ["only in the later", [], [line(35, 23)], [["added", 23n * euro]]],
    ["only in the earlier", [line(35, 23)], [], [["dropped", -23n * euro]]],
    ["the same amount at another rate", [line(35, 23)], [line(35, 21)], [["re-conversion", -2n * euro]]],
    ["more at the same rate", [line(30, 20)], [line(60, 40)], [["new-money", 20n * euro]]],
    [
      "more, at another rate",
      [line(30, 20)],
      [line(60, 30)],
      [
        ["new-money", 15n * euro],
        ["re-conversion", -5n * euro],
      ],
    ],
    ["another category", [line(35, 23)], [line(35, 23, { category: "Military" })], [["re-coding", 0n]]],
    ["another currency", [line(35, 23)], [line(25, 23, { unit: "USD" })], [["re-coding", 0n]]],
    ["no valuation on a side", [line(35, null)], [line(35, 23)], [["new-money", null]]],
    ["less than half a cent apart", [line(35, 23)], [line(35, 23, { reported: 23n * euro + 4_999n })], []],
    [
      "half a cent apart",
      [line(35, 23)],
      [line(35, 23, { reported: 23n * euro + 5_000n })],
      [["re-conversion", 5_000n]],
    ],
    [
      "one category goes and another comes beside a third",
      [line(1, 1), line(5, 5, { category: "Financial" })],
      [line(1, 1), line(7, 7, { category: "Military" })],
      [
        ["dropped", -5n * euro],
        ["added", 7n * euro],
      ],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(compareReleases(before, after, "EUR").map((row) => [row.kind, row.change])).toEqual(expected);
  });

  test("the changes add up to the difference of the totals, to half a cent a promise", () => {
    const lines = fc.uniqueArray(
      fc.record({
        donor: fc.constantFrom("aus", "pol"),
        code: fc.constantFrom("1", "2", "3"),
        category: fc.constantFrom("Military", "Financial"),
        unit: fc.constantFrom("EUR", "USD"),
        unitScale: fc.constant(2),
        quantity: fc.bigInt({ min: 1n, max: 10n ** 12n }),
        reported: fc.bigInt({ min: 1n, max: 10n ** 16n }),
      }),
      { selector: (one) => `${one.donor}|${one.code}|${one.category}|${one.unit}` },
    );
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const sum = (rows: readonly ReleaseLine[]) => rows.reduce((total, row) => total + (row.reported ?? 0n), 0n);
        const changes = compareReleases(before, after, "EUR").reduce((total, row) => total + (row.change ?? 0n), 0n);
        const gap = changes - (sum(after) - sum(before));
        expect(gap < 5_000n * 24n && gap > -5_000n * 24n).toBe(true);
      }),
    );
  });
});
