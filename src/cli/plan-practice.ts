import type { Command } from "commander";
import { playPractice, type PracticePlayed } from "#app/planning/played/story.ts";
import { loadPractice, type PracticeLoaded } from "#app/planning/practice.ts";
import { MainstayError } from "#core/errors.ts";
import { plural } from "./counted.ts";
import { acting, doingOf, withExample, type ActingOptions } from "./acting.ts";
import { jsonText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = ActingOptions & Readonly<{ book?: string; seed: string; played?: true }>;

/** `mainstay plan practice`: a made-up record to practise planning on. */
export function addPlanPractice(plan: Command, environment: Environment): void {
  const command = plan
    .command("practice <size>")
    .description("Puts a made-up record to practise on into a book of its own: S, M or L")
    .option("--book <book>", "the name of the new book; practice-s, practice-m or practice-l without it")
    .option("--seed <number>", "another set of the same size", "1")
    .option(
      "--played",
      "with what became of it: two plans, one adopted, and half a year of deliveries up to today; takes a little longer",
    );
  withExample(acting(command), "plan practice S").action(async (size: string, options: Options) =>
    inSession(environment, options, async ({ db }) => {
      const { terminal, clock } = environment;
      const order = { size: sizeOf(size), seed: seedOf(options.seed), book: options.book };
      if (options.played === true) {
        const played = await playPractice(db, clock, order, { signal: terminal.signal });
        return terminal.out(options.json ? jsonText(played) : playedText(played));
      }
      const loaded = await loadPractice(db, order, doingOf(environment, options));
      terminal.out(options.json ? jsonText(loaded) : loadedText(loaded));
    }),
  );
}

function sizeOf(text: string): "S" | "M" | "L" {
  const size = text.toUpperCase();
  if (size === "S" || size === "M" || size === "L") return size;
  throw new MainstayError("parameter_invalid", `${JSON.stringify(text)}, not S, M or L`, { field: "size" });
}

function seedOf(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new MainstayError("parameter_invalid", `${JSON.stringify(text)}, not a whole number`, { field: "seed" });
  return Number(text);
}

function madeUpText({ book, needs, offers, givers }: PracticeLoaded): string {
  return `Book ${book}, synthetic: ${plural(needs, "need")} and ${plural(offers, "offer")} of ${plural(givers, "giver")}, made up.`;
}

function loadedText(loaded: PracticeLoaded): string {
  const { book, from, until } = loaded;
  return [
    madeUpText(loaded),
    `Plan it from ${from} to ${until}: npx mainstay plan solve --book ${book} --from ${from} --until ${until}\n`,
  ].join("\n");
}

function playedText(played: PracticePlayed): string {
  const { book, from, until, withdrawn, accepted, proposal, placements, consignments } = played;
  return [
    madeUpText(played),
    `Planned from ${from} to ${until}: the plan first; the offer ${withdrawn} was withdrawn; the plan second, of which ${accepted} took its part upon itself and the decision ${proposal} adopted the rest.`,
    `${plural(placements, "assignment")} ${placements === 1 ? "is" : "are"} placed, and ${plural(consignments, "consignment")} ${consignments === 1 ? "carries" : "carry"} what is due so far.`,
    `See npx mainstay need list --book ${book}, plan compare first second --book ${book}, deliver list --book ${book} and deliver watch --book ${book}.\n`,
  ].join("\n");
}
