import { strToU8 } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { releases } from "#app/books.ts";
import { importEcb, importKiel } from "#app/import.ts";
import { parseFrame } from "#core/frame.ts";
import { rowsOf, sql } from "#store/database.ts";
import { limits } from "../../src/formats/limits.ts";
import { readCsvTable } from "../../src/formats/text/csv.ts";
import { readKiel } from "../../src/formats/kiel/read.ts";
import { packed, sheetAround, workbookParts } from "../formats/make-workbook.ts";
import { openRecord } from "../support/record.ts";

// What a clumsy or hostile user gives: each was once taken, lost rows, or ended in a fault.

let record: Awaited<ReturnType<typeof openRecord>>;
beforeAll(async () => {
  record = await openRecord();
});
afterAll(() => record.close());

const header = "ID,Countries,Type of Aid General,Original Currency,Total,Converted Value in EUR";
const good = "A1,Poland,Military,EUR,1,1";
const bad = "A2,Poland,Military,EUR,50%,50%";

type Said = Readonly<{ release?: string; published?: string; book?: string }>;

function bring(lines: readonly string[], said: Said = {}) {
  const order = { release: "one", published: "2024-01-01", book: "attacked", ...said };
  const file = { bytes: strToU8([header, ...lines].join("\n")), fileName: "own.csv", actor: "test", strict: false };
  return importKiel(record.db, { ...file, ...order });
}

const bookNames = () => rowsOf<{ slug: string }>(record.db, sql`select slug from book order by no`);

test.each([
  ["\n", "\r\n"],
  ["\r\n", "\n"],
  ["\r", "\n"],
  ["\r\n", "\r"],
])("line ends that change within a file lose no row: %j, then %j", async (first, second) => {
  const text = `a,b${first}1,2${second}3,4${first}"5\n5",6${second}7,8`;
  const { rows } = await readCsvTable(strToU8(text), { fileName: "own.csv" });
  expect(rows).toEqual([
    ["a", "b"],
    ["1", "2"],
    ["3", "4"],
    ["5\n5", "6"],
    ["7", "8"],
  ]);
});

test("broken quoting is named by its row where rows end in a carriage return alone", async () => {
  const reading = readCsvTable(strToU8('a,b\r1,2\r"3,4\r'), { fileName: "own.csv" });
  await expect(reading).rejects.toMatchObject({ code: "broken_quoting", place: { row: 3 } });
});

test.each([
  ["quotes", `a,b\n${'"'.repeat(limits.csvRowCharacters + 4)}\n1,2`],
  ["text", `a,b\n${"x".repeat(limits.csvRowCharacters + 4)}\n1,2`],
  ["quotes at the end", `a,b\n${'"'.repeat(limits.csvRowCharacters + 4)}`],
])("a row without end, of %s: too_many_cells before it is split", async (_, text) => {
  const refusal = { code: "too_many_cells", found: "a row of more than 1000000 characters", place: { row: 2 } };
  await expect(readCsvTable(strToU8(text), { fileName: "own.csv" })).rejects.toMatchObject(refusal);
});

test("a workbook's cell with a NUL: nul_bytes, by sheet, row and column", async () => {
  const cells = (row: number, texts: readonly string[]) =>
    `<row r="${row}">${texts.map((text, column) => `<c r="${"ABCDEF"[column]}${row}" t="inlineStr"><is><t>${text}</t></is></c>`).join("")}</row>`;
  const sheet = sheetAround(cells(1, header.split(",")) + cells(2, ["A1", "Pol&#0;and", "Military", "EUR", "1", "1"]));
  await expect(readKiel(packed(workbookParts({ "MAIN DATA": sheet })), { fileName: "own.xlsx" })).rejects.toMatchObject(
    {
      code: "nul_bytes",
      place: { file: "own.xlsx", sheet: "MAIN DATA", row: 2, column: "B" },
    },
  );
});

test.each(["", "  ", "n".repeat(201), "line\nbreak", "red\u001b[31m", "\u202eltr"])(
  "%j names no release: invalid_release_name",
  async (release) => {
    await expect(bring([good], { release })).rejects.toMatchObject({ code: "invalid_release_name" });
  },
);

test.each(["", "Two Words", "../up", "-x", "b".repeat(101)])("%j names no book: invalid_book_name", async (book) => {
  await expect(bring([good], { book })).rejects.toMatchObject({ code: "invalid_book_name" });
});

test.each(["0000-01-01", "1899-12-31", "2999-01-01", "9999-12-31"])(
  "no release was published on %s: invalid_date",
  async (published) => {
    await expect(bring([good], { published })).rejects.toMatchObject({
      code: "invalid_date",
      place: { field: "published" },
    });
  },
);

test.each(["asOf", "knownAt"])("there is no year 0 to ask about (%s): invalid_date", (field) => {
  expect(() => parseFrame({ [field]: "0000-12-31" })).toThrow(expect.objectContaining({ code: "invalid_date" }));
});

test("a file of which no row can be read: no_row_readable; its name, day and book stay free for the mended one", async () => {
  const before = await bookNames();
  await expect(bring([bad])).rejects.toMatchObject({
    code: "no_row_readable",
    place: { file: "own.csv", row: 2, column: "Converted Value in EUR" },
  });
  expect(await bookNames()).toEqual(before);
  expect(await bring([good])).toMatchObject({ promises: 1, unchanged: false });
  expect((await releases(record.db, "attacked")).map((release) => release.name)).toEqual(["one"]);
});

test("rates: what cannot be read is named, what is on record otherwise stays and is counted", async () => {
  const file = (text: string) => ({ bytes: strToU8(text), fileName: "own.csv", actor: "test" });
  await expect(importEcb(record.db, file("Date,USD\n1990-01-02,none\n"))).rejects.toMatchObject({
    code: "no_row_readable",
    place: { row: 2, column: "USD" },
  });
  await importEcb(record.db, file("Date,USD\n1990-01-02,1.5\n"));
  const again = await importEcb(record.db, file("Date,USD,CHF\n1990-01-02,1.6,-1\n"));
  expect(again).toMatchObject({ read: 1, added: 0, kept: 1, remarks: [{ row: 2, column: "CHF", found: "-1" }] });
});
