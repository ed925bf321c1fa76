import type { Command } from "commander";
import { planAssignments, planList, planView } from "#app/planning/plan-view.ts";
import { csvHeader, csvRow } from "#core/csv.ts";
import { assignmentColumns } from "#core/plan-table.ts";
import type { PlanAssignment } from "#core/views-plan.ts";
import { plural } from "./counted.ts";
import { defaultBook } from "./frame-options.ts";
import { groupDigits, jsonText, tableText } from "./output.ts";
import { planText, plansText } from "./plan-text.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{
  book: string;
  need?: string;
  offer?: string;
  giver?: string;
  assignments?: true;
  json?: true;
  data?: string;
}>;

/** `mainstay plan list|show|export`: the plans of a book, one of them whole, and its assignments as a table. */
export function addPlanShow(plan: Command, environment: Environment): void {
  const { terminal } = environment;
  plan
    .command("list")
    .description("The plans of a book, newest first")
    .option("--book <book>", "the book", defaultBook)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay plan list --book practice-s")
    .action(async (options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const found = await planList(db, environment.clock, options.book);
        const none = `No plan of ${options.book} has been solved.\n`;
        const text = found.plans.length === 0 ? none : plansText(found);
        terminal.out(options.json ? jsonText(found) : text);
      }),
    );
  withFilter(
    plan
      .command("show <plan>")
      .description("One plan: what every need gets, who gives how much, what is left over and why"),
  )
    .option("--assignments", "its assignments instead: who gives what to whom, when and through which hub")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay plan show plan-1 --book practice-s --assignments --need N-001")
    .action(async (id: string, options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const { book, need, offer, giver } = options;
        if (options.assignments !== true && (need ?? offer ?? giver) === undefined) {
          const view = await planView(db, environment.clock, book, id);
          return terminal.out(options.json ? jsonText(view) : planText(view));
        }
        const found = await planAssignments(db, book, id, { need, offer, giver });
        return terminal.out(options.json ? jsonText(found) : assignmentsText(found.assignments));
      }),
    );
  withFilter(
    plan.command("export <plan> <file>").description("Its assignments as CSV, or as JSON where the file ends so"),
  )
    .option("--json", "print JSON: how many were written")
    .addHelpText("after", "\nExample: npx mainstay plan export plan-1 plan-1.csv --book practice-s")
    .action(async (id: string, path: string, options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const { book, need, offer, giver } = options;
        const found = await planAssignments(db, book, id, { need, offer, giver });
        await environment.writeFile(path, path.endsWith(".json") ? jsonText(found) : csvOf(found.assignments));
        const written = { plan: id, file: path, assignments: found.total };
        terminal.out(
          options.json
            ? jsonText(written)
            : `${plural(found.total, "assignment")} ${found.total === 1 ? "is" : "are"} in ${path}.\n`,
        );
      }),
    );
}

function withFilter(command: Command): Command {
  return command
    .option("--book <book>", "the book", defaultBook)
    .option("--need <need>", "only those of a need")
    .option("--offer <offer>", "only those of an offer")
    .option("--giver <party>", "only those of a giver, by its id");
}

function csvOf(assignments: readonly PlanAssignment[]): string {
  return [csvHeader(assignmentColumns), ...assignments.map((row) => csvRow(assignmentColumns, row))].join("");
}

function assignmentsText(assignments: readonly PlanAssignment[]): string {
  if (assignments.length === 0) return "No assignment.\n";
  return tableText<PlanAssignment>(
    [
      { title: "offer", cell: (row) => row.offer },
      { title: "giver", cell: (row) => row.giverName },
      { title: "need", cell: (row) => row.need },
      { title: "kind", cell: (row) => `${row.itemName}${row.part ? " (part of a whole)" : ""}` },
      { title: "quantity", cell: (row) => groupDigits(String(row.quantity)), right: true },
      { title: "through", cell: (row) => row.hubName },
      { title: "there by", cell: (row) => row.until },
      { title: "bought for", cell: (row) => groupDigits(row.cost) ?? "", right: true },
      { title: "ordered by", cell: (row) => row.orderedBy ?? "" },
      { title: "placed", cell: (row) => groupDigits(String(row.placed)), right: true },
    ],
    assignments,
  );
}
