import type { Command } from "commander";
import { loadPractice, type PracticeLoaded } from "#app/planning/practice.ts";
import { MainstayError } from "#core/errors.ts";
import { acting, doingOf, withExample, type ActingOptions } from "./acting.ts";
import { groupDigits, jsonText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = ActingOptions & Readonly<{ book?: string; seed: string }>;

/** `mainstay plan practice`: a made-up record to practise planning on. */
export function addPlanPractice(plan: Command, environment: Environment): void {
  const command = plan
    .command("practice <size>")
    .description("Puts a made-up record to practise on into a book of its own: S, M or L")
    .option("--book <book>", "the name of the new book; practice-s, practice-m or practice-l without it")
    .option("--seed <number>", "another set of the same size", "1");
  withExample(acting(command), "plan practice S").action(async (size: string, options: Options) =>
    inSession(environment, options, async ({ db }) => {
      const order = { size: sizeOf(size), seed: seedOf(options.seed), book: options.book };
      const loaded = await loadPractice(db, order, doingOf(environment, options));
      environment.terminal.out(options.json ? jsonText(loaded) : loadedText(loaded));
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

function loadedText({ book, needs, offers, givers, from, until }: PracticeLoaded): string {
  return [
    `Book ${book}, synthetic: ${groupDigits(String(needs))} needs and ${groupDigits(String(offers))} offers of ${givers} givers, made up.`,
    `Plan it from ${from} to ${until}: npx mainstay plan solve --book ${book} --from ${from} --until ${until}\n`,
  ].join("\n");
}
