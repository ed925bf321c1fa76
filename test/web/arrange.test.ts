import { describe, expect, test } from "vitest";
import { filterRows, groupRows, readSort, sortRows, totalOf, writeSort } from "../../web/src/promises/arrange.ts";
import { frameOf, parseSearch, readSearch, stringifySearch } from "../../web/src/frame/search.ts";
import { promises } from "./stub/world.ts";

describe("the promises table", () => {
  test("sorts by amount with what is unknown last, either way", () => {
    for (const text of ["-amount", "amount"]) {
      const sorted = sortRows(promises, readSort(text), "placed").map((row) => row.byClass.placed);
      const firstUnknown = sorted.indexOf(null);
      expect(firstUnknown).toBeGreaterThan(0);
      expect(sorted.slice(firstUnknown).every((amount) => amount === null)).toBe(true);
      const known = sorted.slice(0, firstUnknown).map(Number);
      expect(
        known.every(
          (amount, index) =>
            index === 0 || (text === "amount" ? amount >= (known[index - 1] ?? 0) : amount <= (known[index - 1] ?? 0)),
        ),
      ).toBe(true);
    }
  });

  test("groups add up to the whole, to the cent", () => {
    const cents = (amount: string | null) => BigInt((amount ?? "0.00").replace(".", ""));
    const lines = groupRows(promises, "donor", "placed", new Set());
    const groups = lines.filter((line) => line.kind === "group");
    expect(groups.reduce((sum, group) => sum + cents(group.amount), 0n)).toBe(
      cents(totalOf(promises, "placed").amount),
    );
    expect(groups.reduce((sum, group) => sum + group.count, 0)).toBe(promises.length);
    expect(lines).toHaveLength(promises.length + groups.length);
    expect(groupRows(promises, "donor", "placed", new Set(groups.map((group) => group.name)))).toHaveLength(
      groups.length,
    );
  });

  test("finds all the words, in any order, in title, code and giver", () => {
    const found = filterRows(promises, { q: "germany interceptors" });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((row) => row.donor === "deu" && row.title.includes("interceptors"))).toBe(true);
    expect(filterRows(promises, { donor: "deu", category: "Military" }).length).toBe(
      promises.filter((row) => row.donor === "deu" && row.category === "Military").length,
    );
  });

  test("arranges ten thousand rows within a frame or two of the screen", () => {
    const times = Array.from({ length: 7 }, () => {
      const start = performance.now();
      groupRows(
        sortRows(filterRows(promises, { q: "a" }), readSort("title"), "placed"),
        "category",
        "placed",
        new Set(),
      );
      return performance.now() - start;
    }).sort((a, b) => a - b);
    expect(times[3]).toBeLessThan(150);
  });

  test("its order stands in the address, the usual one is left out", () => {
    expect(writeSort(readSort(undefined))).toBeUndefined();
    expect(writeSort(readSort("-announced"))).toBe("-announced");
    expect(readSort("nonsense")).toEqual({ key: "amount", down: true });
  });
});

describe("the address", () => {
  test("carries the whole frame and back", () => {
    const text =
      "?book=ukraine-support-tracker&as_of=2022-12-31&known_at=2023-01-09&boundary=group%3Anato&basis=constant%3A2024-01-02&class=bound";
    const search = readSearch(parseSearch(text));
    expect(stringifySearch(search)).toBe(text);
    expect(frameOf(search)).toEqual({
      book: "ukraine-support-tracker",
      as_of: "2022-12-31",
      known_at: "2023-01-09",
      boundary: "group:nato",
      basis: "constant:2024-01-02",
      class: "bound",
    });
  });

  test("leaves out what the pages do not know", () => {
    expect(readSearch({ class: "imagined", measure: "weight", q: "", other: "x" })).toEqual({});
  });
});
