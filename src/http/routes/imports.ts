import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { openImportDesk } from "#app/import-desk.ts";
import { MainstayError } from "#core/errors.ts";
import type { Database } from "#app/database.ts";
import { problemSchema } from "../problems.ts";
import { apiPrefix, operationId, read } from "../route.ts";
import { importState } from "../schemas-record.ts";
import { sentFile, takingFiles } from "../upload.ts";

/** What imports over the API need beside the database. */
export type ImportOptions = Readonly<{
  /** The text of a mapping that comes with the program, undefined for a name it does not know. */
  readMapping?: ((name: string) => Promise<string | undefined>) | undefined;
  actor?: string | undefined; // who is named as the one who wrote
}>;

/** The largest file taken over the API. */
const largestFile = 64 * 1024 * 1024;
const word = z.string().max(200);
const params = z.object({ id: word });

/** Imports in the background: started, asked after, cancelled. Only this machine may start or cancel one. */
export async function importRoutes(app: FastifyInstance, db: Database, options: ImportOptions): Promise<void> {
  const desk = openImportDesk(db, randomUUID);
  app.addHook("onClose", async () => desk.settle());
  await takingFiles(app, largestFile, (scope) => {
    startRoute(scope, desk, options);
  });
  read(app, {
    url: "/imports/:id",
    tag: "imports",
    summary: "How far an import is, and what came of it",
    params,
    query: z.object({}),
    answer: importState,
    handler: async ({ id }) => desk.find(id),
  });
  app.route({
    method: "DELETE",
    url: `${apiPrefix}/imports/:id`,
    schema: {
      operationId: operationId("cancel", "/imports/:id"),
      tags: ["imports"],
      summary: "Cancels an import; what it had not finished leaves nothing behind",
      params,
      response: { 202: importState, "4xx": problemSchema, "5xx": problemSchema },
    },
    handler: async (request, reply) =>
      reply.code(202).send(desk.cancel((request.params as z.output<typeof params>).id)),
  });
}

const startQuery = z
  .object({
    kind: z.enum(["kiel", "csv", "ecb"]).describe("How the file is read"),
    release: word.optional().describe("The release's name; wanted for kiel and csv"),
    published: word.optional().describe("The day it was published, YYYY-MM-DD; wanted for kiel and csv"),
    book: word.optional().describe("The book it goes to"),
    mapping: z
      .string()
      .max(20_000)
      .optional()
      .describe("For csv: the name of a mapping that comes with the program, or a mapping's JSON"),
    strict: z.enum(["true", "false"]).optional().describe("true: all rows or none"),
    file_name: word.optional().describe("The file's name, for the record"),
  })
  .strict();

function startRoute(app: FastifyInstance, desk: ReturnType<typeof openImportDesk>, options: ImportOptions): void {
  app.route({
    method: "POST",
    url: `${apiPrefix}/imports`,
    bodyLimit: largestFile,
    schema: {
      operationId: operationId("start", "/imports"),
      tags: ["imports"],
      summary: "Starts an import of the file sent as the body",
      description: "Answers at once; `Location` says where to ask how far it is.",
      consumes: ["application/octet-stream"],
      querystring: startQuery,
      body: z.any().meta({ type: "string", format: "binary" }),
      response: { 202: importState, "4xx": problemSchema, "5xx": problemSchema },
    },
    handler: async (request, reply) => {
      const query = request.query as z.output<typeof startQuery>;
      const { kind, book, strict } = query;
      const bytes = sentFile(request.body);
      const state = desk.start({
        kind,
        bytes,
        fileName: query.file_name ?? `${query.release ?? kind}`,
        release: wanted(query.release, "release", kind),
        published: wanted(query.published, "published", kind),
        book,
        mapping: await mappingText(query.mapping, options),
        strict: strict === "true",
        actor: options.actor ?? "api",
      });
      return reply.code(202).header("location", `${apiPrefix}/imports/${state.id}`).send(state);
    },
  });
}

function wanted(value: string | undefined, field: string, kind: string): string {
  if (kind === "ecb") return value ?? "";
  if (value === undefined || value.trim() === "") throw new MainstayError("parameter_invalid", "nothing", { field });
  return value;
}

async function mappingText(mapping: string | undefined, options: ImportOptions): Promise<string | undefined> {
  if (mapping === undefined || mapping.trimStart().startsWith("{")) return mapping;
  const text = await options.readMapping?.(mapping);
  if (text === undefined) throw new MainstayError("mapping_missing", JSON.stringify(mapping), { field: "mapping" });
  return text;
}
