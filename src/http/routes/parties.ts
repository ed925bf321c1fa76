import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { broughtAlong } from "#app/brought.ts";
import type { Database } from "#app/database.ts";
import { group, groups, parties, party } from "#app/parties.ts";
import { figureUnit, frameQuery, questionOf } from "../frame-query.ts";
import { read } from "../route.ts";
import * as shapes from "../schemas.ts";

const { book: bookQuery, as_of, known_at, basis } = frameQuery;
const book = bookQuery.describe("The book: made-up ones are listed only in one that is made up itself");
const decided = {
  book: bookQuery.describe("By decisions of which book; made-up groups are listed only in one that is made up itself"),
  as_of: as_of.describe("Only what began by this day, YYYY-MM-DD; without it everything on record"),
  known_at: known_at.describe("Only what was decided by the end of this day, YYYY-MM-DD; without it everything"),
};
const slug = z.object({ slug: z.string().max(200) });

export function partyRoutes(app: FastifyInstance, db: Database): void {
  const tag = "parties";
  read(app, {
    url: "/parties",
    tag,
    summary: "Nations and organisations with their names, memberships and indicators",
    query: z.object({
      q: z.string().max(200).optional().describe("Found in a name, another spelling or a code"),
      book,
    }),
    answer: shapes.listOf(shapes.party),
    handler: async (query) => parties(db, query.book, query.q?.trim() || undefined),
  });
  read(app, {
    url: "/parties/:id",
    tag,
    summary: "One nation or organisation",
    params: z.object({ id: z.string().max(200).describe("ISO 3166 alpha-3 in lower case, or an organisation's slug") }),
    query: z.object({}),
    answer: shapes.party,
    handler: async ({ id }) => party(db, id),
  });
  read(app, {
    url: "/groups",
    tag,
    summary: "Alliances, contact groups, coalitions and regions with their dated members, and what came under what",
    query: z.object(decided),
    answer: shapes.listOf(shapes.group),
    handler: async (query) => groups(db, questionOf(query)),
  });
  read(app, {
    url: "/groups/:slug",
    tag,
    summary: "One group",
    params: slug,
    query: z.object(decided),
    answer: shapes.group,
    handler: async (query) => group(db, query.slug, questionOf(query)),
  });
  read(app, {
    url: "/groups/:slug/brought-along",
    tag,
    summary:
      "What a group brought along when it came under another: its members' promises from before that day and since",
    description:
      "Membership is that of the day of each step. One answer for each takeover; classes are never added up.",
    params: slug,
    query: z.object({ ...decided, basis, ...figureUnit }),
    answer: shapes.broughtAlong,
    handler: async (query) => broughtAlong(db, query.slug, questionOf(query)),
  });
}
