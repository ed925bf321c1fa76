import { classRank, type BindingClass } from "../../bindingness.ts";
import type { FigureLine } from "../../views-predictability.ts";
import type { Due, Step } from "./facts.ts";
import {
  halves,
  knownHalves,
  notScheduled,
  numberLine,
  shareLine,
  unknown,
  type Behind,
  type Drawn,
} from "./figure.ts";
import { daysFrom } from "./period.ts";
import type { Scope } from "./scope.ts";

const longDays = 90;
const dueKinds = ["call", "instalment", "placement"] as const;
const kindWords = { call: "Calls", instalment: "Instalments of pledges", placement: "Placements" } as const;

/** Days from the due day to the day all had come: the median, and beside it P90 and the share over 90 days. */
export function lateness(scope: Scope): Drawn {
  const { facts, period, cutoff, dues, steps } = scope;
  if (period.from > facts.knownTo) return unknown("lateness", "The period begins after the last day known.");
  const late = dues
    .filter((due) => due.amount > 0n && due.dueOn >= period.from && due.dueOn <= cutoff)
    .map((due) => ({ due, ...lateOf(due, facts.knownTo) }));
  const taken = takenSteps(steps).filter(({ step }) => step.on >= period.from && step.on <= cutoff);
  const stepLines = [...Map.groupBy(taken, ({ step }) => `${step.from} to ${step.to}`)]
    .toSorted(([, [one]], [, [other]]) => placeOf(one) - placeOf(other))
    .flatMap(([what, own]) =>
      daysLines(
        `From ${what}`,
        own.map(({ days }) => days),
      ),
    );
  const behind: Behind[] = [
    ...late.map(({ due, days, open }): Behind => ({
      kind: "due",
      due,
      says: open ? `open, ${days} days so far` : `${days} days late`,
    })),
    ...taken.map(({ step, since, days }): Behind => ({ kind: "step", step, since, says: `took ${days} days` })),
  ];
  if (late.length === 0)
    return notScheduled("lateness", "Nothing with a due day on record fell due in the period.", {
      lines: stepLines,
      behind,
    });
  const days = late.map((one) => one.days);
  const open = late.filter((one) => one.open).length;
  const byKind = Map.groupBy(late, ({ due }) => due.kind);
  const kinds = dueKinds.flatMap((kind) => {
    const own = byKind.get(kind);
    return own === undefined ? [] : [[kind, own] as const];
  });
  const lines: FigureLine[] = [
    numberLine("Fell due", late.length),
    numberLine("Still open", open),
    ...daysLines("Due to come", days).slice(1),
    ...(kinds.length < 2
      ? []
      : kinds.flatMap(([kind, own]) =>
          daysLines(
            kindWords[kind],
            own.map((one) => one.days),
          ),
        )),
    ...stepLines,
  ];
  const reason =
    open === 0
      ? null
      : `${open} of ${late.length} are still open and count with the days so far: the figures can only become larger.`;
  return knownHalves("lateness", medianHalves(days), { lines, behind, reason });
}

function lateOf(due: Due, knownTo: string): Readonly<{ days: number; open: boolean }> {
  let come = 0n;
  for (const { on, amount } of due.arrivals) {
    come += amount;
    if (come >= due.amount) return { days: Math.max(0, daysFrom(due.dueOn, on)), open: false };
  }
  return { days: Math.max(0, daysFrom(due.dueOn, knownTo)), open: true };
}

function daysLines(what: string, days: readonly number[]): FigureLine[] {
  const over = BigInt(days.filter((one) => one > longDays).length);
  return [
    { what: `${what}: median`, ...halves(medianHalves(days)), unit: "days", reason: null },
    numberLine(`${what}: ninetieth percentile`, rank(days, 90), "days"),
    shareLine(`${what}: over ${longDays} days`, { top: over, bottom: BigInt(days.length) }),
  ];
}

/** The value at a percentile by nearest rank: the smallest that at least so many per cent do not exceed. */
export function rank(values: readonly number[], percentile: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const place = Math.max(1, Math.ceil((percentile * sorted.length) / 100));
  return sorted[place - 1] ?? 0;
}

/** Twice the median: the middle value, or the mean of the two middle ones. */
export function medianHalves(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0);
}

/** Where a step stands among all: by the class left, then by the class entered. */
function placeOf(taken: Taken | undefined): number {
  const { from = null, to = "said" } = taken?.step ?? {};
  return (from === null ? 0 : classRank(from)) * 10 + classRank(to);
}

type Taken = Readonly<{ step: Step; since: string; days: number }>;

/** For every step out of a class the days since what moved had entered it, first in first out; a step that takes several entries counts once for each. */
export function takenSteps(steps: readonly Step[]): Taken[] {
  return [...Map.groupBy(steps, (step) => step.promise).values()].flatMap((own) => {
    const lots = new Map<BindingClass, { on: string; left: bigint }[]>();
    return own
      .toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0))
      .flatMap((step) => {
        const taken = step.from === null ? [] : take(lots.get(step.from) ?? [], step.quantity);
        lots.set(step.to, [...(lots.get(step.to) ?? []), { on: step.on, left: step.quantity }]);
        return taken.map((since): Taken => ({ step, since, days: daysFrom(since, step.on) }));
      });
  });
}

/** Takes a quantity out of lots, oldest first, and returns the days they came. */
function take(lots: { on: string; left: bigint }[], quantity: bigint): string[] {
  const days: string[] = [];
  let wanted = quantity;
  for (const lot of lots) {
    if (wanted === 0n) break;
    if (lot.left === 0n) continue;
    const part = lot.left < wanted ? lot.left : wanted;
    lot.left -= part;
    wanted -= part;
    days.push(lot.on);
  }
  return days;
}
