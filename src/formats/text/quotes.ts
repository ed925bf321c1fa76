import { MainstayError } from "#core/errors.ts";
import { limits } from "../limits.ts";
import { pause, type ReadOptions } from "../reading.ts";

const quote = 34;
const newline = 10;
const slice = 8_000_000;

/**
 * Looks through a CSV's quoting (RFC 4180) before it is split, so that a quote left open is found where it opened rather than at the file's end,
 * and a row without end before memory is spent on it. Lines end in a newline.
 * @throws MainstayError broken_quoting naming the line where the quoted field opened, too_many_cells naming the line where the row begins
 */
export async function checkQuoting(text: string, delimiter: string, options: ReadOptions): Promise<void> {
  const separator = delimiter.charCodeAt(0);
  let line = 1;
  let openedAt = 0; // the line of the quote that is open, 0 when none is
  let fieldStart = true;
  let row = { line: 1, at: 0 };
  for (let at = 0; at < text.length; at += 1) {
    if (at % slice === slice - 1) await pause(options, at, text.length * 2);
    const code = text.charCodeAt(at);
    if (openedAt === 0 && at - row.at > limits.csvRowCharacters) throw rowTooLong(row.line, options);
    if (code === newline) {
      line += 1;
      if (openedAt === 0) row = { line, at };
    }
    if (openedAt > 0) {
      if (code !== quote) continue;
      const next = text.charCodeAt(at + 1);
      if (next === quote) at += 1;
      else if (at + 1 >= text.length || next === separator || next === newline) openedAt = 0;
      else throw brokenAt(openedAt, `a quoted field goes on after its closing quote: ${excerpt(text, at)}`, options);
    } else if (code === quote && fieldStart) {
      openedAt = line;
      fieldStart = false;
    } else fieldStart = code === separator || code === newline;
  }
  if (openedAt > 0) throw brokenAt(openedAt, "a quote that opens here and is never closed", options);
  if (text.length - row.at > limits.csvRowCharacters) throw rowTooLong(row.line, options);
}

function rowTooLong(row: number, options: ReadOptions): MainstayError {
  return new MainstayError("too_many_cells", `a row of more than ${limits.csvRowCharacters} characters`, {
    file: options.fileName,
    row,
  });
}

function brokenAt(row: number, found: string, options: ReadOptions): MainstayError {
  return new MainstayError("broken_quoting", found, { file: options.fileName, row });
}

function excerpt(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 15), at + 15));
}
