import { readInstant } from "#core/decisions/instants.ts";
import { valueOf } from "#core/decisions/result.ts";
import { parseDay } from "#core/frame.ts";
import { contentLine, textValue, uriValue } from "./lines.ts";

/** A deadline. `at` is a day, which is the whole of it, or an instant in UTC; reminders are whole days before it, none below zero. */
export type CalendarEvent = Readonly<{
  uid: string; // the same as long as it is the same deadline, and like no other's in the world
  at: string;
  title: string;
  description: string;
  url: string | null;
  kind: string;
  reminders: readonly number[];
  revision?: number; // how often it was changed since it was first told
  changedAt?: string; // when it was last: an instant in UTC
  cancelled?: boolean;
}>;

/** A feed's name, its own address, and when it was made: an instant in UTC. */
export type CalendarFeed = Readonly<{
  name: string;
  address: string;
  stamp: string;
  events: readonly CalendarEvent[];
}>;

/**
 * Deadlines as iCalendar (RFC 5545 with the feed's properties of RFC 7986), for text/calendar, earliest first. A deadline takes no time of the
 * day it is on. A day's reminder rings at nine in the morning of the reader's own time, an instant's as many times 24 hours before it.
 * @throws MainstayError invalid_date, invalid_instant
 */
export function calendarFeed(feed: CalendarFeed): string {
  const { name, address } = feed;
  const stamp = instantValue(feed.stamp);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Mainstay//Deadlines//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `NAME:${textValue(name)}`,
    `X-WR-CALNAME:${textValue(name)}`, // how calendars said it before RFC 7986
    `URL:${uriValue(address)}`,
    `SOURCE;VALUE=URI:${uriValue(address)}`,
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    "X-PUBLISHED-TTL:PT1H",
    ...feed.events.toSorted(byTime).flatMap((event) => eventLines(event, stamp)),
    "END:VCALENDAR",
  ];
  return lines.map(contentLine).join("");
}

function eventLines(event: CalendarEvent, stamp: string): readonly string[] {
  const { uid, at, title, description, url, kind, reminders, revision, changedAt, cancelled } = event;
  const allDay = !at.includes("T");
  return [
    "BEGIN:VEVENT",
    `UID:${textValue(uid)}`,
    `DTSTAMP:${stamp}`,
    allDay ? `DTSTART;VALUE=DATE:${parseDay(at, "at").replaceAll("-", "")}` : `DTSTART:${instantValue(at)}`,
    `SUMMARY:${textValue(title)}`,
    ...(description === "" ? [] : [`DESCRIPTION:${textValue(description)}`]),
    `CATEGORIES:${textValue(kind)}`,
    ...(url === null ? [] : [`URL:${uriValue(url)}`]),
    ...(revision === undefined ? [] : [`SEQUENCE:${revision}`]),
    ...(changedAt === undefined ? [] : [`LAST-MODIFIED:${instantValue(changedAt)}`]),
    ...(cancelled === true ? ["STATUS:CANCELLED"] : []),
    "TRANSP:TRANSPARENT",
    ...[...new Set(reminders)].flatMap((days) => alarmLines(title, allDay ? beforeDay(days) : `-P${days}D`)),
    "END:VEVENT",
  ];
}

function alarmLines(title: string, trigger: string): readonly string[] {
  return ["BEGIN:VALARM", "ACTION:DISPLAY", `TRIGGER:${trigger}`, `DESCRIPTION:${textValue(title)}`, "END:VALARM"];
}

/** From the midnight on which a day begins to nine in the morning so many days before it. */
function beforeDay(days: number): string {
  if (days === 0) return "PT9H";
  return days === 1 ? "-PT15H" : `-P${days - 1}DT15H`;
}

/** "2026-06-30T16:00:00Z" as "20260630T160000Z". */
function instantValue(instant: string): string {
  const whole = new Date(valueOf(readInstant(instant))).toISOString().slice(0, 19);
  return `${whole.replaceAll(/[-:]/g, "")}Z`;
}

function byTime(one: CalendarEvent, other: CalendarEvent): number {
  const [left, right] = [`${one.at} ${one.uid}`, `${other.at} ${other.uid}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
