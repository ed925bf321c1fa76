import { z } from "zod";
import type * as governed from "#core/views-governed.ts";
import { count, day, shapeOf, text } from "./schemas.ts";

const documentRef = shapeOf<governed.DocumentRef>()(
  "DocumentRef",
  z.object({ title: text, publisher: text, url: text }),
);

export const votingRule = shapeOf<governed.VotingRuleView>()(
  "VotingRule",
  z.object({
    id: text,
    title: text,
    summary: text,
    members: count,
    validFrom: day,
    validTo: day.nullable(),
    modelled: z.boolean().describe("Made up for comparison, in force nowhere"),
    source: documentRef.nullable(),
  }),
);

const whole = text.describe("A whole number");
const exactShare = shapeOf<governed.ExactShare>()(
  "ExactShare",
  z.object({ exact: text.describe("A fraction in lowest terms"), decimal: text.describe("Rounded to eight digits") }),
);
const votingMember = shapeOf<governed.VotingMember>()(
  "VotingMember",
  z.object({
    id: text,
    name: text,
    weight: text.nullable(),
    share: text.nullable().describe("Of all weight"),
    veto: z.boolean(),
    swings: whole,
    banzhaf: exactShare,
    absolute: exactShare,
    shapley: exactShare,
  }),
);

export const votingPower = shapeOf<governed.VotingPowerView>()(
  "VotingPower",
  z.object({
    rule: votingRule.nullable(),
    weightOf: text.nullable(),
    weightUnit: text.nullable(),
    weightSource: documentRef.nullable(),
    totalWeight: whole.nullable(),
    quota: whole.nullable(),
    leastMembers: count,
    leastAgainst: count.describe("With fewer members against, a proposal is adopted all the same; 0 for never"),
    coalitions: whole,
    winning: whole,
    toAct: exactShare,
    method: z.enum(["sizes", "table", "halves"]),
    members: z.array(votingMember),
  }),
);
