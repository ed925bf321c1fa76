import fc from "fast-check";
import ical, { type VEvent } from "node-ical";
import { describe, expect, test } from "vitest";
import { calendarFeed, type CalendarEvent, type CalendarFeed } from "../../src/formats/ical/feed.ts";

const stamp = "2026-03-01T10:00:00Z";
const silence: CalendarEvent = {
  uid: "proposal-7-silence@pact.example",
  at: "2026-03-05T16:00:00Z",
  title: "Silence ends: a fund is opened",
  description: "",
  url: null,
  kind: "silence",
  reminders: [2, 0],
};
const due: CalendarEvent = {
  uid: "call-2026-1-poland@pact.example",
  at: "2026-06-30",
  title: "Contribution due, first instalment; Україна, Türkiye і ще кілька слів українською мовою",
  description: "EUR 1,234.00\nReference RF18 UF26 POL0 1 \\ quote it",
  url: "https://pact.example/calls/2026-1?for=poland,x;y",
  kind: "call",
  reminders: [14, 1, 0, 1],
};

const feed = (events: readonly CalendarEvent[], changes: Partial<CalendarFeed> = {}): string =>
  calendarFeed({ name: "Deadlines", address: "https://pact.example/feed.ics", stamp, events, ...changes });

/** What an independent reader finds. */
function parsed(text: string) {
  const found = ical.sync.parseICS(text);
  const events = Object.values(found).filter((part): part is VEvent => (part as VEvent).type === "VEVENT");
  return { calendar: found.vcalendar, events };
}

const unfolded = (text: string): string[] => text.replaceAll("\r\n ", "").split("\r\n");

describe("a feed of deadlines", () => {
  test("reads back as it was put in, earliest first", () => {
    const { calendar, events } = parsed(feed([due, silence], { name: "The Pact's; deadlines, all" }));
    expect(calendar).toMatchObject({ version: "2.0", method: "PUBLISH", name: "The Pact's; deadlines, all" });
    expect(events).toMatchObject([
      { uid: silence.uid, summary: silence.title, categories: ["silence"], transparency: "TRANSPARENT" },
      { uid: due.uid, summary: due.title, description: due.description, url: due.url, categories: ["call"] },
    ]);
    expect(events.map(({ start, datetype }) => [start.toISOString(), datetype])).toEqual([
      ["2026-03-05T16:00:00.000Z", "date-time"],
      ["2026-06-30T00:00:00.000Z", "date"],
    ]);
    expect(events.map(({ dtstamp }) => dtstamp.toISOString())).toEqual([
      "2026-03-01T10:00:00.000Z",
      "2026-03-01T10:00:00.000Z",
    ]);
  });

  test.each([
    [silence, [0], ["-P0D"]],
    [silence, [7, 1], ["-P7D", "-P1D"]],
    [due, [0], ["PT9H"]],
    [due, [1], ["-PT15H"]],
    [due, [2], ["-P1DT15H"]],
    [due, [14, 14], ["-P13DT15H"]],
    [due, [], []],
  ])("reminds, for %o, %j days before", (event, reminders, triggers) => {
    const lines = unfolded(feed([{ ...event, reminders }]));
    expect(lines.filter((line) => line.startsWith("TRIGGER:"))).toEqual(triggers.map((one) => `TRIGGER:${one}`));
    expect(lines.filter((line) => line === "ACTION:DISPLAY")).toHaveLength(triggers.length);
  });

  test("is the same text for the same deadlines, in whatever order they come", () => {
    expect(feed([due, silence])).toBe(feed([silence, due]));
    expect(feed([due])).not.toBe(feed([due], { stamp: "2026-03-01T10:00:01Z" }));
  });

  test("names who made it, itself, and how often to look again", () => {
    const lines = unfolded(feed([]));
    expect(lines).toEqual(
      expect.arrayContaining([
        "BEGIN:VCALENDAR",
        "PRODID:-//Mainstay//Deadlines//EN",
        "SOURCE;VALUE=URI:https://pact.example/feed.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "END:VCALENDAR",
      ]),
    );
    expect(lines.at(-1)).toBe("");
  });

  test("keeps every component's properties before the components in it, as the grammar has it", () => {
    const events = feed([due, silence]).split("END:VEVENT").slice(0, -1);
    const afterAlarms = events.flatMap((event) => unfolded(event.slice(event.indexOf("BEGIN:VALARM"))));
    const others = afterAlarms.filter(
      (line) => !/^(BEGIN:VALARM|END:VALARM|(ACTION|TRIGGER|DESCRIPTION):.*|)$/.test(line),
    );
    expect(events).toHaveLength(2);
    expect(others).toEqual([]);
  });

  test.each([
    ["a day that is none", { at: "2026-02-30" }, "invalid_date"],
    ["an instant of another zone", { at: "2026-03-05T16:00:00+01:00" }, "invalid_instant"],
    ["an instant that is none", { at: "2026-03-05T25:00:00Z" }, "invalid_instant"],
  ])("is refused for %s", (_, changes, code) => {
    expect(() => feed([{ ...due, ...changes }])).toThrow(expect.objectContaining({ code }));
  });

  test("is refused without a time at which it was made", () => {
    expect(() => feed([], { stamp: "2026-03-01" })).toThrow(expect.objectContaining({ code: "invalid_instant" }));
  });
});

