import { formatDecimal } from "../money.ts";
import { present } from "../present.ts";
import type { PlanClass, PlanFlow, PlanGap, PlanNeed } from "../views-plan.ts";
import type { Instance, InstanceItem, InstanceNeed } from "./instance.ts";
import { planLines, type PlanLine } from "./lines.ts";
import type { Plan } from "./plan.ts";
import { coverageCounts, coveredUnits } from "./summary.ts";

/** What an instance says of its items, needs and givers, by their ids. */
export type Names = Readonly<{
  items: ReadonlyMap<string, InstanceItem>;
  needs: ReadonlyMap<string, InstanceNeed>;
  hubs: ReadonlyMap<string, string>;
  givers: ReadonlyMap<string, string>;
  giverOf: (offer: string) => string;
  item: (id: string) => string;
}>;

export function namesOf(instance: Instance): Names {
  const items = new Map(instance.items.map((item) => [item.id, item]));
  const givers = new Map([...instance.offers, ...instance.money].map((offer) => [offer.id, offer.giver]));
  return {
    items,
    needs: new Map(instance.needs.map((need) => [need.id, need])),
    hubs: new Map(instance.hubs.map((hub) => [hub.id, hub.name])),
    givers: new Map(instance.givers.map((giver) => [giver.id, giver.name])),
    giverOf: (offer) => givers.get(offer) ?? "",
    item: (id) => items.get(id)?.name ?? id,
  };
}

/** Every need of a plan with what it gets, the most urgent first. */
export function needsCovered(instance: Instance, plan: Plan): readonly PlanNeed[] {
  const names = namesOf(instance);
  const coverage = new Map(plan.coverage.map((one) => [one.need, one]));
  const rows = instance.needs.map((need): PlanNeed => {
    const got = coverage.get(need.id) ?? { need: need.id, byBucket: [] };
    const covered = coveredUnits(got);
    const item = need.accepts[0]?.item ?? "";
    let worth = 0;
    return {
      need: need.id,
      title: need.title,
      capability: need.capability,
      priority: need.priority,
      item,
      itemName: names.item(item),
      needed: need.quantity,
      covered,
      late: covered - coveredUnits(got, need.until),
      from: present(instance.buckets[need.from], need.id).from,
      until: present(instance.buckets[need.until], need.id).until,
      byBucket: got.byBucket.map(({ bucket, worthPpm }) => {
        worth += worthPpm;
        return { bucket, covered: Math.floor(worth / 1_000_000) };
      }),
    };
  });
  return rows.toSorted((one, other) => one.priority - other.priority || (one.need < other.need ? -1 : 1));
}

/** Needs by priority: a class's share is the mean of its needs' shares, each need counting once. */
export function classesOf(needs: readonly PlanNeed[]): readonly PlanClass[] {
  const classes = Map.groupBy(needs, (need) => need.priority);
  return [...classes].map(([priority, own]) => {
    const count = (holds: (need: PlanNeed) => boolean) => own.filter(holds).length;
    return {
      priority,
      ...coverageCounts(own),
      none: count((need) => need.covered <= 0),
      late: count((need) => need.late > 0),
    };
  });
}

export function gapsOf(needs: readonly PlanNeed[]): readonly PlanGap[] {
  return needs
    .filter((need) => need.covered < need.needed)
    .map(({ need, title, priority, item, itemName, needed, covered }) => {
      return { need, title, priority, item, itemName, missing: needed - covered };
    });
}

/**
 * What flows by giver, capability, priority and stream, in the order of their names: what a picture of the plan is drawn from. `scale`: decimals of the
 * instance's currency.
 */
export function flowsOf(instance: Instance, plan: Plan, scale: number): readonly PlanFlow[] {
  const names = namesOf(instance);
  const worth = new Map(instance.offers.map(({ id, pieceMinor }) => [id, pieceMinor]));
  const lines = planLines(plan).map((line) => {
    const { capability, priority } = present(names.needs.get(line.need), line.need);
    const way = {
      giver: names.giverOf(line.offer),
      capability,
      priority,
      stream: names.items.get(line.item)?.stream ?? "",
    };
    return { key: JSON.stringify(Object.values(way)), way, minor: valueOf(line, worth) };
  });
  return [...Map.groupBy(lines, ({ key }) => key).values()]
    .toSorted(([one], [other]) => ((one?.key ?? "") < (other?.key ?? "") ? -1 : 1))
    .map((own) => {
      const { way } = present(own[0], "a line of the flow");
      return {
        ...way,
        giverName: names.givers.get(way.giver) ?? way.giver,
        assignments: own.length,
        unvalued: own.filter(({ minor }) => minor === null).length,
        value: formatDecimal(
          own.reduce((sum, { minor }) => sum + (minor ?? 0n), 0n),
          scale,
        ),
      };
    });
}

/** What a line is worth in minor units as its giver states it, or what it costs; null where its giver states nothing. */
function valueOf({ offer, quantity, costMinor }: PlanLine, worth: ReadonlyMap<string, number>): bigint | null {
  if (costMinor !== null) return BigInt(costMinor);
  const piece = worth.get(offer) ?? 0;
  return piece === 0 ? null : BigInt(piece) * BigInt(quantity);
}
