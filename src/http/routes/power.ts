import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { listVotingRules, powerOf } from "#app/power.ts";
import type { Effort } from "#core/power/winning.ts";
import { read } from "../route.ts";
import { votingPower, votingRule } from "../schemas-power.ts";
import { listOf } from "../schemas.ts";

// A few hundred milliseconds: while it counts, the server answers nobody else.
const effort: Effort = { steps: 5e7, cells: 8e6, held: 2 ** 18 };

export function powerRoutes(app: FastifyInstance): void {
  const tag = "power";
  const written = (what: string) => z.string().max(600).optional().describe(what);
  read(app, {
    url: "/power",
    tag,
    summary: "Exact voting power of every member under a rule, or under weights and a quota",
    description:
      "Winning coalitions, swings, Banzhaf and Shapley-Shubik indices as exact fractions. Give rule, or weights and quota. Weights that take long are counted by the command line only.",
    query: z.object({
      rule: written("One of /power/rules"),
      weights: written("With commas; 29x4 is four members with 29 each"),
      quota: written("A number, 65%, 2/3 (at least that part), majority (more than half) or all"),
      least_members: written("How many members it takes as well, written like the quota"),
      least_against: written("With fewer members than this against, a proposal is adopted all the same"),
      veto: written("Which weights, from 1 and with commas, belong to members without whom nothing is adopted"),
    }),
    answer: votingPower,
    handler: async ({ rule, weights, quota, least_members: leastMembers, least_against: leastAgainst, veto }) =>
      powerOf({ rule, weights, quota, leastMembers, leastAgainst, veto }, effort),
  });
  read(app, {
    url: "/power/rules",
    tag,
    summary: "The voting rules that come with the program",
    query: z.object({}),
    answer: listOf(votingRule),
    handler: async () => listVotingRules(),
  });
}
