import type { PlanNeed, PlanView } from "../../../../src/core/views-plan.ts";
import { CoverageLines } from "../../charts/coverage.tsx";
import { Figure } from "../../figure/figure.tsx";
import { counted } from "../../format/amounts.ts";
import { percentOf, priorityWords } from "../words.ts";
import { drawnBy } from "./drawn-by.ts";

type Class = Readonly<{ priority: number; ppm: number; needs: number; whole: number; none: number; late: number }>;

/** How much of each priority the plan covers: one bar a priority, each need counting once. */
export function ClassesFigure({ plan }: Readonly<{ plan: PlanView }>) {
  const classes = [...Map.groupBy(plan.needsCovered, (need) => need.priority)].map(([priority, needs]) =>
    classOf(priority, needs),
  );
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
      json={classes}
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

function classOf(priority: number, needs: readonly PlanNeed[]): Class {
  const count = (holds: (need: PlanNeed) => boolean) => needs.filter(holds).length;
  const shares = needs.reduce((sum, need) => sum + Math.min(need.covered / need.needed, 1), 0);
  return {
    priority,
    ppm: Math.round((shares / needs.length) * 1_000_000),
    needs: needs.length,
    whole: count((need) => need.covered >= need.needed),
    none: count((need) => need.covered <= 0),
    late: count((need) => need.late > 0),
  };
}
