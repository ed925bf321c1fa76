import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketDays, bucketOn, bucketsOf } from "#core/planning/buckets.ts";
import { addDays, daysFrom, monthAfter } from "#core/planning/days.ts";

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays("2000-01-01", days));

test("thirteen weeks, then months to two years, then quarters", () => {
  const buckets = bucketsOf("2027-01-04", "2030-01-31");
  const shown = buckets.map((bucket) => `${bucket.from} ${bucket.until}`);
  expect(shown.slice(0, 15)).toEqual([
    "2027-01-04 2027-01-10",
    "2027-01-11 2027-01-17",
    "2027-01-18 2027-01-24",
    "2027-01-25 2027-01-31",
    "2027-02-01 2027-02-07",
    "2027-02-08 2027-02-14",
    "2027-02-15 2027-02-21",
    "2027-02-22 2027-02-28",
    "2027-03-01 2027-03-07",
    "2027-03-08 2027-03-14",
    "2027-03-15 2027-03-21",
    "2027-03-22 2027-03-28",
    "2027-03-29 2027-04-04",
    "2027-04-05 2027-04-30",
    "2027-05-01 2027-05-31",
  ]);
  expect(shown.slice(-5)).toEqual([
    "2029-01-01 2029-03-31",
    "2029-04-01 2029-06-30",
    "2029-07-01 2029-09-30",
    "2029-10-01 2029-12-31",
    "2030-01-01 2030-01-31",
  ]);
});

test("no days, no buckets", () => {
  expect(bucketsOf("2027-01-04", "2027-01-03")).toEqual([]);
  expect(bucketsOf("2027-01-04", "2027-01-04")).toEqual([{ from: "2027-01-04", until: "2027-01-04" }]);
});

test("buckets cover every day once, in order, and every day is found in its own", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 4_000 }), fc.nat(), (from, length, pick) => {
      const until = addDays(from, length);
      const buckets = bucketsOf(from, until);
      expect(buckets[0]?.from).toBe(from);
      expect(buckets.at(-1)?.until).toBe(until);
      buckets.slice(1).forEach((bucket, index) => expect(bucket.from).toBe(addDays(buckets[index]?.until ?? "", 1)));
      expect(buckets.reduce((sum, bucket) => sum + bucketDays(bucket), 0)).toBe(length + 1);
      const asked = addDays(from, pick % (length + 1));
      const found = buckets[bucketOn(buckets, asked)];
      expect(found !== undefined && found.from <= asked && asked <= found.until).toBe(true);
      expect(bucketOn(buckets, addDays(from, -1))).toBe(0);
      expect(bucketOn(buckets, addDays(until, 1))).toBe(buckets.length);
    }),
  );
});

test.each([
  ["2024-02-28", 1, "2024-02-29"],
  ["2023-12-31", 1, "2024-01-01"],
  ["2024-03-01", -1, "2024-02-29"],
])("%s and %i days is %s", (from, days, until) => {
  expect(addDays(from, days)).toBe(until);
  expect(daysFrom(from, until)).toBe(days);
});

test.each([
  ["2024-01-31", 1, "2024-02-01"],
  ["2024-11-15", 2, "2025-01-01"],
  ["2024-11-15", 26, "2027-01-01"],
])("%s and %i months begins %s", (from, months, first) => {
  expect(monthAfter(from, months)).toBe(first);
});
