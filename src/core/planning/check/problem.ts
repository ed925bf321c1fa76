import type { PlanProblem } from "../../views-plan.ts";

/** Something a plan breaks: which rule, and what exactly in words. */
export type Note = PlanProblem;

export function note(code: string, says: string): Note {
  return { code, says };
}

/** Limits that are fractions (weeks of a month, tonnes) are held up to rounding. */
export function exceeds(used: number, limit: number): boolean {
  return used > limit + 1e-6 * Math.max(1, Math.abs(limit));
}
