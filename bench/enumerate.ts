import type { VotingGame } from "#core/power/game.ts";

/** What forming every coalition finds: how many win, and each member's swings by the size of the coalition it turns. */
export type Enumerated = Readonly<{ winning: number; swings: readonly (readonly number[])[] }>;

/**
 * Forms all 2^n coalitions, each from the one before by one member joining or leaving, and judges each by the rule; then takes every member out of
 * every winning one. A byte a coalition is held: up to about 28 members.
 */
export function enumerate(game: VotingGame): Enumerated {
  const size = game.weights.length;
  const won = new Uint8Array(2 ** size);
  const counts = new Uint8Array(2 ** size);
  let [coalition, weight, members, winning] = [0, 0, 0, 0];
  let missing = game.vetoes.filter(Boolean).length;
  for (let step = 0; step < won.length; step += 1) {
    if (step > 0) {
      const place = 31 - Math.clz32(step & -step);
      coalition ^= 1 << place;
      const joined = ((coalition >> place) & 1) === 1 ? 1 : -1;
      weight += joined * (game.weights[place] as number);
      members += joined;
      if (game.vetoes[place] === true) missing -= joined;
    }
    const wins =
      size - members < game.leastAgainst || (weight >= game.quota && members >= game.leastMembers && missing === 0);
    counts[coalition] = members;
    if (!wins) continue;
    won[coalition] = 1;
    winning += 1;
  }
  const swings = game.weights.map(() => new Float64Array(size + 1));
  for (let one = 0; one < won.length; one += 1) {
    if (won[one] === 0) continue;
    for (let left = one; left !== 0; left &= left - 1) {
      const bit = left & -left;
      const row = swings[31 - Math.clz32(bit)] as Float64Array;
      const count = counts[one] as number;
      if (won[one ^ bit] === 0) row[count] = (row[count] as number) + 1;
    }
  }
  return { winning, swings: swings.map((row) => [...row]) };
}
