import { Option, type Command } from "commander";
import { proposalView } from "#app/decisions.ts";
import { termsOfFile, wordsOfFile } from "#app/proposal-forms.ts";
import { actOn, type ActOptions, type Asked } from "./decision-act.ts";
import { untilOf, withUntil, type UntilOptions } from "./decision-until.ts";
import type { Environment } from "./session.ts";

type TextOptions = ActOptions &
  Readonly<{ title?: string; reference?: string; body?: string; words?: string; terms?: string }>;

/** Texts and silences: `decision text`, `silence`, `extend` and `reissue`. */
export function addDecisionTexts(parent: Command, environment: Environment): void {
  const text = parent
    .command("text <id>")
    .description("Issues a text, or the next version of it, before a silence or at a meeting")
    .addHelpText(
      "after",
      '\nExample: npx mainstay decision text nb8-report --words "The eight take note of the report."',
    );
  actOn<TextOptions>(withText(text), environment, async (asked) => ({
    type: "text-issued",
    ...(await textOf(environment, asked)),
  }));
  const silence = parent
    .command("silence <id>")
    .description("Puts the text under silence until an exact instant")
    .addHelpText("after", "\nExample: npx mainstay decision silence nb8-report --expires 2026-03-03T16:00:00Z");
  actOn<UntilOptions>(withUntil(silence), environment, async (asked) => ({
    type: "silence-started",
    expiresAt: await untilOf(environment, asked),
  }));
  const extend = parent
    .command("extend <id>")
    .description("Extends the silence to a later expiry")
    .addHelpText("after", "\nExample: npx mainstay decision extend nb8-report --in 3d");
  actOn<UntilOptions>(withUntil(extend), environment, async (asked) => ({
    type: "silence-extended",
    expiresAt: await untilOf(environment, asked),
  }));
  const reissue = parent
    .command("reissue <id>")
    .description("Issues a revised text under new silence")
    .addHelpText("after", "\nExample: npx mainstay decision reissue nb8-report --body report.txt --working-days 2");
  actOn<TextOptions & UntilOptions>(withUntil(withText(reissue)), environment, async (asked) => ({
    type: "re-issued",
    ...(await textOf(environment, asked)),
    expiresAt: await untilOf(environment, asked),
  }));
}

function withText(command: Command): Command {
  return command
    .option("--title <words>", "the text's title; without it, the one it has")
    .option("--reference <words>", "the document's number")
    .addOption(new Option("--body <file>", "the text, from a file").conflicts("words"))
    .option("--words <text>", "the text itself")
    .option("--terms <file>", "what it would do once adopted, as JSON (docs/funds.md shows the terms of every kind)");
}

async function textOf({ readFile, clock }: Environment, { id, options, session: { db } }: Asked<TextOptions>) {
  const { body, words = "", terms, reference = null } = options;
  return {
    title: options.title ?? (await proposalView(db, clock, id)).title,
    reference,
    body: body === undefined ? words : wordsOfFile(await readFile(body), body),
    terms: terms === undefined ? null : termsOfFile(await readFile(terms), terms),
  };
}