describe("whatever stands in a deadline", () => {
  test("is escaped as RFC 5545 has it", () => {
    const lines = unfolded(
      feed([{ ...silence, title: "a;b,c\\d\ne:f\r\ng\u0000h", kind: "x,y", url: "https://a.example/?b=1,2;3 4" }]),
    );
    expect(lines).toContain("SUMMARY:a\\;b\\,c\\\\d\\ne:f\\ngh");
    expect(lines).toContain("CATEGORIES:x\\,y");
    expect(lines).toContain("URL:https://a.example/?b=1,2;3%204");
  });

  test.each([
    ["one byte a letter", "x", [75, 75, 75, 75, 12]],
    ["two bytes a letter", "\u0457", [74, 75, 75, 75, 75, 75, 75, 75, 17]],
    ["four bytes a letter", "\u{1f4b6}", [72, 73, 73]],
  ])("is folded to lines that are as long as may be, with %s", (_, letter, expected) => {
    const text = feed([{ ...silence, title: letter.repeat(300), reminders: [] }]);
    const bytes = text.split("\r\n").map((line) => Buffer.byteLength(line));
    const first = text.split("\r\n").findIndex((line) => line.startsWith("SUMMARY"));
    expect(bytes.slice(first, first + expected.length)).toEqual(expected);
  });

  const wild = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        "\r",
        "\n",
        "\r\n",
        ",",
        ";",
        ":",
        "\\",
        '"',
        " ",
        "BEGIN:VEVENT",
        "\u0007",
        "\u2028",
        "\u{1f4b6}",
        "ї",
      ),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
    ),
    maxLength: 120,
  });
  const address = fc.webUrl({ withQueryParameters: true });

  test("lines hold at most 75 bytes and no half character, and nothing becomes a property of its own", () => {
    const allowed =
      /^(BEGIN|END|VERSION|PRODID|CALSCALE|METHOD|NAME|X-WR-CALNAME|URL|SOURCE|REFRESH-INTERVAL|X-PUBLISHED-TTL|UID|DTSTAMP|DTSTART|SUMMARY|DESCRIPTION|CATEGORIES|TRANSP|ACTION|TRIGGER)[;:]/;
    fc.assert(
      fc.property(wild, wild, wild, wild, (name, title, description, url) => {
        const text = feed([{ ...due, title, description, url }], { name, address: url });
        const bytes = Buffer.from(text);
        for (const line of bytes.toString("latin1").split("\r\n")) {
          expect(line.length).toBeLessThanOrEqual(75);
          expect(() => new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(line, "latin1"))).not.toThrow();
          expect(line).not.toMatch(/[\r\n]/);
        }
        const lines = unfolded(text).slice(0, -1);
        for (const line of lines) expect(line).toMatch(allowed);
        expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(1);
      }),
    );
  });

  test("comes back as it went in, but for what a calendar cannot hold", () => {
    // Between two letters, since the reader trims what it reads; it also takes an escaped backslash before an n for a line end.
    const held = (text: string): string =>
      text.replaceAll(/\r\n?|[\u2028\u2029]/g, "\n").replaceAll(/[^\P{Cc}\n\t]/gu, "");
    const text = wild.map((inner) => `a${inner}z`).filter((one) => !/\\n/i.test(one));
    fc.assert(
      fc.property(text, text, address, (title, description, url) => {
        const [event] = parsed(feed([{ ...due, title, description, url }])).events;
        expect(event).toMatchObject({ summary: held(title), description: held(description), url });
      }),
    );
  });
});
