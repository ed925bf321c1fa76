import { z } from "zod";
import type { WorkingCalendar } from "#core/decisions/calendar.ts";
import { inZone } from "#core/decisions/zones.ts";
import { MainstayError } from "#core/errors.ts";
import { parseJson, refuseIssues } from "./json.ts";

const calendar = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, "a word in small letters"),
  place: z.string().min(1),
  zone: z.string().min(1),
  from: z.iso.date(),
  to: z.iso.date(),
  weekend: z.array(z.int().min(1).max(7)).max(6),
  closed: z.array(z.strictObject({ on: z.iso.date(), name: z.string().min(1) })),
  source: z.string().min(1),
});

/**
 * The working days of a place from the text of a file of `policies/calendars`.
 * @throws MainstayError calendar_invalid naming the file and the field
 */
export function readCalendar(text: string, fileName: string): WorkingCalendar {
  const found = calendar.safeParse(parseJson(text, "calendar_invalid", fileName));
  if (!found.success) throw refuseIssues(found.error, "calendar_invalid", fileName);
  const refuse = (what: string, field: string) =>
    new MainstayError("calendar_invalid", what, { file: fileName, field });
  const { from, to, zone, closed } = found.data;
  if (to < from) throw refuse(`${to}, before ${from}`, "to");
  if (!inZone(`${from}T00:00:00Z`, zone).ok) throw refuse(JSON.stringify(zone), "zone");
  closed.forEach(({ on }, index) => {
    if (on < from || on > to) throw refuse(`${on}, outside ${from} to ${to}`, `closed[${index}].on`);
    const before = closed[index - 1];
    if (before !== undefined && before.on >= on) throw refuse(`${on} after ${before.on}`, `closed[${index}].on`);
  });
  return found.data;
}
