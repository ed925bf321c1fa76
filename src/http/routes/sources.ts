import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { bookFacts } from "#app/facts.ts";
import { rate } from "#app/rates.ts";
import { source, sources } from "#app/sources.ts";
import type { BookFacts, Needs } from "#core/views.ts";
import type { Database } from "#app/database.ts";
import { frameQuery } from "../frame-query.ts";
import { read } from "../route.ts";
import * as record from "../schemas-record.ts";
import { listOf } from "../schemas.ts";

const tag = "sources";

export function sourceRoutes(app: FastifyInstance, db: Database): void {
  read(app, {
    url: "/sources",
    tag,
    summary: "Documents with their passages and how many postings rest on them",
    query: z.object({ book: z.string().max(200).optional().describe("Only those this book rests on") }),
    answer: listOf(record.source),
    handler: async ({ book }) => sources(db, book === "" ? undefined : book),
  });
  read(app, {
    url: "/sources/:id",
    tag,
    summary: "One source",
    params: z.object({ id: z.string().max(300) }),
    query: z.object({}),
    answer: record.source,
    handler: async ({ id }) => source(db, id),
  });
  read(app, {
    url: "/rates",
    tag,
    summary: "The reference rate a figure of a day is converted with",
    query: z.object({
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, "an ISO 4217 code in capitals is wanted")
        .describe("ISO 4217, such as USD"),
      on: z.string().max(20).describe("The day, YYYY-MM-DD"),
    }),
    answer: record.rate,
    handler: async (query) => rate(db, query),
  });
  read(app, {
    url: "/facts",
    tag: "books",
    summary: "What a book holds beside its postings: stated needs, statements, milestones",
    query: z.object({ book: frameQuery.book }),
    answer: record.bookFacts,
    handler: async ({ book }) => bookFacts(db, book),
  });
  read(app, {
    url: "/needs",
    tag: "books",
    summary: "What the recipient said it needs, one line a statement",
    query: z.object({ book: frameQuery.book }),
    answer: record.needs,
    handler: async ({ book }) => needLines(await bookFacts(db, book)),
  });
}

function needLines(facts: BookFacts): Needs {
  return {
    items: facts.needs.flatMap(({ item, asOf, needs, committed, delivered, source: from }) =>
      needs.map(({ label, quantity }) => ({
        item,
        asOf,
        need: quantity,
        needLabel: label,
        committed,
        delivered,
        source: from,
      })),
    ),
  };
}
