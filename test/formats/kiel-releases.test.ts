import { describe, expect, test } from "vitest";
import { formatDecimal, rescale } from "../../src/core/money.ts";
import { readKiel } from "../../src/formats/kiel/read.ts";
import { hasReal, realBytes, reportedTotals, sum } from "./real-data.ts";

const release7 = "kiel/ust-release-07.xlsx";
const inEuro = (value: bigint) => formatDecimal(rescale(value, 6, 2), 2);

describe.skipIf(!hasReal(release7))("release 7, whole workbook", async () => {
  const content = await readKiel(realBytes(release7), { fileName: "release-07.xlsx" });
  const bound = reportedTotals(content, "bound");

  test("bound by donor and category equals the workbook's own summary in 123 of 123 cells", () => {
    expect(content.published).toHaveLength(123);
    const differing = content.published.filter(({ donor, category, amount }) => {
      const difference = (bound.get(`${donor} | ${category}`) ?? 0n) - amount;
      return difference > 10_000n || difference < -10_000n;
    });
    expect(differing).toEqual([]);
    expect(new Set(content.published.map(({ donor }) => donor)).size).toBe(41);
  });

  test("the total and Poland's military aid are the published ones to the cent", () => {
    expect(inEuro(sum(bound.values()))).toBe("93942559020.24");
    expect(inEuro(bound.get("Poland | Military") ?? 0n)).toBe("1822718419.34");
  });

  test("the item column is found although its header is empty", () => {
    expect(content.columns.recognised["item"]).toBe("(column I, by its content)");
    expect(content.readings.filter(({ unit }) => unit.kind === "item").length).toBeGreaterThan(400);
  });

  test("every promise is identified once", () => {
    const keys = content.readings.map(({ code, donor, category, unit }) =>
      JSON.stringify([code, donor, category, unit.code]),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});

const extracts = [
  { path: "kiel/ust-main-2023-01-09.utf16.csv", total: "113108543105.19", australian: "22593764.12" },
  { path: "kiel/ust-main-2023-09-21.utf16.csv", total: "165417947502.81", australian: "21411966.23" },
];
for (const { path, total, australian } of extracts) {
  test.skipIf(!hasReal(path))(`${path}: the values of its rows add up to what they print`, async () => {
    const content = await readKiel(realBytes(path), { fileName: path });
    expect(inEuro(sum(reportedTotals(content, "bound").values()))).toBe(total);
    const first = content.readings.findIndex(({ code, unit }) => code === "AUH1" && unit.code === "AUD");
    const entry = content.entries.find(({ promise, to }) => promise === first && to === "bound");
    expect([entry?.quantity, inEuro(entry?.reported ?? 0n)]).toEqual([3_500_000_000n, australian]);
    expect(content.remarks.filter(({ severity }) => severity === "refused")).toEqual([]);
  });
}
