import { zipSync } from "fflate";
import { readSheet } from "read-excel-file/universal";
import { MainstayError, type ErrorPlace } from "#core/errors.ts";
import { lookUp } from "../cells.ts";
import { limits } from "../limits.ts";
import { asRefusal, columnLetter, pause, type ReadOptions, type Table } from "../reading.ts";
import { watchPart } from "./guard.ts";
import { openZip, unpack, type ZipEntry } from "./zip.ts";

const workbookPath = "xl/workbook.xml";
const relationsPath = "xl/_rels/workbook.xml.rels";

/** A workbook whose directory was read; sheets are unpacked, checked and parsed one by one when asked for. */
export type Workbook = Readonly<{ sheetNames: readonly string[]; readTable: (sheetName: string) => Promise<Table> }>;

/** Whether the bytes begin as a zip or as the older compound file: some workbook, and not text. */
export function looksLikeWorkbook(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x50, 0x4b]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]);
}

/**
 * @throws MainstayError empty_file | file_too_large | not_a_workbook | workbook_encrypted | workbook_truncated | workbook_hostile |
 *   workbook_too_large | workbook_unreadable | nul_bytes | too_many_cells | import_cancelled, also from readTable
 */
export async function openWorkbook(bytes: Uint8Array, options: ReadOptions): Promise<Workbook> {
  const file = options.fileName;
  if (bytes.length === 0) throw new MainstayError("empty_file", "0 bytes", { file });
  if (bytes.length > limits.fileBytes) throw new MainstayError("file_too_large", `${bytes.length} bytes`, { file });
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    throw new MainstayError("workbook_encrypted", "a compound file (OLE)", { file });
  if (!startsWith(bytes, [0x50, 0x4b]))
    throw new MainstayError("not_a_workbook", "no zip signature at the start", { file });
  const entries = openZip(bytes, options);
  const fixed = [workbookPath, relationsPath];
  const missing = fixed.find((path) => !entries.has(path));
  if (missing !== undefined) throw new MainstayError("not_a_workbook", `a zip without ${missing}`, { file });
  const parts: Record<string, Uint8Array> = {};
  for (const path of fixed) parts[path] = await unpackPart(entries, path, options);
  const sheets = sheetPaths(parts);
  let shared: Promise<void> | null = null;
  return {
    sheetNames: [...sheets.keys()],
    readTable: async (sheetName) => {
      const path = sheets.get(sheetName);
      if (path === undefined || !entries.has(path))
        throw new MainstayError("workbook_unreadable", `no part for the sheet`, { file, sheet: sheetName });
      shared ??= addSharedParts(entries, parts, options);
      await shared;
      const sheet = await unpackPart(entries, path, options, sheetName);
      return { file, sheet: sheetName, rows: await parseSheet({ ...parts, [path]: sheet }, sheetName, options) };
    },
  };
}

async function addSharedParts(
  entries: ReadonlyMap<string, ZipEntry>,
  parts: Record<string, Uint8Array>,
  options: ReadOptions,
): Promise<void> {
  for (const path of entries.keys()) {
    if (/^xl\/(?:sharedStrings|styles)\w*\.xml$/i.test(path)) parts[path] = await unpackPart(entries, path, options);
  }
}

async function unpackPart(
  entries: ReadonlyMap<string, ZipEntry>,
  path: string,
  options: ReadOptions,
  sheet?: string,
): Promise<Uint8Array> {
  const entry = entries.get(path);
  if (entry === undefined) throw new MainstayError("workbook_truncated", `no part ${path}`, { file: options.fileName });
  return unpack(entry, options, watchPart({ file: options.fileName, sheet, field: path }));
}

/** Only the parts that were checked reach the parser. */
async function parseSheet(
  parts: Record<string, Uint8Array>,
  sheetName: string,
  options: ReadOptions,
): Promise<string[][]> {
  await pause(options, 0, 1);
  const packed = zipSync(parts, { level: 0 });
  try {
    const rows = await readSheet<string>(packed.buffer as ArrayBuffer, sheetName, { parseNumber: shortest });
    const texts = (rows as readonly (readonly unknown[])[]).map((row) => row.map(cellText));
    refuseNul(texts, { file: options.fileName, sheet: sheetName });
    return texts;
  } catch (error) {
    throw asRefusal(error, "workbook_unreadable", options);
  }
}

/** No text on record can hold a NUL, which XML forbids and a forged workbook can write nevertheless. */
function refuseNul(rows: readonly (readonly string[])[], place: ErrorPlace): void {
  for (const [index, row] of rows.entries()) {
    const column = row.findIndex((cell) => cell.includes("\0"));
    if (column >= 0)
      throw new MainstayError("nul_bytes", "a NUL character", {
        ...place,
        row: index + 1,
        column: columnLetter(column),
      });
  }
}

/** A spreadsheet writes up to 17 digits of its binary number; the shortest decimal of the same number is what was meant. */
function shortest(text: string): string {
  return text.length > 15 ? String(Number(text)) : text;
}

function cellText(value: unknown): string {
  if (typeof value === "string") return value.toWellFormed();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString().slice(0, 10);
  return typeof value === "boolean" ? String(value).toUpperCase() : "";
}

function sheetPaths(parts: Readonly<Record<string, Uint8Array>>): ReadonlyMap<string, string> {
  const targets = new Map(
    elements(parts[relationsPath], "Relationship").map((relation) => [
      relation["Id"] ?? "",
      (relation["Target"] ?? "").replace(/^\/xl\/|^\//, ""),
    ]),
  );
  return new Map(
    elements(parts[workbookPath], "sheet").flatMap((sheet) => {
      const target = targets.get(sheet["r:id"] ?? sheet["relationships:id"] ?? "");
      return target === undefined || sheet["name"] === undefined ? [] : [[sheet["name"], `xl/${target}`] as const];
    }),
  );
}

/** The attributes of every element of one name, entities of XML resolved (there are no others: a document type is refused before). */
function elements(part: Uint8Array | undefined, name: string): Record<string, string>[] {
  const text = new TextDecoder().decode(part);
  return [...text.matchAll(new RegExp(`<(?:\\w+:)?${name}\\s([^>]*)>`, "g"))].map((match) =>
    Object.fromEntries(
      [...(match[1] ?? "").matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map((pair) => [
        pair[1] ?? "",
        plain(pair[2] ?? pair[3] ?? ""),
      ]),
    ),
  );
}

function plain(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return lookUp(named, name) ?? whole;
    const point = name[1] === "x" || name[1] === "X" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return point > 0x10_ffff ? whole : String.fromCodePoint(point);
  });
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
