/** The instant now, in UTC, as YYYY-MM-DDTHH:MM:SS[.mmm]Z: passed in, so that what depends on it can be tested and played again. */
export type Clock = () => string;

/** The day of an instant, in UTC. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10);
}
