import { Inflate } from "fflate";
import { MainstayError } from "#core/errors.ts";
import { limits } from "../limits.ts";
import { pause, type ReadOptions } from "../reading.ts";

/** A part of a zip as its central directory declares it; the bytes are still packed. */
export type ZipEntry = Readonly<{ name: string; method: number; packed: Uint8Array; size: number }>;

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localEntry = 0x04034b50;
const pushBytes = 16_384; // small, so that a thousandfold expansion is stopped within megabytes

/**
 * The parts of a zip by name, from its central directory (PKWARE APPNOTE 4.3.12 and 4.3.16), nothing unpacked.
 * @throws MainstayError workbook_truncated | workbook_hostile | workbook_too_large
 */
export function openZip(bytes: Uint8Array, options: ReadOptions): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view, options);
  const count = view.getUint16(end + 10, true);
  if (count > limits.zipEntries)
    throw new MainstayError("workbook_hostile", `${count} parts in the workbook`, { file: options.fileName });
  const entries = new Map<string, ZipEntry>();
  let at = view.getUint32(end + 16, true);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== directoryEntry)
      throw truncated(`${index} of ${count} parts`, options);
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const size = view.getUint32(at + 24, true);
    total += size;
    const packed = packedBytes(
      view,
      bytes,
      view.getUint32(at + 42, true),
      view.getUint32(at + 20, true),
      name,
      options,
    );
    entries.set(name, { name, method: view.getUint16(at + 10, true), packed, size });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  if (total > limits.workbookBytes)
    throw new MainstayError("workbook_too_large", `${total} bytes unpacked`, { file: options.fileName });
  return entries;
}

function packedBytes(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  length: number,
  name: string,
  options: ReadOptions,
): Uint8Array {
  if (at + 30 > bytes.length || view.getUint32(at, true) !== localEntry)
    throw truncated(`no part ${name} where the directory says`, options);
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + length > bytes.length) throw truncated(`part ${name} ends after the file does`, options);
  return bytes.subarray(start, start + length);
}

function findEnd(view: DataView, options: ReadOptions): number {
  const first = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= first; at -= 1) if (view.getUint32(at, true) === endOfDirectory) return at;
  throw truncated("no directory at the end of the file", options);
}

function truncated(found: string, options: ReadOptions): MainstayError {
  return new MainstayError("workbook_truncated", found, { file: options.fileName });
}

/**
 * Unpacks one part, stopping as soon as it grows beyond what it declared or may have. `watch` sees every piece as it comes and may refuse by throwing.
 * @throws MainstayError workbook_too_large | workbook_hostile | workbook_truncated | import_cancelled
 */
export async function unpack(
  entry: ZipEntry,
  options: ReadOptions,
  watch?: (piece: Uint8Array) => void,
): Promise<Uint8Array> {
  const place = { file: options.fileName, field: entry.name };
  if (entry.size > limits.partBytes)
    throw new MainstayError("workbook_too_large", `${entry.size} bytes unpacked`, place);
  if (entry.method === 0) {
    watch?.(entry.packed);
    return entry.packed;
  }
  if (entry.method !== 8) throw new MainstayError("workbook_unreadable", `compression method ${entry.method}`, place);
  const pieces: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate((piece) => {
    length += piece.length;
    if (length > entry.size)
      throw new MainstayError("workbook_hostile", `more than the ${entry.size} bytes declared`, place);
    watch?.(piece);
    pieces.push(piece);
  });
  for (let at = 0; at < entry.packed.length || at === 0; at += pushBytes) {
    if (at % (pushBytes * 32) === 0) await pause(options, at, entry.packed.length);
    pushOrRefuse(inflate, entry.packed.subarray(at, at + pushBytes), at + pushBytes >= entry.packed.length, place);
  }
  if (length !== entry.size) throw new MainstayError("workbook_truncated", `${length} of ${entry.size} bytes`, place);
  return joined(pieces, length);
}

function pushOrRefuse(
  inflate: Inflate,
  piece: Uint8Array,
  last: boolean,
  place: { file: string; field: string },
): void {
  try {
    inflate.push(piece, last);
  } catch (error) {
    if (error instanceof MainstayError) throw error;
    throw new MainstayError("workbook_truncated", error instanceof Error ? error.message : undefined, place);
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
