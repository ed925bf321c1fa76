import { basename } from "node:path";
import type { Command } from "commander";
import { sourceByWords } from "#app/planning/source.ts";
import { parseDay } from "#core/frame.ts";
import type { Environment } from "./session.ts";

export type SourceOptions = Readonly<{
  source?: string;
  publisher?: string;
  published?: string;
  url?: string;
  as?: string;
}>;

/** Adds to a command that enters something where that comes from. */
export function sourceOptions(command: Command): Command {
  return command
    .option("--source <title>", "where it comes from: the document's title; the file's name without it")
    .option("--publisher <name>", "who published it; who acts without it")
    .option("--published <day>", "the day of publication (YYYY-MM-DD)")
    .option("--url <link>", "the document's address");
}

/** The source that the options name. `file`: what stands in for a title. @throws MainstayError invalid_date */
export function sourceOf(options: SourceOptions, file: string, environment: Environment) {
  return sourceByWords({
    title: options.source ?? basename(file),
    publisher: options.publisher ?? options.as ?? environment.actor,
    publishedOn: options.published === undefined ? null : parseDay(options.published, "published"),
    url: options.url ?? null,
  });
}
