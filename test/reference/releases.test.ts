import { describe, expect, test } from "vitest";
import type { LedgerEntry } from "../../src/core/entries.ts";
import { reference } from "./files.ts";

/** The steps after which a stage stands below zero, when undated steps come before all others or after them. */
function belowZero(entries: readonly LedgerEntry[], undated: "first" | "last"): LedgerEntry[] {
  const standing = new Map<string, bigint>();
  const day = (entry: LedgerEntry) => entry.effective.on ?? (undated === "first" ? "" : "~");
  const move = (promise: number, stage: string | null, quantity: bigint) => {
    const stands = (standing.get(`${promise} ${stage}`) ?? 0n) + quantity;
    standing.set(`${promise} ${stage}`, stands);
    return stage === null ? 0n : stands;
  };
  const sorted = [...entries].sort((left, right) => (day(left) < day(right) ? -1 : day(left) > day(right) ? 1 : 0));
  return sorted.filter((entry) => {
    const left = move(entry.promise, entry.from, -entry.quantity);
    move(entry.promise, entry.to, entry.quantity);
    return left < 0n;
  });
}

describe.each(reference.releases.map((release) => [release.name, release] as const))("%s", (_, { content }) => {
  test("no stage goes below zero on any day, with the undated steps or without", () => {
    expect(belowZero(content.entries, "first")).toEqual([]);
    expect(belowZero(content.entries, "last")).toEqual([]);
  });

  test("quantities are the reported amounts to the cent, and above zero", () => {
    const wrong = content.entries.filter((entry) => {
      const difference = entry.quantity * 10_000n - (entry.reported ?? 0n);
      return (
        entry.quantity <= 0n ||
        difference > 10_000n ||
        difference < -10_000n ||
        content.readings[entry.promise]?.unit.scale !== 2
      );
    });
    expect(wrong).toEqual([]);
  });

  test("a promise is read once", () => {
    const keys = content.readings.map((reading) =>
      [reading.code, reading.donor, reading.category, reading.unit.code].join(" "),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("it says of each class that it states it, or why not", () => {
    expect(content.coverage.map((one) => one.class)).toEqual(["said", "bound", "placed", "moved", "received"]);
    expect(content.coverage.filter((one) => (one.state === "stated") !== (one.reason === ""))).toEqual([]);
    const entered = new Set(content.entries.map((entry) => entry.to));
    const stated = content.coverage
      .filter((one) => one.state === "stated" || one.state === "partial")
      .map((one) => one.class);
    expect(new Set<string | null>(stated)).toEqual(entered);
  });
});

test("only what one giver announced as new is posted as said, each in its own currency", () => {
  const said = reference.releases.filter((release) => release.content.series.startsWith("statement:"));
  const amounts = said.flatMap(({ content }) =>
    content.entries.map(
      (entry) =>
        `${content.readings[entry.promise]?.donor} ${content.reportedCurrency} ${entry.quantity / 100n} ${entry.effective.on}`,
    ),
  );
  expect(amounts).toEqual([
    "usa USD 800000000 2022-03-16",
    "eu EUR 50000000000 2024-02-24",
    "usa USD 2400000000 2024-09-26",
    "usa USD 1250000000 2024-12-30",
    "usa USD 1220000000 2024-12-30",
  ]);
  expect(reference.statements.filter((row) => !row.posted && row.note === "")).toEqual([]);
});

test("a promise of release 28 tells its years: what was placed comes out of what was bound by then", () => {
  const release = reference.releases.find((one) => one.id === "release-28");
  const poland = release?.content.readings.findIndex(
    (reading) => reading.donor === "pol" && reading.category === "Military",
  );
  const steps = release?.content.entries
    .filter((entry) => entry.promise === poland)
    .map((entry) => `${entry.from ?? "outside"} > ${entry.to} ${entry.effective.on ?? "undated"}`);
  expect(steps?.slice(0, 2)).toEqual(["outside > bound 2022-12-31", "bound > placed 2022-12-31"]);
  expect(steps?.at(-1)).toContain("undated");
});
