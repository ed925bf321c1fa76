import { MainstayError } from "#core/errors.ts";
import { mostMembers, votingGame, type VotingGame } from "#core/power/game.ts";
import { votingPower, type MemberPower } from "#core/power/indices.ts";
import { readCount, readThreshold, readWeights, thresholdOf } from "#core/power/notation.ts";
import { ratio, ratioDecimal, ratioText, type Ratio } from "#core/power/ratio.ts";
import { gameOf, type VotingRule } from "#core/power/rule.ts";
import type { Effort } from "#core/power/winning.ts";
import type { ExactShare, VotingPowerView, VotingRuleView } from "#core/views-governed.ts";
import eu15 from "../../policies/rules/eu-15.json" with { type: "json" };
import euNice from "../../policies/rules/eu-nice.json" with { type: "json" };
import euQmvReinforced from "../../policies/rules/eu-qmv-reinforced.json" with { type: "json" };
import euQmv from "../../policies/rules/eu-qmv.json" with { type: "json" };
import euSimpleMajority from "../../policies/rules/eu-simple-majority.json" with { type: "json" };
import euUnanimity from "../../policies/rules/eu-unanimity.json" with { type: "json" };
import natoByGdp from "../../policies/rules/nato-by-gdp.json" with { type: "json" };
import natoConsensus from "../../policies/rules/nato-consensus.json" with { type: "json" };
import unsc from "../../policies/rules/unsc.json" with { type: "json" };

/** The rules that come with the program. */
export const votingRules: readonly VotingRule[] = [
  euQmv,
  euQmvReinforced,
  euSimpleMajority,
  euUnanimity,
  euNice,
  eu15,
  unsc,
  natoConsensus,
  natoByGdp,
];

/** What is asked: a rule by name, or weights with a quota and what else a rule can ask, each as a person writes it. */
export type PowerQuestion = Readonly<{
  rule?: string | undefined;
  weights?: string | undefined;
  quota?: string | undefined;
  leastMembers?: string | undefined;
  leastAgainst?: string | undefined;
  veto?: string | undefined; // places from 1, with commas
}>;

const digits = 8;

/** The rules that come with the program, without their voters. */
export const listVotingRules = (): readonly VotingRuleView[] => votingRules.map(viewOfRule);

/**
 * The exact voting power of every member, in the rule's order or that of the weights.
 * @throws MainstayError unknown_voting_rule, voting_game_invalid, voting_game_too_large, parameter_invalid
 */
export function powerOf(question: PowerQuestion, effort?: Effort): VotingPowerView {
  const rule = ruleAsked(question);
  const game = rule === undefined ? gameAsked(question) : gameOf(rule);
  const power = votingPower(game, effort);
  const total = game.weights.reduce((sum, weight) => sum + weight, 0);
  const weighted = game.quota > 0;
  return {
    rule: rule === undefined ? null : viewOfRule(rule),
    weightOf: weighted ? (rule?.weights?.what ?? "weight") : null,
    weightUnit: weighted ? (rule?.weights?.unit ?? "votes") : null,
    weightSource: rule?.weights?.source ?? null,
    totalWeight: weighted ? String(total) : null,
    quota: weighted ? String(game.quota) : null,
    leastMembers: game.leastMembers,
    leastAgainst: game.leastAgainst,
    coalitions: String(power.coalitions),
    winning: String(power.winning),
    toAct: shareOf(power.toAct),
    method: power.method,
    members: power.members.map((member, place) => ({
      id: rule?.voters[place]?.id ?? String(place + 1),
      name: rule?.voters[place]?.name ?? `Member ${place + 1}`,
      weight: weighted ? String(game.weights[place] ?? 0) : null,
      share: weighted ? ratioDecimal(ratio(BigInt(game.weights[place] ?? 0), BigInt(total)), digits) : null,
      veto: game.vetoes[place] === true,
      ...indicesOf(member),
    })),
  };
}

const shareOf = (value: Ratio): ExactShare => ({ exact: ratioText(value), decimal: ratioDecimal(value, digits) });

function indicesOf(member: MemberPower) {
  const { swings, banzhaf, absolute, shapley } = member;
  return { swings: String(swings), banzhaf: shareOf(banzhaf), absolute: shareOf(absolute), shapley: shareOf(shapley) };
}

function ruleAsked({ rule, ...rest }: PowerQuestion): VotingRule | undefined {
  if (rule === undefined) return undefined;
  const besides = Object.entries(rest).find(([, value]) => value !== undefined);
  if (besides !== undefined) {
    throw new MainstayError(
      "parameter_invalid",
      `${JSON.stringify(besides[1])} beside the rule ${rule}, which says it itself`,
      {
        field: besides[0].replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`),
      },
    );
  }
  const found = votingRules.find((candidate) => candidate.id === rule);
  if (found === undefined) throw new MainstayError("unknown_voting_rule", JSON.stringify(rule), { field: "rule" });
  return found;
}

function gameAsked({ weights, quota, leastMembers, leastAgainst, veto }: PowerQuestion): VotingGame {
  if (weights === undefined)
    throw new MainstayError("voting_game_invalid", "neither a rule nor weights", { field: "weights" });
  if (quota === undefined)
    throw new MainstayError("voting_game_invalid", "weights without a quota", { field: "quota" });
  const each = readWeights(weights, mostMembers);
  const total = each.reduce((sum, weight) => sum + weight, 0);
  return votingGame(each, Number.isSafeInteger(total) ? thresholdOf(readThreshold(quota, "quota"), total) : 0, {
    leastMembers:
      leastMembers === undefined ? 0 : thresholdOf(readThreshold(leastMembers, "least-members"), each.length),
    leastAgainst: leastAgainst === undefined ? 0 : readCount(leastAgainst, "least-against"),
    vetoes: veto === undefined ? [] : veto.split(",").map((place) => readCount(place, "veto") - 1),
  });
}

function viewOfRule({ id, title, summary, validFrom, validTo, modelled, source, voters }: VotingRule): VotingRuleView {
  return { id, title, summary, members: voters.length, validFrom, validTo, modelled, source };
}
