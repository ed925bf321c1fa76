import type { Command } from "commander";

export type FrameOptions = Readonly<{
  book: string;
  asOf?: string;
  knownAt?: string;
  boundary?: string;
  basis?: string;
  unit?: string;
}>;

/** The book a figure is drawn from when none is named. */
export const defaultBook = "worked-case";

/** Adds the options every figure takes: book, as of, known at, boundary, basis, unit. */
export function withFrame(command: Command): Command {
  return withRecord(command).option("--unit <code>", "currency of the amounts, or an item kind to count", "EUR");
}

/** Adds what says from which record, in euro, what each party gives already is drawn. */
export function withGiving(command: Command): Command {
  return withRecord(command).option(
    "--class <class>",
    "how binding what each gives already is: said, bound, placed, moved or received; the firmest that speaks of all support without it",
  );
}

function withRecord(command: Command): Command {
  return command
    .option("--book <name>", "the book the figure is drawn from", defaultBook)
    .option("--as-of <day>", "count what took effect by this day (YYYY-MM-DD); without it, everything on record")
    .option("--known-at <day>", "as the record stood at the end of this day; without it, the latest knowledge")
    .option("--boundary <whose>", "whose giving: all, nations, organisations, group:NAME, under:NAME", "all")
    .option("--basis <rule>", "as-reported, at-event, constant:YYYY-MM-DD", "as-reported");
}
