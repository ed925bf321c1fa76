import { conditionText, conditionWords } from "#core/foresight/milestones/written.ts";
import type { KnownMilestone, MilestoneKind, MilestoneState } from "#core/foresight/milestones/milestone.ts";
import { movedDays } from "#core/foresight/milestones/moved.ts";
import { dayNow, isOpen, type Standing } from "#core/foresight/milestones/standing.ts";
import { milestoneKinds, milestoneStates } from "#core/foresight/milestones/milestone.ts";
import { present } from "#core/present.ts";
import type { Chances } from "./chances.ts";
import type { ConditionView, MilestoneList, MilestoneMonth, MilestoneRow } from "#core/views-milestones.ts";
import type { SourceRef } from "#core/views.ts";

/** Names and sources that rows are told in. */
export type Words = Readonly<{
  parties: ReadonlyMap<string, string>;
  groups: ReadonlyMap<string, string>;
  funds: ReadonlyMap<string, string>;
  sources: ReadonlyMap<string, SourceRef>;
}>;

export function milestoneRow(
  one: KnownMilestone,
  standing: Standing,
  words: Words,
  { byId, unknown }: Pick<Chances, "byId" | "unknown">,
): MilestoneRow {
  const { id, origin, kind, title, owner, parties, group, fund, dependsOn, condition, ending, days, source } = one;
  const { on, precision } = dayNow(one);
  const { state, daysLate, shiftedDays, why } = standing;
  return {
    id,
    origin,
    kind,
    title,
    on,
    precision,
    firstOn: present(days[0], id).on,
    shifts: days.filter((day, index) => index > 0 && movedDays(present(days[index - 1], id), day) !== 0).length,
    shiftedDays,
    state,
    happenedOn: ending?.on ?? null,
    daysLate,
    why,
    owner: owner === null ? null : ownerOf(owner, words),
    parties,
    group,
    groupName: group === null ? null : (words.groups.get(group) ?? group),
    fund,
    fundTitle: fund === null ? null : (words.funds.get(fund) ?? fund),
    dependsOn,
    condition: conditionView(condition),
    probability: isOpen(state) ? (byId.get(id) ?? null) : null,
    unknownWhy: isOpen(state) ? (unknown.get(id) ?? null) : null,
    says: one.says,
    note: one.note,
    knownAt: one.knownAt,
    address: one.address,
    source: source === null ? null : (words.sources.get(source) ?? null),
  };
}

function ownerOf(owner: string, { parties }: Words): MilestoneRow["owner"] {
  const name = parties.get(owner);
  return name === undefined ? { party: null, name: owner } : { party: owner, name };
}

function conditionView(condition: KnownMilestone["condition"]): ConditionView | null {
  return condition === null
    ? null
    : { kind: condition.kind, text: conditionText(condition), says: conditionWords(condition) };
}

/** A milestone and how it stands. */
export type Stood = Readonly<{ milestone: KnownMilestone; standing: Standing }>;

/** The rank of what is over, which comes last. */
const over = 3;

/** Late ones first, the longest late before; then those past their day without word; then what is to come, the next first; then what is over, the last first. */
export function inOrderOfDue(one: Stood, other: Stood): number {
  const rank = ({ standing: { state } }: Stood) =>
    state === "late" ? 0 : state === "no-word" ? 1 : isOpen(state) ? 2 : over;
  const [left, right] = [keyOf(one), keyOf(other)];
  const between = rank(one) - rank(other);
  if (between !== 0) return between;
  const byDay = left < right ? -1 : left > right ? 1 : 0;
  return rank(one) === over ? -byDay : byDay;
}

function keyOf({ milestone, standing }: Stood): string {
  return `${milestone.ending?.on ?? standing.passed ?? dayNow(milestone).on} ${milestone.id}`;
}

export function isAsked(state: MilestoneState, asked: string | undefined): boolean {
  if (asked === undefined || asked === "all") return true;
  if (asked === "open") return isOpen(state);
  return asked === "over" ? !isOpen(state) : state === asked;
}

/** How many there are by state, by kind and by month. */
export function countsOf(stood: readonly Stood[]): Pick<MilestoneList, "states" | "kinds" | "months"> {
  const inState = (state: MilestoneState) => stood.filter(({ standing }) => standing.state === state).length;
  const ofKind = (kind: MilestoneKind) => stood.filter(({ milestone }) => milestone.kind === kind).length;
  return {
    states: Object.fromEntries(milestoneStates.map((state) => [state, inState(state)])) as MilestoneList["states"],
    kinds: milestoneKinds
      .map((kind) => ({ kind, milestones: ofKind(kind) }))
      .filter(({ milestones }) => milestones > 0),
    months: monthsOf(stood),
  };
}

function monthsOf(stood: readonly Stood[]): MilestoneMonth[] {
  const byMonth = Map.groupBy(stood, ({ milestone }) => (milestone.ending?.on ?? dayNow(milestone).on).slice(0, 7));
  return [...byMonth]
    .map(([month, those]) => {
      const count = (of: (state: MilestoneState) => boolean) =>
        those.filter(({ standing }) => of(standing.state)).length;
      return {
        month,
        late: count((state) => state === "late"),
        noWord: count((state) => state === "no-word"),
        open: count((state) => state === "at-risk" || state === "expected"),
        met: count((state) => state === "met"),
        over: count((state) => state === "missed" || state === "cancelled"),
      };
    })
    .toSorted((one, other) => (one.month < other.month ? -1 : 1));
}
