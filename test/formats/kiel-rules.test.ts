import { strToU8 } from "fflate";
import { expect, test } from "vitest";
import { readKiel } from "../../src/formats/kiel/read.ts";
import { csvOf, mainHeader, mainRows } from "./main-table.ts";
import { packed, sheetXml, workbookParts } from "./make-workbook.ts";
import type { ReleaseContent } from "../../src/core/entries.ts";

const read = (rows: readonly (readonly string[])[], header: readonly string[] = mainHeader) =>
  readKiel(strToU8(csvOf([header, ...rows])), { fileName: "main.csv" });

/** Promises and their steps as lines, the way a ledger story is told. */
function story(content: ReleaseContent): string[] {
  return content.readings.flatMap(({ code, category, unit, stream, quantityStated }, index) => [
    `${code} ${category} ${unit.code} ${stream}${quantityStated ? "" : " unknown"}`,
    ...content.entries
      .filter(({ promise }) => promise === index)
      .map(
        ({ from, to, contra, quantity, reported, effective }) =>
          `  ${from ?? "outside"} -> ${to ?? "outside"}${contra ? " contra" : ""} ${quantity} reported ${reported ?? "none"} ${effective.on ?? "undated"} ${effective.precision}`,
      ),
  ]);
}

test("a package is one promise of money and one of each item kind", async () => {
  const content = await read(mainRows);
  expect(story(content)).toEqual([
    "XAH1 Humanitarian AUD finance",
    "  outside -> bound 3500000000 reported 23456872863749 2022-03-01 day",
    "XAM1 Military USD materiel",
    "  outside -> bound 100000000 reported 900000500000 2022-07-27 by",
    "  bound -> moved 50000000 reported 450000250000 undated none",
    "XAM1 Military item:tank materiel",
    "  outside -> bound 20 reported none 2022-07-27 by",
    "  bound -> moved 6 reported none undated none",
    "XAM1 Military item:howitzer materiel",
    "  outside -> moved 2 reported none undated none",
    "XAM1 Military item:round materiel unknown",
    "XAM2 Military item:vest materiel",
    "  outside -> bound 10 reported none undated none",
    "XAF1 Financial EUR finance",
    "  outside -> bound 100000000 reported 1000000000000 2022-02-24 day",
    "XAM2 Military EUR materiel unknown",
  ]);
  expect(content.remarks.map(({ severity, code, row, column, found }) => [severity, code, row, column, found])).toEqual(
    [
      ["noted", "date_taken_otherwise", 6, "Announcement Date", "2922-02-09"],
      ["noted", "date_taken_otherwise", 7, "Announcement Date", "since 2/24/2022"],
      ["noted", "more_delivered_than_promised", 4, "No. of Units delivered (in-kind military aid)", "2"],
      ["noted", "units_unreadable", 5, "No. of Units", "1.000.00"],
    ],
  );
});

const changed = (values: Readonly<Record<string, string>>) =>
  (mainRows[5] ?? []).map((cell, index) => values[mainHeader[index]?.trim() ?? ""] ?? cell);

/** One row a rule: what the row says instead, what comes of it, and the remark's code. */
const rules: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[], string | null])[] = [
  [
    "a decrease names nothing to decrease",
    { Total: "-500", "Converted Value in EUR": "-500" },
    ["XAF1 Financial EUR finance", "  bound -> outside contra 50000 reported 500000000 2022-02-24 day"],
    "negative_amount",
  ],
  ["a printed zero is zero", { Total: "0", "Converted Value in EUR": "0" }, ["XAF1 Financial EUR finance"], null],
  [
    "an original amount without a valuation",
    { "Converted Value in EUR": "" },
    ["XAF1 Financial EUR finance", "  outside -> bound 100000000 reported none 2022-02-24 day"],
    null,
  ],
  [
    "a valuation without a currency",
    { "Original Currency": "." },
    ["XAF1 Financial EUR finance", "  outside -> bound 100000000 reported 1000000000000 2022-02-24 day"],
    "original_amount_unreadable",
  ],
  [
    "a currency without cents",
    { "Original Currency": "JPY" },
    ["XAF1 Financial JPY finance", "  outside -> bound 1000000 reported 1000000000000 2022-02-24 day"],
    null,
  ],
  ["a value that is no number", { "Converted Value in EUR": "12,5 Mio" }, [], "value_unreadable"],
  ["no ID", { ID: "." }, [], "row_names_nothing"],
  [
    "a kind of aid the tracker does not know",
    { "Type of Aid General": "constructor" },
    ["XAF1 constructor EUR finance", "  outside -> bound 100000000 reported 1000000000000 2022-02-24 day"],
    "category_unknown",
  ],
  ["no giver", { countries: "" }, [], "row_names_nothing"],
  [
    "more delivered than promised",
    { "Total monetary value delivered in EUR": "1500000" },
    [
      "XAF1 Financial EUR finance",
      "  outside -> bound 100000000 reported 1000000000000 2022-02-24 day",
      "  bound -> moved 100000000 reported 1000000000000 undated none",
      "  outside -> moved 50000000 reported 500000000000 undated none",
    ],
    "more_delivered_than_promised",
  ],
  [
    "pieces that are no whole number",
    { Items: "tank", "No. of Units": "5.333" },
    [
      "XAF1 Financial EUR finance",
      "  outside -> bound 100000000 reported 1000000000000 2022-02-24 day",
      "XAF1 Financial item:tank materiel",
      "  outside -> bound 5 reported none 2022-02-24 day",
    ],
    "units_rounded",
  ],
];

