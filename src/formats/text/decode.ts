import { MainstayError } from "#core/errors.ts";
import { limits } from "../limits.ts";
import type { ReadOptions } from "../reading.ts";

/**
 * The text of a file in UTF-8, or UTF-16 with a byte order mark, without the mark.
 * @throws MainstayError empty_file | file_too_large | wrong_encoding | nul_bytes | not_text, naming the row and byte
 */
export function decodeText(bytes: Uint8Array, options: ReadOptions): string {
  const file = options.fileName;
  if (bytes.length === 0) throw new MainstayError("empty_file", "0 bytes", { file });
  if (bytes.length > limits.fileBytes) throw new MainstayError("file_too_large", `${bytes.length} bytes`, { file });
  const mark = `${bytes[0]},${bytes[1]}`;
  const text =
    mark === "255,254"
      ? utf16(bytes, "utf-16le", file)
      : mark === "254,255"
        ? utf16(bytes, "utf-16be", file)
        : utf8(bytes, file);
  const nul = text.indexOf("\0");
  if (nul >= 0)
    throw new MainstayError("nul_bytes", `a NUL character at character ${nul + 1}`, { file, row: rowAt(text, nul) });
  if (text.trim() === "") throw new MainstayError("empty_file", "nothing but blanks", { file });
  return text;
}

function utf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be", file: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new MainstayError(
      "wrong_encoding",
      `bytes that are not ${encoding.toUpperCase()} although the byte order mark says so`,
      { file },
    );
  }
}

function utf8(bytes: Uint8Array, file: string): string {
  const half = nulParity(bytes);
  if (half !== null) {
    throw new MainstayError(
      "wrong_encoding",
      `every second byte is NUL, as in UTF-16 ${half} without a byte order mark`,
      { file, row: 1 },
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const at = firstBadByte(bytes);
    const row = 1 + bytes.subarray(0, at).reduce((count, byte) => (byte === 10 ? count + 1 : count), 0);
    const value = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, "0");
    throw new MainstayError("wrong_encoding", `byte 0x${value} at offset ${at}, which is not UTF-8`, { file, row });
  }
}

/** Whether the first bytes look like UTF-16 text of Latin letters. */
function nulParity(bytes: Uint8Array): "little endian" | "big endian" | null {
  const head = Math.min(bytes.length - (bytes.length % 2), 512);
  if (head < 4) return null;
  const counts = [0, 0];
  for (let at = 0; at < head; at += 1) if (bytes[at] === 0) counts[at % 2] = (counts[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = counts;
  if (odd > head / 4 && even === 0) return "little endian";
  return even > head / 4 && odd === 0 ? "big endian" : null;
}

/** Offset of the first byte that no valid UTF-8 text has there: the lead of the first ill-formed sequence (Unicode 16, table 3-7). */
function firstBadByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return Math.max(0, bytes.length - 1);
}

/** How many bytes the well-formed sequence starting here has; 0 when it is ill-formed. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[at + 1] ?? 0;
  if (length === 0 || second < lowest || second > highest) return 0;
  for (let next = 2; next < length; next += 1) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** The 1-based line a character stands in. */
function rowAt(text: string, index: number): number {
  let row = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < index; at = text.indexOf("\n", at + 1)) row += 1;
  return row;
}
