import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Clock } from "#app/clock.ts";
import type { Database } from "#app/database.ts";
import { pledgeReport } from "#app/foresight/report.ts";
import { reportFile, reportFormats } from "#app/foresight/report-file.ts";
import { goneSignal } from "../gone.ts";
import { read } from "../route.ts";
import * as shapes from "../schemas-report.ts";

const word = z.string().min(1).max(200);

/** The styles of a report as HTML stand in it, and nothing else may. */
const ownStyles =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** The pledge report as JSON, and as the files that are written from it. */
export function reportRoutes(app: FastifyInstance, { db, clock }: Readonly<{ db: Database; clock: Clock }>): void {
  read(app, {
    url: "/foresight/pledge-report",
    tag: "foresight",
    summary: "The pledge report of a fund, a group or a book for a period, as known on a day",
    description:
      "What each ally pledged, its fair share by the key, what was bound, placed, paid and received, by category and way; arrears, predictability, forecast, decisions, method and sources. `format` gives the same report as a file: every figure in it is one of these cells. The same question with the same `known_at` is the same bytes.",
    query: z.object({
      fund: word.optional().describe("Of which fund; its contributors and its book are then those of the report"),
      group: word.optional().describe("Without a fund: of the giving of this group's members"),
      book: word.optional().describe("The fund's own, or worked-case"),
      period: word.describe("2024, 2024H2, 2024Q3 or FROM/TO"),
      known_at: word.optional().describe("As known at the end of this day, YYYY-MM-DD; today without it"),
      boundary: word.optional().describe("Whose giving counts; the group without it, all where there is none"),
      basis: word.optional().describe("as-reported, at-event or constant:YYYY-MM-DD; as-reported without it"),
      key: word.optional().describe("Another key for the fair shares; the fund's own without it, or by GDP"),
      until: word.optional().describe("To which day the forecast looks; the next summit without it"),
      forecast: z.enum(["yes", "no"]).default("yes").describe("no leaves the forecast out, which takes a while"),
      format: z.enum(reportFormats).default("json"),
    }),
    answer: shapes.pledgeReport,
    handler: async ({ format, known_at: knownAt, forecast, ...question }, _request, reply) => {
      const asked = { ...question, knownAt, forecast: forecast === "yes" };
      const report = await pledgeReport(db, clock, asked, { signal: goneSignal(reply) });
      if (format === "json") return report;
      const { bytes, type, name } = await reportFile(report, format);
      const shownInPlace = format === "html" || format === "pdf";
      if (format === "html") void reply.header("content-security-policy", ownStyles);
      return reply
        .type(type)
        .header("content-disposition", `${shownInPlace ? "inline" : "attachment"}; filename="${fileName(name)}"`)
        .serializer((found: unknown) => found as string)
        .send(Buffer.from(bytes));
    },
  });
}

const fileName = (name: string): string => name.replaceAll(/[^A-Za-z0-9._-]+/g, "-");
