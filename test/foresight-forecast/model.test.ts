import fc from "fast-check";
import { expect, test } from "vitest";
import { groupBands } from "#core/foresight/forecast/bands.ts";
import { changedModel } from "#core/foresight/forecast/changes.ts";
import { valuesOf } from "#core/foresight/forecast/fit.ts";
import { exponential, normalProbability } from "#core/foresight/forecast/elementary.ts";
import type { ModelLine, Running } from "#core/foresight/forecast/model.ts";
import { everyMonth, simulate, simulateAll } from "#core/foresight/forecast/simulate.ts";
import { forecastPolicy } from "#app/foresight/forecast/policy.ts";
import { evenly, lineOf, modelOf, months, wholeModel } from "./made.ts";

const running: Running = { seed: 1, paths: 20_000 };
const bands = (line: ModelLine, asked: Running = running) =>
  groupBands(modelOf([line]), [line], asked, everyMonth(modelOf([line])))[0] ?? [];
const last = <T>(list: readonly T[]): T => {
  const found = list.at(-1);
  if (found === undefined) throw new Error("empty");
  return found;
};

test("what is sure comes as promised, in every path", () => {
  const found = bands(lineOf({ stock: 5, planned: evenly(10) }));
  expect(found.map(({ p10, p50, p90, mean }) => [p10, p50, p90, mean])).toEqual(
    found.map((_, at) => Array<number>(4).fill(5 + 10 * (at + 1))),
  );
});

test("a delay of two months and a half is the promise so much later", () => {
  const planned = evenly(0);
  planned[3] = 8;
  const found = bands(lineOf({ planned, delay: { medianMonths: 2.5, sigma: 0 } }));
  expect(found.slice(4, 8).map(({ p50 }) => p50)).toEqual([0, 4, 8, 8]);
});

test("a giver that leaves from month five gives nothing in it or after", () => {
  const found = bands(lineOf({ planned: evenly(1), fresh: evenly(2), leavesFrom: 5 }));
  expect(last(found).p50).toBe(12);
});

test("the mean agrees with the closed form: realisation, pace, silence, leaving, revision, rates", () => {
  const mean = (line: ModelLine) => last(bands(line, { seed: 3, paths: 40_000 })).mean;
  expect(
    mean(lineOf({ planned: evenly(1), realisation: { mean: 0.7, concentration: 6 } })) / (0.7 * months),
  ).toBeCloseTo(1, 2);
  expect(mean(lineOf({ fresh: evenly(1), paceSigma: 0.5 })) / (exponential(0.125) * months)).toBeCloseTo(1, 1);
  const leaves = 0.02;
  const wanted = (1 - leaves) * ((1 - (1 - leaves) ** months) / leaves);
  expect(mean(lineOf({ fresh: evenly(1), leavesPerMonth: leaves })) / wanted).toBeCloseTo(1, 2);
  expect(mean(lineOf({ stock: 100, revisionSigma: 0.2 })) / 100).toBeCloseTo(1, 2);
  expect(mean(lineOf({ planned: evenly(1), currency: 1 })) / months).toBeCloseTo(1, 2);
  // Lognormal above a threshold: what is left where the lowest tenth gives nothing.
  const sigma = 0.5;
  const kept = exponential(sigma ** 2 / 2) * (1 - normalProbability(-1.2815515655446 - sigma));
  expect(mean(lineOf({ fresh: evenly(1), paceSigma: sigma, silence: 0.1 })) / (kept * months)).toBeCloseTo(1, 1);
});

test("with the stated realisation and delay, 45 % of what is scheduled over a year comes in it", () => {
  const { realisationMean, realisationConcentration, delayMedianMonths, delaySigma } = valuesOf(forecastPolicy());
  const planned = evenly(0).fill(1, 0, 12);
  const found = bands(
    lineOf({
      planned,
      realisation: { mean: realisationMean, concentration: realisationConcentration },
      delay: { medianMonths: delayMedianMonths, sigma: delaySigma },
    }),
  );
  expect(Math.abs((found[11]?.mean ?? 0) / 12 - 0.45)).toBeLessThan(0.06);
});

test("a decision at odds of a half brings its money in half of the paths, at the earliest when promised", () => {
  const line = lineOf({ planned: evenly(1), decision: 0 });
  const model = modelOf([line], {
    decisions: [{ id: "d", odds: 0.5, month: 1, delay: { medianMonths: 0, sigma: 0 } }],
  });
  const paths = simulateAll(model, [line], running, [months - 1]);
  expect(paths.filter((value) => value === months).length / running.paths).toBeCloseTo(0.5, 1);
  expect(paths.every((value) => value === 0 || value === months)).toBe(true);
});

