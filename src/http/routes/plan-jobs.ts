import sse from "@fastify/sse";
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { PlanDesk } from "#app/planning/desk.ts";
import { requireLoss } from "#app/planning/replan.ts";
import { planGoals, type PlanJob } from "#core/views-plan.ts";
import { problemSchema } from "../problems.ts";
import { actorField, apiPrefix, operationId, read, write } from "../route.ts";
import { planJob } from "../schemas-plans.ts";
import type { SolvingDesk } from "./solving-desk.ts";

const tag = "planning";
const word = z.string().min(1).max(200);
const ofBook = z.object({ book: word });
const ofJob = ofBook.extend({ job: word });
const heartbeatMs = 15_000;
/** The package's types describe another module form than the one it has: the import itself is the plugin. */
const serverSentEvents = sse as unknown as FastifyPluginAsync<{ heartbeatInterval: number }>;

const order = z.strictObject({
  id: word.optional().describe("The plan's name: small letters, digits and hyphens; plan-N without it"),
  title: z.string().max(300).optional(),
  from: z.iso.date().optional().describe("The first day that is planned"),
  until: z.iso.date().optional().describe("The last"),
  goal: z.enum(planGoals).optional().describe("cover: the most that the needs get; fair: the least covered first"),
  seconds: z.number().min(1).max(3600).optional().describe("The best there is after so long, with its gap"),
  gap: z.number().min(0).max(1).optional().describe("Good enough: (bound - score) / bound"),
  preview: z.boolean().optional().describe("Quick, without a proven bound"),
  without: z.array(word).max(1000).optional().describe("Offers to leave out"),
  pins: z
    .array(z.strictObject({ offer: word, need: word, hub: word.nullable(), quantity: z.int().min(1) }))
    .max(1000)
    .optional()
    .describe("Choices that stay"),
  standing: word.optional().describe("The plan that holds now: what is left of it is kept where that costs little"),
  actor: actorField,
});

/** The solving of plans: started, asked after, followed as it goes, cancelled. It runs in a thread of its own; the server goes on meanwhile. */
export async function planJobRoutes(app: FastifyInstance, { db, plans, actor: user }: SolvingDesk): Promise<void> {
  app.route({
    method: "POST",
    url: `${apiPrefix}/planning/:book/plans`,
    schema: {
      operationId: operationId("solve", "/planning/:book/plans"),
      tags: [tag],
      summary: "Starts solving a plan of what is on record now",
      description: "Answers at once; `Location` says where to ask how far it is. The plan is kept when it is done.",
      params: ofBook,
      body: order,
      response: { 202: planJob, "4xx": problemSchema, "5xx": problemSchema },
    },
    handler: async (request, reply) => {
      const { book } = request.params as z.output<typeof ofBook>;
      const { actor = user, ...asked } = request.body as z.output<typeof order>;
      return started(reply, plans.start({ ...asked, book, actor }));
    },
  });
  app.route({
    method: "POST",
    url: `${apiPrefix}/planning/:book/replans`,
    schema: {
      operationId: operationId("replan", "/planning/:book/replans"),
      tags: [tag],
      summary:
        "Starts solving a plan anew from the one that stands, without the offers of it that can't be had any more",
      description: "Answers at once; `Location` says where to ask how far it is. The plan is kept as a proposal.",
      params: ofBook,
      body: z.strictObject({ actor: actorField }),
      response: { 202: planJob, "4xx": problemSchema, "5xx": problemSchema },
    },
    handler: async (request, reply) => {
      const { book } = request.params as z.output<typeof ofBook>;
      const { actor = user } = request.body as Readonly<{ actor?: string }>;
      await requireLoss(db, book);
      return started(reply, plans.replan({ book, actor }));
    },
  });
  read(app, {
    url: "/planning/:book/plan-jobs/:job",
    tag,
    summary: "How far the solving of a plan is, and what came of it",
    params: ofJob,
    query: z.object({}),
    answer: planJob,
    handler: async ({ book, job }) => plans.find(book, job),
  });
  write(app, {
    url: "/planning/:book/plan-jobs/:job/cancel",
    tag,
    summary: "Cancels the solving of a plan; nothing of it is kept",
    params: ofJob,
    body: z.strictObject({}),
    answer: planJob,
    handler: async ({ book, job }) => plans.cancel(book, job),
  });
  await app.register(async (scope) => {
    await scope.register(serverSentEvents, { heartbeatInterval: heartbeatMs });
    eventsRoute(scope, plans);
  });
}

function started(reply: FastifyReply, job: PlanJob): FastifyReply {
  const where = `${apiPrefix}/planning/${encodeURIComponent(job.book)}/plan-jobs/${job.id}`;
  return reply.code(202).header("location", where).send(job);
}

/** Every change as an event `progress`, the last one, after which the stream closes, as `end`. */
function eventsRoute(app: FastifyInstance, desk: PlanDesk): void {
  app.route({
    method: "GET",
    url: `${apiPrefix}/planning/:book/plan-jobs/:job/events`,
    sse: "only",
    schema: {
      operationId: operationId("follow", "/planning/:book/plan-jobs/:job/events"),
      tags: [tag],
      summary: "Follows the solving of a plan as server-sent events until it has ended",
      params: ofJob,
      querystring: z.strictObject({}),
      response: {
        200: { content: { "text/event-stream": { schema: z.string() } } },
        "4xx": problemSchema,
        "5xx": problemSchema,
      },
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const { book, job } = request.params as z.output<typeof ofJob>;
      const gone = new AbortController();
      const states = desk.follow(book, job, gone.signal);
      reply.sse.onClose(() => gone.abort());
      for await (const state of states) {
        const isOver = state.state !== "waiting" && state.state !== "running";
        await reply.sse.send({ event: isOver ? "end" : "progress", data: state });
      }
    },
  });
}
