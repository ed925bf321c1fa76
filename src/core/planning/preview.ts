import type { Instance, InstanceNeed } from "./instance.ts";
import type { Plan } from "./plan.ts";
import { complete, fill, fillingOf, putIn, type Filling } from "./preview/fill.ts";
import { needsInTurn } from "./preview/turn.ts";
import { hubsOf, mostThrough, move, roomOf, type Line, type Loosened, type Room } from "./preview/room.ts";
import { catalogueOf } from "./preview/take.ts";
import { mayCome, mayPass, readyIn } from "./rules.ts";
import { effortOf, scoreOf } from "./score.ts";
import { coveredUnits } from "./summary.ts";

/**
 * A quick plan without a proven bound: need after need, the most reward for the scarcest goods first, each filled as early and as far as there is
 * room. Everything it gives is whole, complete and within every limit; pins are kept wherever there is room for them.
 */
export function previewPlan(instance: Instance): Plan {
  return fillUp(instance, null);
}

export type Part = Pick<Plan, "assignments" | "purchases" | "coverage">;

/** Which needs are filled, all where not named, and which limits are taken as if they weren't there. */
export type Filled = Readonly<{ only?: ReadonlySet<string>; loosened?: Loosened }>;

/** A plan filled up: what it has stays, and what there is still room for is added need by need. A sound part gives a sound plan. */
export function fillUp(instance: Instance, part: Part | null, { only, loosened }: Filled = {}): Plan {
  const room = roomOf(instance, loosened);
  const catalogue = catalogueOf(room);
  const fillings: Filling[] = [];
  const isFilled = (need: string): boolean => only === undefined || only.has(need);
  const lines: readonly Line[] = part === null ? pinnedLines(room) : [...part.assignments, ...part.purchases];
  if (part !== null) for (const line of lines) move(room, line, 1);
  const byNeed = Map.groupBy(lines, (line) => line.need);
  const claims = new Map(part?.coverage.map((covered) => [covered.need, covered]));
  for (const need of needsInTurn(instance)) {
    if (!isFilled(need.id)) continue;
    const filling = fillingOf(room, catalogue, need);
    putIn(room, filling, byNeed.get(need.id) ?? []);
    keep(filling, claims.get(need.id)?.byBucket ?? []);
    fill(room, filling);
    fillings.push(filling);
  }
  const place = new Map(instance.needs.map(({ id }, at) => [id, at]));
  fillings.sort((left, right) => (place.get(left.need.id) ?? 0) - (place.get(right.need.id) ?? 0));
  return planOf(
    instance,
    [...lines.filter(({ need }) => !isFilled(need)), ...fillings.flatMap((filling) => filling.lines)],
    [
      ...(part?.coverage.filter(({ need }) => !isFilled(need)) ?? []),
      ...fillings.map((filling) => ({ need: filling.need.id, byBucket: stepsOf(filling) })),
    ],
  );
}

/** Fills one need of a plan with some limits lifted, and takes it out again: @returns the whole units that it would get. */
export type Trial = (need: InstanceNeed, loosened: Loosened) => number;

/** For many trials around one plan. */
export function trialsOf(instance: Instance, part: Part): Trial {
  const room = roomOf(instance);
  const catalogue = catalogueOf(room);
  const lines: readonly Line[] = [...part.assignments, ...part.purchases];
  for (const line of lines) move(room, line, 1);
  const byNeed = Map.groupBy(lines, (line) => line.need);
  const claims = new Map(part.coverage.map((covered) => [covered.need, covered]));
  return (need, loosened) => {
    room.loosened = loosened;
    const filling = fillingOf(room, catalogue, need);
    const before = byNeed.get(need.id) ?? [];
    putIn(room, filling, before);
    keep(filling, claims.get(need.id)?.byBucket ?? []);
    fill(room, filling);
    for (const line of filling.lines.slice(before.length)) move(room, line, -1);
    return coveredUnits({ need: need.id, byBucket: stepsOf(filling) });
  };
}

/** A plan without what some needs get. */
export function withoutNeeds(part: Part, needs: ReadonlySet<string>): Part {
  const others = <T extends Readonly<{ need: string }>>(list: readonly T[]) =>
    list.filter(({ need }) => !needs.has(need));
  return {
    assignments: others(part.assignments),
    purchases: others(part.purchases),
    coverage: others(part.coverage),
  };
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

function planOf(instance: Instance, parts: readonly Line[], coverage: Plan["coverage"]): Plan {
  const lines = joined(parts);
  const assignments = lines.flatMap((line) => ("offer" in line ? [line] : []));
  const purchases = lines.flatMap((line) => ("money" in line ? [line] : []));
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
