import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { invoiceSheet, invoicesTable } from "#app/funds/invoices.ts";
import { importReceipts } from "#app/funds/receipts.ts";
import { problemSchema } from "../problems.ts";
import { actorField, apiPrefix, operationId } from "../route.ts";
import { receipts } from "../schemas-funds.ts";
import { sentFile, takingFiles } from "../upload.ts";
import type { FundDesk } from "./funds.ts";

/** The largest bank statement taken over the API. */
const largestFile = 64 * 1024 * 1024;
const word = z.string().min(1).max(200);
const params = z.object({ id: word });
const ofCall = params.extend({ call: word });
const asOf = z.strictObject({ as_of: z.string().max(40).optional() });
const tag = "funds";

/** What comes to a fund and leaves it as a file: bank statements, invoices. */
export async function fundFileRoutes(app: FastifyInstance, desk: FundDesk): Promise<void> {
  await takingFiles(app, largestFile, (scope) => {
    receiptsRoute(scope, desk);
  });
  invoiceRoutes(app, desk);
}

const receiptsQuery = z.strictObject({
  file_name: z.string().max(255).default("statement"),
  statement: word.optional().describe("The statement's number, where a table has no such column"),
  account: word.optional().describe("The account, where a table has no such column"),
  actor: actorField,
});

function receiptsRoute(app: FastifyInstance, { db, clock, actor }: FundDesk): void {
  app.route({
    method: "POST",
    url: `${apiPrefix}/funds/:id/receipts`,
    bodyLimit: largestFile,
    schema: {
      operationId: operationId("import", "/funds/:id/receipts"),
      tags: [tag],
      summary: "Imports a bank statement (ISO 20022 camt.053, or CSV) and matches it by reference",
      consumes: ["application/xml", "text/csv", "application/octet-stream"],
      params,
      querystring: receiptsQuery,
      body: z.any().meta({ type: "string", format: "binary" }),
      response: { 200: receipts, "4xx": problemSchema, "5xx": problemSchema },
    },
    handler: async (request, reply) => {
      const query = request.query as z.output<typeof receiptsQuery>;
      const { id } = request.params as z.output<typeof params>;
      const bytes = sentFile(request.body);
      const { file_name: fileName, statement, account } = query;
      const file = { bytes, fileName, statement, account };
      const report = await importReceipts(db, id, file, { now: clock(), actor: query.actor ?? actor });
      return reply.header("cache-control", "no-store").send(report);
    },
  });
}

function invoiceRoutes(app: FastifyInstance, { db, clock }: FundDesk): void {
  app.route({
    method: "GET",
    url: `${apiPrefix}/funds/:id/calls/:call/invoices.csv`,
    schema: {
      operationId: operationId("get", "/funds/:id/calls/:call/invoices.csv"),
      tags: [tag],
      summary: "Every invoice of a call, one a row",
      params: ofCall,
      querystring: asOf,
      response: {
        200: { content: { "text/csv": { schema: z.string() } } },
        "4xx": problemSchema,
        "5xx": problemSchema,
      },
    },
    handler: async (request, reply) => {
      const { id, call } = request.params as z.output<typeof ofCall>;
      const { as_of: day } = request.query as z.output<typeof asOf>;
      const table = await invoicesTable(db, clock, { fund: id, call }, day);
      return reply
        .type("text/csv; charset=utf-8; header=present")
        .header("content-disposition", `attachment; filename="${fileName(call)}-invoices.csv"`)
        .serializer(String)
        .send(table);
    },
  });
  const one = ofCall.extend({ party: word });
  app.route({
    method: "GET",
    url: `${apiPrefix}/funds/:id/calls/:call/invoices/:party`,
    schema: {
      operationId: operationId("get", "/funds/:id/calls/:call/invoices/:party"),
      tags: [tag],
      summary: "One member's invoice as PDF",
      params: one,
      querystring: asOf,
      response: {
        200: { content: { "application/pdf": { schema: z.any().meta({ type: "string", format: "binary" }) } } },
        "4xx": problemSchema,
        "5xx": problemSchema,
      },
    },
    handler: async (request, reply) => {
      const { id, call, party } = request.params as z.output<typeof one>;
      const { as_of: day } = request.query as z.output<typeof asOf>;
      const sheet = await invoiceSheet(db, clock, { fund: id, call, party }, day);
      return reply
        .type("application/pdf")
        .header("content-disposition", `inline; filename="${fileName(`${call}-${party}`)}.pdf"`)
        .serializer((bytes: unknown) => bytes as string)
        .send(Buffer.from(sheet));
    },
  });
}

const fileName = (text: string): string => text.replaceAll(/[^A-Za-z0-9._-]+/g, "-");
