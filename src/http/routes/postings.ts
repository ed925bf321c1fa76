import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { postings, postingStream } from "#app/postings.ts";
import type { FigurePosting } from "#core/views.ts";
import type { Database } from "#app/database.ts";
import { figureUnit, formatQuery, frameQuery, narrowingQuery, questionOf } from "../frame-query.ts";
import { read } from "../route.ts";
import { postingPage } from "../schemas-record.ts";
import { sendTable, tableFormat, type Column } from "../tables.ts";
import { pageQuery } from "./promises.ts";

export function postingRoutes(app: FastifyInstance, db: Database): void {
  read(app, {
    url: "/postings",
    tag: "figures",
    summary: "The postings behind a figure: their amounts add up to the total of the same question",
    query: z.object({
      ...frameQuery,
      ...narrowingQuery,
      ...figureUnit,
      period: z
        .string()
        .max(20)
        .optional()
        .describe("Only steps of this year (YYYY), this month (YYYY-MM), or undated"),
      promise: z.string().max(300).optional().describe("Only of this promise"),
      ...pageQuery,
      ...formatQuery("json", "csv", "ndjson"),
    }),
    answer: postingPage,
    handler: async ({ format, ...query }, request, reply) => {
      const question = questionOf(query);
      const asked = tableFormat(format, request);
      if (asked === undefined) return postings(db, question);
      const { frame, rows } = await postingStream(db, question);
      return sendTable(request, reply, { what: "postings", frame, format: asked, rows, columns: postingColumns });
    },
  });
}

type Key = Exclude<keyof FigurePosting, "source">;
const column = (kind: Column<FigurePosting>["kind"], name: Key, header: string = name): Column<FigurePosting> => ({
  name: header,
  kind,
  of: (row) => row[name],
});

const postingColumns: readonly Column<FigurePosting>[] = [
  column("text", "id"),
  column("text", "promise"),
  column("text", "code"),
  column("text", "donor"),
  column("text", "donorName", "donor_name"),
  column("text", "category"),
  column("text", "stream"),
  column("text", "class"),
  column("text", "from"),
  column("text", "to"),
  column("figure", "amount"),
  column("text", "notConverted", "not_converted"),
  column("figure", "quantity"),
  column("text", "unit"),
  column("figure", "reported"),
  column("text", "reportedUnit", "reported_unit"),
  column("text", "effectiveOn", "effective_on"),
  column("text", "datePrecision", "date_precision"),
  column("text", "knownAt", "known_at"),
  column("text", "recordedAt", "recorded_at"),
  column("text", "reverses"),
  column("text", "reason"),
  column("text", "actor"),
  { name: "source", kind: "text", of: (row) => row.source.id },
  { name: "source_title", kind: "text", of: (row) => row.source.title },
  { name: "source_url", kind: "text", of: (row) => row.source.url },
];
