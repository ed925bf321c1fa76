import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  counted,
  formatAmount,
  grouped,
  moneyWords,
  plainScale,
  scaleFor,
  shareOf,
  sumOf,
  unitHead,
} from "../../web/src/format/amounts.ts";
import { formatDated, formatDay, formatPeriod } from "../../web/src/format/days.ts";
import { ownQuantity } from "../../web/src/format/quantity.ts";
import { allPeriods } from "../../web/src/charts/columns.tsx";
import { csvOf } from "../../web/src/figure/save.ts";

const billions = { power: 9, word: "bn", digits: 1 } as const;

describe("amounts are written from their exact decimals", () => {
  test.each([
    ["93942559020.24", billions, "93.9"],
    ["93950000000.00", billions, "94.0"],
    ["93949999999.99", billions, "93.9"],
    ["-2310000000.00", billions, "\u22122.3"],
    ["0.00", billions, "0.0"],
    ["12.34", billions, "<0.1"],
    ["-12.34", billions, "\u2212<0.1"],
    ["1822718419.34", plainScale, "1,822,718,419.34"],
    // A float would make this 9007199254740992.
    ["9007199254740993.01", plainScale, "9,007,199,254,740,993.01"],
  ] as const)("%s", (amount, scale, words) => {
    expect(formatAmount(amount, scale)).toBe(words);
  });

  test("what is unknown is never a number", () => {
    expect(formatAmount(null, billions)).toBe("not known");
    expect(moneyWords("EUR", null)).toBe("not known");
    expect(sumOf([null, null])).toBeNull();
    expect(shareOf(null, "1.00")).toBeNull();
  });

  test("the largest amount sets the scale", () => {
    expect(scaleFor(["12.00", null, "-4500000.00"]).word).toBe("m");
    expect(scaleFor(["999999999.99"]).word).toBe("m");
    expect(scaleFor(["1000000000.00"]).word).toBe("bn");
    expect(scaleFor([null])).toBe(plainScale);
    expect(unitHead("EUR", billions)).toBe("EUR bn");
    expect(moneyWords("EUR", "350049000000.00")).toBe("EUR\u00a0350.0\u00a0bn");
  });

  test("grouping digits keeps every one of them", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const text = `${whole}.${String(cents).padStart(2, "0")}`;
        expect(grouped(text).replaceAll(",", "").replace("\u2212", "-")).toBe(text);
      }),
    );
  });

  test("sums are exact", () => {
    expect(sumOf(["0.10", "0.20", null])).toBe("0.30");
    expect(sumOf(["9007199254740993.01", "0.01"])).toBe("9007199254740993.02");
    expect(shareOf("322.70", "533.70")).toBe("60.5%");
    expect(shareOf("1.00", "0.00")).toBeNull();
    expect(counted(1, "source")).toBe("1 source");
    expect(counted(1204, "promise")).toBe("1,204 promises");
  });
});

describe("days", () => {
  test.each([
    ["2024-04-03", "3\u00a0April\u00a02024"],
    ["2023-01-09T23:59:59Z", "9\u00a0January\u00a02023"],
    ["2024-13-03", "2024-13-03"],
    ["soon", "soon"],
  ])("%s", (day, words) => expect(formatDay(day)).toBe(words));

  test("are said no more exactly than they are known", () => {
    expect(formatDated("2024-04-30", "month")).toBe("April 2024");
    expect(formatDated("2024-04-30", "by")).toBe("by 30\u00a0April\u00a02024");
    expect(formatDated(null, "none")).toBe("no date given");
    expect(formatPeriod("2024-04")).toBe("April 2024");
    expect(formatPeriod("2024")).toBe("2024");
  });

  test("a month without amounts keeps its place in time", () => {
    const cell = (period: string) => ({ period, category: "Military", amount: "1.00" });
    expect(allPeriods([cell("2023-11"), cell("2024-02")])).toEqual(["2023-11", "2023-12", "2024-01", "2024-02"]);
    expect(allPeriods([cell("2022"), cell("2024")])).toEqual(["2022", "2023", "2024"]);
    expect(allPeriods([])).toEqual([]);
  });
});

test("a quantity is said in its own unit", () => {
  expect(ownQuantity("USD", "3645000.00")).toBe("USD\u00a03,645,000.00");
  expect(ownQuantity("60-mm-mortar", "1170")).toBe("1,170\u00a0pieces");
  expect(ownQuantity("60-mm-mortar", "1")).toBe("1\u00a0piece");
  expect(ownQuantity("trainee-days", "40")).toBe("40\u00a0trainee days");
  expect(ownQuantity("EUR", null)).toBe("not known");
});

test("CSV keeps commas, quotes and the difference between empty and unknown text", () => {
  expect(csvOf(["a", "b"], [['x, "y"', null]])).toBe('a,b\r\n"x, ""y""",\r\n');
});
