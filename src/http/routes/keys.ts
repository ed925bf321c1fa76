import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "#app/database.ts";
import { key, keys } from "#app/keys.ts";
import { whatIf } from "#app/whatif.ts";
import { frameQuery, questionOf } from "../frame-query.ts";
import { read } from "../route.ts";
import * as shapes from "../schemas-keys.ts";

const what = z.string().max(2000);

export function keyRoutes(app: FastifyInstance, db: Database): void {
  const tag = "burden";
  read(app, {
    url: "/keys",
    tag,
    summary: "Contribution keys: tables of shares and formulas, and the worked funds on them",
    query: z.object({}),
    answer: shapes.keys,
    handler: async () => keys(),
  });
  read(app, {
    url: "/keys/:id",
    tag,
    summary: "One contribution key",
    params: z.object({ id: z.string().max(200) }),
    query: z.object({}),
    answer: shapes.key,
    handler: async ({ id }) => key(id),
  });
  read(app, {
    url: "/whatif",
    tag,
    summary: "Everyone's bill under up to five what-ifs, beside today's and beside what each gives already",
    description:
      "A what-if is a key's id and words: amount-40000000000 year-2025 members-GROUP with-jpn.kor without-usa out-hun.svk from-ukr.2026-07-01 until-usa.2026-07-01 floor-0.001% ceiling-22% equal-10% discount-80% spread-equally gap-open. The frame and the class say from which record, in euro, what each gives already is drawn; every share lists its steps.",
    query: z.object({
      today: what
        .default("nato-by-gdp")
        .describe("The first what-if, against which the differences of the others are taken"),
      a: what.optional().describe("A what-if to compare"),
      b: what.optional().describe("Another"),
      c: what.optional().describe("Another"),
      d: what.optional().describe("Another"),
      ...frameQuery,
    }),
    answer: shapes.whatIf,
    handler: async ({ today, a, b, c, d, ...frame }) => {
      const scenarios = [today, a, b, c, d].filter((text) => text !== undefined && text !== "") as string[];
      return whatIf(db, { ...questionOf(frame), scenarios });
    },
  });
}
