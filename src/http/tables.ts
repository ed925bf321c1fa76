import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { csvHeader, csvRow, type Column } from "#core/csv.ts";
import type { FigureFrame } from "#core/views.ts";

export type { Column };

export type TableFormat = "csv" | "ndjson";

/** The table format an address or its Accept header asks for, undefined for JSON. */
export function tableFormat(format: string | undefined, request: FastifyRequest): TableFormat | undefined {
  if (format !== undefined) return format === "csv" || format === "ndjson" ? format : undefined;
  const accept = request.headers.accept ?? "";
  if (accept.includes("text/csv")) return "csv";
  return accept.includes("application/x-ndjson") ? "ndjson" : undefined;
}

async function* csvLines<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: readonly Column<Row>[],
): AsyncGenerator<string> {
  yield csvHeader(columns);
  for await (const row of rows) yield csvRow(columns, row);
}

async function* jsonLines<Row>(rows: AsyncIterable<Row> | Iterable<Row>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

/** Joins many short lines into pieces worth sending. */
async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = "";
  for await (const line of lines) {
    piece += line;
    if (piece.length > 32_768) {
      yield piece;
      piece = "";
    }
  }
  if (piece !== "") yield piece;
}

/** The frame in one line, for the header that goes with a file. */
function frameText(frame: FigureFrame): string {
  const parts = {
    book: frame.book,
    as_of: frame.asOf,
    known_at: frame.knownAt,
    boundary: frame.boundary,
    basis: frame.basis,
    unit: frame.unit,
  };
  return Object.entries(parts)
    .map(([name, value]) => `${name}=${value ?? ""}`)
    .join("; ");
}

/** A file name that says what is inside: the table, the book and what of the frame was chosen. */
function fileName(what: string, frame: FigureFrame, format: TableFormat): string {
  const chosen = [
    frame.asOf === null ? "" : `as-of-${frame.asOf}`,
    frame.knownAt === null ? "" : `known-at-${frame.knownAt}`,
    frame.boundary === "all" ? "" : frame.boundary,
    frame.basis === "as-reported" ? "" : frame.basis,
    frame.unit === "EUR" ? "" : frame.unit,
  ];
  const name = [frame.book, what, ...chosen].filter((part) => part !== "").join("_");
  return `${name.replaceAll(/[^A-Za-z0-9._-]+/g, "-")}.${format}`;
}

/**
 * Sends rows as CSV (UTF-8, a header row, CRLF) or as one JSON object a line, as they come. The frame is in the file's name and in
 * `Mainstay-Frame`; `Link` gives the same in JSON.
 */
export async function sendTable<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  table: Readonly<{
    what: string;
    frame: FigureFrame;
    format: TableFormat;
    rows: AsyncIterable<Row> | Iterable<Row>;
    columns: readonly Column<Row>[];
  }>,
): Promise<FastifyReply> {
  const { what, frame, format, rows, columns } = table;
  const lines = format === "csv" ? csvLines(rows, columns) : jsonLines(rows);
  const address = new URL(request.url, "http://localhost");
  address.searchParams.delete("format");
  return reply
    .type(format === "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson; charset=utf-8")
    .header("content-disposition", `attachment; filename="${fileName(what, frame, format)}"`)
    .header("mainstay-frame", frameText(frame))
    .header("link", `<${address.pathname}${address.search}>; rel="alternate"; type="application/json"`)
    .send(Readable.from(inPieces(lines)));
}
