import { z } from "zod";
import { bindingClasses } from "#core/bindingness.ts";

/** The book a figure is drawn from when the address names none. */
export const usualBook = "worked-case";

const word = z.string().max(200);

/** The frame as parameters of an address. What they say is checked where every figure's frame is checked. */
export const frameQuery = {
  book: word.default(usualBook).describe("The book the figure is drawn from"),
  as_of: word.optional().describe("Only what took effect by this day, YYYY-MM-DD; without it everything on record"),
  known_at: word.optional().describe("As known at the end of this day, YYYY-MM-DD; without it the latest"),
  boundary: word
    .optional()
    .describe(
      "Whose giving counts: all, nations, organisations, group:SLUG, or under:SLUG with the groups brought under it; all without it",
    ),
  basis: word
    .optional()
    .describe("How amounts are converted: as-reported, at-event or constant:YYYY-MM-DD; as-reported without it"),
  class: z.enum(bindingClasses).optional().describe("How binding: only this class"),
};

/** What narrows a figure to some of its postings. */
export const narrowingQuery = {
  donor: word.optional().describe("Only this giver: a party's id"),
  category: word.optional().describe("Only this category, as the source writes it"),
  stream: word.optional().describe("Only this stream: finance, materiel, training or staff"),
};

export const figureUnit = {
  unit: word
    .optional()
    .describe("The unit of the amounts: a currency, or an item unit to count those items; EUR without it"),
};

export const formatQuery = <const Formats extends readonly [string, ...string[]]>(...formats: Formats) => ({
  format: z.enum(formats).optional().describe("json without it; the Accept header is read too"),
});

export type FrameQuery = Readonly<{
  book: string;
  as_of?: string | undefined;
  known_at?: string | undefined;
  boundary?: string | undefined;
  basis?: string | undefined;
  class?: string | undefined;
}>;

/** The address's parameters as a question: the days in the spelling of the code, what is empty left out. */
export function questionOf<Q extends FrameQuery>(
  query: Q,
): Omit<Q, "as_of" | "known_at"> & { asOf?: string | undefined; knownAt?: string | undefined } {
  const { as_of: asOf, known_at: knownAt, ...rest } = query;
  const entries = Object.entries({ ...rest, asOf, knownAt }).filter(([, value]) => value !== "");
  return Object.fromEntries(entries) as ReturnType<typeof questionOf<Q>>;
}
