import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { sign, signView } from "#app/delivery/sign.ts";
import { isLoopback } from "../guard.ts";
import { problemSchema } from "../problems.ts";
import { apiPrefix, operationId } from "../route.ts";
import * as shapes from "../schemas-delivery.ts";
import type { PlanningDesk } from "./plans.ts";

const tag = "deliveries";
const url = "/sign/:token";
const params = z.object({ token: z.string().max(200) });
const body = z.strictObject({
  lines: z
    .array(z.strictObject({ line: z.number().int().min(1), pieces: z.number().int().min(0).max(1_000_000_000_000) }))
    .min(1)
    .max(1000),
  seen: z.string().min(1).max(40).describe("What the page showed as seen"),
  name: z.string().max(100).optional().describe("Who signs"),
  on: z
    .string()
    .max(40)
    .optional()
    .describe("The day it was received, where it is not the one that the donor side gave"),
  note: z.string().max(1000).optional(),
});

/** How often an address may look or sign: a person with a phone never gets there, and nobody tries secrets for long. */
const perMinute = 120;
const largestBody = 100 * 1024;

/**
 * What a phone shows and sends. The one write that other machines may do: it is allowed by the secret in its address alone, for one consignment, and is
 * known by `signing`, which the guard looks for.
 */
export async function signRoutes(app: FastifyInstance, { db, clock }: PlanningDesk): Promise<void> {
  const config = { rateLimit: { max: perMinute, timeWindow: "1 minute", keyGenerator: whoAsks } };
  app.route({
    method: "GET",
    url: `${apiPrefix}${url}`,
    config,
    schema: {
      operationId: operationId("get", url),
      tags: [tag],
      summary: "What a link lets a phone sign for",
      params,
      response: { 200: shapes.signView, "4xx": problemSchema, "5xx": problemSchema },
    },
    handler: async (request, reply) => {
      const { token } = request.params as z.output<typeof params>;
      return reply.header("cache-control", "no-store").send(await signView(db, clock, token));
    },
  });
  app.route({
    method: "POST",
    url: `${apiPrefix}${url}`,
    config: { ...config, signing: true },
    bodyLimit: largestBody,
    schema: {
      operationId: operationId("post", url),
      tags: [tag],
      summary: "Signs for what was received, by a link, from any machine",
      params,
      body,
      response: { 200: shapes.signed, "4xx": problemSchema, "5xx": problemSchema },
    },
    handler: async (request, reply) => {
      const { token } = request.params as z.output<typeof params>;
      const done = await sign(db, clock, token, request.body as z.output<typeof body>);
      return reply.header("cache-control", "no-store").send(done);
    },
  });
}

/** The address that asks; behind a web server on this machine, the one that it names last. */
function whoAsks({ socket, headers }: FastifyRequest): string {
  const address = socket.remoteAddress ?? "unknown";
  const named = isLoopback(address) ? [headers["x-forwarded-for"] ?? []].flat().at(-1)?.split(",").at(-1)?.trim() : "";
  return named || address;
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** Allowed by a secret in its address, from any machine. */
    signing?: boolean;
  }
}
