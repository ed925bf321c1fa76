import type { Explanation } from "../../views-plan.ts";
import type { Instance, InstanceNeed } from "../instance.ts";
import { leftOver, mayReach, type LeftOver } from "../left-over.ts";
import { namesOf, type Names } from "../picture.ts";
import { planLines } from "../lines.ts";
import type { Plan } from "../plan.ts";
import { calendarOf, rewards } from "../rules.ts";
import { coveredUnits } from "../summary.ts";
import { blockOf, type Block } from "./blocked.ts";
import { countText, dayText, listText, pointsText } from "./words.ts";

export type Explained = Pick<Explanation, "says" | "figures" | "limits">;

/**
 * Why a need is not met, or not in time: the limits that hold it back, none of which can be left out, how much more of each would help and what that
 * would bring, each figure from a whole plan with them; and which needs get what it lacks. Empty sentences where there is no such need.
 */
export function explainUnmet(instance: Instance, plan: Plan, id: string): Explained {
  const need = instance.needs.find((one) => one.id === id);
  if (need === undefined) return { says: [], figures: [], limits: [] };
  const names = namesOf(instance);
  const got = plan.coverage.find((one) => one.need === id) ?? { need: id, byBucket: [] };
  const [covered, inTime] = [coveredUnits(got), coveredUnits(got, need.until)];
  const missing = need.quantity - covered;
  const kind = names.item(need.accepts[0]?.item ?? "");
  const wanted = dayText(instance.buckets[need.until]?.until ?? "");
  const figures = [
    { name: `${kind} needed`, value: countText(need.quantity) },
    { name: "covered", value: countText(covered) },
    { name: `of them by ${wanted}`, value: countText(inTime) },
  ];
  if (missing === 0) return { says: metText(need, inTime, wanted), figures, limits: [] };
  const block = blockOf(instance, plan, need);
  const lead = `${countText(missing)} of ${countText(need.quantity)} ${kind} ${missing === 1 ? "is" : "are"} not covered.`;
  if (block === null) {
    const why = `Even with more of everything nothing more would be complete by ${dayText(instance.buckets.at(-1)?.until ?? "")}: lead times and courses take longer.`;
    return { says: [lead, why], figures, limits: [] };
  }
  return {
    says: [lead, ...blockText(block, kind), ...rivalsText(instance, plan, need, block, names)],
    figures: [...figures, { name: "points more with what is lacking", value: pointsText(block.score) }],
    limits: block.limits.map(({ name, says }) => ({ name, says })),
  };
}

function metText(need: InstanceNeed, inTime: number, wanted: string): string[] {
  const late = need.quantity - inTime;
  if (late === 0)
    return [
      `All ${countText(need.quantity)} are covered by ${wanted}, the end of the stretch in which they are wanted.`,
    ];
  return [
    `All ${countText(need.quantity)} are covered, ${countText(late)} of them after ${wanted}, the end of the stretch in which they are wanted.`,
  ];
}

function blockText({ limits, gained, score }: Block, kind: string): string[] {
  if (limits.length === 0) return [];
  const together = limits.length > 1 ? " Each of these is needed; without any one of them less would be covered." : "";
  return [
    `${listText(limits.map(({ says }) => says))} would cover ${countText(gained)} more ${kind}: ${pointsText(score)} points.${together}`,
  ];
}

/** Who gets what the need lacks: the needs with the most of it, and what a piece earns there. */
function rivalsText(instance: Instance, plan: Plan, need: InstanceNeed, { limits }: Block, names: Names): string[] {
  const reward = rewards(instance, calendarOf(instance.buckets));
  const earned = reward(need, need.from);
  const over = leftOver(instance, plan);
  return limits.flatMap(({ limit, name }) => {
    if (limit.kind !== "items") return [];
    const pieces = new Map<string, number>();
    for (const line of planLines(plan))
      if (line.item === limit.id && line.need !== need.id)
        pieces.set(line.need, (pieces.get(line.need) ?? 0) + line.quantity);
    const most = [...pieces].toSorted(([, one], [, other]) => other - one).slice(0, 3);
    const own = over.filter(({ offer }) => offer.item === limit.id && mayReach(instance, offer, need));
    const left = leftText(name, own);
    if (most.length === 0)
      return [left ?? `Nobody offers more of ${name} that this need could use, and no other need gets any.`];
    const told = most.map(([id, quantity]) => {
      const other = names.needs.get(id);
      const worth = other === undefined ? 0 : reward(other, other.from);
      return `${countText(quantity)} ${quantity === 1 ? "goes" : "go"} to ${id} (priority ${other?.priority ?? "unknown"}, ${pointsText(worth)} points a unit)`;
    });
    return [
      ...(left === null ? [] : [left]),
      `Of ${name}, ${listText(told)}; here a unit earns ${pointsText(earned)} points.`,
    ];
  });
}

/** What is left over of a kind that a need lacks: it isn't for want of offers alone. Null where nothing is. */
function leftText(name: string, over: readonly LeftOver[]): string | null {
  if (over.length === 0) return null;
  const all = over.reduce((sum, { left }) => sum + left, 0);
  const [named, more] = [over.slice(0, 3).map(({ offer }) => offer.id), over.length - 3];
  const offers = listText([...named, ...(more > 0 ? [`${more} more`] : [])]);
  return `Of ${name}, ${countText(all)} ${all === 1 ? "is" : "are"} left over in ${offers}: too little, or there too late, for one more whole system.`;
}
