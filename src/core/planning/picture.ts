import { present } from "../present.ts";
import type { PlanClass, PlanFlow, PlanGap, PlanNeed } from "../views-plan.ts";
import type { Instance, InstanceItem, InstanceNeed } from "./instance.ts";
import { planLines } from "./lines.ts";
import type { Plan } from "./plan.ts";
import { coveredUnits } from "./summary.ts";

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
    const sum = (of: (need: PlanNeed) => number) => own.reduce((total, need) => total + of(need), 0);
    return {
      priority,
      needs: own.length,
      needed: sum((need) => need.needed),
      covered: sum((need) => need.covered),
      late: sum((need) => need.late),
      share: own.length === 0 ? null : sum((need) => Math.min(1, need.covered / need.needed)) / own.length,
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

/** Pieces by giver, capability, priority and stream, in the order of their names: what a picture of the plan is drawn from. */
export function flowsOf(instance: Instance, plan: Plan): readonly PlanFlow[] {
  const names = namesOf(instance);
  const flows = new Map<string, PlanFlow>();
  for (const { offer, need, item, quantity } of planLines(plan)) {
    const { capability, priority } = present(names.needs.get(need), need);
    const giver = names.giverOf(offer);
    const stream = names.items.get(item)?.stream ?? "";
    const key = JSON.stringify([giver, capability, priority, stream]);
    const pieces = (flows.get(key)?.pieces ?? 0) + quantity;
    flows.set(key, { giver, giverName: names.givers.get(giver) ?? giver, capability, priority, stream, pieces });
  }
  return [...flows].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, flow]) => flow);
}
