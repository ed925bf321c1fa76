import { daysInMonth } from "../frame.ts";
import type { Instant } from "./events.ts";
import { accepted, refused, type Result } from "./result.ts";

/**
 * Milliseconds since 1970 of an instant written YYYY-MM-DDTHH:MM:SSZ (up to three digits of a second's fraction).
 * Refused with `invalid_instant` when it is written otherwise or there is no such day or time.
 */
export function readInstant(text: Instant): Result<number> {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,3})?Z$/.exec(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (parts?.slice(1, 7) ?? []).map(Number);
  const exists =
    month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) && hour < 24 && minute < 60 && second < 60;
  if (parts === null || !exists) return refused("invalid_instant", JSON.stringify(text));
  return accepted(Date.parse(text));
}

/** Milliseconds of an instant that was read before. */
export function millisecondsOf(instant: Instant): number {
  return Date.parse(instant);
}
