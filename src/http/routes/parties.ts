import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { group, groups, parties, party } from "#app/parties.ts";
import type { Database } from "#app/database.ts";
import { read } from "../route.ts";
import * as shapes from "../schemas.ts";

export function partyRoutes(app: FastifyInstance, db: Database): void {
  const tag = "parties";
  read(app, {
    url: "/parties",
    tag,
    summary: "Nations and organisations with their names, memberships and indicators",
    query: z.object({ q: z.string().max(200).optional().describe("Found in a name, another spelling or a code") }),
    answer: shapes.listOf(shapes.party),
    handler: async ({ q }) => parties(db, q?.trim() || undefined),
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
    summary: "Alliances, contact groups, coalitions and regions with their dated members",
    query: z.object({}),
    answer: shapes.listOf(shapes.group),
    handler: async () => groups(db),
  });
  read(app, {
    url: "/groups/:slug",
    tag,
    summary: "One group",
    params: z.object({ slug: z.string().max(200) }),
    query: z.object({}),
    answer: shapes.group,
    handler: async ({ slug }) => group(db, slug),
  });
}
