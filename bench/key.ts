import { billOf } from "#core/burden/bill.ts";
import type { Facts } from "#core/burden/indicators.ts";
import type { Formula, Key } from "#core/burden/key.ts";
import { changedKey, changedSpans, parseScenario } from "#core/burden/scenario.ts";
import { besideLimit, rounded, type Benchmark, type BenchFigure, type BenchOptions } from "./report.ts";

const members = 60;
const year = 2024;

export const key: Benchmark = {
  description: "what-ifs a second over a key with 60 members, a floor and a ceiling, exact and to the cent",
  measure: async (options) => measure(options),
};

/** GDP and population of made-up members, spread as widely as those of nations, the same in every run. */
function madeUp(): { parties: string[]; gdp: number[]; heads: number[] } {
  const parties = Array.from({ length: members }, (_, index) => `m${String(index).padStart(2, "0")}`);
  let state = 20240403;
  const drawn = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const gdp = parties.map(() => Math.round(1e9 * Math.exp(drawn() * 10)));
  return { parties, gdp, heads: gdp.map((one) => Math.round(one / (1000 + 80_000 * drawn()))) };
}

const one = { top: 1n, bottom: 1n };
const plain: Formula = {
  kind: "formula",
  weights: [{ indicator: "gdp", weight: one }],
  years: 1,
  unknown: "refuse",
  discount: null,
  equalPart: { top: 0n, bottom: 1n },
  floor: { top: 1n, bottom: 100_000n },
  ceiling: { top: 22n, bottom: 100n },
  redistribute: "in-proportion",
};
const discount: Formula["discount"] = {
  gradient: { top: 80n, bottom: 100n },
  threshold: "average",
  borneBy: "those-above",
};

const keyOf = (rule: Formula): Key => ({
  id: "bench",
  title: "",
  description: "",
  modelled: null,
  validFrom: "2000-01-01",
  validUntil: null,
  members: "all",
  source: { title: "", publisher: "", publishedOn: null, url: null, note: "" },
  rule,
});

function measure({ quick, say }: BenchOptions) {
  const { parties, gdp, heads } = madeUp();
  const table = (values: readonly number[]) =>
    new Map(parties.map((party, index) => [party, new Map([[year, BigInt(values[index] ?? 0)]])]));
  const facts: Facts = { gdp: table(gdp), population: table(heads) };
  const spans = parties.map((party) => ({ party, from: null, until: null }));
  const asked = (index: number): string =>
    `bench amount-${40_000_000_000 + index} ceiling-${15 + (index % 10)}% floor-0.001% out-${parties[index % members]}`;
  const exactly =
    (rule: Formula) =>
    (index: number): readonly bigint[] => {
      const scenario = parseScenario(asked(index));
      const bill = billOf({
        key: changedKey(keyOf(rule), scenario),
        spans: changedSpans(spans, scenario),
        facts,
        year,
        factsYear: year,
        amount: scenario.amount ?? 0n,
        out: scenario.out,
        gap: scenario.gap,
      });
      return bill.lines.filter((line) => !line.out).map((line) => line.amount);
    };
  const inFloats = (discounted: boolean) => (index: number) =>
    floats(gdp, heads, index % members, (15 + (index % 10)) / 100, 40_000_000_000 + index, discounted);
  agree(exactly(plain), inFloats(false));
  agree(exactly({ ...plain, discount }), inFloats(true));
  const runs = quick ? 200 : 20_000;
  const rate = (name: string, work: (index: number) => unknown): number => {
    say(name);
    for (let index = 0; index < runs / 4; index += 1) work(index);
    const started = performance.now();
    for (let index = 0; index < runs; index += 1) work(index);
    return (runs * 1000) / (performance.now() - started);
  };
  const figures: BenchFigure[] = [
    ["capped and floored", plain, false] as const,
    ["capped, floored, with a discount for low income", { ...plain, discount }, true] as const,
  ].map(([name, rule, discounted]) =>
    besideLimit(name, rate(name, exactly(rule)), "what-ifs/s", {
      name: "the same in floating point",
      value: rate(`${name}, in floating point`, inFloats(discounted)),
    }),
  );
  return {
    runs,
    figures: [...figures, { name: "members", value: rounded(members), unit: "members" }],
    notes: [
      "A what-if is read from its text, changes the ceiling, has one member stay out and the others bear its part, and splits about EUR 40 bn to the cent. Numbers are made up.",
      "The floating-point amounts, rounded to the cent but not made to add up, were within a cent of the exact ones in every what-if compared.",
    ],
  };
}

/** The same sum in doubles, as one would write it in a spreadsheet: no steps kept, no adding up to the cent. Cents, as numbers. */
function floats(
  gdp: readonly number[],
  heads: readonly number[],
  out: number,
  ceiling: number,
  amount: number,
  discounted: boolean,
): number[] {
  const weights = gdp.filter((_, index) => index !== out);
  const people = heads.filter((_, index) => index !== out);
  const total = weights.reduce((sum, value) => sum + value, 0);
  const average = Math.round((total / people.reduce((sum, value) => sum + value, 0)) * 100) / 100;
  const perHead = weights.map((value, index) => Math.round((value / (people[index] ?? 1)) * 100) / 100);
  let shares = weights.map(
    (value, index) =>
      (value / total) *
      (discounted && (perHead[index] ?? 0) < average ? 1 - (0.8 * (average - (perHead[index] ?? 0))) / average : 1),
  );
  if (discounted) {
    const low = shares.reduce((sum, value, index) => sum + ((perHead[index] ?? 0) < average ? value : 0), 0);
    const high = shares.reduce((sum, value) => sum + value, 0) - low;
    shares = shares.map((value, index) => ((perHead[index] ?? 0) < average ? value : (value * (1 - low)) / high));
  }
  const bounds = shares.map(() => 0);
  const floor = 0.00001;
  for (;;) {
    const held = bounds.reduce((sum, bound) => sum + (bound < 0 ? floor : bound > 0 ? ceiling : 0), 0);
    const free = shares.reduce((sum, value, index) => sum + (bounds[index] === 0 ? value : 0), 0);
    const level = shares.map((value, index) =>
      bounds[index] === 0 ? (value * (1 - held)) / free : bounds[index] === 1 ? ceiling : floor,
    );
    let [under, over] = [0, 0];
    for (const [index, value] of level.entries()) {
      if (bounds[index] !== 0) continue;
      under += Math.max(0, floor - value);
      over += Math.max(0, value - ceiling);
    }
    if (under === 0 && over === 0) return level.map((value) => Math.round(value * amount * 100));
    for (const [index, value] of level.entries()) {
      if (bounds[index] !== 0) continue;
      if (under >= over && value < floor) bounds[index] = -1;
      if (over >= under && value > ceiling) bounds[index] = 1;
    }
  }
}

/** @throws Error when the exact amounts and those in floating point are more than a cent apart: one of them would be wrong */
function agree(exact: (index: number) => readonly bigint[], inFloats: (index: number) => readonly number[]): void {
  for (let index = 0; index < 200; index += 1) {
    const right = exact(index);
    for (const [place, value] of inFloats(index).entries())
      if (Math.abs(Number(right[place]) - value) > 1)
        throw new Error(`what-if ${index}: ${right[place]} is not ${value}`);
  }
}
