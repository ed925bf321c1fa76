import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { MainstayError, type ErrorCode } from "../../src/core/errors.ts";
import { watchPart } from "../../src/formats/xlsx/guard.ts";
import { readKiel } from "../../src/formats/kiel/read.ts";
import { csvOf, mainHeader, mainRows } from "./main-table.ts";
import { packed, sheetAround, sheetXml, workbookParts } from "./make-workbook.ts";

const sheetName = "Bilateral assistance, MAIN DATA";
const goodParts = () => workbookParts({ [sheetName]: sheetXml([mainHeader, ...mainRows]) });
const csv = csvOf([mainHeader, ...mainRows]);
const secondsAllowed = 5;
const megabytesAllowed = 400;

/** Reads what must be refused and tells how, within the time and memory a small machine has. */
async function refusal(bytes: Uint8Array): Promise<MainstayError> {
  const memoryBefore = process.memoryUsage().rss;
  const started = performance.now();
  const error: unknown = await readKiel(bytes, { fileName: "hostile" }).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect((performance.now() - started) / 1000).toBeLessThan(secondsAllowed);
  expect((process.memoryUsage().rss - memoryBefore) / 1e6).toBeLessThan(megabytesAllowed);
  expect(error).toBeInstanceOf(MainstayError);
  return error as MainstayError;
}

test("the workbook and the CSV the hostile ones are made from are read", async () => {
  const content = await readKiel(packed(goodParts()), { fileName: "good.xlsx" });
  expect(content.readings.length).toBeGreaterThan(5);
  expect((await readKiel(strToU8(csv), { fileName: "good.csv" })).readings).toHaveLength(content.readings.length);
});

test("a sheet that says it is larger than it is, is read", async () => {
  const claimed = sheetXml([mainHeader, ...mainRows]).replace(
    "<sheetData>",
    '<dimension ref="A1:XFD1048576"/><sheetData>',
  );
  expect(
    (await readKiel(packed(workbookParts({ [sheetName]: claimed })), { fileName: "claimed.xlsx" })).readings.length,
  ).toBeGreaterThan(5);
});

/** The sheet's XML repeated to a size, so that what is packed is small and what is unpacked is not. */
function repeated(row: string, times: number): Uint8Array {
  const one = strToU8(row.repeat(1000));
  const head = strToU8(sheetAround("").replace("</sheetData></worksheet>", ""));
  const whole = new Uint8Array(head.length + one.length * Math.ceil(times / 1000));
  whole.set(head);
  for (let index = 0; index < Math.ceil(times / 1000); index += 1) whole.set(one, head.length + index * one.length);
  return whole;
}

/** Changes the unpacked size that a zip's directory declares for a part. */
function declaring(zip: Uint8Array, part: string, size: number): Uint8Array {
  const changed = zip.slice();
  const view = new DataView(changed.buffer);
  for (let at = 0; at + 46 < changed.length; at += 1) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const name = new TextDecoder().decode(changed.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)));
    if (name === part) view.setUint32(at + 24, size, true);
  }
  return changed;
}

const sheetPart = "xl/worksheets/sheet1.xml";
const workbooks: readonly (readonly [string, ErrorCode, RegExp, () => Uint8Array])[] = [
  ["cut in the middle", "workbook_truncated", /directory/, () => packed(goodParts()).subarray(0, 700)],
  ["cut by its last byte", "workbook_truncated", /directory/, () => packed(goodParts()).slice(0, -1)],
  ["damaged inside a part", "workbook_truncated", /sheet1/, () => damaged()],
  [
    "encrypted, or an old .xls",
    "workbook_encrypted",
    /compound/,
    () => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Array<number>(600).fill(0)]),
  ],
  [
    "a zip of something else",
    "not_a_workbook",
    /xl\/workbook\.xml/,
    () => zipSync({ "photo.txt": strToU8("not a workbook") }),
  ],
  [
    "a zip bomb of a sheet",
    "workbook_too_large",
    /140000400 bytes/,
    () => packed({ ...goodParts(), [sheetPart]: new Uint8Array(140_000_400).fill(32) }),
  ],
  [
    "a part that declares less than it holds",
    "workbook_hostile",
    /declared/,
    () => declaring(packed({ ...goodParts(), [sheetPart]: new Uint8Array(60_000_000) }), sheetPart, 5_000),
  ],
  [
    "parts that declare terabytes",
    "workbook_too_large",
    /bytes/,
    () => declaring(packed(goodParts()), sheetPart, 0xffff_fff0),
  ],
  [
    "ten million empty cells",
    "too_many_cells",
    /cells/,
    () => packed({ ...goodParts(), [sheetPart]: repeated('<c s="1"/>', 10_000_000) }),
  ],
  [
    "a lone cell in the sheet's last corner",
    "too_many_cells",
    /XFD1048576/,
    () =>
      packed(
        workbookParts({
          [sheetName]: sheetAround(
            '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
          ).replace('<row r="1048576">', "<row>"),
        }),
      ),
  ],
  [
    "rows without end",
    "too_many_cells",
    /1048576/,
    () => packed(workbookParts({ [sheetName]: sheetAround('<row r="1048576"></row>') })),
  ],
  [
    "entities in entities",
    "workbook_hostile",
    /DOCTYPE/,
    () =>
      packed({
        ...goodParts(),
        [sheetPart]: strToU8(
          `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${sheetAround("").slice(21)}`,
        ),
      }),
  ],
  [
    "three million shared strings",
    "workbook_hostile",
    /shared strings/,
    () => packed({ ...goodParts(), "xl/sharedStrings.xml": repeated("<si><t>a</t></si>", 3_000_000) }),
  ],
  [
    "a formula of a million characters",
    "workbook_hostile",
    /formula/,
    () =>
      packed(
        workbookParts({
          [sheetName]: sheetAround(`<row r="1"><c r="A1"><f>${"1+".repeat(500_000)}1</f><v>1</v></c></row>`),
        }),
      ),
  ],
  [
    "no main table",
    "main_table_not_found",
    /"Prices", "Notes"/,
    () => packed(workbookParts({ Prices: sheetXml([["a", "b"]]), Notes: sheetXml([["c"]]) })),
  ],
  [
    "a main table without values",
    "missing_columns",
    /no "Converted Value in EUR", among the headers "ID"/,
    () =>
      packed(
        workbookParts({
          [sheetName]: sheetXml([mainHeader.filter((name) => !name.startsWith("Converted")), ...mainRows]),
        }),
      ),
  ],
  [
    "a main table that is only a header",
    "header_only",
    /header/,
    () => packed(workbookParts({ [sheetName]: sheetXml([mainHeader]) })),
  ],
];

