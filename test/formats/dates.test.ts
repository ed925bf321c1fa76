import { expect, test } from "vitest";
import { dayOrder, readDate } from "../../src/formats/dates.ts";

/** One row a rule: the cell, the day, how exactly it is known, and whether a remark says that it was taken otherwise than written. */
const rules: readonly (readonly [string, string | null, string, boolean])[] = [
  ["2022-03-01 00:00:00", "2022-03-01", "day", false],
  ["2022-03-01", "2022-03-01", "day", false],
  ["44621", "2022-03-01", "day", false],
  ["until 7/27/2022", "2022-07-27", "by", false],
  ["until 17/10/2022", "2022-10-17", "by", false],
  ["until  5/7/2022", "2022-05-07", "by", false],
  ["unti 10/3/2022", "2022-10-03", "by", false],
  ["until 04/10/2022", "2022-04-10", "by", false],
  ["between 3/4/22 & 3/11/22", "2022-03-11", "by", false],
  ["between 3/20/2022 and 7/1/2022", "2022-07-01", "by", false],
  ["from 3/20/2022 until 7/1/2022", "2022-07-01", "by", false],
  ["since 2/24/2022", "2022-02-24", "day", true],
  ["unclear, 04/22", "2022-04-30", "month", false],
  ["unclear, 10/2022", "2022-10-31", "month", false],
  ["not specified, 03/22", "2022-03-31", "month", false],
  ["until 11/2022", "2022-11-30", "month", false],
  ["until 06/31/2022", "2022-06-30", "month", true],
  ["2024-02", "2024-02-29", "month", false],
  ["3 April 2024", "2024-04-03", "day", false],
  ["April 2024", "2024-04-30", "month", false],
  ["17.10.2022", "2022-10-17", "day", false],
  ["2922-02-09", null, "none", true],
  ["until 7/27/2922", null, "none", true],
  ["45/45/2022", null, "none", true],
  ["13/2022", null, "none", true],
  ["Undisclosed", null, "none", false],
  ["unspecified", null, "none", false],
  [".", null, "none", false],
  ["", null, "none", false],
];

test.each(rules)("%j is %s (%s)", (cell, on, precision, remarked) => {
  const { effective, remark } = readDate(cell, "month-first");
  expect({ ...effective, remarked: remark !== null }).toEqual({ on, precision, remarked });
});

test("a day that could be a month is read in the order most of its column is written in", () => {
  expect(dayOrder(["until 7/27/2022", "until 9/28/2022", "until 17/10/2022", "until 6/7/2022"])).toBe("month-first");
  expect(dayOrder(["27/7/2022", "28/9/2022", "10/17/2022"])).toBe("day-first");
  expect(readDate("until 6/7/2022", "day-first").effective).toEqual({ on: "2022-07-06", precision: "by" });
  expect(readDate("until 6/7/2022", "month-first").effective).toEqual({ on: "2022-06-07", precision: "by" });
});
