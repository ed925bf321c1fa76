import type { PlanChange as NamedChange, PlanComparison } from "../views-plan.ts";
import type { Instance } from "./instance.ts";
import { planLines, type PlanLine } from "./lines.ts";
import type { Plan } from "./plan.ts";
import { coverageCounts, coveredUnits, gotByNeeds } from "./summary.ts";

export type Made = Readonly<{ instance: Instance; plan: Plan }>;

/** A change before anybody has looked up what its hub is called. */
type PlanChange = Omit<NamedChange, "hubName">;
type EffortChange = Readonly<{ giver: string; name: string; before: number; after: number }>; // minor units

/** What differs between two plans, the second less the first; effort in minor units, every change listed, the largest first. */
export type Difference = Pick<
  PlanComparison,
  "score" | "share" | "same" | "changed" | "moved" | "total" | "needs" | "classes"
> &
  Readonly<{ changes: readonly PlanChange[]; effort: readonly EffortChange[] }>;

/**
 * Compares two plans, of one record or of two: assignments that both have, those that changed, what that does to needs,
 * priorities and givers. Buckets are compared by their last days, so that plans of other horizons can stand beside each other.
 */
export function comparePlans(before: Made, after: Made): Difference {
  const [old, fresh] = [piecesOf(before), piecesOf(after)];
  const total = old.size;
  const same = [...old].filter(([way, pieces]) => fresh.get(way) === pieces).length;
  const changes = changesBetween(before, after);
  const needs = needsBetween(before, after);
  return {
    score: after.plan.score - before.plan.score,
    share: shareBetween(before, after),
    same,
    changed: total - same,
    moved: total === 0 ? null : (total - same) / total,
    total: changes.length,
    changes,
    needs: needs.filter((need) => need.before !== need.after),
    classes: classesBetween(before, after),
    effort: effortBetween(before, after),
  };
}

const wayOf = ({ offer, need, item, hub }: PlanLine): string => [offer, need, item, hub].join("\t");
const dayOf = ({ instance }: Made, bucket: number): string => instance.buckets[bucket]?.until ?? "";

function piecesOf(made: Made): Map<string, number> {
  const pieces = new Map<string, number>();
  for (const line of planLines(made.plan)) {
    const key = `${wayOf(line)}\t${dayOf(made, line.bucket)}`;
    pieces.set(key, (pieces.get(key) ?? 0) + line.quantity);
  }
  return pieces;
}

/** What goes one way: an offer to a need as a kind through a hub, by the day on which it is there. */
type Way = { line: PlanLine; before: Map<string, number>; after: Map<string, number> };

function changesBetween(before: Made, after: Made): PlanChange[] {
  const ways = new Map<string, Way>();
  for (const [side, made] of [
    ["before", before],
    ["after", after],
  ] as const)
    for (const line of planLines(made.plan)) {
      const key = wayOf(line);
      const way = ways.get(key) ?? { line, before: new Map(), after: new Map() };
      const day = dayOf(made, line.bucket);
      way[side].set(day, (way[side].get(day) ?? 0) + line.quantity);
      ways.set(key, way);
    }
  const gains = new Map<string, string[]>(); // by offer and kind, the needs that get more of it
  for (const { line, ...way } of ways.values())
    if (sum(way.after) > sum(way.before)) {
      const key = `${line.offer}\t${line.item}`;
      gains.set(key, [...(gains.get(key) ?? []), line.need]);
    }
  return [...ways.values()]
    .flatMap((way) => changeOf(way, gains.get(`${way.line.offer}\t${way.line.item}`) ?? []))
    .toSorted((one, other) => other.size - one.size || (one.key < other.key ? -1 : 1))
    .map(({ change }) => change);
}

const sum = (pieces: ReadonlyMap<string, number>): number =>
  [...pieces.values()].reduce((all, quantity) => all + quantity, 0);

function changeOf(
  { line, before, after }: Way,
  gaining: readonly string[],
): { change: PlanChange; size: number; key: string }[] {
  const days = new Set([...before.keys(), ...after.keys()]);
  const shifted = [...days].reduce((all, day) => all + Math.abs((after.get(day) ?? 0) - (before.get(day) ?? 0)), 0);
  if (shifted === 0) return [];
  const [had, has] = [sum(before), sum(after)];
  const others = [...new Set(gaining)].filter((need) => need !== line.need);
  const { offer, need, item, hub } = line;
  const says = had === has ? whenText(before, after) : muchText(had, has, others);
  return [{ change: { offer, need, item, hub, before: had, after: has, says }, size: shifted, key: wayOf(line) }];
}

function muchText(had: number, has: number, others: readonly string[]): string {
  if (has > had) return had === 0 ? `${has} that it did not get before` : `${has - had} more`;
  const to =
    others.length === 0 ? "" : `, moved to ${others.slice(0, 3).join(", ")}${others.length > 3 ? " and others" : ""}`;
  return `${has === 0 ? "nothing of it any more" : `${had - has} fewer`}${to}`;
}

function whenText(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string {
  const mean = (pieces: ReadonlyMap<string, number>) =>
    [...pieces].reduce((all, [day, quantity]) => all + Date.parse(`${day}T00:00:00Z`) * quantity, 0);
  const later = mean(after) - mean(before);
  return later > 0 ? "there later" : later < 0 ? "there earlier" : "there on other days";
}

function needsBetween(before: Made, after: Made): PlanComparison["needs"] {
  const covered = ({ plan }: Made) => new Map(plan.coverage.map((one) => [one.need, coveredUnits(one)]));
  const [old, fresh] = [covered(before), covered(after)];
  const needs = new Map([...before.instance.needs, ...after.instance.needs].map((need) => [need.id, need]));
  return [...needs.values()].map(({ id, title, priority, quantity }) => {
    return { need: id, title, priority, needed: quantity, before: old.get(id) ?? 0, after: fresh.get(id) ?? 0 };
  });
}

/** Each need counts once, by its own plan: of a need that is met in part since, the later plan asks for the rest. */
function shareBetween(before: Made, after: Made): number | null {
  const [old, fresh] = [before, after].map((made) => coverageCounts(gotByNeeds(made.instance, made.plan)).share);
  return old == null || fresh == null ? null : fresh - old;
}

function classesBetween(before: Made, after: Made): PlanComparison["classes"] {
  const byPriority = ({ instance, plan }: Made) => Map.groupBy(gotByNeeds(instance, plan), ({ priority }) => priority);
  const [old, fresh] = [byPriority(before), byPriority(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .toSorted((one, other) => one - other)
    .map((priority) => {
      const [was, is] = [coverageCounts(old.get(priority) ?? []), coverageCounts(fresh.get(priority) ?? [])];
      return { priority, needs: is.needs, before: was.share, after: is.share };
    });
}

function effortBetween(before: Made, after: Made): EffortChange[] {
  const minor = ({ plan }: Made) => new Map(plan.effort.map((effort) => [effort.giver, effort.minor]));
  const [old, fresh] = [minor(before), minor(after)];
  const names = new Map([...before.instance.givers, ...after.instance.givers].map(({ id, name }) => [id, name]));
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((giver) => ({
      giver,
      name: names.get(giver) ?? giver,
      before: old.get(giver) ?? 0,
      after: fresh.get(giver) ?? 0,
    }))
    .filter((effort) => effort.before !== effort.after);
}
