import { coalitionsIn, countWinning, type CountingMethod, type Effort } from "./winning.ts";
import { sumOf } from "./counting.ts";
import type { VotingGame } from "./game.ts";
import { ratio, type Ratio } from "./ratio.ts";

/** One member's power, exactly. */
export type MemberPower = Readonly<{
  /** Coalitions that win with the member and lose without it. */
  swings: bigint;
  /** Swings over those of all members (Banzhaf 1965): adds up to one. */
  banzhaf: Ratio;
  /** Swings over the coalitions of the others (Penrose 1946): the chance to decide when all others vote by the toss of a coin. */
  absolute: Ratio;
  /** Orders of all members in which the member turns the coalition into a winning one, over all orders (Shapley and Shubik 1954): adds up to one. */
  shapley: Ratio;
}>;

export type VotingPower = Readonly<{
  coalitions: bigint;
  winning: bigint;
  /** Winning over all coalitions (Coleman 1971): how easily anything is adopted. */
  toAct: Ratio;
  members: readonly MemberPower[];
  method: CountingMethod;
}>;

/**
 * Winning coalitions and every member's indices of a game, exact.
 * @throws MainstayError voting_game_too_large
 */
export function votingPower(game: VotingGame, effort?: Effort): VotingPower {
  const { tally, method } = countWinning(game, effort);
  const size = game.weights.length;
  const [winning, coalitions] = [sumOf(tally.all), coalitionsIn(size)];
  // Adding members never turns a win into a loss, so a member's swings are the winning coalitions with it less those without it.
  const swings = tally.withMember.map((row) => 2n * sumOf(row) - winning);
  const allSwings = sumOf(swings);
  const factorials = [1n];
  for (let n = 1; n <= size; n += 1) factorials.push((factorials[n - 1] ?? 1n) * BigInt(n));
  const orders = (before: number, after: number): bigint => (factorials[before] ?? 0n) * (factorials[after] ?? 0n);
  const members = tally.withMember.map((row, member): MemberPower => {
    let pivots = 0n;
    for (let s = 0; s <= size; s += 1) {
      const [all, own] = [tally.all[s] ?? 0n, row[s] ?? 0n];
      if (s > 0) pivots += own * orders(s - 1, size - s);
      if (s < size) pivots -= (all - own) * orders(s, size - s - 1);
    }
    const swing = swings[member] ?? 0n;
    return {
      swings: swing,
      banzhaf: ratio(swing, allSwings),
      absolute: ratio(swing, coalitions / 2n),
      shapley: ratio(pivots, factorials[size] ?? 1n),
    };
  });
  return { coalitions, winning, toAct: ratio(winning, coalitions), members, method };
}
