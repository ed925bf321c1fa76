import type { CoverageSum, NeedList } from "../../../../src/core/views-planning.ts";
import { CoverageKey, CoverageLines } from "../../charts/coverage.tsx";
import { DueColumns } from "../../charts/due.tsx";
import { Figure } from "../../figure/figure.tsx";
import type { FigureTable } from "../../figure/data-table.tsx";
import { counted } from "../../format/amounts.ts";
import { formatPeriod } from "../../format/days.ts";
import { drawnWith, percentOf, priorityWords } from "../words.ts";

/** How far the needs of each priority are met: one bar a priority. */
export function PriorityFigure({ list }: Readonly<{ list: NeedList }>) {
  const planned = list.plan !== null;

  return (
    <Figure
      title="How far needs are met, by priority"
      atOnce
      className="span-8"
      text={textOf(list)}
      {...drawnWith(list.head, "needs", list.plan)}
      rows={null}
      json={list.byPriority}
      table={tableOf("priority", "Priority", list.byPriority, (one) => String(one.priority))}
      note="Each need counts once, whatever it is counted in: by the share of it that is placed, at most all."
    >
      <CoverageKey planned={planned} marked={list.byPriority.some((one) => (one.handedOverPpm ?? 0) > 0)} />
      <CoverageLines
        title={list.byPriority.map((one) => `Priority ${one.priority}: ${sumWords(one)}`).join("; ")}
        lines={list.byPriority.map((one) => ({
          key: String(one.priority),
          label: `Priority ${priorityWords[one.priority] ?? one.priority}`,
          note: sumWords(one),
          amount: `${percentOf(one.placedPpm)} placed`,
          parts: {
            planned: one.plannedPpm,
            placed: one.placedPpm ?? 0,
            moved: one.movedPpm ?? 0,
            handedOver: one.handedOverPpm ?? 0,
            confirmed: one.confirmedPpm ?? 0,
          },
        }))}
      />
    </Figure>
  );
}

function textOf({ all, byPriority }: NeedList): string {
  const [first] = byPriority;
  const head = `Of an average need ${percentOf(all.placedPpm)} is placed and ${percentOf(all.confirmedPpm)} signed for`;
  return first === undefined || byPriority.length === 1
    ? `${head}.`
    : `${head}; of the most urgent, priority ${first.priority}, ${percentOf(first.placedPpm)} and ${percentOf(first.confirmedPpm)}.`;
}

function sumWords({ needs, whole, none, confirmedPpm }: CoverageSum): string {
  return `${counted(needs, "need")}: ${whole} in full, ${none} not at all; signed for ${percentOf(confirmedPpm)}`;
}

/** What is due by month against what is there of it. */
export function MonthFigure({ list }: Readonly<{ list: NeedList }>) {
  const { byMonth } = list;
  const [first, last] = [byMonth[0], byMonth.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const most = byMonth.toSorted((a, b) => b.needs - a.needs)[0] ?? first;
  return (
    <Figure
      title="What is due, and what is there of it, by month"
      className="span-12"
      text={`${counted(list.all.needs, "need")} wanted between ${formatPeriod(first.month)} and ${formatPeriod(last.month)}, most in ${formatPeriod(most.month)}: ${most.needs}, of which ${percentOf(most.placedPpm)} is placed.`}
      {...drawnWith(list.head, "needs", list.plan)}
      rows={null}
      json={byMonth}
      table={tableOf("month", "Wanted by", byMonth, (one) => one.month)}
      note="By the month by whose end a need is wanted."
    >
      <CoverageKey planned={list.plan !== null} />
      <DueColumns
        months={byMonth}
        title={`Needs by the month in which they are due: ${byMonth
          .map((one) => `${formatPeriod(one.month)} ${one.needs}, placed ${percentOf(one.placedPpm)}`)
          .join("; ")}`}
      />
    </Figure>
  );
}

function tableOf<S extends CoverageSum>(
  key: "priority" | "month",
  label: string,
  sums: readonly S[],
  name: (sum: S) => string,
): FigureTable {
  return {
    columns: [
      { key, label, kind: key === "month" ? "period" : "text" },
      { key: "needs", label: "Needs", kind: "count" },
      { key: "placed_in_full", label: "Placed in full", kind: "count" },
      { key: "nothing_placed", label: "Nothing placed", kind: "count" },
      { key: "planned", label: "Planned", kind: "decimal" },
      { key: "placed", label: "Placed", kind: "decimal" },
      { key: "moved", label: "Moved", kind: "decimal" },
      { key: "handed_over", label: "Handed over, as givers report", kind: "decimal" },
      { key: "signed_for", label: "Signed for", kind: "decimal" },
    ],
    rows: sums.map((sum) => [
      name(sum),
      String(sum.needs),
      String(sum.whole),
      String(sum.none),
      ...[sum.plannedPpm, sum.placedPpm, sum.movedPpm, sum.handedOverPpm, sum.confirmedPpm].map((ppm) =>
        ppm === null ? null : percentOf(ppm),
      ),
    ]),
  };
}
