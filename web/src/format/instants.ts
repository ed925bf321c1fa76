import { formatDay } from "./days.ts";

/** The time zone of the reader's own clocks, by its name in the IANA database. */
export function readerZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function clocksOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formats.set(zone, made);
  return made;
}

/** What the clocks of a zone show at an instant: the day as YYYY-MM-DD, the time as HH:MM:SS. */
export function inZone(instant: string, zone: string): Readonly<{ day: string; time: string }> {
  const parts = new Map(
    clocksOf(zone)
      .formatToParts(Date.parse(instant))
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? "";
  return {
    day: `${part("year")}-${part("month")}-${part("day")}`,
    time: `${part("hour")}:${part("minute")}:${part("second")}`,
  };
}

/** "3 April 2024, 17:00" by the clocks of a zone, the reader's own unless another is named. Seconds only where there are some. */
export function formatInstant(instant: string, zone = readerZone()): string {
  const { day, time } = inZone(instant, zone);
  return `${formatDay(day)}, ${time.endsWith(":00") ? time.slice(0, 5) : time}`;
}

/** The same to the minute, for when something happened. */
export function formatMinute(instant: string, zone = readerZone()): string {
  const { day, time } = inZone(instant, zone);
  return `${formatDay(day)}, ${time.slice(0, 5)}`;
}

/** "Oslo" for Europe/Oslo, "UTC" for UTC. */
export function zoneCity(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** Whether a date names an instant, and not a whole day. */
export function isInstant(at: string): boolean {
  return at.length > 10;
}

/** The day an instant falls on for the reader; a day as it is. */
export function readerDay(at: string): string {
  return isInstant(at) ? inZone(at, readerZone()).day : at;
}

/** What a field for day and time holds for an instant, by the reader's clocks: YYYY-MM-DDTHH:MM. */
export function toField(instant: string): string {
  const { day, time } = inZone(instant, readerZone());
  return `${day}T${time.slice(0, 5)}`;
}

/** The instant that the reader's clocks show as the field says; null while it says none. */
export function fromField(text: string): string | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString().replace(".000Z", "Z");
}

/** A stretch of time cut into days, hours, minutes and seconds begun; nothing below zero. */
export function cutUp(milliseconds: number): readonly [days: number, hours: number, minutes: number, seconds: number] {
  const seconds = Math.max(Math.ceil(milliseconds / 1000), 0);
  return [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
}

const steps: readonly (readonly [atLeastMinutes: number, words: string])[] = [
  [60, "more than an hour left"],
  [30, "half an hour to an hour left"],
  [10, "ten to thirty minutes left"],
  [5, "five to ten minutes left"],
  [1, "a few minutes left"],
];

/** The same in coarse words that seldom change: for a voice that reads the page. */
export function coarseWords(milliseconds: number): string {
  const [days, hours] = cutUp(milliseconds);
  if (milliseconds <= 0) return "the silence has run out";
  if (days > 0) return days === 1 ? "more than a day left" : `more than ${days} days left`;
  if (hours > 1) return `more than ${hours} hours left`;
  return steps.find(([minutes]) => milliseconds >= minutes * 60_000)?.[1] ?? "less than a minute left";
}
