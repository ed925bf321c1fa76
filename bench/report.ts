import { cpus, totalmem } from "node:os";

/** What a benchmark is run with. `quick`: small enough for a smoke test; its figures say nothing. `data`: a folder kept between runs. */
export type BenchOptions = Readonly<{ quick: boolean; data: string | undefined; say: (line: string) => void }>;

/** `value` in `unit`; `limit` is what the same machine does with everything of ours left out, `ratio` how far ours is from it. */
export type BenchFigure = Readonly<{
  name: string;
  value: number;
  unit: string;
  limit?: Readonly<{ name: string; value: number }>;
  ratio?: number;
}>;

export type Measured = Readonly<{ runs: number; figures: readonly BenchFigure[]; notes: readonly string[] }>;
export type Benchmark = Readonly<{ description: string; measure: (options: BenchOptions) => Promise<Measured> }>;

export type BenchReport = Measured &
  Readonly<{ name: string; description: string; when: string; quick: boolean; machine: ReturnType<typeof machine> }>;

export function machine() {
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? "unknown",
    cores: processors.length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform}-${process.arch}`,
    node: process.version,
  };
}

/** The value below which the given share of the sample lies (nearest rank). */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (sample: readonly number[]): number => quantile(sample, 0.5);

/** To three significant digits: more would be noise. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

/** How long something took, in milliseconds, beside what it gave. */
export async function timed<Value>(work: () => Promise<Value>): Promise<[number, Value]> {
  const started = performance.now();
  const value = await work();
  return [performance.now() - started, value];
}

/** A figure beside its limit: `ratio` is limit over value for rates, value over limit for times. */
export function besideLimit(
  name: string,
  value: number,
  unit: string,
  limit: { name: string; value: number },
): BenchFigure {
  const ratio = unit.endsWith("/s") ? limit.value / value : value / limit.value;
  return {
    name,
    value: rounded(value),
    unit,
    limit: { name: limit.name, value: rounded(limit.value) },
    ratio: rounded(ratio),
  };
}

/** The report for a person. */
export function asText(report: BenchReport): string {
  const lines = report.figures.map((figure) => {
    const beside =
      figure.limit === undefined
        ? ""
        : `   (${figure.limit.name}: ${figure.limit.value} ${figure.unit}; ratio ${figure.ratio})`;
    return `  ${figure.name.padEnd(52)} ${String(figure.value).padStart(10)} ${figure.unit}${beside}`;
  });
  const { processor, cores, memoryGib, node } = report.machine;
  return [
    `${report.name}: ${report.description}`,
    ...lines,
    ...report.notes.map((note) => `  ${note}`),
    `  ${report.runs} runs; ${processor}, ${cores} cores, ${memoryGib} GiB, Node ${node}, ${report.when}${report.quick ? "; quick: the figures say nothing" : ""}`,
  ].join("\n");
}
