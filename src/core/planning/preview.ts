import type { Instance } from "./instance.ts";
import type { Plan } from "./plan.ts";
import { complete, fill, fillingOf, putIn, type Filling } from "./preview/fill.ts";
import { needsInTurn } from "./preview/turn.ts";
import { hubsOf, mostThrough, move, roomOf, type Line, type Room } from "./preview/room.ts";
import { catalogueOf } from "./preview/take.ts";
import { mayCome, mayPass, readyIn } from "./rules.ts";
import { effortOf, scoreOf } from "./score.ts";

/**
 * A quick plan without a proven bound: need after need, the most reward for the scarcest goods first, each filled as early and as far as there is
 * room. Everything it gives is whole, complete and within every limit; pins are kept wherever there is room for them.
 */
export function previewPlan(instance: Instance): Plan {
  return fillUp(instance, null);
}

type Part = Pick<Plan, "assignments" | "purchases" | "coverage">;

/** A plan filled up: what it has stays, and what there is still room for is added need by need. A sound part gives a sound plan. */
export function fillUp(instance: Instance, part: Part | null): Plan {
  const room = roomOf(instance);
  const catalogue = catalogueOf(room);
  const fillings = new Map<string, Filling>();
  const inTurn = needsInTurn(instance);
  const lines: readonly Line[] = part === null ? pinnedLines(room) : [...part.assignments, ...part.purchases];
  if (part !== null) for (const line of lines) move(room, line, 1);
  const byNeed = Map.groupBy(lines, (line) => line.need);
  const claims = new Map(part?.coverage.map((covered) => [covered.need, covered]));
  for (const need of inTurn) {
    const filling = fillingOf(room, catalogue, need);
    putIn(room, filling, byNeed.get(need.id) ?? []);
    keep(filling, claims.get(need.id)?.byBucket ?? []);
    fill(room, filling);
    fillings.set(need.id, filling);
  }
  return planOf(
    instance,
    instance.needs.flatMap(({ id }) => fillings.get(id) ?? []),
  );
}

/** Counts what is covered already: of each kind as many pieces as the claim's worth allows, the best first. */
function keep(filling: Filling, covered: Plan["coverage"][number]["byBucket"]): void {
  for (const { bucket, complete: systems } of covered) {
    let left = systems;
    for (const own of filling.own.toSorted((one, other) => other.worthPpm - one.worthPpm)) {
      const there = own.waiting.reduce((sum, pieces, at) => (at <= bucket ? sum + pieces : sum), 0);
      const used = Math.min(left, there);
      if (used > 0) complete(filling, own, bucket, used);
      left -= used;
    }
  }
}

/** The pinned pieces, each as early as it can be there. */
function pinnedLines(room: Room): Line[] {
  const { instance, needs, offers, items, calendar } = room.register;
  const lines: Line[] = [];
  for (const pin of instance.pins) {
    const [offer, need] = [offers.get(pin.offer), needs.get(pin.need)];
    const item = items.get(offer?.item ?? "");
    if (offer === undefined || need === undefined || item === undefined) continue;
    const isOwn = need.accepts.some((accepted) => accepted.item === item.id);
    let left = Math.min(pin.quantity, room.offers.get(offer.id) ?? 0);
    for (let bucket = offer.from; bucket < instance.buckets.length && left > 0; bucket += 1) {
      if (!mayCome(offer, item, bucket) || (isOwn && readyIn(calendar, bucket, item.courseDays) < need.from)) continue;
      for (const hub of pin.hub === null ? hubsOf(room, need) : [pin.hub]) {
        const quantity = mayPass(offer, need, hub) ? Math.min(left, mostThrough(room, item, hub, bucket)) : 0;
        if (quantity === 0) continue;
        const line = { offer: offer.id, need: need.id, item: item.id, hub, bucket, quantity };
        move(room, line, 1);
        lines.push(line);
        left -= quantity;
      }
    }
  }
  return lines;
}

function planOf(instance: Instance, fillings: readonly Filling[]): Plan {
  const lines = joined(fillings.flatMap((filling) => filling.lines));
  const assignments = lines.flatMap((line) => ("offer" in line ? [line] : []));
  const purchases = lines.flatMap((line) => ("money" in line ? [line] : []));
  const coverage = fillings.map((filling) => ({ need: filling.need.id, byBucket: stepsOf(filling) }));
  const score = scoreOf(instance, coverage);
  return {
    state: "preview",
    goals: [{ goal: "cover", value: score, bound: null }],
    score,
    bound: null,
    gap: null,
    assignments,
    purchases,
    coverage,
    effort: effortOf(instance, { assignments, purchases }),
  };
}

function stepsOf({ complete: systems, worthPpm }: Filling): Plan["coverage"][number]["byBucket"] {
  return systems.flatMap((more, bucket) =>
    more > 0 ? [{ bucket, complete: more, worthPpm: worthPpm[bucket] ?? 0 }] : [],
  );
}

/** Lines that differ only in quantity are one line. */
function joined(lines: readonly Line[]): Line[] {
  const byKey = new Map<string, Line>();
  for (const line of lines) {
    const from = "offer" in line ? line.offer : `${line.money} ${line.ordered}`;
    const key = [from, line.need, line.item, line.hub, line.bucket].join(" ");
    const other = byKey.get(key);
    byKey.set(key, other === undefined ? line : together(other, line));
  }
  return [...byKey.values()];
}

function together(line: Line, more: Line): Line {
  const quantity = line.quantity + more.quantity;
  return "money" in line && "money" in more
    ? { ...line, quantity, costMinor: line.costMinor + more.costMinor }
    : { ...line, quantity };
}

/** Whether every pinned choice is in a plan: a quick one may find no room for it. */
export function keepsPins(instance: Instance, { assignments }: Pick<Plan, "assignments">): boolean {
  return instance.pins.every((pin) => {
    const own = assignments.filter(
      ({ offer, need, hub }) => offer === pin.offer && need === pin.need && (pin.hub === null || pin.hub === hub),
    );
    return own.reduce((sum, { quantity }) => sum + quantity, 0) >= pin.quantity;
  });
}
