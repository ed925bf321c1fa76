import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { promise } from "#app/promise.ts";
import { largestPage, promises, promiseStream } from "#app/promises.ts";
import { bindingClasses } from "#core/bindingness.ts";
import type { PromiseRow } from "#core/views.ts";
import type { Database } from "#app/database.ts";
import { formatQuery, frameQuery, narrowingQuery, questionOf } from "../frame-query.ts";
import { read } from "../route.ts";
import { promiseView } from "../schemas-record.ts";
import * as shapes from "../schemas.ts";
import { sendTable, tableFormat, type Column } from "../tables.ts";

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(largestPage).optional().describe("Rows of a page; 100 without it"),
  cursor: z.string().max(40).optional().describe("What the page before gave as next"),
};

export function promiseRoutes(app: FastifyInstance, db: Database): void {
  read(app, {
    url: "/promises",
    tag: "promises",
    summary: "The promises in a frame, a page at a time, or all of them as a file",
    query: z.object({
      ...frameQuery,
      ...narrowingQuery,
      unit: z
        .string()
        .max(200)
        .optional()
        .describe("Only promises of this unit; amounts are in it when it is an item, else in EUR"),
      q: z.string().max(200).optional().describe("Found in the title, the explanation, the code or the giver's name"),
      sort: z
        .string()
        .max(40)
        .optional()
        .describe(
          "amount, announced, donor, category, stream, title, unit, code, release; with - before it the other way; -amount without it",
        ),
      ...pageQuery,
      ...formatQuery("json", "csv", "ndjson"),
    }),
    answer: shapes.promisePage,
    handler: async ({ format, ...query }, request, reply) => {
      const question = questionOf(query);
      const asked = tableFormat(format, request);
      if (asked === undefined) return promises(db, question);
      const { frame, rows } = await promiseStream(db, question);
      return sendTable(request, reply, { what: "promises", frame, format: asked, rows, columns: promiseColumns });
    },
  });
  read(app, {
    url: "/promises/:id",
    tag: "promises",
    summary: "One promise: every step with its source, what each release said of it, its siblings",
    params: z.object({ id: z.string().max(300) }),
    query: z.object(frameQuery),
    answer: promiseView,
    handler: async ({ id, ...query }) => promise(db, id, questionOf(query)),
  });
}

const text = (name: keyof PromiseRow, header: string = name): Column<PromiseRow> => ({
  name: header,
  kind: "text",
  of: (row) => row[name] as string | null,
});

const promiseColumns: readonly Column<PromiseRow>[] = [
  text("id"),
  text("code"),
  text("donor"),
  text("donorName", "donor_name"),
  text("category"),
  text("stream"),
  text("title"),
  text("unit"),
  text("announcedOn", "announced_on"),
  text("datePrecision", "date_precision"),
  { name: "original", kind: "figure", of: (row) => row.original },
  ...bindingClasses.map((word): Column<PromiseRow> => ({ name: word, kind: "figure", of: (row) => row.byClass[word] })),
  text("furthest"),
  text("release"),
];
