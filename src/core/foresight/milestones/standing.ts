import { daysBetween } from "../../delivery/watch.ts";
import { present } from "../../present.ts";
import { inOrder } from "./graph.ts";
import { movedDays } from "./moved.ts";
import { daysText } from "./words.ts";
import type { ExpectedDay, KnownMilestone, MilestoneState } from "./milestone.ts";

/**
 * How a milestone stands on a day. `passed`: the day that is past while it is open: the one last expected, or the first where a later one is still
 * to come; null where none is. `daysLate`: from that day to today, or from the day last expected to the one it was met; null where that is not
 * after it, or not known. `shiftedDays`: how far the day last expected has moved from the one first expected. `why`: what puts it at risk, in sentences.
 */
export type Standing = Readonly<{
  state: MilestoneState;
  passed: string | null;
  daysLate: number | null;
  shiftedDays: number;
  why: readonly string[];
}>;

/** Below this chance a milestone counts as at risk. */
const riskyBelow = 0.5;

const open: ReadonlySet<MilestoneState> = new Set(["late", "no-word", "at-risk", "expected"]);

/** Whether something is still to happen. */
export function isOpen(state: MilestoneState): boolean {
  return open.has(state);
}

/** The day that is expected now. */
export function dayNow(milestone: KnownMilestone): ExpectedDay {
  return present(milestone.days.at(-1), `a day of ${milestone.id}`);
}

/**
 * How each milestone stands on a day, by its id. What it depends on and is not among them says nothing. There is no circle in what depends on what.
 * @param chances the probability by id that it is met by its day, for those a forecast can speak of
 */
export function standingsOf(
  milestones: readonly KnownMilestone[],
  today: string,
  chances: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, Standing> {
  const byId = new Map(milestones.map((one) => [one.id, one]));
  const standings = new Map<string, Standing>();
  for (const id of inOrder(new Map(milestones.map((one) => [one.id, one.dependsOn])))) {
    const milestone = present(byId.get(id), id);
    const why = [
      ...milestone.dependsOn.flatMap((on) => hindrance(byId.get(on), standings.get(on), dayNow(milestone).on)),
      ...doubt(chances.get(id)),
    ];
    standings.set(id, standingOf(milestone, today, why));
  }
  return standings;
}

function standingOf(milestone: KnownMilestone, today: string, why: readonly string[]): Standing {
  const { on } = dayNow(milestone);
  const { ending } = milestone;
  const first = present(milestone.days[0], milestone.id);
  const shiftedDays = movedDays(first, dayNow(milestone));
  if (ending !== null) {
    const after = ending.on === null || ending.state !== "met" ? 0 : daysBetween(on, ending.on);
    return { state: ending.state, passed: null, daysLate: after > 0 ? after : null, shiftedDays, why: [] };
  }
  if (on < today) {
    const state = isSaidSince(milestone, on) ? "late" : "no-word";
    return { state, passed: on, daysLate: daysBetween(on, today), shiftedDays, why };
  }
  if (shiftedDays > 0 && first.on < today)
    return { state: "late", passed: first.on, daysLate: daysBetween(first.on, today), shiftedDays, why };
  return { state: why.length > 0 ? "at-risk" : "expected", passed: null, daysLate: null, shiftedDays, why };
}

/**
 * Whether it is on record after a day that something open is still to come: what follows from the record says so by being open itself,
 * of what is stated somebody has to have spoken.
 */
function isSaidSince({ origin, knownAt }: KnownMilestone, day: string): boolean {
  return (origin !== "stated" && origin !== "fact") || knownAt.slice(0, 10) > day;
}

function hindrance(on: KnownMilestone | undefined, standing: Standing | undefined, by: string): string[] {
  if (on === undefined || standing === undefined || standing.state === "met") return [];
  const { state, daysLate, passed, why } = standing;
  const expected = dayNow(on).on;
  if (state === "no-word")
    return [`It depends on “${on.title}”, whose day passed ${daysText(daysLate ?? 0)} ago with no word yet.`];
  if (state === "late" && passed === expected)
    return [`It depends on “${on.title}”, which is ${daysText(daysLate ?? 0)} late.`];
  if (state === "missed" || state === "cancelled") return [`It depends on “${on.title}”, which was ${state}.`];
  if (expected > by)
    return [`It depends on “${on.title}”, which is expected ${daysText(daysBetween(by, expected))} after it.`];
  return why.length > 0 ? [`It depends on “${on.title}”, which is at risk.`] : [];
}

function doubt(chance: number | undefined): string[] {
  return chance !== undefined && chance < riskyBelow
    ? [`The forecast gives it ${Math.round(chance * 100)} % to be met by its day.`]
    : [];
}
