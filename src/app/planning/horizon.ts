import { addDays } from "#core/planning/days.ts";

/** The first and the last day that a plan looks at. */
export type Horizon = Readonly<{ from: string; until: string }>;

/** How long after the last day on which something is wanted late help is still planned. */
const graceDays = 90;

/**
 * The days of a plan where they are not asked for: those of the plan that stands, as far as they are still to come; else from today, or from when
 * the first thing can be taken where that is later, until a quarter after the last is wanted. A record that is all in the past is planned as it was.
 */
export function usualHorizon(
  needs: readonly Readonly<{ from: string; until: string }>[],
  standing: Horizon | null,
  today: string,
): Horizon {
  const latest = (one: string, other: string) => (one > other ? one : other);
  if (standing !== null)
    return standing.until < today ? standing : { from: latest(standing.from, today), until: standing.until };
  const firsts = needs.map((need) => need.from).toSorted();
  const last = needs.map((need) => need.until).reduce(latest, "");
  const first = firsts[0] ?? today;
  if (last === "") return { from: today, until: addDays(today, graceDays) };
  return { from: last < today ? first : latest(first, today), until: addDays(last, graceDays) };
}
