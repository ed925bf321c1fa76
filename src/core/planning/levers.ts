import type { Lever } from "../views-plan.ts";
import { blockOf, type Limit } from "./explain/blocked.ts";
import { countText, listText, pointsText } from "./explain/words.ts";
import type { Instance, InstanceNeed, InstanceOffer } from "./instance.ts";
import type { Plan } from "./plan.ts";
import { fillUp, trialsOf } from "./preview.ts";
import { calendarOf, rewards } from "./rules.ts";
import { coveredUnits } from "./summary.ts";

const shown = 5;
const lookedInto = 40; // needs whose blocks are found
const tried = 10; // changes that are solved
const filled = 300; // needs that each is tried on, the most rewarding

/** A change of what a plan is made from: more of some limits at once. */
type Change = Readonly<{ limits: readonly Readonly<{ limit: Limit; more: number }>[] }>;

/**
 * The five changes that would help most, each verified: the plan is solved again with it, around what stands, and `gain` is what that whole, sound
 * plan has more. Changes come from what holds the most rewarding unmet needs back; what several needs lack together is one change.
 */
export function levers(instance: Instance, plan: Plan): readonly Lever[] {
  const open = openNeeds(instance, plan);
  const only = new Set(open.slice(0, filled).map(({ id }) => id));
  const before = fillUp(instance, plan, { only });
  return changesFor(instance, before, open.slice(0, lookedInto))
    .slice(0, tried)
    .flatMap((change) => leverOf(instance, before, change, only))
    .toSorted((one, other) => other.gain - one.gain || (one.name < other.name ? -1 : 1))
    .slice(0, shown);
}

/** Needs that are not met, what they miss earning most first. */
function openNeeds(instance: Instance, plan: Plan): InstanceNeed[] {
  const reward = rewards(instance, calendarOf(instance.buckets));
  const covered = new Map(plan.coverage.map((one) => [one.need, coveredUnits(one)]));
  const missed = (need: InstanceNeed) => (need.quantity - (covered.get(need.id) ?? 0)) * reward(need, need.from);
  return instance.needs
    .map((need) => ({ need, missed: missed(need) }))
    .filter((one) => one.missed > 0)
    .toSorted((one, other) => other.missed - one.missed || (one.need.id < other.need.id ? -1 : 1))
    .map(({ need }) => need);
}

/** What holds needs back, by the same set of limits: as much more of each as those needs lack together. */
function changesFor(instance: Instance, plan: Plan, needs: readonly InstanceNeed[]): Change[] {
  const bySet = new Map<string, { limits: Map<string, { limit: Limit; more: number }>; score: number }>();
  const trial = trialsOf(instance, plan);
  for (const need of needs) {
    const block = blockOf(instance, plan, need, trial);
    if (block === null || block.limits.length === 0) continue;
    const key = block.limits.map(({ limit }) => `${limit.kind} ${limit.id}`).join("\t");
    const known = bySet.get(key) ?? { limits: new Map(), score: 0 };
    known.score += block.score;
    for (const { limit, more } of block.limits) {
      const at = `${limit.kind} ${limit.id}`;
      known.limits.set(at, { limit, more: (known.limits.get(at)?.more ?? 0) + more });
    }
    bySet.set(key, known);
  }
  return [...bySet.values()]
    .toSorted((one, other) => other.score - one.score)
    .map(({ limits }) => ({ limits: [...limits.values()] }));
}

function leverOf(instance: Instance, before: Plan, change: Change, only: ReadonlySet<string>): Lever[] {
  const after = fillUp(changed(instance, change), before, { only });
  const gain = after.score - before.score;
  if (gain <= 1e-9) return [];
  const coverage = gained(instance, before, after);
  const what = listText(change.limits.map((one) => moreText(instance, one.limit, one.more)));
  return [
    {
      name: change.limits.map(({ limit }) => nameOf(instance, limit)).join(" and "),
      says: `${what} would bring ${pointsText(gain)} points.`,
      gain,
      coverage,
    },
  ];
}

function nameOf(instance: Instance, { kind, id }: Limit): string {
  if (kind === "transport") return "transport";
  if (kind === "items") return instance.items.find((item) => item.id === id)?.name ?? id;
  const hub = instance.hubs.find((one) => one.id === id)?.name ?? id;
  return kind === "tonnes" ? `tonnes through ${hub}` : `places at ${hub}`;
}

function moreText(instance: Instance, limit: Limit, more: number): string {
  const name = nameOf(instance, limit);
  if (limit.kind === "transport") return `transport for ${countText(more)} t more a year`;
  if (limit.kind === "items") return `${countText(more)} more of ${name}`;
  return `${countText(more)} more ${name} over the whole time`;
}

/** The instance with more of some limits: of a kind from the first day on for any need, of a hub spread over all weeks, of transport in every limited year. */
function changed(instance: Instance, { limits }: Change): Instance {
  let next = instance;
  const weeks = calendarOf(instance.buckets);
  const allWeeks = ((weeks.until.at(-1) ?? 0) - (weeks.from[0] ?? 0) + 1) / 7;
  for (const { limit, more } of limits) {
    if (limit.kind === "items") next = { ...next, offers: [...next.offers, extra(instance, limit.id, more)] };
    else if (limit.kind === "transport")
      next = { ...next, transport: next.transport.map(({ year, tonnes }) => ({ year, tonnes: tonnes + more })) };
    else {
      const field = limit.kind === "tonnes" ? "tonnesPerWeek" : "placesPerWeek";
      const hubs = next.hubs.map((hub) =>
        hub.id === limit.id ? { ...hub, [field]: (hub[field] ?? 0) + more / allWeeks } : hub,
      );
      next = { ...next, hubs };
    }
  }
  return next;
}

function extra(instance: Instance, item: string, quantity: number): InstanceOffer {
  return {
    id: `~${item}`,
    giver: instance.givers[0]?.id ?? "",
    item,
    quantity,
    from: 0,
    until: instance.buckets.length - 1,
    capabilities: null,
    needs: null,
    excludes: [],
    hubs: null,
    allOrNothing: false,
    pieceMinor: 0,
  };
}

/** How much more of an average need of a priority is covered, each need counting once; priorities that gain nothing left out. */
function gained(instance: Instance, before: Plan, after: Plan): Lever["coverage"] {
  const covered = (plan: Plan) => new Map(plan.coverage.map((one) => [one.need, coveredUnits(one)]));
  const [old, fresh] = [covered(before), covered(after)];
  return [...Map.groupBy(instance.needs, (need) => need.priority)]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([priority, needs]) => {
      const shares = needs.map(({ id, quantity }) => ((fresh.get(id) ?? 0) - (old.get(id) ?? 0)) / quantity);
      const mean = shares.reduce((sum, share) => sum + share, 0) / needs.length;
      return mean === 0 ? [] : [{ priority, gained: mean }];
    });
}
