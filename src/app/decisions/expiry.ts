import { readFile, readdir } from "node:fs/promises";
import { expiryAfter, type WorkingCalendar } from "#core/decisions/calendar.ts";
import { millisecondsOf } from "#core/decisions/instants.ts";
import { valueOf } from "#core/decisions/result.ts";
import { MainstayError } from "#core/errors.ts";
import { readCalendar } from "#formats/procedures/calendar.ts";
import type { Database } from "#store/database.ts";
import type { Clock } from "../clock.ts";
import { requireCase } from "./case.ts";

const folder = new URL("../../../policies/calendars/", import.meta.url);

/** When a silence is to expire: at an instant, so many seconds from now, or so many working days; with none of them, after the procedure's usual time. */
export type Wanted = Readonly<{
  expires?: string | undefined;
  seconds?: number | undefined;
  workingDays?: number | undefined;
}>;

/**
 * The instant at which a proposal's silence is to expire, to the second. Working days are those of the procedure's calendar, and end at its hour.
 * @throws MainstayError unknown_proposal, silence_expiry_missing, unknown_calendar, calendar_does_not_cover, invalid_amount
 */
export async function expiryOf(db: Database, clock: Clock, id: string, wanted: Wanted): Promise<string> {
  if (wanted.expires !== undefined) return wanted.expires;
  const now = clock();
  if (wanted.seconds !== undefined) return wholeSecond(millisecondsOf(now) + wanted.seconds * 1000);
  const { deadline, title } = (await requireCase(db, id)).procedure;
  if (deadline === null) throw new MainstayError("silence_expiry_missing", title);
  const calendar = await calendarOf(deadline.calendar);
  return valueOf(expiryAfter(calendar, now, wanted.workingDays ?? deadline.workingDays, deadline.at));
}

/** The first whole second that is not before. */
function wholeSecond(milliseconds: number): string {
  return new Date(Math.ceil(milliseconds / 1000) * 1000).toISOString().replace(".000Z", "Z");
}

/** @throws MainstayError unknown_calendar */
async function calendarOf(id: string): Promise<WorkingCalendar> {
  const name = (await readdir(folder)).find((file) => file === `${id}.json`);
  if (name === undefined) throw new MainstayError("unknown_calendar", JSON.stringify(id));
  return readCalendar(await readFile(new URL(name, folder), "utf8"), name);
}
