import { InvalidArgumentError, type Command } from "commander";
import { forecastRecord } from "#app/foresight/forecast-record.ts";
import { ownScenario, scenarioOf } from "#app/foresight/scenarios.ts";
import { standingForecast, usualHorizon, usualPaths, usualSeed } from "#app/foresight/forecast.ts";
import { withExample } from "./acting.ts";
import { recordText } from "./forecast-record-text.ts";
import { forecastText } from "./forecast-text.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText, type Terminal } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment, Session } from "./session.ts";

type Options = Readonly<{
  book: string;
  knownAt?: string;
  horizon: number;
  paths: number;
  seed: number;
  scenario?: string;
  json?: true;
  data?: string;
}>;

/** `mainstay forecast`: what will have arrived by each month, and how the forecast's own past did. */
export function addForecast(program: Command, environment: Environment): void {
  const { terminal } = environment;
  const command = withRunning(
    program
      .command("forecast")
      .description("What will have arrived by each month, how sure that is and whom it hangs on; Ctrl-C cancels"),
  )
    .option("--scenario <name>", "suppose what a scenario changes: its name, or the path of a .json file")
    .option("--json", "print JSON")
    .option("--data <folder>", "the data folder (MAINSTAY_DATA)");
  withExample(command, "forecast --known-at 2024-04-04 --horizon 24").action(async (options: Options) =>
    inSession(environment, options, async ({ db }) => {
      const { scenario: named } = options;
      const scenario = named === undefined ? undefined : await askedScenario(environment, db, named);
      const told = tellOn(terminal);
      const order = { ...orderOf(options), scenario };
      const view = await standingForecast(db, order, {
        signal: terminal.signal,
        onProgress: told.progress,
      }).finally(told.end);
      terminal.out(options.json ? jsonText(view) : forecastText(view));
    }),
  );
  addRecord(command, environment);
}

function addRecord(command: Command, environment: Environment): void {
  const { terminal } = environment;
  withExample(
    command
      .command("record")
      .description("How the forecast's own past did, release by release, beside two naive rules")
      .option("--book <name>", "the book", defaultBook)
      .option("--cases", "print every case too")
      .option("--json", "print JSON"),
    "forecast record",
  ).action(async (_: unknown, running: Command) => {
    const options = running.optsWithGlobals<RecordOptions>();
    await inSession(environment, options, async ({ db }) => {
      const record = await forecastRecord(db, options.book, { signal: terminal.signal });
      terminal.out(options.json ? jsonText(record) : recordText(record, options.cases === true));
    });
  });
}

type RecordOptions = Readonly<{ book: string; cases?: true; json?: true; data?: string }>;

/** A scenario by its name, or from a file where the name ends as one. */
export async function askedScenario(environment: Environment, db: Session["db"], named: string) {
  return named.endsWith(".json") ? ownScenario(await environment.readFile(named), named) : scenarioOf(db, named);
}

/** Adds what says from which record and how a forecast is run. */
export function withRunning(command: Command): Command {
  return command
    .option("--book <name>", "the book the forecast is drawn from", defaultBook)
    .option("--known-at <day>", "as the record stood at the end of this day (YYYY-MM-DD); without it, the latest")
    .option("--horizon <months>", "months after that day", whole, usualHorizon)
    .option("--paths <number>", "how many paths are run", whole, usualPaths)
    .option("--seed <number>", "another seed draws other paths", whole, usualSeed);
}

export type RunningOptions = Pick<Options, "book" | "knownAt" | "horizon" | "paths" | "seed">;

export function orderOf({ book, knownAt, horizon, paths, seed }: RunningOptions) {
  return { book, knownAt, horizonMonths: horizon, paths, seed };
}

function whole(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isInteger(number)) throw new InvalidArgumentError("a whole number is wanted.");
  return number;
}

/** Progress on standard error, where that is a terminal: a line redrawn in place. */
export function tellOn(
  terminal: Terminal,
): Readonly<{ progress: (progress: Readonly<{ step: string; done: number }>) => void; end: () => void }> {
  let last = "";
  return {
    progress: ({ step, done }) => {
      if (terminal.errIsTerminal) terminal.err(`\r\u001b[K${step}, ${Math.round(done * 100)} %`);
      last = step;
    },
    end: () => {
      if (terminal.errIsTerminal && last !== "") terminal.err("\r\u001b[K");
    },
  };
}
