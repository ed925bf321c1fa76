import Papa from "papaparse";
import { MainstayError } from "#core/errors.ts";
import { limits } from "../limits.ts";
import { asRefusal, pause, type ReadOptions, type Table } from "../reading.ts";
import { decodeText } from "./decode.ts";
import { checkQuoting } from "./quotes.ts";

const chunkCharacters = 1_000_000;
const sampledCharacters = 100_000; // of the first line, to guess the delimiter
const delimiters = [",", ";", "\t", "|"] as const;

/**
 * A CSV's cells as text, row by row. The delimiter is the one that splits the first line most when none is given.
 * @throws MainstayError empty_file | wrong_encoding | nul_bytes | broken_quoting | too_many_cells | csv_unreadable | import_cancelled
 */
export async function readCsvTable(bytes: Uint8Array, options: ReadOptions, delimiter?: string): Promise<Table> {
  // Line ends may change within one file; the splitter below takes one kind and would join rows that end in another.
  const text = decodeText(bytes, options).replaceAll(/\r\n?/g, "\n");
  const separator = delimiter ?? guessDelimiter(text);
  await checkQuoting(text, separator, options);
  const rows: string[][] = [];
  try {
    await forEachChunk(text, separator, options, (chunk) => {
      for (const row of chunk) {
        const place = { file: options.fileName, row: rows.length + 1 };
        if (row.length > limits.csvColumns) throw new MainstayError("too_many_cells", `${row.length} columns`, place);
        if (rows.length >= limits.csvRows)
          throw new MainstayError("too_many_cells", `more than ${limits.csvRows} rows`, place);
        rows.push(row);
      }
    });
  } catch (error) {
    throw asRefusal(error, "csv_unreadable", options);
  }
  while (rows.length > 0 && rows.at(-1)?.every((cell) => cell.trim() === "") === true) rows.pop();
  return { file: options.fileName, sheet: null, rows };
}

/** Splits a text a piece at a time, letting other work run between the pieces. */
function forEachChunk(
  text: string,
  delimiter: string,
  options: ReadOptions,
  take: (rows: string[][]) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let read = 0;
    Papa.parse<string[]>(text, {
      delimiter,
      newline: "\n",
      skipEmptyLines: false,
      chunkSize: chunkCharacters,
      chunk: (result: Papa.ParseResult<string[]>, parser: Papa.Parser) => {
        parser.pause();
        read = result.meta.cursor;
        try {
          take(result.data);
        } catch (error) {
          reject(error); // before the parser calls itself complete, which it does on being stopped
          parser.abort();
          return;
        }
        pause(options, text.length + read, text.length * 2).then(
          () => parser.resume(),
          (error: unknown) => {
            reject(error);
            parser.abort();
          },
        );
      },
      complete: () => resolve(),
      error: reject,
    });
  });
}

function guessDelimiter(text: string): string {
  const end = text.indexOf("\n");
  const first = text.slice(0, Math.min(end < 0 ? text.length : end, sampledCharacters)).replaceAll(/"[^"]*"/g, "");
  const counted = delimiters.map((delimiter) => ({ delimiter, count: first.split(delimiter).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}
