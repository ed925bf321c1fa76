import { ratio } from "#core/power/ratio.ts";
import { wins, type VotingGame } from "#core/power/game.ts";
import type { VotingPower } from "#core/power/indices.ts";

/**
 * Voting power from its definitions alone: every coalition is formed and judged by the rule as it is written, swings are found by taking each
 * member out. What the counting methods are compared with; takes 2^n steps, so up to about 27 members.
 */
export function enumeratePower(game: VotingGame): Omit<VotingPower, "method"> {
  const size = game.weights.length;
  const winner = new Uint8Array(2 ** size);
  let winning = 0n;
  for (let coalition = 0; coalition < winner.length; coalition += 1) {
    const won = wins(game, (member) => ((coalition >> member) & 1) === 1);
    if (won) winning += 1n;
    winner[coalition] = won ? 1 : 0;
  }
  const swings = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
  for (let coalition = 0; coalition < winner.length; coalition += 1) {
    if (winner[coalition] === 0) continue;
    const count = bitsIn(coalition);
    for (const [member, row] of swings.entries()) {
      if (((coalition >> member) & 1) === 1 && winner[coalition ^ (1 << member)] === 0)
        row[count - 1] = (row[count - 1] ?? 0) + 1;
    }
  }
  const factorial = (n: number): bigint => (n < 2 ? 1n : BigInt(n) * factorial(n - 1));
  const sums = swings.map((row) => BigInt(row.reduce((sum, count) => sum + count, 0)));
  const all = sums.reduce((sum, count) => sum + count, 0n);
  const coalitions = 2n ** BigInt(size);
  return {
    coalitions,
    winning,
    toAct: ratio(winning, coalitions),
    members: swings.map((row, member) => ({
      swings: sums[member] ?? 0n,
      banzhaf: ratio(sums[member] ?? 0n, all),
      absolute: ratio(sums[member] ?? 0n, coalitions / 2n),
      shapley: ratio(
        row.reduce((sum, count, before) => sum + BigInt(count) * factorial(before) * factorial(size - before - 1), 0n),
        factorial(size),
      ),
    })),
  };
}

function bitsIn(coalition: number): number {
  let [left, count] = [coalition, 0];
  while (left !== 0) {
    left &= left - 1;
    count += 1;
  }
  return count;
}
