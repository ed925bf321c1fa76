import { parseArgs } from "node:util";
import { asText, machine, type Benchmark, type BenchReport } from "./report.ts";

const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  ledger: async () => (await import("./ledger.ts")).ledger,
  pivot: async () => (await import("./pivot.ts")).pivot,
  import: async () => (await import("./import.ts")).importing,
  power: async () => (await import("./power.ts")).power,
  start: async () => (await import("./start.ts")).start,
  key: async () => (await import("./key.ts")).key,
  authority: async () => (await import("./authority.ts")).authority,
  funds: async () => (await import("./funds.ts")).funds,
  plan: async () => (await import("./plan.ts")).plan,
  forecast: async () => (await import("./forecast.ts")).forecast,
};

const usage = `npm run bench -- NAME [--json] [--quick] [--data DIR]

  --json      the report as JSON
  --quick     small sizes, to see that it runs; the figures say nothing
  --data DIR  keep the database of the benchmark there for the next run
`;

async function listed(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(benchmarks).map(async ([name, load]) => `  ${name.padEnd(10)}  ${(await load()).description}`),
  );
  return `${usage}\nBenchmarks:\n${lines.join("\n")}\n`;
}

async function main(words: readonly string[], when: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      json: { type: "boolean" },
      quick: { type: "boolean" },
      data: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const [name] = positionals;
  if (name === undefined || values.help) {
    process.stdout.write(await listed());
    return 0;
  }
  const load = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
  if (load === undefined) {
    process.stderr.write(`No benchmark ${name}.\n\n${await listed()}`);
    return 2;
  }
  const benchmark = await load();
  const quick = values.quick ?? false;
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const measured = await benchmark.measure({ quick, data: values.data, say });
  const report: BenchReport = {
    name,
    description: benchmark.description,
    machine: machine(),
    when,
    quick,
    ...measured,
  };
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${asText(report)}\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2), new Date().toISOString());
