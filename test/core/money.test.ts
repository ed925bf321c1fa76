import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDecimal, parseDecimal, rescale, roundHalfAway, splitByLargestRemainder } from "#core/money.ts";
import { perHundred, perUnit } from "#core/ratios.ts";

describe("decimals", () => {
  test.each([
    ["23456872.86374908", 6, 23456872863749n],
    ["0.005", 2, 1n],
    ["-0.005", 2, -1n],
    ["9.3942559020241730e10", 2, 9394255902024n],
    ["1E-7", 6, 0n],
    [".5", 0, 1n],
    ["12.", 2, 1200n],
  ])("%s at scale %i", (text, scale, parts) => {
    expect(parseDecimal(text, scale)).toBe(parts);
  });

  test.each(["", ".", "1.000.00", "1,5", "Not given", "0x10", "1e9999", "NaN", " "])("%j is no number", (text) => {
    expect(() => parseDecimal(text, 2)).toThrow(expect.objectContaining({ code: "invalid_amount" }));
  });

  test("what is formatted reads back", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 8 }), (parts, scale) => {
        expect(parseDecimal(formatDecimal(parts, scale), scale)).toBe(parts);
      }),
    );
  });

  test("finer and back again loses nothing; halves go away from zero", () => {
    fc.assert(fc.property(fc.bigInt(), (parts) => rescale(rescale(parts, 2, 6), 6, 2) === parts));
    expect([roundHalfAway(5n, 2n), roundHalfAway(-5n, 2n), roundHalfAway(4n, 3n)]).toEqual([3n, -3n, 1n]);
  });
});

describe("splitting by largest remainder", () => {
  test.each<[bigint, bigint[], bigint[]]>([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
    [10n, [3n, 0n, 7n], [3n, 0n, 7n]],
    [1n, [1n, 2n], [0n, 1n]],
  ])("%s, case %#", (total, weights, shares) => {
    expect(splitByLargestRemainder(total, weights)).toEqual(shares);
  });

  test("shares add up to the whole and are never a smallest part off", () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), weights, (total, parts) => {
        const sum = parts.reduce((a, b) => a + b, 0n);
        fc.pre(sum > 0n);
        const shares = splitByLargestRemainder(total, parts);
        expect(shares.reduce((a, b) => a + b, 0n)).toBe(total);
        shares.forEach((share, index) => {
          const off = share * sum - total * (parts[index] ?? 0n);
          expect(off < sum && off > -sum).toBe(true);
        });
      }),
    );
  });

  test("no weight, or a negative one, is refused", () => {
    for (const weights of [[], [0n], [2n, -1n]]) {
      expect(() => splitByLargestRemainder(1n, weights)).toThrow(expect.objectContaining({ code: "invalid_amount" }));
    }
  });
});

test("shares of GDP and amounts a head", () => {
  // EUR 1 bn against USD 110 bn at 1.1 dollars for a euro, that is EUR 100 bn.
  expect(perHundred(10n ** 15n, "110000000000", "1.1")).toBe("1.0000");
  expect(perUnit(10n ** 15n, "37000000")).toBe("27.03");
});
