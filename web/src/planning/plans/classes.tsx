import type { PlanView } from "../../../../src/core/views-plan.ts";
import { CoverageLines } from "../../charts/coverage.tsx";
import { Figure } from "../../figure/figure.tsx";
import { counted } from "../../format/amounts.ts";
import { percentOf, priorityWords } from "../words.ts";
import { drawnBy } from "./drawn-by.ts";

/** How much of each priority the plan covers: one bar a priority, each need counting once. */
export function ClassesFigure({ plan }: Readonly<{ plan: PlanView }>) {
  const classes = plan.classes.map((one) => ({ ...one, ppm: Math.round((one.share ?? 0) * 1_000_000) }));
  const [first] = classes;
  return (
    <Figure
      title="What it covers, by priority"
      atOnce
      className="span-8"
      text={
        first === undefined
          ? "No need lies in its days."
          : `Of an average need of priority ${first.priority} it covers ${percentOf(first.ppm)}; ${first.whole} of ${counted(first.needs, "need")} in full.`
      }
      {...drawnBy(plan, "needs")}
      table={{
        columns: [
          { key: "priority", label: "Priority", kind: "text" },
          { key: "needs", label: "Needs", kind: "count" },
          { key: "in_full", label: "In full", kind: "count" },
          { key: "not_at_all", label: "Not at all", kind: "count" },
          { key: "part_late", label: "With a part late", kind: "count" },
          { key: "covered", label: "Covered", kind: "decimal" },
        ],
        rows: classes.map((one) => [
          ...[one.priority, one.needs, one.whole, one.none, one.late].map(String),
          percentOf(one.ppm),
        ]),
      }}
      json={plan.classes}
      note="Each need counts once, whatever it is counted in. A substitute counts for what it is worth, a system only with all that belongs to it."
    >
      <CoverageLines
        title={classes.map((one) => `Priority ${one.priority}: ${percentOf(one.ppm)} covered`).join("; ")}
        lines={classes.map((one) => ({
          key: String(one.priority),
          label: `Priority ${priorityWords[one.priority] ?? one.priority}`,
          note: `${counted(one.needs, "need")}: ${one.whole} in full, ${one.none} not at all${one.late > 0 ? `, ${one.late} partly late` : ""}`,
          amount: percentOf(one.ppm),
          parts: { planned: null, placed: one.ppm, confirmed: 0 },
        }))}
      />
    </Figure>
  );
}