test("P10 is not above P50, nor P50 above P90, and bands widen with the months ahead", () => {
  fc.assert(
    fc.property(
      fc.record({
        pace: fc.double({ min: 0.1, max: 1, noNaN: true }),
        mean: fc.double({ min: 0.3, max: 0.95, noNaN: true }),
        fresh: fc.double({ min: 0, max: 5, noNaN: true }),
        seed: fc.nat(1000),
      }),
      ({ pace, mean, fresh, seed }) => {
        const line = lineOf({
          stock: 10,
          planned: evenly(1),
          fresh: evenly(fresh),
          paceSigma: pace,
          realisation: { mean, concentration: 6 },
        });
        const found = bands(line, { seed, paths: 1000 });
        let before = 0;
        for (const { p10, p50, p90 } of found) {
          expect(p10).toBeLessThanOrEqual(p50);
          expect(p50).toBeLessThanOrEqual(p90);
          expect(p90 - p10).toBeGreaterThanOrEqual(before - 1e-9);
          before = p90 - p10;
        }
      },
    ),
    { numRuns: 25 },
  );
});

test("a sure promise more never makes anything less likely", () => {
  const model = wholeModel();
  const more = lineOf({ planned: evenly(1), class: 0 });
  const without = simulateAll(model, model.lines, { seed: 5, paths: 2000 });
  const lines = [...model.lines, more];
  const withIt = simulateAll({ ...model, lines }, lines, { seed: 5, paths: 2000 });
  expect(without.filter((value, at) => (withIt[at] ?? 0) < value - 1e-9)).toHaveLength(0);
});

test("the same bytes whatever blocks the paths are run in, and in whatever order", () => {
  const model = wholeModel();
  const asked = { seed: 9, paths: 3000 };
  const kept = everyMonth(model);
  const whole = simulateAll(model, model.lines, asked);
  const parts = new Float64Array(whole.length);
  for (const [first, end] of [
    [2048, 3000],
    [0, 700],
    [700, 2048],
  ] as const)
    simulate(model, model.lines, asked, { first, end, kept }, parts);
  expect(Buffer.from(parts.buffer).equals(Buffer.from(whole.buffer))).toBe(true);
  const others = simulateAll(model, model.lines, { ...asked, seed: 10 });
  expect(Buffer.from(others.buffer).equals(Buffer.from(whole.buffer))).toBe(false);
});

test("months that are left out change nothing of those kept; parts of the lines add up to the whole", () => {
  const model = wholeModel();
  const asked = { seed: 2, paths: 500 };
  const whole = simulateAll(model, model.lines, asked);
  const kept = simulateAll(model, model.lines, asked, [5, 23]);
  for (const place of [0, 1])
    for (const [at, month] of [5, 23].entries())
      for (let path = 0; path < 500; path += 1)
        expect(kept[(place * 2 + at) * 500 + path]).toBe(whole[(place * months + month) * 500 + path]);
  const parts = [0, 1, 2].map((giver) =>
    simulateAll(
      model,
      model.lines.filter((line) => line.giver === giver),
      asked,
    ),
  );
  for (let at = 0; at < whole.length; at += 97)
    expect(parts.reduce((sum, part) => sum + (part[at] ?? 0), 0)).toBeCloseTo(whole[at] ?? 0, 6);
});

test("shares by a key keep what members give together, and a giver that left leaves the others as they were", () => {
  const values = valuesOf(forecastPolicy());
  const model = modelOf([
    lineOf({ giver: 0, fresh: evenly(8) }),
    lineOf({ giver: 1, subject: 4, fresh: evenly(2) }),
    lineOf({ giver: 2, subject: 8, fresh: evenly(5) }),
  ]);
  const shares = new Map([
    ["aaa", 0.25],
    ["bbb", 0.25],
    ["ddd", 0.5],
  ]);
  const shared = changedModel(model, [{ kind: "shares", month: 3, shares }], values);
  expect(shared.lines.map((line) => [line.giver, line.fresh[1], line.fresh[2]])).toEqual([
    [0, 8, 2.5],
    [1, 2, 2.5],
    [2, 5, 5],
    [3, 0, 5],
  ]);
  const left = changedModel(model, [{ kind: "leave", giver: "bbb", month: 2 }], values);
  expect(left.lines.map((line) => line.leavesFrom)).toEqual([null, 2, null]);
  expect(() => changedModel(model, [{ kind: "leave", giver: "zzz", month: 2 }], values)).toThrow(
    expect.objectContaining({ code: "scenario_without_effect" }),
  );
});
