import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { confirmFile, receiptsTemplate } from "#app/delivery/files.ts";
import { openLink, qrPng, qrSvg, signAddress } from "#app/delivery/links.ts";
import { MainstayError } from "#core/errors.ts";
import { problemSchema } from "../problems.ts";
import { actorField, apiPrefix, operationId } from "../route.ts";
import { confirmation } from "../schemas-delivery.ts";
import { sentFile, takingFiles } from "../upload.ts";
import type { PlanningDesk } from "./plans.ts";

/** The largest file of receipts taken over the API. */
const largestFile = 16 * 1024 * 1024;
const tag = "deliveries";
const word = z.string().min(1).max(200);
const ofBook = z.object({ book: word });
const ofOne = ofBook.extend({ id: word });
const binary = z.any().meta({ type: "string", format: "binary" });
const refusals = { "4xx": problemSchema, "5xx": problemSchema };
const types = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8; header=present",
} as const;

/** What comes and goes as a file: receipts to fill in and to import, codes to scan. */
export async function deliveryFileRoutes(app: FastifyInstance, desk: PlanningDesk): Promise<void> {
  templateRoutes(app, desk);
  codeRoutes(app, desk);
  await takingFiles(app, largestFile, (scope) => {
    importRoute(scope, desk);
  });
}

const templateQuery = z.strictObject({
  consignment: z
    .union([word, z.array(word).max(1000)])
    .optional()
    .describe("Only these; all without it"),
});

function templateRoutes(app: FastifyInstance, { db }: PlanningDesk): void {
  for (const format of ["xlsx", "csv"] as const) {
    const url = `/planning/:book/receipts.${format}`;
    app.route({
      method: "GET",
      url: `${apiPrefix}${url}`,
      schema: {
        operationId: operationId("get", url),
        tags: [tag],
        summary: `What the recipient can sign for, as a file to fill in and import again (${format})`,
        params: ofBook,
        querystring: templateQuery,
        response: { 200: { content: { [types[format]]: { schema: binary } } }, ...refusals },
      },
      handler: async (request, reply) => {
        const { book } = request.params as z.output<typeof ofBook>;
        const { consignment } = request.query as z.output<typeof templateQuery>;
        const consignments = typeof consignment === "string" ? [consignment] : consignment;
        const bytes = await receiptsTemplate(db, book, { consignments, format });
        const name = book.replaceAll(/[^A-Za-z0-9._-]+/g, "-");
        return reply
          .type(types[format])
          .header("content-disposition", `attachment; filename="${name}-receipts.${format}"`)
          .header("cache-control", "no-store")
          .serializer((sent: unknown) => sent as string)
          .send(Buffer.from(bytes));
      },
    });
  }
}

const importQuery = z.strictObject({
  file_name: z.string().max(255).default("receipts"),
  on: z.string().max(40).optional().describe("The day of what is received, where a row has none"),
  source: word.optional(),
  actor: actorField,
});

function importRoute(app: FastifyInstance, { db, clock, actor }: PlanningDesk): void {
  const url = "/planning/:book/receipts";
  app.route({
    method: "POST",
    url: `${apiPrefix}${url}`,
    bodyLimit: largestFile,
    schema: {
      operationId: operationId("import", url),
      tags: [tag],
      summary: "Signs for what a file of receipts says (xlsx or csv), all of it or nothing",
      consumes: [types.xlsx, "text/csv", "application/octet-stream"],
      params: ofBook,
      querystring: importQuery,
      body: binary,
      response: { 200: confirmation, ...refusals },
    },
    handler: async (request, reply) => {
      const { book } = request.params as z.output<typeof ofBook>;
      const { file_name: fileName, on, source, actor: as } = request.query as z.output<typeof importQuery>;
      const bytes = sentFile(request.body);
      const done = await confirmFile(
        db,
        book,
        { bytes, fileName },
        { on, source },
        { now: clock(), actor: as ?? actor },
      );
      return reply.header("cache-control", "no-store").send(done);
    },
  });
}

const codeQuery = z.strictObject({
  token: z
    .string()
    .min(1)
    .max(200)
    .describe("The secret of a link of this consignment, as it was told when it was made"),
  address: z.string().max(500).optional().describe("Where the phone finds the pages; the host asked without it"),
});

function codeRoutes(app: FastifyInstance, { db, clock }: PlanningDesk): void {
  for (const format of ["svg", "png"] as const) {
    const url = `/planning/:book/consignments/:id/qr.${format}`;
    const type = format === "svg" ? "image/svg+xml" : "image/png";
    app.route({
      method: "GET",
      url: `${apiPrefix}${url}`,
      schema: {
        operationId: operationId("get", url),
        tags: [tag],
        summary: `A link to sign by as a code to scan (${format})`,
        params: ofOne,
        querystring: codeQuery,
        response: { 200: { content: { [type]: { schema: binary } } }, ...refusals },
      },
      handler: async (request, reply) => {
        const { book, id } = request.params as z.output<typeof ofOne>;
        const { token, address } = request.query as z.output<typeof codeQuery>;
        const opened = await openLink(db, token, clock());
        if (opened.book !== book || opened.consignment !== id) throw new MainstayError("sign_link_unknown");
        const at = signAddress(address ?? `http://${request.host}`, token);
        const drawn = format === "svg" ? await qrSvg(at) : Buffer.from(await qrPng(at));
        return reply
          .type(type)
          .header("cache-control", "no-store")
          .serializer((sent: unknown) => sent as string)
          .send(drawn);
      },
    });
  }
}
