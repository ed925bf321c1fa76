import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runStages } from "#app/foresight/forecast/pool.ts";
import { betaTable } from "#core/foresight/forecast/beta.ts";
import { blockPaths, type ForecastModel, type ModelLine } from "#core/foresight/forecast/model.ts";
import type { Band } from "#core/foresight/forecast/quantiles.ts";
import type { Answer, Task, Work } from "#core/foresight/forecast/tasks.ts";
import { besideLimit, median, rounded, type Benchmark, type BenchFigure } from "./report.ts";

const givers = 50;
const months = 60;
const volatility = [0, 0.0207, 0.0199, 0.0202, 0.0247, 0.0154, 0.0257];
const commonShare = 0.2;
const delay = { medianMonths: 4, sigma: 0.8 };
const decisionDelay = { medianMonths: 3, sigma: 0.7 };
const odds = 0.5;
const realisations = [5, 6, 7, 8, 9].map((concentration) => ({ mean: 0.75, concentration }));
const aims = { oneCore: 3, twoWorkers: 2, ratio: 2.5 };

/** Beta realisation, lognormal delay, one decision that every fifth giver hangs on, one factor in common, seven currencies. */
function benchModel(): ForecastModel {
  const lines = Array.from({ length: givers }, (_, giver): ModelLine => ({
    giver,
    subject: giver,
    stream: "finance",
    fundLine: null,
    class: 0,
    currency: giver % volatility.length,
    stock: 0,
    planned: new Float64Array(months).fill(2e7 * (giver + 1)),
    fresh: new Float64Array(0),
    realisation: realisations[giver % realisations.length] ?? { mean: 1, concentration: 1 },
    delay,
    paceSigma: 0,
    silence: 0,
    revisionSigma: 0,
    leavesPerMonth: 0,
    leavesFrom: null,
    decision: giver % 5 === 0 ? 0 : null,
  }));
  return {
    months,
    classes: ["moved"],
    givers: lines.map((_, giver) => `g${giver}`),
    currencies: volatility.map((monthlyVolatility, index) => ({ code: `C${index}`, monthlyVolatility })),
    commonShare,
    decisions: [{ id: "d", odds, month: 1, delay: decisionDelay }],
    lines,
  };
}

type Run = Readonly<{ seconds: number; band: Band; cpu: number }>;

async function ours(paths: number, workers: number): Promise<Run> {
  const model = benchModel();
  const work: Work = {
    models: { main: model },
    whole: "main",
    running: { seed: 1, paths },
    target: null,
    paths: new Float64Array(new SharedArrayBuffer(8 * months * paths)),
  };
  const size = blockPaths * 4;
  const tasks = Array.from({ length: Math.ceil(paths / size) }, (_, at): Task => ({
    kind: "paths",
    first: at * size,
    end: Math.min(paths, (at + 1) * size),
  }));
  const began = performance.now();
  const before = process.cpuUsage();
  const stages = [
    { step: "paths", weight: 1, tasks },
    { step: "bands", weight: 1, tasks: [{ kind: "bands", class: 0 } as const] },
  ];
  const [, bands] = await runStages(work, stages, { workers });
  const { user, system } = process.cpuUsage(before);
  const last = bands?.[0] as Answer["bands"] | undefined;
  const band = last?.at(-1);
  if (band === undefined) throw new Error("no band");
  return { seconds: (performance.now() - began) / 1000, band, cpu: (user + system) / 1e6 };
}

type Peer = Readonly<{ seconds: number; cpu: number; band: readonly number[] }>;

/** The same model in numpy; undefined where there is no python3 with it. */
function peer(paths: number): Peer | undefined {
  const model = benchModel();
  const asked = {
    paths,
    givers,
    months,
    tables: realisations.map((one) => [...betaTable(one)]),
    planned: model.lines.map((line) => [...line.planned]),
    currency: model.lines.map((line) => line.currency),
    volatility,
    commonShare,
    odds,
    decisionDelay: decisionDelay.medianMonths,
    decisionSigma: decisionDelay.sigma,
    delay: delay.medianMonths,
    sigma: delay.sigma,
  };
  const script = fileURLToPath(new URL("forecast-peer.py", import.meta.url));
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const ran = spawnSync("python3", [script, JSON.stringify(asked)], { encoding: "utf8", env });
  return ran.status === 0 ? (JSON.parse(ran.stdout) as Peer) : undefined;
}

export const forecast: Benchmark = {
  description: "Monte-Carlo forecast: 100,000 paths of 50 givers over 60 months, beside the same model in numpy",
  async measure({ quick, say }) {
    const paths = quick ? 2000 : 100_000;
    const runs = quick ? 1 : 3;
    const [alone, together, numpy]: [Run[], Run[], Peer[]] = [[], [], []];
    for (let run = 0; run < runs; run += 1) {
      say(`run ${run + 1} of ${runs}`);
      alone.push(await ours(paths, 1));
      together.push(await ours(paths, 2));
      const other = peer(paths);
      if (other !== undefined) numpy.push(other);
    }
    const [first, second] = [alone[0], together[0]];
    if (first === undefined || JSON.stringify(first.band) !== JSON.stringify(second?.band))
      throw new Error("one worker and two came to different bands");
    const secondsOf = (list: readonly Readonly<{ seconds: number }>[]) =>
      rounded(median(list.map((one) => one.seconds)));
    const [one, two] = [secondsOf(alone), secondsOf(together)];
    const figures: BenchFigure[] = [
      besideLimit("one worker", one, "s", { name: "aim", value: aims.oneCore }),
      { name: "one worker, processor time", value: rounded(median(alone.map((run) => run.cpu))), unit: "s" },
      besideLimit("two workers", two, "s", { name: "aim", value: aims.twoWorkers }),
    ];
    const notes = [
      "Start of the threads and exact quantiles of every month are in it. One worker and two came to the same bytes.",
    ];
    if (numpy.length === 0) notes.push("There is no python3 with numpy here: nothing to stand beside.");
    else {
      const other = secondsOf(numpy);
      const [p10 = 0, p50 = 0, p90 = 0] = numpy[0]?.band ?? [];
      const apart = Math.max(
        ...[p10 / first.band.p10, p50 / first.band.p50, p90 / first.band.p90].map((ratio) => Math.abs(ratio - 1)),
      );
      if (apart > (quick ? 0.1 : 0.02)) throw new Error(`numpy's band is ${apart} apart from ours`);
      figures.push(
        { name: "numpy, one thread", value: other, unit: "s" },
        { name: "numpy, processor time", value: rounded(median(numpy.map((run) => run.cpu))), unit: "s" },
        { name: `times as fast as numpy on one core (aim: ${aims.ratio})`, value: rounded(other / one), unit: "" },
      );
      notes.push(
        `P10, P50 and P90 of the last month are within ${(100 * apart).toFixed(2)} % of numpy's, which draws other paths.`,
      );
    }
    return { runs, figures, notes };
  },
};
