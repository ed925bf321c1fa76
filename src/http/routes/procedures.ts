import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { procedure, procedureDrawing, procedures } from "#app/procedures.ts";
import { read } from "../route.ts";
import * as shapes from "../schemas-procedures.ts";
import { listOf } from "../schemas.ts";

export function procedureRoutes(app: FastifyInstance): void {
  const tag = "decisions";
  const params = z.object({ id: z.string().max(200) });
  const on = (without: string) =>
    z.string().max(40).optional().describe(`The version in force on this day, YYYY-MM-DD; without it, ${without}`);
  read(app, {
    url: "/procedures",
    tag,
    summary: "The procedures that come with the program: how a group decides",
    query: z.object({ on: on("every version") }),
    answer: listOf(shapes.procedureRow),
    handler: async (query) => procedures(query.on),
  });
  read(app, {
    url: "/procedures/:id",
    tag,
    summary: "One procedure: its steps, rule, usual deadline and sources, and its diagram as nodes and edges",
    params,
    query: z.object({ on: on("the newest") }),
    answer: shapes.procedure,
    handler: async ({ id, on: day }) => procedure(id, day),
  });
  read(app, {
    url: "/procedures/:id/diagram.svg",
    tag,
    summary: "The diagram of a procedure, drawn from its definition",
    params,
    query: z.object({ on: on("the newest") }),
    answer: shapes.drawing,
    media: "image/svg+xml",
    handler: async ({ id, on: day }, _, reply) =>
      reply.type("image/svg+xml; charset=utf-8").send(await procedureDrawing(id, day)),
  });
}
