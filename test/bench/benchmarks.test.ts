import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const runner = fileURLToPath(new URL("../../bench/run.ts", import.meta.url));
const data = fileURLToPath(new URL("../../../shared/data/kiel", import.meta.url));
const run = (...words: string[]) => promisify(execFile)(process.execPath, [runner, ...words], { timeout: 150_000 });

test("without a name the benchmarks are listed, with a wrong one the command is refused", async () => {
  const { stdout } = await run();
  for (const name of ["ledger", "pivot", "import", "power", "start", "key", "authority", "funds", "plan", "forecast"])
    expect(stdout).toMatch(new RegExp(`^  ${name} +\\w`, "m"));
  await expect(run("sprint")).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining("No benchmark sprint"),
  });
});

const figures: Readonly<Record<string, readonly string[]>> = {
  ledger: ["1,000 a call", "one by one, 1 client", "one by one, 16 clients"],
  pivot: ["as of and known at arbitrary days, p50", "as of and known at arbitrary days, p99"],
  power: ["eu-15, p50", "unsc, slowest", "32 allies by GDP in dollars (halves)"],
  key: ["capped and floored", "capped, floored, with a discount for low income"],
  authority: ["one by one, 1 client", "1,000 a call, under ten authorities", "one by one, 16 clients, all under one"],
  funds: ["a fund, p50", "the list of funds, p99", "decisions and deadlines of the book, p50"],
  import: existsSync(data) ? ["ust-release-07.xlsx: imported"] : [],
};

test.each(Object.entries(figures))(
  "%s runs small and says what it measured",
  async (name, expected) => {
    const { stdout } = await run(name, "--quick", "--json");
    const report = JSON.parse(stdout) as {
      name: string;
      quick: boolean;
      when: string;
      machine: object;
      figures: { name: string; value: number; unit: string }[];
    };
    expect(report).toMatchObject({ name, quick: true, machine: { cores: expect.any(Number), node: process.version } });
    expect(Date.parse(report.when)).not.toBeNaN();
    expect(report.figures.map((figure) => figure.name)).toEqual(expect.arrayContaining([...expected]));
    for (const figure of report.figures) expect(figure.value, figure.name).toBeGreaterThan(0);
  },
  160_000,
);
