import type { Instant } from "./events.ts";
import { readInstant } from "./instants.ts";
import { accepted, refused, type Result } from "./result.ts";

/** An instant as the clocks of a place show it: the day, the time to the second begun, and the offset from UTC as +02:00. */
export type LocalTime = Readonly<{ day: string; time: string; offset: string; zone: string }>;

/** Refused with `invalid_instant`, `unknown_zone`. */
export function inZone(instant: Instant, zone: string): Result<LocalTime> {
  const read = readInstant(instant);
  if (!read.ok) return read;
  const clocks = clocksOf(zone);
  if (clocks === null) return refused("unknown_zone", JSON.stringify(zone));
  const local = clocks(read.value);
  const shown = new Date(local).toISOString();
  const minutes = Math.round((local - Math.floor(read.value / 1000) * 1000) / 60_000);
  const size = Math.abs(minutes);
  const offset = `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return accepted({ day: shown.slice(0, 10), time: shown.slice(11, 19), offset, zone });
}

/**
 * The instant at which the clocks of a place show a day and a time (HH:MM or HH:MM:SS). Where they are put forward over that time, the instant that
 * would have been it; where they show it twice, the first. Refused with `invalid_instant`, `unknown_zone`.
 */
export function atLocalTime(day: string, time: string, zone: string): Result<Instant> {
  const wall = readInstant(`${day}T${time.length === 5 ? `${time}:00` : time}Z`);
  if (!wall.ok) return wall;
  const clocks = clocksOf(zone);
  if (clocks === null) return refused("unknown_zone", JSON.stringify(zone));
  const dayBefore = clocks(wall.value - 86_400_000) - (wall.value - 86_400_000);
  const dayAfter = clocks(wall.value + 86_400_000) - (wall.value + 86_400_000);
  const fits = [dayBefore, dayAfter]
    .map((offset) => wall.value - offset)
    .filter((instant) => clocks(instant) === wall.value);
  const found = fits.length === 0 ? wall.value - dayBefore : Math.min(...fits);
  return accepted(new Date(found).toISOString().replace(".000Z", "Z"));
}

/** What a zone's clocks show at a number of milliseconds since 1970, itself as such a number without fractions of a second; null for no zone. */
function clocksOf(zone: string): ((milliseconds: number) => number) | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      calendar: "iso8601",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch {
    return null;
  }
  return (milliseconds) => {
    const parts = new Map(format.formatToParts(milliseconds).map((part) => [part.type, Number(part.value)]));
    const [year = 0, month = 1, day = 1] = [parts.get("year"), parts.get("month"), parts.get("day")];
    return Date.UTC(year, month - 1, day, parts.get("hour"), parts.get("minute"), parts.get("second"));
  };
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
