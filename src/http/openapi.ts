import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { z } from "zod";
import { apiPrefix } from "./route.ts";

/** The description of the API, made from the schemas its routes check with. Register before any route. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Mainstay",
        version,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
        description:
          "The record of who promised what and how far it has got. Every figure takes the same frame (book, as_of, known_at, boundary, basis) and gives it back. Amounts are exact decimals in strings; null means unknown, never zero. Refusals are application/problem+json. Reading needs no sign-in; writing is taken only from the machine itself.",
      },
      tags: [
        { name: "figures", description: "Totals and what stands behind them" },
        { name: "promises", description: "Promises and their steps" },
        { name: "books", description: "Books and the releases they were made from" },
        { name: "parties", description: "Nations, organisations and groups" },
        { name: "decisions", description: "How groups decide, proposals and what was decided" },
        { name: "planning", description: "Needs, offers, plans and what was placed" },
        { name: "deliveries", description: "Consignments, what both sides report of them, receipts and queries" },
        { name: "foresight", description: "How predictable support is, what will arrive, what is due when" },
        { name: "sources", description: "Documents and reference rates" },
        { name: "imports", description: "Taking files into the record" },
        { name: "operation", description: "For those who run it" },
      ],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  });
}

/** The address the description is found at. */
export function openApiRoute(app: FastifyInstance): void {
  app.route({
    method: "GET",
    url: `${apiPrefix}/openapi.json`,
    schema: {
      tags: ["operation"],
      summary: "This description (OpenAPI 3.1)",
      response: { 200: z.record(z.string(), z.unknown()) },
    },
    handler: async (_, reply) =>
      reply.type("application/json; charset=utf-8").serializer(JSON.stringify).send(app.swagger()),
  });
}

/** Leaves out the named schemas that nothing refers to: each is offered in a form for reading in and one for sending out. */
function withoutUnused<Document extends object>(document: Document): Document {
  const { components } = document as { components?: { schemas?: Record<string, unknown> } };
  const schemas = components?.schemas ?? {};
  const used = new Set<string>();
  const follow = (part: unknown): void => {
    for (const [, name = ""] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      follow(schemas[name] ?? null);
    }
  };
  follow((document as { paths?: unknown }).paths ?? null);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...components, schemas: kept } };
}
