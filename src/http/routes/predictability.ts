import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { mostPeriods, predictability } from "#app/foresight/predictability.ts";
import { mostRows, predictabilityRows } from "#app/foresight/predictability-rows.ts";
import { indicatorIds, predictabilitySides } from "#core/views-predictability.ts";
import type { Database } from "#app/database.ts";
import { frameQuery, questionOf } from "../frame-query.ts";
import { read } from "../route.ts";
import * as shapes from "../schemas-predictability.ts";

const { book, known_at, boundary, basis, class: theClass } = frameQuery;
const shared = {
  book,
  by: z.enum(predictabilitySides).default("giver").describe("Whose figures: of each giver, fund or stream"),
  only: z.string().max(200).optional().describe("Only this giver, fund or stream"),
  known_at,
  boundary,
  basis,
  class: theClass.describe(
    "The class in which what was given directly is counted; the firmest that speaks of all support without it",
  ),
  unit: z
    .string()
    .max(200)
    .optional()
    .describe("The unit of the amounts: a currency, or an item unit to count those items; EUR without it"),
};
const period = z
  .string()
  .max(200)
  .optional()
  .describe(
    `2023, 2023H2, 2023Q3 or FROM/TO, at most ${mostPeriods} with commas; without it the last calendar year that was over`,
  );

export function predictabilityRoutes(app: FastifyInstance, db: Database): void {
  read(app, {
    url: "/foresight/predictability",
    tag: "foresight",
    summary: "How predictable the support is: the indicators by giver, fund or stream, in each period",
    description:
      "Each figure is an exact fraction beside a decimal, or unknown or not scheduled with the reason in words: never 0 or 100 % for want of a record. There is no sum of indicators.",
    query: z.object({ ...shared, period }),
    answer: shapes.predictability,
    handler: async ({ period: asked, ...query }) =>
      predictability(db, { ...questionOf(query), periods: periodsOf(asked) }),
  });
  read(app, {
    url: "/foresight/predictability/rows",
    tag: "foresight",
    summary: `The rows of the record behind one indicator, each with the page that shows it: the first ${mostRows}`,
    query: z.object({ ...shared, period, indicator: z.enum(indicatorIds).describe("Which indicator") }),
    answer: shapes.rowsBehind,
    handler: async ({ period: asked, ...query }) =>
      predictabilityRows(db, { ...questionOf(query), periods: periodsOf(asked) }),
  });
}

function periodsOf(text: string | undefined): string[] {
  return (text ?? "").split(",").flatMap((word) => (word.trim() === "" ? [] : [word.trim()]));
}
