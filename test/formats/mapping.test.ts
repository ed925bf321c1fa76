import { readdirSync, readFileSync } from "node:fs";
import { strToU8 } from "fflate";
import { expect, test } from "vitest";
import { parseMapping, parsePublishedMapping, type Mapping } from "../../src/formats/csv/mapping.ts";
import { readMappedCsv, readPublishedTotals } from "../../src/formats/csv/read.ts";

const folder = new URL("../../policies/mappings/", import.meta.url);

test("every mapping that is shipped is valid and goes by its file's name", () => {
  const files = readdirSync(folder);
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const text = readFileSync(new URL(file, folder), "utf8");
    const mapping = text.includes('"published-totals"') ? parsePublishedMapping(text, file) : parseMapping(text, file);
    expect(`${mapping.name}.json`).toBe(file);
    const companion = mapping.kind === "release" ? mapping.companion : undefined;
    expect(files).toContain(`${companion?.mapping ?? mapping.name}.json`);
  }
});

const written = {
  kind: "release",
  name: "fund",
  title: "A fund's own ledger",
  publisher: "The fund",
  book: "fund",
  series: "payments",
  recipient: "Ukraine",
  reportedCurrency: "EUR",
  donor: { column: "Giver" },
  category: { column: "Purpose", values: { mil: "Military", hum: "Humanitarian" } },
  code: { columns: ["Contract"] },
  date: [{ column: "Paid on" }, { year: "Year" }],
  streams: { Military: "materiel" },
  explanationColumn: "Text",
  links: ["Link"],
  amounts: [
    {
      class: {
        column: "Stage",
        values: { pledged: "said", paid: "moved", open: { class: "bound", quantity: "unknown" } },
      },
      quantity: { column: "Amount", in: "thousand" },
      unit: { currencyColumn: "Currency" },
      reported: { column: "EUR" },
    },
  ],
  coverage: { moved: { state: "stated", reason: "" } },
};
const header = "Giver;Purpose;Contract;Paid on;Year;Text;Link;Stage;Amount;Currency;EUR;Colour";
const read = (lines: readonly string[], mapping: Mapping = parseMapping(JSON.stringify(written), "fund.json")) =>
  readMappedCsv(strToU8([header, ...lines].join("\n")), mapping, { fileName: "fund.csv" });

test("a row becomes a promise and a step in its own currency with the reported value beside it", async () => {
  const content = await read([
    "Norway;mil;C-1;2024-05-03;;Boots;https://example.org;paid;1.5;NOK;130;red",
    "Norway;mil;C-1;;2025;;;pledged;2;NOK;;red",
  ]);
  expect(content.readings).toMatchObject([
    {
      code: "c-1",
      donor: "Norway",
      category: "Military",
      stream: "materiel",
      unit: { code: "NOK" },
      explanation: "Boots",
      row: 2,
    },
  ]);
  expect(content.entries).toMatchObject([
    {
      from: null,
      to: "moved",
      quantity: 150_000n,
      reported: 130_000_000n,
      effective: { on: "2024-05-03", precision: "day" },
    },
    { from: null, to: "said", quantity: 200_000n, reported: null, effective: { on: "2025-12-31", precision: "by" } },
  ]);
  expect(content.columns.unknown).toEqual(["Colour"]);
  expect(content.coverage.map(({ state }) => state)).toEqual(["absent", "absent", "absent", "stated", "absent"]);
});

test("header names may differ in case and blanks", async () => {
  const drifted = header.toUpperCase().replace("PAID ON", " paid_on ");
  const content = await readMappedCsv(
    strToU8(`${drifted}\nNorway;mil;C-1;2024-05-03;;;;paid;1;NOK;;`),
    parseMapping(JSON.stringify(written), "m"),
    { fileName: "f" },
  );
  expect(content.entries).toHaveLength(1);
});

test.each([
  ["a word the mapping does not list", "Norway;xyz;C;;;;;paid;1;NOK;;", "category_unknown", "Purpose"],
  ["a word every object knows", "Norway;constructor;C;;;;;paid;1;NOK;;", "category_unknown", "Purpose"],
  ["a stage the mapping does not list", "Norway;mil;C;;;;;lost;1;NOK;;", "class_unknown", "Stage"],
  ["no currency", "Norway;mil;C;;;;;paid;1;krone;;", "unit_unreadable", "Currency"],
  ["an amount with separators", "Norway;mil;C;;;;;paid;1,000.5;NOK;;", "value_unreadable", "Amount"],
  ["no giver", ".;mil;C;;;;;paid;1;NOK;;", "row_names_nothing", "Giver"],
])("a row with %s is refused and the others go in", async (_, line, code, column) => {
  const content = await read([line, "Norway;hum;C;;;;;paid;1;NOK;;"]);
  expect(content.remarks).toMatchObject([{ severity: "refused", code, column, row: 2 }]);
  expect(content.entries).toHaveLength(1);
});

test("an empty amount is unknown, a zero is zero, and neither is a step", async () => {
  const content = await read([
    "Norway;mil;C-1;;;;;paid;;NOK;;",
    "Norway;mil;C-2;;;;;paid;0;NOK;;",
    "Norway;mil;C-3;;;;;open;5;NOK;;",
  ]);
  expect(content.readings.map(({ quantityStated }) => quantityStated)).toEqual([false, true, false]);
  expect(content.entries).toEqual([]);
});

test.each([
  ["{", /JSON/, "file fund.json"],
  ["[]", /"release" is needed/, "field kind"],
  [JSON.stringify({ ...written, kind: "published-totals" }), /"published-totals"/, "field kind"],
  [
    JSON.stringify({ ...written, amounts: [{ ...written.amounts[0], quantity: { column: "Amount", in: "dozen" } }] }),
    /"one"/,
    "field amounts[0].quantity.in",
  ],
  [JSON.stringify({ ...written, colour: "red" }), /colour/, "field the file as a whole"],
  [
    JSON.stringify({ ...written, coverage: { moved: { state: "maybe", reason: "" } } }),
    /stated/,
    "field coverage.moved.state",
  ],
])("a mapping that is wrong is refused by its field: %s", (text, found, field) => {
  const refused = () => parseMapping(text, "fund.json");
  expect(refused).toThrow(found);
  expect(refused).toThrow(field);
});

test("a column that the mapping needs and the table lacks is named", async () => {
  const short = strToU8("Giver;Purpose\nNorway;mil\n");
  await expect(
    readMappedCsv(short, parseMapping(JSON.stringify(written), "m"), { fileName: "fund.csv" }),
  ).rejects.toThrow(/no "Contract", no "Paid on".*among the headers "Giver", "Purpose".*file fund\.csv, row 1/);
});

test("printed totals are read with the cell they stand in", async () => {
  const mapping = parsePublishedMapping(
    JSON.stringify({
      kind: "published-totals",
      name: "p",
      title: "P",
      donor: { column: "Giver", values: { NO: "Norway" } },
      skipDonors: ["All"],
      totals: [{ column: "Mil", category: "Military", class: "placed", in: "million" }],
    }),
    "p.json",
  );
  expect(
    await readPublishedTotals(strToU8("Giver,Mil\nNO,1.5\nAll,9\nSpain,.\n"), mapping, { fileName: "p.csv" }),
  ).toEqual([
    { donor: "Norway", category: "Military", class: "placed", amount: 1_500_000_000_000n, place: "p.csv!B2" },
  ]);
});
