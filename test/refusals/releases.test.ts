import { strToU8 } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordRelease } from "#app/record-release.ts";
import { releases } from "#app/books.ts";
import { parseMapping } from "../../src/formats/csv/mapping.ts";
import { limits } from "../../src/formats/limits.ts";
import { readCsvTable } from "../../src/formats/text/csv.ts";
import { readKiel } from "../../src/formats/kiel/read.ts";
import { parseDecimal } from "#core/money.ts";
import type { Database } from "#store/database.ts";
import { packed, workbookParts } from "../formats/make-workbook.ts";
import { contentOf, type Line } from "../support/seed.ts";
import { openSeeded } from "../support/seeded.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openSeeded());
});
afterAll(() => close());

const record = (release: string, line: Line) =>
  recordRelease(db, contentOf([line]), {
    book: "test",
    release,
    publishedOn: "2024-01-01",
    fileName: `${release}.csv`,
    sha256: release,
    source: { id: "made-up", title: "", publisher: "", publishedOn: null, retrievedOn: null, url: null, note: "" },
    actor: "test",
    strict: true,
  });

test("a strict release with a giver nobody knows: rows_refused, and nothing of it on record", async () => {
  const refusal = { code: "rows_refused", place: { file: "A.csv", row: 2, column: "donor" } };
  await expect(record("A", { code: "1", donor: "Atlantis", bound: 1 })).rejects.toMatchObject(refusal);
  expect(await releases(db, "test")).toEqual([]);
});

test("two releases of a series on one day: release_date_taken, and the first stays alone", async () => {
  await record("A", { code: "1", bound: 1 });
  const refusal = { code: "release_date_taken", found: "A, 2024-01-01" };
  await expect(record("B", { code: "1", bound: 2 })).rejects.toMatchObject(refusal);
  expect((await releases(db, "test")).map((release) => release.name)).toEqual(["A"]);
});

test("a mapping that is no JSON: mapping_invalid", () => {
  expect(() => parseMapping("{", "own.json")).toThrow(
    expect.objectContaining({ code: "mapping_invalid", place: { file: "own.json" } }),
  );
});

test("a workbook that lists a sheet it does not hold: workbook_unreadable", async () => {
  const { "xl/worksheets/sheet1.xml": _, ...parts } = workbookParts({ "MAIN DATA": "" });
  await expect(readKiel(packed(parts), { fileName: "own.xlsx" })).rejects.toMatchObject({
    code: "workbook_unreadable",
    place: { file: "own.xlsx", sheet: "MAIN DATA" },
  });
});

test("whatever else fails while a CSV is split: csv_unreadable", async () => {
  const text = "a,b\n".repeat(500_000); // two pieces
  const failing = (done: number) => {
    if (done >= text.length) throw new Error("out of order");
  };
  const reading = readCsvTable(strToU8(text), { fileName: "own.csv", onProgress: failing });
  await expect(reading).rejects.toMatchObject({ code: "csv_unreadable", found: "out of order" });
});

test("a CSV row beyond what is read, whatever was read before it: too_many_cells", async () => {
  const text = `a,b\n${",".repeat(limits.csvColumns)}\n`;
  const refusal = { code: "too_many_cells", place: { row: 2 } };
  await expect(readCsvTable(strToU8(text), { fileName: "own.csv" })).rejects.toMatchObject(refusal);
});

test.each(["1.250.000", "12 million", "", "1,5"])("%j is no exact number: invalid_amount", (text) => {
  const refusal = { code: "invalid_amount", place: { row: 7 } };
  expect(() => parseDecimal(text, 2, { row: 7 })).toThrow(expect.objectContaining(refusal));
});
