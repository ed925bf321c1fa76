import type { PlanNeed, PlanView } from "../../../../src/core/views-plan.ts";
import { Rising, type RisingLine } from "../../charts/rising.tsx";
import { Figure } from "../../figure/figure.tsx";
import { formatDay } from "../../format/days.ts";
import { percentOf } from "../words.ts";
import { drawnBy } from "./drawn-by.ts";

/** How coverage rises over the days of the plan: a line a priority. */
export function TimelineFigure({ plan }: Readonly<{ plan: PlanView }>) {
  const { buckets, classes } = plan;
  const ends = buckets.map((bucket) => bucket.until);
  const first = buckets[0]?.from ?? plan.from;
  const lines = classes.map((one, index): RisingLine => {
    const needs = plan.needsCovered.filter((need) => need.priority === one.priority);
    return { name: `Priority ${one.priority}`, colour: `k${(index % 7) + 1}`, shares: sharesOf(needs, buckets.length) };
  });
  const half = lines[0] === undefined ? -1 : lines[0].shares.findIndex((share) => share >= 0.5);
  const halfDay = ends[half];
  return (
    <Figure
      title="When it is there"
      className="span-8"
      text={
        halfDay === undefined
          ? "Less than half of an average need of the highest priority is covered by the end."
          : `Half of an average need of the highest priority is covered by ${formatDay(halfDay)}.`
      }
      {...drawnBy(plan, "share of an average need")}
      json={lines.map(({ name, shares }) => ({ name, shares, until: ends }))}
      table={{
        columns: [
          { key: "until", label: "By the end of", kind: "day" },
          ...lines.map(({ name }) => ({ key: name, label: name, kind: "decimal" as const })),
        ],
        rows: ends.map((end, at) => [
          end,
          ...lines.map(({ shares }) => percentOf(Math.round((shares[at] ?? 0) * 1e6))),
        ]),
      }}
      note="Days in steps that widen: weeks first, then months, then quarters."
    >
      <Rising from={first} ends={ends} lines={lines} title={lines.map((one) => endWords(one)).join("; ")} />
    </Figure>
  );
}

function endWords({ name, shares }: RisingLine): string {
  return `${name}: ${percentOf(Math.round((shares.at(-1) ?? 0) * 1e6))} in the end`;
}

/** How much of an average need of a class is covered by the end of each bucket. */
function sharesOf(needs: readonly PlanNeed[], buckets: number): readonly number[] {
  return Array.from({ length: buckets }, (_, at) => {
    const shares = needs.map(
      (need) => (need.byBucket.findLast(({ bucket }) => bucket <= at)?.covered ?? 0) / need.needed,
    );
    return shares.reduce((sum, share) => sum + Math.min(share, 1), 0) / Math.max(needs.length, 1);
  });
}
