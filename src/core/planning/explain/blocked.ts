import type { Instance, InstanceNeed } from "../instance.ts";
import type { Plan } from "../plan.ts";
import { fillUp, trialsOf } from "../preview.ts";
import type { Loosened } from "../preview/room.ts";
import { nowhere } from "../preview/take.ts";
import { weeksOf, yearOf } from "../rules.ts";
import { coveredUnits } from "../summary.ts";
import { countText, monthsText } from "./words.ts";

/** A limit that a planner knows by name. */
export type Limit = Readonly<{ kind: "items" | "tonnes" | "places" | "transport"; id: string }>; // the id is empty for transport

/** What stands between a need and more: no limit of it can be left out, and with all of it lifted that much more is complete. */
export type Block = Readonly<{
  limits: readonly Readonly<{ limit: Limit; name: string; more: number; says: string }>[];
  gained: number; // whole units more
  score: number; // points more
  plan: Plan; // with the limits lifted: what is missing comes from nowhere
}>;

/**
 * The smallest set of limits, in which each is needed, that holds a need back, found by lifting all and putting back one after the other; each step
 * fills the need anew around what the plan gives to others. Null where even without limits nothing more comes in time.
 */
export function blockOf(
  instance: Instance,
  plan: Plan,
  need: InstanceNeed,
  trial = trialsOf(instance, plan),
): Block | null {
  const before = coveredUnits(plan.coverage.find((one) => one.need === need.id) ?? { need: need.id, byBucket: [] });
  let left = limitsOf(instance, need);
  const most = trial(need, loosenedBy(left));
  if (most <= before) return null;
  for (const limit of left) {
    const fewer = left.filter((one) => one !== limit);
    if (trial(need, loosenedBy(fewer)) >= most) left = fewer;
  }
  const best = fillUp(instance, plan, { only: new Set([need.id]), loosened: loosenedBy(left) });
  return {
    limits: left.flatMap((limit) => missingOf(instance, best, limit)),
    gained: most - before,
    score: best.score - plan.score,
    plan: best,
  };
}

/** Those that could be put back first: ways before goods, parts before what is asked for. */
function limitsOf(instance: Instance, need: InstanceNeed): Limit[] {
  const kinds = [...need.package.map(({ item }) => item), need.accepts[0]?.item ?? ""];
  return [
    ...(instance.transport.length > 0 ? [{ kind: "transport", id: "" } as const] : []),
    ...instance.hubs.flatMap((hub): Limit[] => [
      ...(hub.tonnesPerWeek === null ? [] : [{ kind: "tonnes", id: hub.id } as const]),
      ...(hub.placesPerWeek === null ? [] : [{ kind: "places", id: hub.id } as const]),
    ]),
    ...[...new Set(kinds)].map((id) => ({ kind: "items", id }) as const),
  ];
}

function loosenedBy(limits: readonly Limit[]): Loosened {
  const of = (kind: "items" | "tonnes" | "places") =>
    new Set(limits.flatMap((limit) => (limit.kind === kind ? [limit.id] : [])));
  return {
    items: of("items"),
    tonnes: of("tonnes"),
    places: of("places"),
    transport: limits.some(({ kind }) => kind === "transport"),
  };
}

type Told = Block["limits"][number];

/** How much of a limit is missing, and when. None where the lifted plan doesn't go beyond it after all. */
function missingOf(instance: Instance, lifted: Plan, limit: Limit): Told[] {
  if (limit.kind === "items") return missingItem(instance, lifted, limit);
  const beyond = beyondOf(instance, lifted, limit);
  const more = Math.ceil(beyond.reduce((sum, one) => sum + one.more, 0) - 1e-6);
  if (more <= 0) return [];
  const when = monthsText(beyond.map(({ bucket }) => instance.buckets[bucket] ?? { from: "", until: "" }));
  if (limit.kind === "transport")
    return [{ limit, name: "transport", more, says: `${countText(more)} t more of transport, ${when}` }];
  const hub = instance.hubs.find(({ id }) => id === limit.id)?.name ?? limit.id;
  const what = limit.kind === "tonnes" ? "t more through" : "places more at";
  const name = limit.kind === "tonnes" ? `tonnes through ${hub}` : `places at ${hub}`;
  return [{ limit, name, more, says: `${countText(more)} ${what} ${hub}, ${when}` }];
}

function missingItem(instance: Instance, lifted: Plan, limit: Limit): Told[] {
  const lines = lifted.assignments.filter(({ offer }) => offer === `${nowhere}${limit.id}`);
  const more = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  if (more === 0) return [];
  const item = instance.items.find(({ id }) => id === limit.id);
  const when = monthsText(lines.map(({ bucket }) => instance.buckets[bucket] ?? { from: "", until: "" }));
  const what = item?.stream === "training" ? "places more of" : "more of";
  const name = item?.name ?? limit.id;
  return [{ limit, name, more, says: `${countText(more)} ${what} ${name}, ${when}` }];
}

/** By bucket, or by year, what goes beyond a way's limit. */
function beyondOf(
  instance: Instance,
  { assignments, purchases }: Plan,
  limit: Limit,
): { bucket: number; more: number }[] {
  const items = new Map(instance.items.map((item) => [item.id, item]));
  const used = instance.buckets.map(() => 0);
  for (const line of [...assignments, ...purchases]) {
    if (limit.kind !== "transport" && line.hub !== limit.id) continue;
    const item = items.get(line.item);
    const amount = limit.kind === "places" ? Number(item?.stream === "training") : (item?.kg ?? 0) / 1000;
    used[line.bucket] = (used[line.bucket] ?? 0) + line.quantity * amount;
  }
  if (limit.kind !== "transport") {
    const hub = instance.hubs.find(({ id }) => id === limit.id);
    const weekly = (limit.kind === "places" ? hub?.placesPerWeek : hub?.tonnesPerWeek) ?? Infinity;
    return instance.buckets
      .map((bucket, at) => ({ bucket: at, more: (used[at] ?? 0) - weekly * weeksOf(bucket) }))
      .filter(({ more }) => more > 1e-6);
  }
  return instance.transport.flatMap(({ year, tonnes }) => {
    const own = instance.buckets.flatMap((bucket, at) => (yearOf(bucket) === year ? [at] : []));
    const more = own.reduce((sum, at) => sum + (used[at] ?? 0), 0) - tonnes;
    return more > 1e-6 ? own.map((bucket, place) => ({ bucket, more: place === 0 ? more : 0 })) : [];
  });
}
