import type { FigureLine } from "../../views-predictability.ts";
import type { Due } from "./facts.ts";
import { amountLine, knownShare, notScheduled, unknown, unknownLine, type Behind, type Drawn } from "./figure.ts";
import { comeBy, comeIn, isFund, lesser, owed, type Scope } from "./scope.ts";
import { fallenIn, reachOf, type Dated } from "./spans.ts";
import { wordsOfDay } from "./words.ts";

/** Sum over givers of min(come, scheduled) / sum scheduled; Paris Declaration indicator 7, GPEDC indicator 5a. */
export function annual(scope: Scope): Drawn {
  const { facts, period, cutoff } = scope;
  if (period.from > facts.knownTo) return unknown("annual", begins(facts.knownTo));
  const dues = owed(scope);
  const inPeriod = dues.filter((due) => due.dueOn >= period.from && due.dueOn <= cutoff);
  const scheduled = inPeriod.filter((due) => due.laidDownOn <= period.from);
  const late = inPeriod.filter((due) => due.laidDownOn > period.from);
  const kept = (of: readonly Due[]) => sum(of, (due) => lesser(comeBy(due, cutoff), due.amount));
  const amounts = (of: readonly Due[]) => sum(of, (due) => due.amount);
  const others = dues.filter((due) => !inPeriod.includes(due) && comeIn(due, period.from, cutoff) > 0n);
  const direct = unscheduled(scope);
  const whole = amounts(scheduled);
  const apart: readonly (readonly [string, bigint])[] = [
    ["Over-delivered", sum(inPeriod, (due) => positive(comeBy(due, cutoff) - due.amount))],
    ["Scheduled during the period", amounts(late)],
    ["Arrived of that", kept(late)],
    ["Arrived for other periods", sum(others, (due) => comeIn(due, period.from, cutoff))],
  ];
  const lines: FigureLine[] = [
    ...(whole === 0n
      ? []
      : [
          amountLine("Scheduled on the first day", whole, facts.scale),
          amountLine("Arrived of it by the last day", kept(scheduled), facts.scale),
          amountLine("Not arrived", whole - kept(scheduled), facts.scale),
        ]),
    ...apart.filter(([, amount]) => amount > 0n).map(([what, amount]) => amountLine(what, amount, facts.scale)),
    ...direct.lines,
  ];
  const behind: Behind[] = [
    ...scheduled.map((due): Behind => ({ kind: "due", due, says: "scheduled on the first day" })),
    ...late.map((due): Behind => ({ kind: "due", due, says: "scheduled during the period" })),
    ...others.map((due): Behind => ({ kind: "due", due, says: "arrived for another period" })),
    ...direct.behind,
  ];
  if (whole === 0n) return notScheduled("annual", nothingScheduled(scope), { lines, behind });
  const ratio = { top: kept(scheduled), bottom: whole };
  return knownShare("annual", ratio, {
    lines,
    behind,
    reason: period.until > facts.knownTo ? openUntil(cutoff) : null,
  });
}

/** What was paid or handed over without ever having had a due day; nothing is said of it where the record holds dues only. */
function unscheduled(scope: Scope): Readonly<{ lines: FigureLine[]; behind: Behind[] }> {
  const { facts, period, cutoff, standing, dues, whole } = scope;
  const what = "Arrived without a schedule";
  const placing = new Set(dues.filter((due) => due.kind === "placement").map((due) => due.giver));
  // What is carried to a need is posted too: it is told by its placement.
  const isDue = (row: Dated) => row.release === "" && placing.has(row.giver);
  const moved = standing.filter((row) => row.class === "moved" && !isFund(facts, row.giver) && !isDue(row));
  if (moved.length === 0)
    return { lines: dues.length > 0 ? [] : [unknownLine(what, "amount", noPayments)], behind: [] };
  const { sum: amount, rows } = fallenIn(moved, { from: period.from, until: cutoff });
  const behind = rows.map((stated): Behind => ({ kind: "stated", stated, says: "arrived without a schedule" }));
  const series = new Set(moved.filter((row) => row.release !== "").map((row) => row.series));
  const reaches = [...series].map((one) => reachOf(whole.standing, { series: one, class: "moved" }, cutoff));
  const reach = reaches.toSorted().at(-1) ?? cutoff;
  const upTo = reach === "" ? "" : `on record to ${wordsOfDay(reach)} only`;
  if (amount === null) return { lines: [unknownLine(what, "amount", spansAcross)], behind };
  if (reach === "")
    return {
      lines: [unknownLine(what, "amount", "what was paid or handed over is on record without a date, or later")],
      behind,
    };
  if (reach < period.from) return { lines: [unknownLine(what, "amount", `payments are ${upTo}`)], behind };
  const limits = [facts.partly.get("moved"), reach < cutoff ? upTo : undefined].filter((one) => one !== undefined);
  return {
    lines: [{ ...amountLine(what, amount, facts.scale), reason: limits.length === 0 ? null : limits.join("; ") }],
    behind,
  };
}

const noPayments = "no source on record says what of it was paid or handed over";

function nothingScheduled({ facts, period, dues, standing }: Scope): string {
  const said = `Nothing that was to come in the period stood on record on ${wordsOfDay(period.from)}.`;
  if (dues.length > 0 || standing.length === 0) return said;
  const only = facts.releases.length === 0 ? "" : " The sources count what was committed and when, not when it is due.";
  return `${said}${only}`;
}

export const spansAcross = "the sources known by then give sums over spans that do not lie within the period";

function openUntil(day: string): string {
  return `The period is not over: only what fell due by ${wordsOfDay(day)} counts.`;
}

function begins(knownTo: string): string {
  return `The period begins after ${wordsOfDay(knownTo)}, the last day known.`;
}

function sum<Item>(items: readonly Item[], of: (item: Item) => bigint): bigint {
  return items.reduce((all, item) => all + of(item), 0n);
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
