import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { problemSchema } from "./problems.ts";
import type { Shape } from "./schemas.ts";

/** Where an address takes no parameters in its path, `P` is the bare ZodObject and adds nothing. */
type Input<P extends z.ZodObject, Q extends z.ZodObject> = z.ZodObject extends P
  ? z.output<Q>
  : z.output<P> & z.output<Q>;

/** A read of the API: what it takes from the address, the shape it answers with, and how. */
export type Read<P extends z.ZodObject, Q extends z.ZodObject, V> = Readonly<{
  url: string;
  tag: string;
  summary: string;
  description?: string;
  params?: P;
  query: Q;
  answer: Shape<V>;
  /** The media type of the answer where it is not JSON. */
  media?: string;
  /** Further media types the same address can answer with. */
  formats?: readonly string[];
  handler: (input: Input<P, Q>, request: FastifyRequest, reply: FastifyReply) => Promise<V | FastifyReply>;
}>;

export const apiPrefix = "/api/v1";

/** Adds a read under /api/v1. Its parameters are checked, its answer is held to the shape, both are in the OpenAPI description. */
export function read<Q extends z.ZodObject, V, P extends z.ZodObject = z.ZodObject>(
  app: FastifyInstance,
  route: Read<P, Q, V>,
): void {
  app.route({
    method: "GET",
    url: `${apiPrefix}${route.url}`,
    schema: {
      operationId: operationId("get", route.url),
      tags: [route.tag],
      summary: route.summary,
      ...(route.description === undefined ? {} : { description: route.description }),
      ...(route.params === undefined ? {} : { params: route.params }),
      querystring: route.query.strict(),
      response: {
        200: route.media === undefined ? route.answer : { content: { [route.media]: { schema: route.answer } } },
        "4xx": problemSchema,
        "5xx": problemSchema,
      },
    },
    handler: async (request, reply) =>
      route.handler({ ...(request.params as object), ...(request.query as object) } as Input<P, Q>, request, reply),
  });
}

/** A write of the API: what it takes in its address and its body, both strictly, and the fresh view that it answers with. */
export type Write<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, V> = Readonly<{
  url: string;
  tag: string;
  summary: string;
  description?: string;
  /** The name of the operation for clients, where the address alone does not tell it apart. */
  operation?: string;
  params?: P;
  query?: Q;
  /** A strict schema: fields that it does not know are refused. */
  body: B;
  answer: Shape<V>;
  handler: (input: Input<P, Q>, body: z.output<B>, request: FastifyRequest, reply: FastifyReply) => Promise<V>;
}>;

/** Who acts, in a body: the user of the machine where it is left out. */
export const actorField = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .optional()
  .describe("Who acts; the user of the machine without it");

/** Adds a write (POST) under /api/v1, for this machine only. Address and body are checked, the answer is held to the shape, all are in the OpenAPI description. */
export function write<B extends z.ZodType, V, P extends z.ZodObject = z.ZodObject, Q extends z.ZodObject = z.ZodObject>(
  app: FastifyInstance,
  route: Write<P, Q, B, V>,
): void {
  app.route({
    method: "POST",
    url: `${apiPrefix}${route.url}`,
    schema: {
      operationId: route.operation ?? operationId("post", route.url),
      tags: [route.tag],
      summary: route.summary,
      ...(route.description === undefined ? {} : { description: route.description }),
      ...(route.params === undefined ? {} : { params: route.params }),
      querystring: (route.query ?? z.object({})).strict(),
      body: route.body,
      response: { 200: route.answer, "4xx": problemSchema, "5xx": problemSchema },
    },
    handler: async (request, reply) => {
      const input = { ...(request.params as object), ...(request.query as object) } as Input<P, Q>;
      const answer = await route.handler(input, request.body as z.output<B>, request, reply);
      return reply.header("cache-control", "no-store").send(answer);
    },
  });
}

/** A name for an operation that clients made from the description can use: `getBooksByBookReleases`. */
export function operationId(method: string, url: string): string {
  const parts = url.split(/[/.]/).filter((part) => part !== "");
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  return method + parts.map((part) => (part.startsWith(":") ? `By${capital(part.slice(1))}` : capital(part))).join("");
}
