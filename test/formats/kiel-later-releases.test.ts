import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatDecimal, rescale } from "../../src/core/money.ts";
import { parseMapping, parsePublishedMapping } from "../../src/formats/csv/mapping.ts";
import { readMappedCsv, readPublishedTotals } from "../../src/formats/csv/read.ts";
import { hasReal, realBytes, reportedTotals, sum } from "./real-data.ts";

const mappingText = (name: string) =>
  readFileSync(new URL(`../../policies/mappings/${name}.json`, import.meta.url), "utf8");
const inEuro = (value: bigint) => formatDecimal(rescale(value, 6, 2), 2);
const read = (folder: string, file: string, mapping: string) =>
  readMappedCsv(realBytes(`kiel/${folder}/${file}`), parseMapping(mappingText(mapping), mapping), { fileName: file });

const release28 = "release-28-normalised";
describe.skipIf(!hasReal(`kiel/${release28}/bilateral_activities.csv`))("release 28, normalised", async () => {
  const content = await read(release28, "bilateral_activities.csv", "kiel-28-activities");
  const printed = await readPublishedTotals(
    realBytes(`kiel/${release28}/country_summary.csv`),
    parsePublishedMapping(mappingText("kiel-28-country-summary"), "kiel-28-country-summary"),
    { fileName: "country_summary.csv" },
  );

  test("what is placed equals the printed summary in 124 of 126 cells, and the two that differ are named", () => {
    const placed = reportedTotals(content, "placed");
    expect(printed).toHaveLength(126);
    const differing = printed.flatMap(({ donor, category, amount, place }) => {
      const difference = (placed.get(`${donor} | ${category}`) ?? 0n) - amount;
      return difference > 10_000n || difference < -10_000n
        ? [{ donor, category, place, difference: inEuro(difference) }]
        : [];
    });
    expect(differing).toEqual([
      {
        donor: "EU (Commission and Council)",
        category: "Financial",
        place: "country_summary.csv!D12",
        difference: "-3167831000.00",
      },
      { donor: "Slovenia", category: "Humanitarian", place: "country_summary.csv!E34", difference: "6700000.00" },
    ]);
  });

  test("commitments carry no value: bound is unknown, not zero", () => {
    const commitments = content.readings.filter(({ quantityStated }) => !quantityStated);
    expect(commitments).toHaveLength(283);
    expect(content.entries.some(({ from, to }) => from === "bound" || to === "bound")).toBe(false);
    expect(content.coverage.find(({ class: bindingClass }) => bindingClass === "bound")?.state).toBe("unvalued");
  });

  test("every row is a promise of its own, decreases are contra entries, and no row is refused", () => {
    expect(content.readings).toHaveLength(5565);
    expect(
      content.entries
        .filter(({ contra }) => contra)
        .map(({ from, to, reported }) => [from, to, inEuro(reported ?? 0n)]),
    ).toEqual([
      ["placed", null, "61973576.05"],
      ["placed", null, "51902216.22"],
    ]);
    expect(content.remarks).toEqual([]);
    expect(content.columns.unknown).toEqual([]);
  });

  test("the order of rows in the file does not matter", async () => {
    const [header, ...rows] = new TextDecoder()
      .decode(realBytes(`kiel/${release28}/bilateral_activities.csv`))
      .trim()
      .split(/\r?\n/);
    const turned = new TextEncoder().encode([header, ...rows.toReversed()].join("\n"));
    const again = await readMappedCsv(turned, parseMapping(mappingText("kiel-28-activities"), "m"), {
      fileName: "turned.csv",
    });
    const keyed = (from: typeof content) =>
      from.entries
        .map((entry) =>
          JSON.stringify([
            from.readings[entry.promise]?.code,
            from.readings[entry.promise]?.donor,
            `${entry.reported}`,
            entry.effective,
          ]),
        )
        .sort();
    expect(keyed(again)).toEqual(keyed(content));
  });

  test("disbursements are moved, in a series of their own", async () => {
    const paid = await read(release28, "financial_disbursements.csv", "kiel-28-disbursements");
    expect([paid.series, paid.readings.length, paid.remarks.length]).toEqual(["disbursements", 131, 0]);
    expect(reportedTotals(paid, "moved").get("Austria | Financial")).toBe(10_398_449_685_683n);
    expect(paid.entries.every(({ effective }) => effective.precision === "month")).toBe(true);
  });
});

const release29 = "website-release-29";
describe.skipIf(!hasReal(`kiel/${release29}/data_explorer.csv`))("release 29, the website's tables", () => {
  test("givers by month: allocations are placed, commitments bound and not split", async () => {
    const content = await read(release29, "data_explorer.csv", "kiel-29-data-explorer");
    expect(inEuro(sum(reportedTotals(content, "placed").values()))).toBe(
      columnTotal("data_explorer.csv", ["financial", "humanitarian", "military"]),
    );
    expect(inEuro(sum(reportedTotals(content, "bound").values()))).toBe(
      columnTotal("data_explorer.csv", ["commitments"]),
    );
    expect([content.series, content.columns.unknown, content.remarks]).toEqual(["activities", [], []]);
  });

  test("weapons are counted in pieces and not valued", async () => {
    const content = await read(release29, "weapons.csv", "kiel-29-weapons");
    const tanks = content.readings.findIndex(({ donor, unit }) => donor === "Australia" && unit.code === "item:tanks");
    expect(content.entries.find(({ promise }) => promise === tanks)).toMatchObject({
      quantity: 49n,
      reported: null,
      to: "placed",
    });
    expect(content.entries).toHaveLength(61);
  });

  for (const [file, mapping, columns] of [
    ["total_allocations.csv", "kiel-29-total-allocations", ["military", "financial", "humanitarian"]],
    ["procurement_trends.csv", "kiel-29-procurement-trends", ["stockpile", "procurement", "unspecified", "nato_purl"]],
  ] as const) {
    test(`${file} adds up, in a book of its own`, async () => {
      const content = await read(release29, file, mapping);
      expect(inEuro(sum(reportedTotals(content, "placed").values()))).toBe(columnTotal(file, columns));
      expect(parseMapping(mappingText(mapping), mapping).book).not.toBe("ukraine-support-tracker");
    });
  }
});

/** The sum of whole columns, taken from the text itself, in euro. */
function columnTotal(file: string, columns: readonly string[]): string {
  const lines = new TextDecoder()
    .decode(realBytes(`kiel/${release29}/${file}`))
    .replaceAll('"', "")
    .trim()
    .split(/\r?\n/);
  const header = (lines[0] ?? "").split(",");
  const parts = lines
    .slice(1)
    .flatMap((line) => columns.map((name) => BigInt(Math.round(Number(line.split(",")[header.indexOf(name)]) * 1e15))));
  return inEuro(sum(parts));
}
