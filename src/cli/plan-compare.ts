import { InvalidArgumentError, type Command } from "commander";
import { compareKeptPlans, usualChanges } from "#app/planning/compare-plans.ts";
import type { PlanComparison } from "#core/views-plan.ts";
import { plural } from "./counted.ts";
import { defaultBook } from "./frame-options.ts";
import { groupDigits, jsonText, tableText } from "./output.ts";
import { percentText, qualityText, shareText } from "./plan-text.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{ book: string; changes: number; json?: true; data?: string }>;

/** `mainstay plan compare A B`: what the second plan does otherwise than the first. */
export function addPlanCompare(plan: Command, environment: Environment): void {
  plan
    .command("compare <a> <b>")
    .description("What the second plan does otherwise than the first: pieces that moved, needs, priorities, efforts")
    .option("--book <book>", "the book", defaultBook)
    .option("--changes <number>", "how many changes are listed at most, the largest first", atMost, usualChanges)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay plan compare plan-1 plan-2 --book practice-s")
    .action(async (a: string, b: string, options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const found = await compareKeptPlans(db, options.book, [a, b], options.changes);
        environment.terminal.out(options.json ? jsonText(found) : comparisonText(found));
      }),
    );
}

function atMost(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError("a whole number is wanted.");
  return number;
}

const whole = (number: number) => groupDigits(String(number));
/** What rounds to nothing has no sign. */
function signed(number: number, digits = 0): string {
  const rounded = number.toFixed(digits);
  const sign = number > 0 && Number(rounded) !== 0 ? "+" : "";
  return `${sign}${groupDigits(Number(rounded) === 0 ? rounded.replace("-", "") : rounded)}`;
}

function comparisonText(found: PlanComparison): string {
  const { a, b, changes, total, needs, classes, effort } = found;
  const more = total - changes.length;
  return [
    `${a.id}: ${qualityText(a)}`,
    `${b.id}: ${qualityText(b)}`,
    differenceText(found),
    "",
    tableText(
      [
        { title: "priority", cell: (row) => String(row.priority), right: true },
        { title: "needs", cell: (row) => whole(row.needs), right: true },
        { title: `mean share, ${a.id}`, cell: (row) => shareText(row.before), right: true },
        { title: b.id, cell: (row) => shareText(row.after), right: true },
      ],
      classes,
    ),
    needs.length === 0 ? "Every need gets as much as before.\n" : needsText(found),
    changes.length === 0 ? "No assignment is another.\n" : changesText(found),
    ...(more > 0 ? [`... and ${plural(more, "more change")}: --changes ${total} lists all.\n`] : []),
    effort.length === 0
      ? "Everyone's effort is the same.\n"
      : tableText(
          [
            { title: "giver", cell: (row) => row.name },
            { title: a.id, cell: (row) => groupDigits(row.before), right: true },
            { title: b.id, cell: (row) => groupDigits(row.after), right: true },
          ],
          effort,
        ),
  ].join("\n");
}

/** What the second plan does otherwise, in two sentences. */
export function differenceText(found: PlanComparison): string {
  const { a, b, same, changed } = found;
  const moved = found.moved === null ? "" : ` (${percentText(found.moved)})`;
  const stay = `${plural(same, "assignment")} ${same === 1 ? "stays as it was" : "stay as they were"}`;
  return `From ${a.id} to ${b.id}: score ${signed(found.score, 2)}${shareChange(found)}. ${stay}, ${whole(changed)} ${changed === 1 ? "does" : "do"} not${moved}.`;
}

/** By how much more or less of an average need is covered, in points of per cent. */
function shareChange({ share }: PlanComparison): string {
  return share === null ? "" : `, of an average need ${signed(share * 100, 1)} points`;
}

function needsText({ a, b, needs }: PlanComparison): string {
  return tableText(
    [
      { title: "need", cell: (row) => row.need },
      { title: "priority", cell: (row) => String(row.priority), right: true },
      { title: "needed", cell: (row) => whole(row.needed), right: true },
      { title: a.id, cell: (row) => whole(row.before), right: true },
      { title: b.id, cell: (row) => whole(row.after), right: true },
      { title: "title", cell: (row) => row.title },
    ],
    needs,
  );
}

function changesText({ a, b, changes }: PlanComparison): string {
  return tableText(
    [
      { title: "offer", cell: (row) => row.offer },
      { title: "need", cell: (row) => row.need },
      { title: "kind", cell: (row) => row.item },
      { title: "through", cell: (row) => row.hubName },
      { title: a.id, cell: (row) => whole(row.before), right: true },
      { title: b.id, cell: (row) => whole(row.after), right: true },
      { title: "what", cell: (row) => row.says },
    ],
    changes,
  );
}
