import { readdirSync, readFileSync } from "node:fs";
import { strToU8 } from "fflate";
import { expect, test } from "vitest";
import { parseMapping } from "../../src/formats/csv/mapping.ts";
import { readMappedCsv } from "../../src/formats/csv/read.ts";
import { readDate } from "../../src/formats/dates.ts";

const page = readFileSync(new URL("../../docs/importing.md", import.meta.url), "utf8");
const example = (name: string) =>
  page
    .split(`<!-- example: ${name} -->`)[1]
    ?.split("```")[1]
    ?.replace(/^\w+\n/, "") ?? "";

test("the page's example mapping reads the page's example table", async () => {
  const content = await readMappedCsv(
    strToU8(example("table")),
    parseMapping(example("mapping"), "docs/importing.md"),
    {
      fileName: "example.csv",
    },
  );
  expect(content.remarks).toEqual([]);
  expect(content.columns.unknown).toEqual([]);
  expect(content.entries).toMatchObject([
    {
      to: "moved",
      quantity: 150_000_000n,
      reported: 128_461_540_000n,
      effective: { on: "2024-05-03", precision: "day" },
    },
    { to: "said", quantity: 25_000_000n, reported: null, effective: { on: "2024-06-30", precision: "month" } },
  ]);
});

test("the page lists every mapping that is shipped", () => {
  for (const file of readdirSync(new URL("../../policies/mappings/", import.meta.url))) {
    expect(page).toContain(`\`${file.replace(/\.json$/, "")}\``);
  }
});

test("the page's table of dates is what the reader does", () => {
  const exactness: Readonly<Record<string, string>> = {
    day: "day",
    "no later than": "by",
    "some day of the month": "month",
    none: "none",
  };
  const rows = [
    ...page.matchAll(/^\| (.*`.*|the year 2922) \| .* \| (day|no later than|some day of the month|none) \|$/gm),
  ];
  expect(rows).toHaveLength(7);
  const checked = rows.flatMap(([, written = "", exact = ""]) =>
    [...written.matchAll(/`([^`.]*\d[^`]*)`/g)].map(([, cell = ""]) => [
      cell,
      readDate(cell, "month-first").effective.precision,
      exactness[exact],
    ]),
  );
  expect(checked.length).toBeGreaterThanOrEqual(9);
  expect(checked.filter(([, found, expected]) => found !== expected)).toEqual([]);
});
