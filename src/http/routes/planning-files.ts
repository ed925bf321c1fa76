import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { enteringByHand } from "#app/planning/by-hand.ts";
import { exportNeeds, exportOffers, fileFormats, templateFile, type FileFormat } from "#app/planning/record-exports.ts";
import { importNeeds, importOffers } from "#app/planning/record-files.ts";
import { problemSchema } from "../problems.ts";
import { apiPrefix, operationId } from "../route.ts";
import { importOutcome } from "../schemas-planning.ts";
import { importQuery, sentFile, takingFiles } from "../upload.ts";
import type { PlanningDesk } from "./plans.ts";

/** The largest file of needs or offers taken over the API. */
const largestFile = 64 * 1024 * 1024;
const tag = "planning";
const word = z.string().min(1).max(200);
const params = z.object({ book: word });
const kinds = ["needs", "offers"] as const;
type Kind = (typeof kinds)[number];

const media: Readonly<Record<FileFormat, string>> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8; header=present",
};

/** Needs and offers as files: templates, exports, imports. */
export async function planningFileRoutes(app: FastifyInstance, desk: PlanningDesk): Promise<void> {
  for (const kind of kinds) {
    for (const format of fileFormats) {
      templateRoute(app, kind, format);
      exportRoute(app, desk, kind, format);
    }
  }
  await takingFiles(app, largestFile, (scope) => {
    for (const kind of kinds) importRoute(scope, desk, kind);
  });
}

const fileAnswer = (format: FileFormat) => ({
  200: {
    content: {
      [media[format].split(";")[0] ?? ""]: { schema: z.any().meta({ type: "string", format: "binary" }) },
    },
  },
  "4xx": problemSchema,
  "5xx": problemSchema,
});

async function sendFile(reply: FastifyReply, name: string, format: FileFormat, bytes: Uint8Array) {
  return reply
    .type(media[format])
    .header("content-disposition", `attachment; filename="${name.replaceAll(/[^A-Za-z0-9._-]+/g, "-")}.${format}"`)
    .serializer((sent: unknown) => sent as string)
    .send(Buffer.from(bytes));
}

function templateRoute(app: FastifyInstance, kind: Kind, format: FileFormat): void {
  const url = `/planning/templates/${kind}.${format}`;
  app.route({
    method: "GET",
    url: `${apiPrefix}${url}`,
    schema: {
      operationId: operationId("get", url),
      tags: [tag],
      summary: `A file of ${kind} to fill in`,
      querystring: z.strictObject({}),
      response: fileAnswer(format),
    },
    handler: async (_, reply) => sendFile(reply, `${kind}-template`, format, await templateFile(kind, format)),
  });
}

const exportQuery = z.strictObject({
  known_at: z.string().max(40).optional().describe("What was known by the end of this day"),
});

function exportRoute(app: FastifyInstance, { db }: PlanningDesk, kind: Kind, format: FileFormat): void {
  const url = `/planning/:book/${kind}.${format}`;
  const fileOf = kind === "needs" ? exportNeeds : exportOffers;
  app.route({
    method: "GET",
    url: `${apiPrefix}${url}`,
    schema: {
      operationId: operationId("get", url),
      tags: [tag],
      summary: `The ${kind} of a book that stand, as they can be imported again`,
      params,
      querystring: exportQuery,
      response: fileAnswer(format),
    },
    handler: async (request, reply) => {
      const { book } = request.params as z.output<typeof params>;
      const { known_at: knownAt } = request.query as z.output<typeof exportQuery>;
      const { name, bytes } = await fileOf(db, { book, knownAt }, format);
      return sendFile(reply, name, format, bytes);
    },
  });
}

function importRoute(app: FastifyInstance, { db, clock, actor: user }: PlanningDesk, kind: Kind): void {
  const url = `/planning/:book/${kind}/import`;
  const bring = kind === "needs" ? importNeeds : importOffers;
  app.route({
    method: "POST",
    url: `${apiPrefix}${url}`,
    bodyLimit: largestFile,
    schema: {
      operationId: operationId("import", url),
      tags: [tag],
      summary: `Enters the ${kind} of a file, xlsx or CSV: all or none, unless bad rows are to be left out`,
      description:
        "What is wrong is answered row by row; where `entered` and `changed` are 0 beside problems, nothing was.",
      consumes: [media.xlsx, "text/csv", "application/octet-stream"],
      params,
      querystring: importQuery,
      body: z.any().meta({ type: "string", format: "binary" }),
      response: { 200: importOutcome, "4xx": problemSchema, "5xx": problemSchema },
    },
    handler: async (request, reply) => {
      const { book } = request.params as z.output<typeof params>;
      const query = request.query as z.output<typeof importQuery>;
      const bytes = sentFile(request.body);
      const { file_name: fileName, skip_bad: skip, actor = user, source = fileName, ...said } = query;
      const entering = await enteringByHand(db, book, { ...said, source, actor, now: clock() });
      const outcome = await bring(db, book, { bytes, fileName, skipBad: skip === "true" }, entering);
      return reply.header("cache-control", "no-store").send(outcome);
    },
  });
}
