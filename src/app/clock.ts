import { parseDay } from "#core/frame.ts";

/** The instant now, in UTC, as YYYY-MM-DDTHH:MM:SS[.mmm]Z: passed in, so that what depends on it can be tested and played again. */
export type Clock = () => string;

/** The day of an instant, in UTC. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10);
}

/** The day asked, or today. @throws MainstayError invalid_date */
export function dayAsked(clock: Clock, asOf: string | undefined): string {
  return asOf === undefined || asOf === "" ? dayOf(clock()) : parseDay(asOf, "as_of");
}
