import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asMps } from "#app/planning/highs.ts";
import { solveInstance } from "#app/planning/solver.ts";
import { checkPlan } from "#core/planning/check.ts";
import type { Instance } from "#core/planning/instance.ts";
import { buildModel } from "#core/planning/model/build.ts";
import type { Plan } from "#core/planning/plan.ts";
import { practiceInstance, type PracticeSize } from "#core/planning/practice.ts";
import { previewPlan } from "#core/planning/preview.ts";
import { rounded, type BenchFigure, type Benchmark } from "./report.ts";

/** Practice sets and the gap at which each is good enough. */
const sizes: readonly (readonly [size: PracticeSize, gap: number])[] = [
  ["S", 0.005],
  ["M", 0.005],
  ["L", 0.015],
];
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

export const plan: Benchmark = {
  description: "plans of the practice sets: building, solving, gap and memory, beside other solvers on the same model",
  async measure({ quick, say }) {
    const figures: BenchFigure[] = [];
    const notes: string[] = [
      "Seconds of processor time stand beside those on the clock: the machine may have other work.",
    ];
    for (const [size, gap] of quick ? sizes.slice(0, 1) : sizes) {
      const instance = practiceInstance(size);
      say(`${size}: ${instance.needs.length} needs, ${instance.offers.length + instance.money.length} offers`);
      figures.push(...(await ownFigures(size, instance, gap)));
      if (size !== "L") figures.push(...(await peerFigures(size, instance, gap, notes, say)));
    }
    return { runs: 1, figures, notes };
  },
};

/** Seconds on the clock and of the processor. */
async function spent<T>(work: () => T | Promise<T>): Promise<readonly [T, number, number]> {
  const [clock, processor] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(processor);
  return [value, (performance.now() - clock) / 1000, (user + system) / 1e6];
}

async function ownFigures(size: PracticeSize, instance: Instance, gap: number): Promise<BenchFigure[]> {
  const figure = (name: string, value: number, unit: string): BenchFigure => {
    return { name: `${size}, ${name}`, value: rounded(value), unit };
  };
  const [model, built] = await spent(() => buildModel(instance, { apart: size !== "L" }));
  const [, quick] = await spent(() => previewPlan(instance));
  const [solved, clock, processor] = await spent(() => solveInstance(instance, { goal: "cover", gap }));
  const found: Plan = solved.plan;
  const broken = checkPlan(instance, found);
  if (broken.length > 0) throw new Error(`${size}: ${JSON.stringify(broken[0])}`);
  return [
    figure("columns", model.sparse.columns, ""),
    figure("rows", model.sparse.rows, ""),
    figure("built", built, "s"),
    figure("quick plan", quick, "s"),
    figure("solved", clock, "s"),
    figure("solved, processor", processor, "s"),
    figure("score", found.score, "points"),
    figure("gap", (found.gap ?? 1) * 100, "%"),
    figure("memory", process.memoryUsage().rss / 2 ** 20, "MiB"),
  ];
}

/** What other solvers that are installed do with the whole model in whole numbers. */
async function peerFigures(
  size: PracticeSize,
  instance: Instance,
  gap: number,
  notes: string[],
  say: (line: string) => void,
): Promise<BenchFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), "mainstay-plan-"));
  try {
    const file = join(folder, "model.mps");
    const { sparse } = buildModel(instance);
    // Most of them minimise what such a file asks for, whatever it says of the sense.
    const turned = { ...sparse, cost: sparse.cost.map((cost) => -cost) };
    writeFileSync(file, await asMps(turned, "minimise"));
    const figures: BenchFigure[] = [];
    for (const { name, program, words, score } of peers) {
      say(`${size}: ${name}`);
      const started = performance.now();
      const run = spawnSync(program, words(file, gap), { encoding: "utf8", timeout: (peerSeconds + 60) * 1000 });
      const seconds = (performance.now() - started) / 1000;
      if (run.error !== undefined) notes.push(`${size}: ${name} is not installed, or was stopped.`);
      else {
        const value = Number(score.exec(run.stdout)?.[1] ?? Number.NaN);
        figures.push({ name: `${size}, ${name}`, value: rounded(seconds), unit: "s" });
        notes.push(
          `${size}: ${name} found ${Number.isNaN(value) ? "no plan" : `a score of ${rounded(Math.abs(value))}`}.`,
        );
      }
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
