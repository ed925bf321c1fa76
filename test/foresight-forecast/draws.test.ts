import fc from "fast-check";
import { expect, test } from "vitest";
import { betaTable, lookUp, tableFrom, tableLength, tableStep } from "#core/foresight/forecast/beta.ts";
import { exponential, logarithm, normalProbability, normalQuantile } from "#core/foresight/forecast/elementary.ts";
import { normalOfWord } from "#core/foresight/forecast/normal-table.ts";
import { fillNormals, fillUniforms, fillWalks } from "#core/foresight/forecast/draw.ts";
import { bandOf, quantilePlace, select } from "#core/foresight/forecast/quantiles.ts";
import { threefry2x32 } from "#core/foresight/forecast/threefry.ts";

const hex = (word: number | undefined) => (word ?? 0).toString(16).padStart(8, "0");

test.each([
  ["nought", [0, 0, 0, 0], "9d1c5ec6 8bd50731"],
  ["all ones", [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], "fd36d048 2d17272c"],
  ["digits of pi", [0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3], "ba3e4725 f27d669e"],
] as const)(
  "threefry2x32 with 13 rounds gives its published answer for %s",
  (_, [key0, key1, count0, count1], wanted) => {
    const out = new Uint32Array(2);
    threefry2x32(key0, key1, count0, count1, out);
    expect([...out].map(hex).join(" ")).toBe(wanted);
  },
);

test("threefry2x32 is what its paper says, written out plainly", () => {
  const mask = 0xffffffffn;
  const rotations = [13n, 15n, 26n, 6n, 17n, 29n, 16n, 24n];
  const plain = (key: readonly bigint[], counter: readonly bigint[]) => {
    const keys = [...key, 0x1bd11bdan ^ (key[0] ?? 0n) ^ (key[1] ?? 0n)];
    const inject = (words: readonly bigint[], times: number) =>
      words.map((word, at) => (word + (keys[(times + at) % 3] ?? 0n) + (at === 1 ? BigInt(times) : 0n)) & mask);
    let words = inject(counter, 0);
    for (let round = 0; round < 13; round += 1) {
      const [left = 0n, right = 0n] = words;
      const by = rotations[round % 8] ?? 0n;
      const sum = (left + right) & mask;
      words = [sum, (((right << by) | (right >> (32n - by))) & mask) ^ sum];
      if (round % 4 === 3) words = inject(words, (round + 1) / 4);
    }
    return words.map(Number);
  };
  const word = fc.nat({ max: 0xffffffff });
  fc.assert(
    fc.property(word, word, word, word, (a, b, c, d) => {
      const out = new Uint32Array(2);
      threefry2x32(a, b, c, d, out);
      expect([...out]).toEqual(plain([BigInt(a), BigInt(b)], [BigInt(c), BigInt(d)]));
    }),
  );
});

test("exponential and logarithm are right to the last bits, and each other's inverse", () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(2e-15);
      expect(Math.abs(logarithm(exponential(x)) - x)).toBeLessThan(2e-13);
    }),
  );
  for (const x of [5e-324, 1e-310, 1e-300, 0.5, 1, Math.SQRT2, 2, 1e300])
    expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThan(1e-12);
  expect([exponential(-800), exponential(800), logarithm(0)]).toEqual([0, Infinity, -Infinity]);
});

test("the normal quantile undoes the normal probability", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
      expect(Math.abs(normalProbability(normalQuantile(p)) - p)).toBeLessThan(1e-14);
    }),
  );
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
  expect(normalQuantile(1e-12)).toBeCloseTo(-7.034483825301131, 11);
});

test("the normal number of a word is its quantile to 1e-8", () => {
  const word = fc.nat({ max: 0xffffffff });
  fc.assert(
    fc.property(
      fc.oneof(
        word,
        fc.nat({ max: 1 << 16 }),
        word.map((one) => (0xffffffff - one) >>> 0),
      ),
      (one) => {
        expect(Math.abs(normalOfWord(one) - normalQuantile((one + 0.5) / 2 ** 32))).toBeLessThan(1e-8);
      },
    ),
    { numRuns: 5000 },
  );
});

test("what a path draws hangs on its number, not on how many are drawn with it", () => {
  const all = new Float64Array(64);
  fillNormals(7, 2, 5, 0, all);
  const part = new Float64Array(10);
  fillNormals(7, 2, 5, 20, part);
  expect([...part]).toEqual([...all.subarray(20, 30)]);
  const walks = new Float64Array(6 * 5);
  fillWalks(7, 6, 1, 0.02, 5, 0, 6, walks);
  const later = new Float64Array(2 * 5);
  fillWalks(7, 6, 1, 0.02, 5, 3, 2, later);
  expect([...later]).toEqual([...walks.subarray(15, 25)]);
});

test("uniform and normal draws have the moments they should", () => {
  const n = 200_000;
  const uniform = new Float64Array(n);
  fillUniforms(1, 5, 3, 0, uniform);
  const normal = new Float64Array(n);
  fillNormals(1, 2, 3, 0, normal);
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / n;
  expect(mean(uniform)).toBeCloseTo(0.5, 2);
  expect(mean(normal)).toBeCloseTo(0, 2);
  expect(mean(normal.map((z) => z * z))).toBeCloseTo(1, 2);
  expect(mean(normal.map((z) => z ** 4))).toBeCloseTo(3, 1);
});

test.each([
  [0.9, 6],
  [0.5, 2],
  [0.3, 10],
  [0.75, 4],
] as const)("a beta table of mean %d and concentration %d has that mean and spread", (mean, concentration) => {
  const table = betaTable({ mean, concentration });
  // By the trapezium over the normal density of the table's places.
  let [whole, first, second] = [0, 0, 0];
  for (let at = 0; at < tableLength; at += 1) {
    const z = tableFrom + at * tableStep;
    const weight = exponential(-0.5 * z * z);
    const value = table[at] ?? 0;
    whole += weight;
    first += weight * value;
    second += weight * value * value;
  }
  const variance = second / whole - (first / whole) ** 2;
  expect(first / whole).toBeCloseTo(mean, 3);
  expect(variance).toBeCloseTo((mean * (1 - mean)) / (concentration + 1), 3);
  for (let at = 1; at < tableLength; at += 1) expect(table[at]).toBeGreaterThanOrEqual((table[at - 1] ?? 0) - 1e-12);
});

test("a uniform is the beta of mean 1/2 and concentration 2; mean 1 is certain", () => {
  const table = betaTable({ mean: 0.5, concentration: 2 });
  for (const z of [-2, -0.7, 0, 1.3]) expect(lookUp(table, z)).toBeCloseTo(normalProbability(z), 4);
  expect(lookUp(betaTable({ mean: 1, concentration: 6 }), -5)).toBe(1);
});

test("selection finds what sorting finds, whatever stands in it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1, 2)), {
        minLength: 1,
        maxLength: 3000,
      }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, share) => {
        const k = quantilePlace(share, values.length);
        const sorted = Float64Array.from(values).toSorted();
        expect(select(Float64Array.from(values), k)).toBe(sorted[k]);
        const band = bandOf(Float64Array.from(values));
        expect([band.p10, band.p50, band.p90]).toEqual(
          [0.1, 0.5, 0.9].map((level) => sorted[quantilePlace(level, values.length)]),
        );
      },
    ),
    { numRuns: 60 },
  );
});
