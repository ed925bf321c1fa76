import { powerOf, votingRules } from "#app/power.ts";
import { votingGame, type VotingGame } from "#core/power/game.ts";
import { votingPower } from "#core/power/indices.ts";
import { gameOf } from "#core/power/rule.ts";
import { enumerate } from "./enumerate.ts";
import { besideLimit, median, quantile, rounded, timed, type Benchmark, type BenchFigure } from "./report.ts";

const shipped = (id: string): VotingGame => {
  const rule = votingRules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return gameOf(rule);
};

/** Weights without a pattern, the same in every run. */
function drawn(members: number, most: number): VotingGame {
  let state = 20240403;
  const weights = Array.from({ length: members }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 1 + Math.floor((state / 2 ** 32) * most);
  });
  return votingGame(weights, Math.ceil(weights.reduce((sum, weight) => sum + weight, 0) * 0.6));
}

const alone: readonly (readonly [string, () => VotingGame])[] = [
  ["32 allies by GDP in dollars", () => shipped("nato-by-gdp")],
  ["40 weights up to 10^12", () => drawn(40, 1e12)],
  ["44 weights up to 10^12", () => drawn(44, 1e12)],
  ["60 weights up to 1,000", () => drawn(60, 1000)],
  ["60 weights up to 10,000", () => drawn(60, 10_000)],
];

export const power: Benchmark = {
  description: "exact voting power: winning coalitions, Banzhaf and Shapley-Shubik, beside forming every coalition",
  async measure({ quick, say }) {
    const runs = quick ? 3 : 30;
    const beside = quick ? ["eu-15", "unsc"] : ["eu-qmv", "eu-nice", "eu-15", "unsc"];
    const figures: BenchFigure[] = [];
    for (const id of beside) {
      const game = shipped(id);
      say(`${id}: ${2 ** game.weights.length} coalitions, one by one`);
      const [slow, every] = await timed(async () => enumerate(game));
      const limit = { name: "forming every coalition", value: slow };
      const [first, counted] = await timed(async () => votingPower(game));
      const found = counted.members.map((member) => Number(member.swings));
      const wanted = every.swings.map((row) => row.reduce((sum, count) => sum + count, 0));
      if (Number(counted.winning) !== every.winning || found.join() !== wanted.join())
        throw new Error(`${id}: ${counted.winning} winning coalitions counted, ${every.winning} formed`);
      const times: number[] = [];
      for (let run = 0; run < runs; run += 1) times.push((await timed(async () => powerOf({ rule: id })))[0]);
      figures.push(
        besideLimit(`${id}, p50`, median(times), "ms", limit),
        besideLimit(`${id}, slowest`, quantile(times, 1), "ms", limit),
        { name: `${id}, first count`, value: rounded(first), unit: "ms" },
      );
    }
    for (const [name, make] of quick ? alone.slice(0, 1) : alone) {
      say(name);
      const game = make();
      const times: number[] = [];
      let method = "";
      for (let run = 0; run < 3; run += 1) {
        const [ms, { method: used }] = await timed(async () => votingPower(game));
        times.push(ms);
        method = used;
      }
      figures.push({ name: `${name} (${method})`, value: rounded(median(times)), unit: "ms" });
    }
    const notes = [`Counts and swings were equal to those of forming every coalition: ${beside.join(", ")}. One core.`];
    return { runs, figures, notes };
  },
};
