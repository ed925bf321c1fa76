import { votingGame, type VotingGame } from "./game.ts";
import { thresholdOf, type Threshold } from "./notation.ts";

/** A document that a rule or a figure is taken from. */
type Document = Readonly<{ title: string; publisher: string; url: string }>;

/**
 * A voting rule as data (`policies/rules`). A proposal is adopted when those in favour have `quota` of all weight, are `members` in number, and every
 * voter with a veto is among them; or when fewer than `leastAgainst` are not. What is absent asks for nothing.
 */
export type VotingRule = Readonly<{
  id: string;
  title: string;
  summary: string;
  validFrom: string;
  validTo: string | null;
  modelled: boolean;
  source: Document | null;
  weights?: Readonly<{ what: string; unit: string; source: Document | null }>;
  quota?: Threshold;
  members?: Threshold;
  leastAgainst?: number;
  voters: readonly Readonly<{ id: string; name: string; weight?: number; veto?: boolean }>[];
}>;

/** The rule as a game of its voters, in their order. @throws MainstayError voting_game_invalid */
export function gameOf(rule: VotingRule): VotingGame {
  const weights = rule.voters.map((voter) => voter.weight ?? 0);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return votingGame(weights, rule.quota === undefined ? 0 : thresholdOf(rule.quota, total), {
    leastMembers: rule.members === undefined ? 0 : thresholdOf(rule.members, weights.length),
    vetoes: rule.voters.flatMap((voter, place) => (voter.veto === true ? [place] : [])),
    leastAgainst: rule.leastAgainst ?? 0,
  });
}
