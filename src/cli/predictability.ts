import type { Command } from "commander";
import { predictability } from "#app/foresight/predictability.ts";
import { predictabilityRows } from "#app/foresight/predictability-rows.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText } from "./output.ts";
import { definitionsText, figuresText, rowsText } from "./predictability-text.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{
  book: string;
  by: string;
  period?: string;
  only?: string;
  knownAt?: string;
  boundary?: string;
  basis?: string;
  unit?: string;
  class?: string;
  rows?: string;
  definitions?: true;
  json?: true;
  data?: string;
}>;

/** `mainstay predictability`: how predictable the support of a book is, by giver, fund or stream, in each period. */
export function addPredictability(program: Command, environment: Environment): void {
  program
    .command("predictability")
    .description("How predictable the support is: the indicators by giver, fund or stream, in each period")
    .option("--book <name>", "the book the figures are drawn from", defaultBook)
    .option("--by <side>", "giver, fund or stream", "giver")
    .option(
      "--period <periods>",
      "2023, 2023H2, 2023Q3 or FROM/TO, with commas; without it, the last calendar year that was over on the last day known",
    )
    .option("--only <name>", "only this giver, fund or stream, each of its figures in full")
    .option("--known-at <day>", "as the record stood at the end of this day; without it, the latest knowledge")
    .option("--boundary <whose>", "whose giving: all, nations, organisations, group:NAME, under:NAME", "all")
    .option("--basis <rule>", "as-reported, at-event, constant:YYYY-MM-DD", "as-reported")
    .option("--unit <code>", "currency of the amounts, or an item kind to count", "EUR")
    .option(
      "--class <class>",
      "the class in which what was given directly is counted; the firmest that speaks of all support without it",
    )
    .option("--rows <indicator>", "the rows of the record behind one indicator, in the first period")
    .option("--definitions", "what each indicator is, where it comes from and what it cannot tell")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples: npx mainstay predictability --period 2023,2024\n          npx mainstay predictability --book rehearsal --period 2026 --only Ferravia\n          npx mainstay predictability --period 2024 --only Canada --rows annual",
    )
    .action(async ({ period, rows, definitions, json, data, ...asked }: Options) => {
      const periods = period?.split(",").map((word) => word.trim());
      await inSession(environment, { data }, async ({ db }) => {
        const { out } = environment.terminal;
        if (rows !== undefined) {
          const found = await predictabilityRows(db, { ...asked, periods, indicator: rows });
          return out(json ? jsonText(found) : rowsText(found));
        }
        const view = await predictability(db, { ...asked, periods });
        out(json ? jsonText(view) : definitions ? definitionsText(view) : figuresText(view, asked.only !== undefined));
      });
    });
}
