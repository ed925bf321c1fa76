import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { exportMilestones, importMilestones } from "#app/foresight/milestones/files.ts";
import { enteringMilestones } from "#app/foresight/milestones/write.ts";
import { usualBook } from "../frame-query.ts";
import { problemSchema } from "../problems.ts";
import { apiPrefix, operationId } from "../route.ts";
import { importOutcome } from "../schemas-planning.ts";
import { importQuery, sentFile, takingFiles } from "../upload.ts";
import type { PlanningDesk } from "./plans.ts";

/** The largest file of milestones taken over the API. */
const largestFile = 16 * 1024 * 1024;
const tag = "foresight";
const book = z.string().min(1).max(200).default(usualBook);

/** Milestones as files: what is stated as CSV, and imports of it. */
export async function milestoneFileRoutes(app: FastifyInstance, desk: PlanningDesk): Promise<void> {
  exportRoute(app, desk);
  await takingFiles(app, largestFile, (scope) => {
    importRoute(scope, desk);
  });
}

const exportQuery = z.strictObject({
  book,
  known_at: z.string().max(40).optional().describe("What was known by the end of this day"),
});

function exportRoute(app: FastifyInstance, { db }: PlanningDesk): void {
  const url = "/foresight/milestones.csv";
  app.route({
    method: "GET",
    url: `${apiPrefix}${url}`,
    schema: {
      operationId: operationId("get", url),
      tags: [tag],
      summary: "The milestones of a book that are stated, as they can be imported again",
      querystring: exportQuery,
      response: {
        200: { content: { "text/csv": { schema: z.any().meta({ type: "string", format: "binary" }) } } },
        "4xx": problemSchema,
        "5xx": problemSchema,
      },
    },
    handler: async (request, reply) => {
      const { book: slug, known_at: knownAt } = request.query as z.output<typeof exportQuery>;
      const { name, bytes } = await exportMilestones(db, { book: slug, knownAt });
      return reply
        .type("text/csv; charset=utf-8; header=present")
        .header("content-disposition", `attachment; filename="${name}.csv"`)
        .serializer((sent: unknown) => sent as string)
        .send(Buffer.from(bytes));
    },
  });
}

const milestonesQuery = importQuery.extend({
  book,
  known: z
    .string()
    .max(40)
    .optional()
    .describe("The day or instant from which the world could know it; now without it"),
});

function importRoute(app: FastifyInstance, { db, clock, actor: user }: PlanningDesk): void {
  const url = "/foresight/milestones/import";
  app.route({
    method: "POST",
    url: `${apiPrefix}${url}`,
    bodyLimit: largestFile,
    schema: {
      operationId: operationId("import", url),
      tags: [tag],
      summary: "Enters the milestones of a file, CSV or xlsx: all or none, unless bad rows are to be left out",
      description:
        "What is wrong is answered row by row; where `entered` and `changed` are 0 beside problems, nothing was.",
      consumes: ["text/csv", "application/octet-stream"],
      querystring: milestonesQuery,
      body: z.any().meta({ type: "string", format: "binary" }),
      response: { 200: importOutcome, "4xx": problemSchema, "5xx": problemSchema },
    },
    handler: async (request, reply) => {
      const query = request.query as z.output<typeof milestonesQuery>;
      const bytes = sentFile(request.body);
      const {
        book: slug,
        file_name: fileName,
        skip_bad: skip,
        actor = user,
        source = fileName,
        known,
        ...said
      } = query;
      const entering = await enteringMilestones(db, slug, { ...said, source, actor, now: clock() }, known);
      const outcome = await importMilestones(db, slug, { bytes, fileName, skipBad: skip === "true" }, entering);
      return reply.header("cache-control", "no-store").send(outcome);
    },
  });
}
