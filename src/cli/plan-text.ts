import type { PlanList, PlanProblem, PlanRow, PlanStanding, PlanView } from "#core/views-plan.ts";
import { plural } from "./counted.ts";
import { groupDigits, tableText, type Column } from "./output.ts";

const whole = (number: number) => groupDigits(String(number));

/** A share as per cent with one decimal; two below one per cent. */
export function percentText(share: number): string {
  const percent = share * 100;
  return `${percent.toFixed(percent !== 0 && percent < 1 ? 2 : 1)} %`;
}

/** A share that may be unknown, for a cell. */
export function shareText(share: number | null): string | null {
  return share === null ? null : percentText(share);
}

const stateWords: Readonly<Record<PlanRow["state"], string>> = {
  optimal: "solved to the gap asked for",
  limit: "the best there was when time or work ran out",
  preview: "a quick plan, without a proven bound",
  cancelled: "cancelled",
};

const acceptanceWords: Readonly<Record<PlanRow["acceptance"]["state"], string>> = {
  open: "nothing is placed yet",
  proposed: "put to decision, nothing is placed yet",
  part: "placed in part",
  accepted: "all of it is placed",
};

/** How good a plan is, in a sentence. */
export function qualityText({ state, score, bound, gap }: PlanRow): string {
  const proven = bound === null || gap === null ? "" : `, of ${bound.toFixed(2)} at most; gap ${percentText(gap)}`;
  return `Score ${score.toFixed(2)}${proven}: ${stateWords[state]}.`;
}

/** What is placed of a plan, in a sentence. */
function acceptanceText({ acceptance }: PlanRow): string {
  const { state, placed, assignments, proposals } = acceptance;
  const by = proposals.map((one) => ` ${one.id} (${one.state})`).join(",");
  return `${whole(placed)} of ${plural(assignments, "assignment")} ${placed === 1 ? "is" : "are"} placed: ${acceptanceWords[state]}.${by === "" ? "" : ` Proposals:${by}.`}`;
}

export function plansText({ plans, standing, book }: PlanList): string {
  return [tableText<PlanRow>(planColumns, plans), standingText(standing, book)].join("\n");
}

/** Which plan stands, and what of it can't be had any more. */
function standingText(standing: PlanStanding | null, book: string): string {
  if (standing === null) return "No plan stands.\n";
  const { plan, lost } = standing;
  const gone = lost.map(({ offer, what }) => `${offer} (${what.replace("-", " ")})`).join(", ");
  const without = ` It counts on what can't be had any more: ${gone}. Plan anew: npx mainstay plan replan --book ${book}`;
  return `${plan} stands.${lost.length === 0 ? "" : without}\n`;
}

const planColumns: readonly Column<PlanRow>[] = [
  { title: "plan", cell: (row) => row.id },
  { title: "from", cell: (row) => row.from },
  { title: "until", cell: (row) => row.until },
  { title: "goal", cell: (row) => row.goal },
  { title: "score", cell: (row) => row.score.toFixed(2), right: true },
  { title: "gap", cell: (row) => (row.gap === null ? "none proven" : percentText(row.gap)), right: true },
  { title: "needs", cell: (row) => whole(row.needs), right: true },
  { title: "in full", cell: (row) => whole(row.whole), right: true },
  { title: "mean share", cell: (row) => shareText(row.share), right: true },
  { title: "placed", cell: (row) => `${whole(row.acceptance.placed)} of ${whole(row.acceptance.assignments)}` },
  { title: "title", cell: (row) => row.title },
];

const shown = { needs: 20, givers: 10, unused: 5 } as const;

/** A plan for reading: how good it is, what every need gets, who gives how much, what is left over and why. */
export function planText(plan: PlanView): string {
  return [
    `${plan.title} (${plan.id})${plan.synthetic ? ", synthetic: made up to try the program out" : ""}`,
    `${plan.from} to ${plan.until}, in ${plan.buckets.length} stretches. Known at ${plan.knownAt}.`,
    qualityText(plan),
    acceptanceText(plan),
    problemsText(plan.problems),
    tableText(
      [
        { title: "priority", cell: (row) => String(row.priority), right: true },
        { title: "needs", cell: (row) => whole(row.needs), right: true },
        { title: "in full", cell: (row) => whole(row.whole), right: true },
        { title: "not at all", cell: (row) => whole(row.none), right: true },
        { title: "with a part late", cell: (row) => whole(row.late), right: true },
        { title: "mean share", cell: (row) => shareText(row.share), right: true },
      ],
      plan.classes,
    ),
    tableText(
      [
        { title: "need", cell: (row) => row.need },
        { title: "priority", cell: (row) => String(row.priority), right: true },
        { title: "kind", cell: (row) => row.itemName },
        { title: "needed", cell: (row) => whole(row.needed), right: true },
        { title: "covered", cell: (row) => whole(row.covered), right: true },
        { title: "late", cell: (row) => whole(row.late), right: true },
        { title: "in time by", cell: (row) => row.until },
        { title: "first there", cell: (row) => firstThere(plan, row.byBucket) },
      ],
      plan.needsCovered.slice(0, shown.needs),
    ) + moreText(plan, plan.needsCovered.length - shown.needs),
    effortText(plan),
    unusedText(plan),
  ].join("\n");
}

function moreText({ id }: PlanView, more: number): string {
  return more > 0 ? `... and ${whole(more)} more: npx mainstay plan show ${id} --json\n` : "";
}

function firstThere({ buckets }: PlanView, byBucket: readonly Readonly<{ bucket: number; covered: number }>[]): string {
  const first = byBucket.find((one) => one.covered > 0);
  return first === undefined ? "never" : `by ${buckets[first.bucket]?.until ?? ""}`;
}

export function problemsText(problems: readonly PlanProblem[]): string {
  if (problems.length === 0) return "Checked: it keeps every limit.\n";
  return `CHECKED: IT BREAKS LIMITS.\n${problems.map(({ code, says }) => `  ${code}: ${says}\n`).join("")}`;
}

/** The givers with the largest efforts or parts by the key. */
function effortText(plan: PlanView): string {
  const { effort, currency } = plan;
  const part = (one: PlanView["effort"][number]) => Math.max(one.share ?? 0, one.keyShare ?? 0);
  const giving = effort.filter((one) => part(one) > 0).toSorted((one, other) => part(other) - part(one));
  if (giving.length === 0) return "No effort is valued.\n";
  const table = tableText(
    [
      { title: "giver", cell: (row) => row.name },
      { title: `effort, ${currency}`, cell: (row) => groupDigits(row.amount), right: true },
      { title: "share", cell: (row) => shareText(row.share), right: true },
      {
        title: "by the key",
        cell: (row) => (row.keyShare === null ? "no key" : percentText(row.keyShare)),
        right: true,
      },
    ],
    giving.slice(0, shown.givers),
  );
  return table + moreText(plan, giving.length - shown.givers);
}

function unusedText(plan: PlanView): string {
  const { unused } = plan;
  if (unused.length === 0) return "Every offer is used whole.\n";
  const table = tableText(
    [
      { title: "left over", cell: (row) => row.offer },
      { title: "giver", cell: (row) => row.giverName },
      { title: "kind", cell: (row) => row.itemName },
      { title: "offered", cell: (row) => whole(row.offered), right: true },
      { title: "unused", cell: (row) => whole(row.unused), right: true },
      { title: "why", cell: (row) => row.why },
    ],
    unused.slice(0, shown.unused),
  );
  return table + moreText(plan, unused.length - shown.unused);
}
