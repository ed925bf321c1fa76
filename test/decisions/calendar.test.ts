import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expiryAfter, isWorkingDay, type WorkingCalendar } from "#core/decisions/calendar.ts";
import { atLocalTime, inZone } from "#core/decisions/zones.ts";
import { readCalendar } from "../../src/formats/procedures/calendar.ts";
import { codeOf, shipped } from "./support.ts";

const folder = new URL("../../policies/calendars/", import.meta.url);
const textOf = (file: string): string => readFileSync(new URL(file, folder), "utf8");
const calendars = readdirSync(folder).map((file) => readCalendar(textOf(file), file));
const calendar = (id: string): WorkingCalendar => calendars.find((one) => one.id === id)!;

test("every calendar goes by its file's name, and every procedure's usual deadline has its calendar", () => {
  expect(calendars.map((one) => `${one.id}.json`)).toEqual(readdirSync(folder));
  for (const { deadline } of shipped)
    if (deadline !== null) expect(calendars.map((one) => one.id)).toContain(deadline.calendar);
});

test.each([
  ["brussels", "2024-05-09", false, "Ascension Day"],
  ["brussels", "2024-05-10", true, "the day after"],
  ["brussels", "2025-07-21", false, "National Day"],
  ["brussels", "2024-05-11", false, "a Saturday"],
  ["vienna", "2024-05-30", false, "Corpus Christi"],
  ["brussels", "2024-05-30", true, "no holiday in Brussels"],
  ["vienna", "2024-10-26", false, "National Day"],
  ["vienna", "2024-11-11", true, "no holiday in Vienna"],
])("%s %s is worked: %s (%s)", (id, day, worked) => {
  expect(isWorkingDay(calendar(id), day)).toEqual({ ok: true, value: worked });
});

test.each([
  ["brussels", "2024-03-28T10:00:00Z", 2, "17:00", "2024-04-02T15:00:00Z", "over Easter and into summer time"],
  ["brussels", "2024-12-24T12:00:00Z", 1, "17:00", "2024-12-26T16:00:00Z", "Boxing Day is worked in Brussels"],
  ["vienna", "2024-12-24T12:00:00Z", 1, "17:00", "2024-12-27T16:00:00Z", "and not in Vienna"],
  ["brussels", "2024-06-30T22:30:00Z", 1, "09:00", "2024-07-02T07:00:00Z", "the start's day is the place's own"],
  ["brussels", "2024-07-19T08:00:00Z", 1, "17:00:30", "2024-07-22T15:00:30Z", "over a weekend, to the second"],
])("%s: from %s, %i working days, at %s is %s (%s)", (id, start, days, at, expiry) => {
  expect(expiryAfter(calendar(id), start, days, at)).toEqual({ ok: true, value: expiry });
});

test.each([
  ["calendar_does_not_cover", () => expiryAfter(calendar("brussels"), "2030-12-31T08:00:00Z", 1, "17:00")],
  ["calendar_does_not_cover", () => isWorkingDay(calendar("vienna"), "2021-12-31")],
  ["invalid_date", () => isWorkingDay(calendar("vienna"), "2024-02-30")],
  ["invalid_amount", () => expiryAfter(calendar("brussels"), "2024-07-01T08:00:00Z", 0, "17:00")],
  ["invalid_instant", () => expiryAfter(calendar("brussels"), "2024-07-01", 1, "17:00")],
  ["invalid_instant", () => expiryAfter(calendar("brussels"), "2024-07-01T08:00:00Z", 1, "24:00")],
  ["unknown_zone", () => inZone("2024-07-01T08:00:00Z", "Europe/Atlantis")],
  ["unknown_zone", () => atLocalTime("2024-07-01", "09:00", "Europe/Atlantis")],
] as const)("%s", (code, ask) => {
  expect(codeOf(ask())).toBe(code);
});

describe("an instant in each party's zone", () => {
  test.each([
    ["Europe/Brussels", "2024-07-01", "14:00:00", "+02:00"],
    ["America/St_Johns", "2024-07-01", "09:30:00", "-02:30"],
    ["Asia/Kathmandu", "2024-07-01", "17:45:00", "+05:45"],
    ["Pacific/Kiritimati", "2024-07-02", "02:00:00", "+14:00"],
    ["UTC", "2024-07-01", "12:00:00", "+00:00"],
  ])("%s", (zone, day, time, offset) => {
    expect(inZone("2024-07-01T12:00:00.900Z", zone)).toEqual({ ok: true, value: { day, time, offset, zone } });
  });

  test("a time the clocks skip is read as before they moved, one shown twice as the first", () => {
    expect(atLocalTime("2024-03-31", "02:30", "Europe/Brussels")).toEqual({ ok: true, value: "2024-03-31T01:30:00Z" });
    expect(atLocalTime("2024-10-27", "02:30", "Europe/Brussels")).toEqual({ ok: true, value: "2024-10-27T00:30:00Z" });
  });

  test("there and back shows the same clock, and never later", () => {
    const zones = fc.constantFrom(
      "Europe/Brussels",
      "America/New_York",
      "Asia/Kathmandu",
      "Australia/Lord_Howe",
      "UTC",
    );
    fc.assert(
      fc.property(fc.integer({ min: 1_640_995_200, max: 1_893_456_000 }), zones, (seconds, zone) => {
        const instant = new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
        const local = inZone(instant, zone);
        if (!local.ok) throw new Error(local.refusal.message);
        const back = atLocalTime(local.value.day, local.value.time, zone);
        if (!back.ok) throw new Error(back.refusal.message);
        expect(back.value <= instant).toBe(true);
        expect(inZone(back.value, zone)).toMatchObject({ value: { day: local.value.day, time: local.value.time } });
      }),
    );
  });
});

describe("a calendar that does not hold together is refused", () => {
  const written = {
    id: "here",
    place: "Here",
    zone: "Europe/Brussels",
    from: "2024-01-01",
    to: "2024-12-31",
    weekend: [6, 7],
    closed: [{ on: "2024-05-01", name: "Labour Day" }],
    source: "The law",
  };
  const refusing = (change: object) => () => readCalendar(JSON.stringify({ ...written, ...change }), "here.json");
  test("as written it is read", () => {
    expect(refusing({})()).toEqual(written);
  });
  test.each([
    ["not JSON", () => readCalendar("{", "here.json"), /here\.json/],
    ["no zone", refusing({ zone: "Mars/Base" }), /field zone/],
    ["ends before it begins", refusing({ to: "2023-12-31" }), /field to/],
    ["a closed day outside", refusing({ closed: [{ on: "2025-05-01", name: "Labour Day" }] }), /field closed\[0\]\.on/],
    [
      "closed days out of order",
      refusing({
        closed: [
          { on: "2024-05-01", name: "A" },
          { on: "2024-05-01", name: "B" },
        ],
      }),
      /field closed\[1\]\.on/,
    ],
    ["no such day", refusing({ closed: [{ on: "2024-02-30", name: "A" }] }), /field closed\[0\]\.on/],
    ["a field too many", refusing({ colour: "red" }), /colour/],
  ])("%s: calendar_invalid", (_says, read, message) => {
    expect(read).toThrow(
      expect.objectContaining({ code: "calendar_invalid", message: expect.stringMatching(message) }),
    );
  });
});
