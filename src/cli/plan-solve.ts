import { InvalidArgumentError, Option, type Command } from "commander";
import { solvePlan } from "#app/planning/solving.ts";
import { planView } from "#app/planning/plan-view.ts";
import { MainstayError } from "#core/errors.ts";
import type { Pin } from "#core/planning/instance.ts";
import { planGoals, type PlanGoal } from "#core/views-plan.ts";
import { acting, gather, withExample, type ActingOptions } from "./acting.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText } from "./output.ts";
import { planText } from "./plan-text.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";
import { tellOn } from "./solve-progress.ts";

type Options = ActingOptions &
  Readonly<{
    book: string;
    id?: string;
    title?: string;
    from?: string;
    until?: string;
    goal?: PlanGoal;
    seconds?: number;
    gap?: number;
    preview?: true;
    without?: readonly string[];
    pin?: readonly string[];
    standing?: string;
  }>;

/** `mainstay plan solve`: a plan of what is on record now, kept under a name. Ctrl-C cancels it, and then nothing is kept. */
export function addPlanSolve(plan: Command, environment: Environment): void {
  const { terminal, clock, actor } = environment;
  const command = plan
    .command("solve")
    .description("Solves a plan of what is on record now and keeps it; Ctrl-C cancels, and then nothing is kept")
    .option("--book <book>", "the book", defaultBook)
    .option("--id <name>", "the plan's name; plan-1, plan-2 and so on without it")
    .option("--title <words>", "its title")
    .option("--from <day>", "the first day that is planned (YYYY-MM-DD); today, or when the first need begins")
    .option("--until <day>", "the last; a quarter after the last need is wanted without it")
    .addOption(
      new Option("--goal <goal>", "cover: the most that the needs get; fair: the least covered first").choices(
        planGoals,
      ),
    )
    .option("--seconds <number>", "keep the best there is after so many seconds, with its gap", positive)
    .option("--gap <percent>", "good enough: so many per cent below what is proven possible, such as 0.5", positive)
    .option("--preview", "a quick plan without a proven bound")
    .option("--without <offer>", "leave an offer out; can be given again", gather)
    .option("--pin <offer=need>", "a choice that stays, OFFER=NEED or OFFER=NEED:QUANTITY; can be given again", gather)
    .option("--standing <plan>", "the plan that holds now: what is left of it is kept where that costs little");
  withExample(acting(command), "plan solve --book practice-s").action(async (options: Options) =>
    inSession(environment, options, async ({ db }) => {
      const { book, id, title, from, until, goal, seconds, preview, without, standing } = options;
      const order = { book, id, title, from, until, goal, seconds, preview, without, standing };
      const told = tellOn(terminal);
      const named = await solvePlan(
        db,
        clock,
        {
          ...order,
          gap: options.gap === undefined ? undefined : options.gap / 100,
          pins: options.pin?.map(pinOf),
          actor: options.as ?? actor,
        },
        { signal: terminal.signal, onProgress: told.progress },
      ).finally(told.end);
      const view = await planView(db, clock, book, named);
      terminal.out(options.json ? jsonText(view) : planText(view));
    }),
  );
}

function positive(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !(number > 0)) throw new InvalidArgumentError("a number above 0 is wanted.");
  return number;
}

/** OFFER=NEED or OFFER=NEED:QUANTITY, through whatever hub. Without a quantity one piece stays. @throws MainstayError parameter_invalid */
function pinOf(text: string): Pin {
  const [, offer = "", need = "", quantity = "1"] = /^([^=]+)=([^:]+)(?::(\d{1,12}))?$/.exec(text) ?? [];
  if (offer === "" || need === "" || Number(quantity) < 1)
    throw new MainstayError("parameter_invalid", `${JSON.stringify(text)}, not OFFER=NEED or OFFER=NEED:QUANTITY`, {
      field: "pin",
    });
  return { offer, need, hub: null, quantity: Number(quantity) };
}
