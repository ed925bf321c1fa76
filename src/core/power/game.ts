import { MainstayError } from "../errors.ts";

/** More members than this are refused: counts of coalitions are kept in sixty bits. */
export const mostMembers = 60;

/**
 * A rule of decision as a simple game. A coalition (those in favour) wins when all of these hold:
 * - the weights of its members add up to at least `quota`;
 * - it has at least `leastMembers` members;
 * - every member with a veto is in it;
 * or, whatever they say, when fewer than `leastAgainst` members are outside it (0: never; four in Article 16(4) TEU).
 * Weights and quota are whole numbers whose sum stays below 2^53; a quota of 0 asks for no weight.
 */
export type VotingGame = Readonly<{
  weights: readonly number[];
  quota: number;
  leastMembers: number;
  vetoes: readonly boolean[];
  leastAgainst: number;
}>;

/** The parts of a game that differ from a weighted majority. */
export type GameParts = Readonly<{ leastMembers?: number; vetoes?: readonly number[]; leastAgainst?: number }>;

/**
 * A game that makes sense: everyone together wins, nobody alone does not.
 * @param parts.vetoes the places (from 0) of the members with a veto
 * @throws MainstayError voting_game_invalid, voting_game_too_large above sixty members
 */
export function votingGame(weights: readonly number[], quota: number, parts: GameParts = {}): VotingGame {
  const { leastMembers = 0, vetoes = [], leastAgainst = 0 } = parts;
  const size = weights.length;
  const refuse = (found: string, field: string): never => {
    throw new MainstayError("voting_game_invalid", found, { field });
  };
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
  if (size === 0) refuse("no members", "weights");
  if (size > mostMembers) throw new MainstayError("voting_game_too_large", `${size} members`, { field: "weights" });
  for (const weight of weights) if (!isCount(weight)) refuse(`a weight of ${weight}`, "weights");
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!isCount(total)) refuse("weights that add up to 2^53 or more", "weights");
  if (!isCount(quota) || quota > total) refuse(`a quota of ${quota} where all weights add up to ${total}`, "quota");
  if (!isCount(leastMembers) || leastMembers > size) refuse(`at least ${leastMembers} of ${size} members`, "members");
  if (!isCount(leastAgainst)) refuse(`at least ${leastAgainst} members against`, "against");
  for (const place of vetoes)
    if (!(isCount(place) && place < size)) refuse(`a veto of member ${place + 1} of ${size}`, "veto");
  const held = weights.map((_weight, place) => vetoes.includes(place));
  const game = { weights, quota, leastMembers, vetoes: held, leastAgainst };
  if (wins(game, () => false)) refuse("a rule by which a proposal passes with nobody in favour", "quota");
  return game;
}

/** Whether the coalition of the members for whom `has` holds wins: the rule read word by word. */
export function wins(game: VotingGame, has: (member: number) => boolean): boolean {
  let [weight, members, allVetoes] = [0, 0, true];
  for (const [member, own] of game.weights.entries()) {
    if (has(member)) {
      weight += own;
      members += 1;
    } else if (game.vetoes[member] === true) allVetoes = false;
  }
  if (game.weights.length - members < game.leastAgainst) return true;
  return weight >= game.quota && members >= game.leastMembers && allVetoes;
}
