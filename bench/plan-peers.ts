import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asMps } from "#app/planning/highs.ts";
import type { Instance } from "#core/planning/instance.ts";
import { buildModel } from "#core/planning/model/build.ts";
import { rounded, type BenchFigure } from "./report.ts";

const peerSeconds = 120;

/** Other solvers on the same model: how each is called to stop at a gap or after the seconds, and what of its answer is the score. */
const peers = [
  {
    name: "GLPK",
    program: "glpsol",
    words: (file: string, gap: number) => [
      "--freemps",
      file,
      "--mipgap",
      String(gap),
      "--tmlim",
      String(peerSeconds),
      "--cuts",
    ],
    score: /mip\s*=\s*(-?[\d.e+]+)(?![\s\S]*mip\s*=)/i,
  },
  {
    name: "CBC",
    program: "cbc",
    words: (file: string, gap: number) => [file, "-ratioGap", String(gap), "-seconds", String(peerSeconds), "-solve"],
    score: /Objective value:\s*(-?[\d.e+]+)/,
  },
  {
    name: "SCIP",
    program: "scip",
    words: (file: string, gap: number) => [
      "-c",
      `set limits gap ${gap} set limits time ${peerSeconds} read ${file} optimize quit`,
    ],
    score: /Primal Bound\s*:\s*(-?[\d.e+]+)/,
  },
] as const;

/** What other solvers that are installed do with the whole model in whole numbers; in their notes what each found. */
export async function peerFigures(
  size: string,
  instance: Instance,
  gap: number,
  say: (line: string) => void,
): Promise<Readonly<{ figures: readonly BenchFigure[]; notes: readonly string[] }>> {
  const folder = mkdtempSync(join(tmpdir(), "mainstay-plan-"));
  const [figures, notes]: [BenchFigure[], string[]] = [[], []];
  try {
    const file = join(folder, "model.mps");
    const { sparse } = buildModel(instance);
    // Most of them minimise what such a file asks for, whatever it says of the sense.
    const turned = { ...sparse, cost: sparse.cost.map((cost) => -cost) };
    writeFileSync(file, await asMps(turned, "minimise"));
    for (const { name, program, words, score } of peers) {
      if (spawnSync(program, ["--version"], { timeout: 10_000, input: "" }).error !== undefined) {
        notes.push(`${size}: ${name} is not installed.`);
        continue;
      }
      say(`${size}: ${name}`);
      const started = performance.now();
      const { stdout } = spawnSync("sh", ["-c", '"$@"; times', "sh", program, ...words(file, gap)], {
        encoding: "utf8",
        timeout: (peerSeconds + 60) * 1000,
      });
      const seconds = (performance.now() - started) / 1000;
      const value = Number(score.exec(stdout)?.[1] ?? Number.NaN);
      figures.push({ name: `${size}, ${name}`, value: rounded(seconds), unit: "s" });
      figures.push({ name: `${size}, ${name}, processor`, value: rounded(processorOf(stdout)), unit: "s" });
      notes.push(
        `${size}: ${name} found ${Number.isNaN(value) ? "no plan" : `a score of ${rounded(Math.abs(value))}`}.`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { figures, notes };
}

/** Processor seconds of what the shell ran: the last line of its `times`, such as 0m1.500s 0m0.020s; not a number where it was stopped. */
function processorOf(text: string): number {
  const found = /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/.exec(text)?.slice(1).map(Number) ?? [];
  const [minutes = Number.NaN, seconds = 0, systemMinutes = 0, systemSeconds = 0] = found;
  return (minutes + systemMinutes) * 60 + seconds + systemSeconds;
}
