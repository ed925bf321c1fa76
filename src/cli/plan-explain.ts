import type { Command } from "commander";
import { explainPlan, planFairness, planLevers } from "#app/planning/explain-plan.ts";
import { MainstayError } from "#core/errors.ts";
import type { Explanation, FairnessPoint, FairnessPrice, LeverList } from "#core/views-plan.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText, tableText } from "./output.ts";
import { percentText } from "./plan-text.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{ book: string; need?: string; offer?: string; json?: true; data?: string }>;

/** `mainstay plan explain|levers|fairness`: why it is as it is, what would help most, and what fairness costs. */
export function addPlanExplain(plan: Command, environment: Environment): void {
  const { terminal } = environment;
  plan
    .command("explain <plan>")
    .description("Why an offer goes where it goes, or why a need gets no more")
    .option("--book <book>", "the book", defaultBook)
    .option("--need <need>", "the need to explain")
    .option("--offer <offer>", "the offer to explain")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay plan explain plan-1 --book practice-s --need need-0003")
    .action(async (id: string, options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const found = await explainPlan(db, options.book, id, questionOf(options), { signal: terminal.signal });
        terminal.out(options.json ? jsonText(found) : explanationText(found));
      }),
    );
  plan
    .command("levers <plan>")
    .description("What would help a plan most, each verified by solving again")
    .option("--book <book>", "the book", defaultBook)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay plan levers plan-1 --book practice-s")
    .action(async (id: string, options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const found = await planLevers(db, options.book, id, { signal: terminal.signal });
        terminal.out(options.json ? jsonText(found) : leversText(found));
      }),
    );
  addFairness(plan, environment);
}

function addFairness(plan: Command, environment: Environment): void {
  const { terminal } = environment;
  plan
    .command("fairness <plan>")
    .description("What fairness costs: the points left the better the least covered priority is covered")
    .option("--book <book>", "the book", defaultBook)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay plan fairness plan-1 --book practice-s")
    .action(async (id: string, options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const found = await planFairness(db, options.book, id, { signal: terminal.signal });
        terminal.out(options.json ? jsonText(found) : fairnessText(found));
      }),
    );
}

/** @throws MainstayError parameter_invalid */
function questionOf({ need, offer }: Options): Parameters<typeof explainPlan>[3] {
  if (need !== undefined && offer === undefined) return { kind: "need", id: need };
  if (offer !== undefined && need === undefined) return { kind: "offer", id: offer };
  throw new MainstayError("parameter_invalid", "one of --need and --offer is wanted", { field: "need" });
}

function explanationText({ plan, about, says, figures, limits }: Explanation): string {
  const title = about.title === about.id ? "" : ` (${about.title})`;
  return [
    `${about.kind === "need" ? "Need" : "Offer"} ${about.id}${title} in the plan ${plan}`,
    ...says.map((line) => `  ${line}`),
    ...(figures.length === 0 ? [] : ["", ...figures.map(({ name, value }) => `  ${name}: ${value}`)]),
    ...(limits.length === 0
      ? []
      : ["", "Limits that bind:", ...limits.map(({ name, says: line }) => `  ${name}: ${line}`)]),
    "",
  ].join("\n");
}

function leversText({ plan, levers }: LeverList): string {
  if (levers.length === 0) return `Nothing was found that would help the plan ${plan}.\n`;
  const lines = levers.map(({ name, says, gain, coverage }, index) => {
    const more = coverage
      .filter(({ gained }) => gained !== 0)
      .map(
        ({ priority, gained }) =>
          `priority ${priority}: ${gained > 0 ? "+" : ""}${(gained * 100).toFixed(1)} % of an average need`,
      );
    return `${index + 1}. ${name}: ${says}\n   Score +${gain.toFixed(2)}${more.length === 0 ? "" : `; ${more.join(", ")}`}.\n`;
  });
  return `What would help the plan ${plan} most, each solved again:\n${lines.join("")}`;
}

function fairnessText({ plan, says, here, points }: FairnessPrice): string {
  const own =
    here.least === null
      ? ""
      : `The plan ${plan} itself: ${percentText(here.least)} of its least covered priority, score ${here.score.toFixed(2)}.\n`;
  if (points.length === 0) return `${says}\n${own}`;
  const table = tableText<FairnessPoint>(
    [
      { title: "towards the fairest", cell: ({ part }) => `${Math.round(part * 100)} %`, right: true },
      { title: "least covered priority", cell: ({ least }) => percentText(least), right: true },
      { title: "score at most", cell: ({ score }) => score.toFixed(2), right: true },
      { title: "lost", cell: ({ lost }) => percentText(lost), right: true },
    ],
    points,
  );
  return `${says}\n\n${table}\nIn broken units; whole ones reach a little less.\n${own}`;
}
