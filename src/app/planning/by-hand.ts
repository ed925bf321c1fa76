import { parseDay } from "#core/frame.ts";
import type { Queries } from "#store/database.ts";
import { dayOf } from "../clock.ts";
import { cutOf } from "./cut.ts";
import type { Entering } from "./needs.ts";
import { sourceByWords } from "./source.ts";

/** Who enters something now, and in what words where it comes from. */
export type EnteredBy = Readonly<{
  now: string;
  actor: string;
  source?: string | undefined; // a title; who enters it and when, without it
  publisher?: string | undefined;
  published?: string | undefined; // a day
  url?: string | undefined;
  reason?: string | undefined;
}>;

/**
 * How something is entered by hand, in a file or a form; in a synthetic book its source says so.
 * @throws MainstayError unknown_book, invalid_date
 */
export async function enteringByHand(db: Queries, book: string, by: EnteredBy): Promise<Entering> {
  const { head } = await cutOf(db, book, undefined);
  const title = by.source?.trim() || `Entered by ${by.actor} on ${dayOf(by.now)}`;
  const source = sourceByWords({
    title: head.synthetic ? `Made up: ${title}` : title,
    publisher: by.publisher?.trim() || by.actor,
    publishedOn: by.published === undefined ? dayOf(by.now) : parseDay(by.published, "published"),
    url: by.url?.trim() || null,
  });
  return { source, knownAt: by.now, actor: by.actor, reason: by.reason };
}
