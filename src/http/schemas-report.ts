import { z } from "zod";
import type * as views from "#core/views-report.ts";
import { day, figureFrame, shapeOf, sourceRef, text } from "./schemas.ts";

/** The shape of a pledge report, held to its type in core/views-report.ts. */

const cell = z.object({
  value: text
    .nullable()
    .describe("A plain decimal, a day or a text; null where not known, empty where there can be none"),
  note: text.nullable().describe("The mark of one of the table's notes"),
});
const column = z.object({
  id: text,
  head: text,
  over: text.nullable(),
  kind: z.enum(["text", "amount", "percent", "number", "day"]),
  unit: text.nullable(),
  shown: z.enum(["exact", "millions"]).describe("How print shows it; the cell is exact"),
  note: text.nullable(),
});
const table = shapeOf<views.ReportTable>()(
  "ReportTable",
  z.object({
    id: text,
    number: text,
    title: text,
    text: text,
    nameHead: text,
    columns: z.array(column),
    rows: z.array(z.object({ id: text, name: text, kind: z.enum(["row", "total"]), cells: z.array(cell) })),
    notes: z.array(z.object({ mark: text, text: text })),
    empty: text,
  }),
);

export const pledgeReport = shapeOf<views.PledgeReport>()(
  "PledgeReport",
  z.object({
    title: text,
    subtitle: text,
    frame: figureFrame,
    boundaryName: text.describe("The boundary in words: a group by its name"),
    period: z.object({ id: text, from: day, to: day, words: text }),
    asOf: day,
    knownAt: day,
    synthetic: z.boolean(),
    modelled: text.nullable(),
    book: z.object({ slug: text, title: text, recipient: text }),
    fund: z.object({ id: text, title: text }).nullable(),
    group: z.object({ slug: text, name: text }).nullable(),
    key: z
      .object({
        id: text,
        title: text,
        source: text,
        modelled: text.nullable(),
        indicatorYear: z.number().int().nullable(),
      })
      .nullable(),
    findings: z.array(text),
    marks: z.array(z.object({ label: text, table: text, row: text, column: text, note: text })),
    charts: z.array(
      z.object({
        id: text,
        number: text,
        title: text,
        text: text,
        kind: z.enum(["bars", "multiples"]),
        table: text,
        rows: z.array(text),
        columns: z.array(text),
      }),
    ),
    front: z.array(table),
    annex: z.array(table),
    method: z.array(z.object({ title: text, paragraphs: z.array(text) })),
    sources: z.array(sourceRef),
    file: text,
  }),
);
