import { nextDay, parseDay } from "../frame.ts";
import { MainstayError } from "../errors.ts";
import type { Instant } from "./events.ts";
import { accepted, refused, type Result } from "./result.ts";
import { atLocalTime, inZone } from "./zones.ts";

/** The working days of a place: every day but the weekend and the days listed as closed, for the years it covers. Weekdays by ISO 8601, Monday 1. */
export type WorkingCalendar = Readonly<{
  id: string;
  place: string;
  zone: string; // name in the IANA time zone database
  from: string;
  to: string; // the last day covered
  weekend: readonly number[];
  closed: readonly Readonly<{ on: string; name: string }>[];
  source: string;
}>;

/** Whether a day is worked at a place. Refused with `calendar_does_not_cover` outside the years it lists, `invalid_date` when it is no day. */
export function isWorkingDay(calendar: WorkingCalendar, day: string): Result<boolean> {
  try {
    parseDay(day, "day");
  } catch (error) {
    if (error instanceof MainstayError) return refused("invalid_date", JSON.stringify(day));
    throw error;
  }
  if (day < calendar.from || day > calendar.to)
    return refused(
      "calendar_does_not_cover",
      `${day}; ${calendar.place} is listed from ${calendar.from} to ${calendar.to}`,
    );
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const closed =
    calendar.weekend.includes(weekday === 0 ? 7 : weekday) || calendar.closed.some((one) => one.on === day);
  return accepted(!closed);
}

/**
 * The instant so many working days after another, at a time of day of the place; the day of the start is not counted.
 * Refused with `invalid_instant`, `unknown_zone`, `calendar_does_not_cover`, and `invalid_amount` when the days are not a whole number above zero.
 */
export function expiryAfter(
  calendar: WorkingCalendar,
  start: Instant,
  workingDays: number,
  at: string,
): Result<Instant> {
  if (!Number.isInteger(workingDays) || workingDays < 1)
    return refused("invalid_amount", `${workingDays} working days`);
  const local = inZone(start, calendar.zone);
  if (!local.ok) return local;
  let day = local.value.day;
  for (let left = workingDays; left > 0;) {
    day = nextDay(day);
    const working = isWorkingDay(calendar, day);
    if (!working.ok) return working;
    if (working.value) left -= 1;
  }
  return atLocalTime(day, at, calendar.zone);
}