test.each(rules)("%s", async (_, values, expected, code) => {
  const content = await read([changed(values)]);
  expect(story(content)).toEqual(expected);
  const others = content.remarks.filter((remark) => remark.code !== "date_taken_otherwise");
  expect(others.map((remark) => remark.code)).toEqual(code === null ? [] : [code]);
});

test("a value that stands in several rows of an ID adds up", async () => {
  const content = await read([changed({}), changed({ Total: "7", "Converted Value in EUR": "7" })]);
  expect(content.readings).toHaveLength(1);
  expect(content.entries.map(({ quantity }) => quantity)).toEqual([100_000_000n, 700n]);
});

const measuredHeader = [
  "donor",
  "announcement_date",
  "aid_type_general",
  "aid_type_specific",
  "measure",
  "explanation",
  "item",
  "item_numb",
  "tot_activity_value_EUR",
  "tot_sub_activity_value_EUR",
  "tot_sub_activity_value_EUR_redistr",
];
const measuredRows = [
  [
    "Atlantis",
    "2024-03-01",
    "Military",
    "Weapons",
    "Allocation",
    "Tanks",
    "tank",
    "3",
    "9000000",
    "9000000",
    "6000000.25",
  ],
  ["Atlantis", "2024-03-01", "Military", "Weapons", "Allocation", "Rounds", ".", ".", "9000000", "0", "3000000"],
  ["Atlantis", "2024-03-01", "Military", "Weapons", "Commitment", "Later", ".", ".", "5000000", "0", "0"],
  ["Atlantis", "", "Financial", "Grant", "Allocation", "Return", ".", ".", "-10", "-10", "-10"],
  ["Atlantis", "2024-03-01", "Financial", "Grant", "Promise", "Which?", ".", ".", "1", "1", "1"],
];

test("from 2024 on allocations are placed by their redistributed value, and commitments are promises of unknown quantity", async () => {
  const content = await read(measuredRows, measuredHeader);
  expect(story(content)).toEqual([
    "2024-03-01/placed/1 Military EUR materiel",
    "  outside -> placed 600000025 reported 6000000250000 2024-03-01 day",
    "2024-03-01/placed/1 Military item:tank materiel",
    "  outside -> placed 3 reported none 2024-03-01 day",
    "2024-03-01/placed/2 Military EUR materiel",
    "  outside -> placed 300000000 reported 3000000000000 2024-03-01 day",
    "2024-03-01/bound/1 Military EUR materiel unknown",
    "undated/placed/1 Financial EUR finance",
    "  placed -> outside contra 1000 reported 10000000 undated none",
  ]);
  expect(
    content.coverage
      .filter(({ state }) => state !== "absent")
      .map(({ class: bindingClass, state }) => `${bindingClass} ${state}`),
  ).toEqual(["bound unvalued", "placed stated"]);
  expect(content.remarks.map(({ code }) => code)).toEqual(["measure_unknown", "negative_amount"]);
});

test("the main table is found by meaning, and the summary's totals are read with their cells and units", async () => {
  const summary = [
    ["", ""],
    [
      "",
      "Country",
      "Financial commitments",
      "Humanitarian commitments",
      "Military commitments",
      "Financial commitments",
      "Military allocations",
    ],
    ["", "", "€ billion", "€ billion", "€ million", "US$ billion", "€ billion"],
    ["", "Lemuria", "0.001", "0", "7", "9", "1.5"],
    ["", "Total", "1", "1", "1", "1", "1"],
  ];
  const parts = workbookParts({
    Notes: sheetXml([["Donor", "Explanation"]]),
    Everything: sheetXml([["", "Data"], mainHeader, ...mainRows]),
    "Country Summary (€)": sheetXml(summary),
  });
  const content = await readKiel(packed(parts), { fileName: "odd.xlsx" });
  expect(content.readings[0]).toMatchObject({
    code: "XAH1",
    sheet: "Everything",
    row: 3,
    donor: "Atlantis",
    sourceLinks: ["https://example.org/1"],
  });
  expect(content.published).toEqual([
    {
      donor: "Lemuria",
      category: "Military",
      class: "placed",
      amount: 1_500_000_000_000_000n,
      place: "Country Summary (€)!G4",
    },
    {
      donor: "Lemuria",
      category: "Financial",
      class: "bound",
      amount: 1_000_000_000_000n,
      place: "Country Summary (€)!C4",
    },
    { donor: "Lemuria", category: "Humanitarian", class: "bound", amount: 0n, place: "Country Summary (€)!D4" },
    {
      donor: "Lemuria",
      category: "Military",
      class: "bound",
      amount: 7_000_000_000_000n,
      place: "Country Summary (€)!E4",
    },
  ]);
});
