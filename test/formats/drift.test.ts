import { readFileSync } from "node:fs";
import fc from "fast-check";
import { strToU8 } from "fflate";
import { describe, expect, test } from "vitest";
import type { ReleaseContent } from "../../src/core/entries.ts";
import { MainstayError } from "../../src/core/errors.ts";
import { parseMapping } from "../../src/formats/csv/mapping.ts";
import { readMappedCsv } from "../../src/formats/csv/read.ts";
import { readEcbHistory } from "../../src/formats/ecb/read.ts";
import { normaliseHeader } from "../../src/formats/kiel/columns.ts";
import { readKiel } from "../../src/formats/kiel/read.ts";
import { meanings, synonyms } from "../../src/formats/kiel/synonyms.ts";
import { readCsvTable } from "../../src/formats/text/csv.ts";
import { hasReal, realBytes } from "./real-data.ts";
import { csvOf, mainHeader, mainRows } from "./main-table.ts";
import { packed, sheetXml, workbookParts } from "./make-workbook.ts";

const read = (rows: readonly (readonly string[])[]) => readKiel(strToU8(csvOf(rows)), { fileName: "main.csv" });
const permuted = (row: readonly string[], order: readonly number[]) => order.map((index) => row[index] ?? "");
const orders = (width: number) => fc.shuffledSubarray([...Array(width).keys()], { minLength: width, maxLength: width });

/** What does not depend on how a file spells its headers. */
function unspelled(content: ReleaseContent) {
  return {
    ...content,
    columns: null,
    readings: content.readings.map((reading) => ({ ...reading, details: Object.values(reading.details).toSorted() })),
    remarks: content.remarks.map((remark) => ({ ...remark, column: "" })),
  };
}

/** Headers as people retype them: case, blanks, underscores, a remark in brackets. */
const drifted = (header: string) =>
  fc
    .record({
      upper: fc.boolean(),
      gap: fc.constantFrom(" ", "  ", "_", "-"),
      before: fc.constantFrom("", " "),
      after: fc.constantFrom("", " ", "\t", " (1)", ":"),
    })
    .map(
      ({ upper, gap, before, after }) =>
        before + (upper ? header.toUpperCase() : header.toLowerCase()).trim().replaceAll(" ", gap) + after,
    );

/** Other headers of the same meaning, as the table of synonyms has them. */
const renamed = (header: string) => {
  const meaning = meanings.find((name) => synonyms[name].includes(normaliseHeader(header)));
  return fc.constantFrom(header, ...(meaning === undefined ? [] : synonyms[meaning]));
};

describe("a main table's content does not depend on", () => {
  test("the order of its columns", async () => {
    const expected = await read([mainHeader, ...mainRows]);
    await fc.assert(
      fc.asyncProperty(orders(mainHeader.length), async (order) => {
        expect(await read([mainHeader, ...mainRows].map((row) => permuted(row, order)))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  test("how its headers are spelled", async () => {
    const expected = unspelled(await read([mainHeader, ...mainRows]));
    await fc.assert(
      fc.asyncProperty(fc.tuple(...mainHeader.map(drifted)), orders(mainHeader.length), async (header, order) => {
        expect(unspelled(await read([header, ...mainRows].map((row) => permuted(row, order))))).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  test("which synonym a header uses", async () => {
    const expected = unspelled(await read([mainHeader, ...mainRows]));
    await fc.assert(
      fc.asyncProperty(fc.tuple(...mainHeader.map(renamed)), async (header) => {
        expect(unspelled(await read([header, ...mainRows]))).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  test("whether an item column has a header, wherever it stands", async () => {
    const expected = unspelled(await read([mainHeader, ...mainRows]));
    const nameless = mainHeader.map((name) => (name === "Items" ? "" : name));
    await fc.assert(
      fc.asyncProperty(orders(mainHeader.length), async (order) => {
        expect(unspelled(await read([nameless, ...mainRows].map((row) => permuted(row, order))))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

const real = "kiel/ust-main-2023-01-09.utf16.csv";
test.skipIf(!hasReal(real))(
  "a real main table reads the same with its columns turned round and its headers in capitals",
  async () => {
    const { rows } = await readCsvTable(realBytes(real), { fileName: real });
    const expected = unspelled(await read(rows));
    const turned = rows.map((row, index) =>
      (index === 0 ? row.map((header) => header.toUpperCase()) : row).toReversed(),
    );
    expect(unspelled(await read(turned))).toEqual(expected);
  },
);

const mapping = parseMapping(
  readFileSync(new URL("../../policies/mappings/kiel-28-activities.json", import.meta.url), "utf8"),
  "mapping",
);
const readers = {
  readKiel: (bytes: Uint8Array) => readKiel(bytes, { fileName: "any" }),
  readMappedCsv: (bytes: Uint8Array) => readMappedCsv(bytes, mapping, { fileName: "any" }),
  readEcbHistory: (bytes: Uint8Array) => readEcbHistory(bytes, { fileName: "any" }),
};
const seeds: readonly Uint8Array[] = [
  strToU8(csvOf([mainHeader, ...mainRows])),
  packed(
    workbookParts({
      "MAIN DATA": sheetXml([mainHeader, ...mainRows]),
      "Country Summary": sheetXml([
        ["Country", "Military commitments"],
        ["Atlantis", "1"],
      ]),
    }),
  ),
  strToU8(
    "giver,dato,kategori,maal,verdi_eur,verdi_eur_redistr,verdi_eur_activity,maaned_nr,maaned_finnes\nA,2022-03-01,Military,Allocation,1,1,1,3,True\n",
  ),
  strToU8("Date,USD,JPY,\n2022-03-02,1.1106,127.93,\n"),
];

/** A file of ours with bytes changed, cut out or put in. */
const mutated = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(fc.record({ at: fc.nat(), cut: fc.nat({ max: 40 }), put: fc.uint8Array({ maxLength: 12 }) }), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([seed, changes]) =>
    changes.reduce((bytes, { at, cut, put }) => {
      const start = at % (bytes.length + 1);
      return Uint8Array.from([...bytes.subarray(0, start), ...put, ...bytes.subarray(start + cut)]);
    }, seed),
  );

const words = fc.constantFrom(
  "ID",
  "countries",
  "Total ",
  "Converted Value in EUR",
  "Type of Aid General",
  "Original Currency",
  "measure",
  "__proto__",
  "constructor",
  "Items",
  "No. of Units",
  "Announcement Date",
  "Military",
  "EUR",
  ".",
  "1e308",
  "-0",
  "1e99",
  "9".repeat(40),
  "until 99/99/9999",
  "2022-13-45",
  '"',
  "Date",
  "USD",
  "Date,USD",
  "",
);
const tables = fc
  .array(fc.array(fc.oneof(words, fc.string({ maxLength: 8 })), { maxLength: 12 }), { maxLength: 8 })
  .map((rows) => strToU8(csvOf(rows)));

test.each(Object.entries(readers))("%s answers any bytes with content or a refusal of its own", async (_, reader) => {
  const anything = fc.oneof(fc.uint8Array({ maxLength: 400 }), mutated, tables);
  const faults: unknown[] = [];
  await fc.assert(
    fc.asyncProperty(anything, async (bytes) => {
      const answer: unknown = await reader(bytes).catch((reason: unknown) => reason);
      const fault = answer instanceof Error && !(answer instanceof MainstayError);
      if (fault) faults.push(answer);
      return !fault;
    }),
    { numRuns: 400 },
  );
  expect(faults).toEqual([]);
});