function damaged(): Uint8Array {
  const zip = packed(goodParts()).slice();
  const at = new TextDecoder("latin1").decode(zip).indexOf(sheetPart) + sheetPart.length + 40;
  zip.fill(0xff, at, at + 200);
  return zip;
}

test.each(workbooks)("a workbook with %s is refused as %s", async (_, code, message, make) => {
  const error = await refusal(make());
  expect(error.message).toMatch(message);
  expect(error.code).toBe(code);
});

const utf16 = (text: string) =>
  new Uint8Array(Uint16Array.from([...text].map((letter) => letter.charCodeAt(0))).buffer);
const lines = csv.split("\n");
const texts: readonly (readonly [string, ErrorCode, RegExp, () => Uint8Array])[] = [
  ["nothing in it", "empty_file", /0 bytes/, () => new Uint8Array()],
  ["blanks only", "empty_file", /blanks/, () => strToU8(" \n \n")],
  ["a header only", "header_only", /row 1/, () => strToU8(lines[0] ?? "")],
  [
    "a quote that is never closed",
    "broken_quoting",
    /never closed.*row 7\b/,
    () => strToU8(lines.map((line, row) => (row === 6 ? line.replace("Credit", '"Credit') : line)).join("\n")),
  ],
  [
    "a quote closed by another field's",
    "broken_quoting",
    /row 3\b/,
    () => strToU8(lines.map((line, row) => (row === 2 ? line.replace("Package", '"Package') : line)).join("\n")),
  ],
  [
    "text after a closing quote",
    "broken_quoting",
    /after its closing quote.*row 4\b/,
    () => strToU8(lines.map((line, row) => (row === 3 ? line.replace("Package", '"Pack"age') : line)).join("\n")),
  ],
  ["UTF-16 without a mark", "wrong_encoding", /UTF-16 little endian/, () => utf16(csv)],
  [
    "a Latin-1 letter",
    "wrong_encoding",
    /0xE9 at offset \d+.*row 6\b/,
    () => Uint8Array.from([...csv.replace("Unknown", "Donn\u00e9e")].map((letter) => letter.charCodeAt(0))),
  ],
  [
    "half a UTF-16 letter",
    "wrong_encoding",
    /UTF-16LE/,
    () => Uint8Array.from([0xff, 0xfe, ...utf16(csv), 0x00, 0xd8]),
  ],
  ["a NUL", "nul_bytes", /row 2\b/, () => strToU8(csv.replace("Relief", "Rel\0ief"))],
  [
    "a picture's bytes",
    "wrong_encoding",
    /0x89 at offset 0/,
    () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  ],
  ["another table", "main_table_not_found", /"name", "age"/, () => strToU8("name,age\nAnn,4\n")],
];

test.each(texts)("a CSV with %s is refused as %s", async (_, code, message, make) => {
  const error = await refusal(make());
  expect(error.message).toMatch(message);
  expect(error.code).toBe(code);
});

test("a cell too far away is found however the part is cut and its attributes are quoted", () => {
  for (const part of [
    '<row r="7"><c s="1" r="XFD1048576" t="n">',
    "<x:row><x:c r = 'XFD1048576'/>",
    "<row><c r='xfd1048576' >",
  ]) {
    for (let cut = 0; cut < part.length; cut += 1) {
      const watch = watchPart({ file: "cut" });
      const feed = () => [part.slice(0, cut), part.slice(cut)].forEach((piece) => watch(strToU8(piece)));
      expect(feed).toThrow(/a cell at XFD1048576/i);
    }
  }
});

test("a quote left open in a long file is found quickly", async () => {
  const long = `${csv}\n"${`${lines[1]}\n`.repeat(120_000)}`;
  expect((await refusal(strToU8(long))).message).toMatch(/row 8\b/);
});

test("a long file tells how far it is and can be cancelled", async () => {
  const long = strToU8(`${csv}\n${`${lines[1]}\n`.repeat(60_000)}`);
  const controller = new AbortController();
  const seen: number[] = [];
  const reading = readKiel(long, {
    fileName: "long.csv",
    signal: controller.signal,
    onProgress: (done, total) => {
      seen.push(done / total);
      if (seen.length === 3) controller.abort();
    },
  });
  await expect(reading).rejects.toMatchObject({ code: "import_cancelled" });
  expect(seen.length).toBe(3);
});
