import type { Command } from "commander";
import type { Database } from "#app/database.ts";
import { compareKeptPlans } from "#app/planning/compare-plans.ts";
import { openPlanDesk } from "#app/planning/desk.ts";
import { planView } from "#app/planning/plan-view.ts";
import { replanStanding, replanningAfter } from "#app/planning/replan.ts";
import { causesText } from "#core/planning/causes.ts";
import type { PlanJob, Replanning } from "#core/views-plan.ts";
import { acting, withExample, type ActingOptions } from "./acting.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText } from "./output.ts";
import { differenceText } from "./plan-compare.ts";
import { planText } from "./plan-text.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";
import { tellOn } from "./solve-progress.ts";

type Options = ActingOptions & Readonly<{ book: string }>;

/** `mainstay plan replan`: a plan anew from the one that stands, without what of it can't be had any more. */
export function addPlanReplan(plan: Command, environment: Environment): void {
  const { terminal, clock, actor } = environment;
  const command = plan
    .command("replan")
    .description("Solves a plan anew from the one that stands, without the offers of it that can't be had any more")
    .option("--book <book>", "the book", defaultBook);
  withExample(acting(command), "plan replan --book practice-s").action(async (options: Options) =>
    inSession(environment, options, async ({ db }) => {
      const { book } = options;
      const told = tellOn(terminal);
      const hooks = { signal: terminal.signal, onProgress: told.progress };
      const order = { book, actor: options.as ?? actor };
      const named = await replanStanding(db, clock, order, hooks).finally(told.end);
      const view = await planView(db, clock, book, named);
      const text = async () => `${planText(view)}\n${await besideText(db, book, view.standing, named)}`;
      terminal.out(options.json ? jsonText(view) : await text());
    }),
  );
}

/** Adds to a command by which an offer may be lost that no plan is made anew. */
export function replanOption(command: Command): Command {
  return command.option("--no-replan", "make no plan anew where the standing one counts on the offer");
}

export type ReplanOptions = Options & Readonly<{ replan: boolean }>;

/** Makes a plan anew where the standing one counted on an offer that has just changed, telling how far it is, and returns what came of it. */
export async function replanAfter(
  db: Database,
  environment: Environment,
  options: ReplanOptions,
  offer: string,
): Promise<Replanning | null> {
  const { terminal, clock, now } = environment;
  const { book } = options;
  const order = { book, offer, actor: options.as ?? environment.actor };
  if (!options.replan) return replanningAfter(db, order, null);
  const desk = openPlanDesk({ db, clock, now, newId: () => "replan" });
  const found = await replanningAfter(db, order, desk);
  if (found?.job == null) return found;
  const { id } = found.job;
  terminal.err(
    `The plan ${found.plan}, which stands, counts on ${offer}: it is planned anew. Ctrl-C leaves that out.\n`,
  );
  const cancel = () => void desk.cancel(book, id);
  if (terminal.signal.aborted) cancel();
  terminal.signal.addEventListener("abort", cancel, { once: true });
  return { ...found, job: await ended(environment, desk.follow(book, id, new AbortController().signal), found.job) };
}

async function ended({ terminal }: Environment, states: AsyncIterable<PlanJob>, first: PlanJob): Promise<PlanJob> {
  const told = tellOn(terminal);
  let last = first;
  for await (const state of states) {
    if (state.state === "running") told.progress(state);
    last = state;
  }
  told.end();
  return last;
}

/** What came of it, in words; empty where no plan counted on the offer. */
export async function replanningText(db: Database, book: string, found: Replanning | null): Promise<string> {
  if (found === null) return "";
  const { plan, lost, job } = found;
  const head = `The plan ${plan}, which stands, counts on ${lost.map(({ offer }) => offer).join(", ")}.`;
  const again = `npx mainstay plan replan --book ${book}`;
  if (job === null) return `\n${head} Plan anew: ${again}\n`;
  if (job.plan === null)
    return `\n${head} No plan was made anew: ${job.problem?.message ?? job.step} Try again: ${again}\n`;
  const made = `Re-planned after ${causesText(lost)}: ${job.plan}, a proposal; nothing of it is accepted.`;
  return `\n${head}\n${made}\n${await besideText(db, book, plan, job.plan)}`;
}

async function besideText(db: Database, book: string, standing: string | null, made: string): Promise<string> {
  if (standing === null) return "";
  const difference = differenceText(await compareKeptPlans(db, book, [standing, made], 0));
  return `${difference}\nSee npx mainstay plan compare ${standing} ${made} --book ${book}\n`;
}
