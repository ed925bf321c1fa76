import { MainstayError } from "#core/errors.ts";
import { nextDay, parseDay } from "#core/frame.ts";
import type { PlanningHead } from "#core/views-planning.ts";
import type { Queries } from "#store/database.ts";
import { bookHead } from "#store/planning/head.ts";

/** A book at an instant: what of its needs and offers was known by the end of a day, or all that is on record. */
export type Cut = Readonly<{ bookNo: number; knownBefore: string | null; head: PlanningHead }>;

/** @throws MainstayError unknown_book, invalid_date */
export async function cutOf(db: Queries, slug: string, knownAt: string | undefined): Promise<Cut> {
  const found = await bookHead(db, slug);
  if (found === undefined) throw new MainstayError("unknown_book", JSON.stringify(slug), { field: "book" });
  const day = knownAt === undefined || knownAt === "" ? null : parseDay(knownAt, "known_at");
  const { no, ...head } = found;
  return {
    bookNo: no,
    knownBefore: day === null ? null : `${nextDay(day)}T00:00:00Z`,
    head: { ...head, knownAt: day },
  };
}
