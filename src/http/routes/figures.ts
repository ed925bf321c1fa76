import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { diff } from "#app/diff.ts";
import { overview } from "#app/overview.ts";
import { totals } from "#app/totals.ts";
import { bindingClasses } from "#core/bindingness.ts";
import type { Dimension, TotalsRow } from "#core/views.ts";
import type { Database } from "#app/database.ts";
import { figureUnit, formatQuery, frameQuery, narrowingQuery, questionOf } from "../frame-query.ts";
import { read } from "../route.ts";
import * as figures from "../schemas-figures.ts";
import * as shapes from "../schemas.ts";
import { sendTable, tableFormat, type Column } from "../tables.ts";

export function figureRoutes(app: FastifyInstance, db: Database): void {
  read(app, {
    url: "/overview",
    tag: "figures",
    summary: "The standing picture of a book: classes, streams, over time, who gave, what changed",
    query: z.object({ ...frameQuery, ...narrowingQuery }),
    answer: figures.overview,
    handler: async (query) => overview(db, questionOf(query)),
  });
  read(app, {
    url: "/diff",
    tag: "figures",
    summary: "What a release says differently from an earlier one of its series",
    query: z.object({
      book: frameQuery.book,
      from: z.string().max(200).describe("The earlier release, by name"),
      to: z.string().max(200).describe("The later release, by name"),
      class: z.enum(bindingClasses).optional().describe("The class compared; bound without it"),
    }),
    answer: figures.diff,
    handler: async (query) => diff(db, query),
  });
  read(app, {
    url: "/totals",
    tag: "figures",
    summary: "Totals by the dimensions asked, with everything a figure needs beside it",
    description:
      "Dimensions: donor, category, stream, group, year, month, class, unit. What cannot be converted is listed with the reason and never added as zero; a class that no source states is unknown (null).",
    query: z.object({
      by: z.string().max(200).default("").describe("Dimensions, separated by commas"),
      ...frameQuery,
      ...narrowingQuery,
      ...figureUnit,
      ...formatQuery("json", "csv"),
    }),
    answer: shapes.totals,
    handler: async ({ by, format, ...query }, request, reply) => {
      const words = by
        .split(",")
        .map((word) => word.trim())
        .filter((word) => word !== "");
      const found = await totals(db, { ...questionOf(query), by: words });
      const asked = tableFormat(format, request);
      if (asked === undefined) return found;
      return sendTable(request, reply, {
        what: "totals",
        frame: found.frame,
        format: asked,
        rows: found.rows,
        columns: totalsColumns(found.by),
      });
    },
  });
}

function totalsColumns(by: readonly Dimension[]): Column<TotalsRow>[] {
  return [
    ...by.flatMap((dimension): Column<TotalsRow>[] => [
      { name: dimension, kind: "text", of: (row) => row[dimension] ?? null },
      ...(dimension === "donor"
        ? [{ name: "donor_id", kind: "text" as const, of: (row: TotalsRow) => row.donorId ?? null }]
        : []),
    ]),
    { name: "amount", kind: "figure", of: (row) => row.amount },
    ...(by.includes("unit") ? [] : [{ name: "unit", kind: "text", of: (row) => row.unit } satisfies Column<TotalsRow>]),
    { name: "postings", kind: "figure", of: (row) => row.postings },
  ];
}
