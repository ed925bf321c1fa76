import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { totals } from "#app/totals.ts";
import type { Dimension, TotalsRow } from "#core/views.ts";
import type { Database } from "#store/database.ts";
import { figureUnit, formatQuery, frameQuery, narrowingQuery, questionOf } from "../frame-query.ts";
import { read } from "../route.ts";
import * as shapes from "../schemas.ts";
import { sendTable, tableFormat, type Column } from "../tables.ts";

export function figureRoutes(app: FastifyInstance, db: Database): void {
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
      const words = by.split(",").map((word) => word.trim()).filter((word) => word !== "");
      const found = await totals(db, { ...questionOf(query), by: words });
      const asked = tableFormat(format, request);
      if (asked === undefined) return found;
      return sendTable(request, reply, { what: "totals", frame: found.frame, format: asked, rows: found.rows, columns: totalsColumns(found.by) });
    },
  });
}

function totalsColumns(by: readonly Dimension[]): Column<TotalsRow>[] {
  return [
    ...by.map((dimension): Column<TotalsRow> => ({ name: dimension, kind: "text", of: (row) => row[dimension] ?? null })),
    { name: "amount", kind: "figure", of: (row) => row.amount },
    ...(by.includes("unit") ? [] : [{ name: "unit", kind: "text", of: (row) => row.unit } satisfies Column<TotalsRow>]),
    { name: "postings", kind: "figure", of: (row) => row.postings },
  ];
}
