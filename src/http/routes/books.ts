import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { book, books, releases } from "#app/books.ts";
import type * as views from "#core/views.ts";
import type { Database } from "#app/database.ts";
import { read } from "../route.ts";
import * as shapes from "../schemas.ts";

const params = z.object({ book: z.string().max(200).describe("The book's slug") });
const none = z.object({});

export function bookRoutes(app: FastifyInstance, db: Database): void {
  const tag = "books";
  read(app, {
    url: "/books",
    tag,
    summary: "The books on record",
    query: none,
    answer: shapes.listOf(shapes.book),
    handler: async (): Promise<readonly views.Book[]> => books(db),
  });
  read(app, {
    url: "/books/:book",
    tag,
    summary: "One book",
    params,
    query: none,
    answer: shapes.book,
    handler: async (input) => book(db, input.book),
  });
  read(app, {
    url: "/books/:book/releases",
    tag,
    summary: "The releases a book was made from, oldest first",
    params,
    query: none,
    answer: shapes.listOf(shapes.release),
    handler: async (input) => releases(db, input.book),
  });
}
