import type { Instance, InstanceNeed } from "./instance.ts";
import type { Assignment, Plan, Purchase } from "./plan.ts";
import { registerOf, type Register } from "./register.ts";
import { piecesFor, consumed, readyIn } from "./rules.ts";

type Line = Assignment | Purchase;
type Parts = Pick<Plan, "assignments" | "purchases" | "coverage">;

/** A plan without what lies idle: pieces that no complete system uses go back to their offers, the last first. What is pinned or goes whole stays. */
export function trimmed(instance: Instance, plan: Parts): Parts {
  const register = registerOf(instance);
  const coverage = new Map(plan.coverage.map(({ need, byBucket }) => [need, byBucket]));
  const lines = Map.groupBy<string, Line>([...plan.assignments, ...plan.purchases], ({ need }) => need);
  const back = new Map<Line, number>();
  for (const need of instance.needs) {
    const own = lines.get(need.id) ?? [];
    if (own.length === 0) continue;
    const complete = instance.buckets.map(() => 0);
    for (const step of coverage.get(need.id) ?? [])
      complete[step.bucket] = (complete[step.bucket] ?? 0) + step.complete;
    for (const [item, idle] of idleOf(register, need, own, complete)) takeBack(register, own, item, idle, back);
  }
  const rest = <T extends Line>(list: readonly T[]): T[] =>
    list.flatMap((line) => {
      const quantity = line.quantity - (back.get(line) ?? 0);
      if (quantity <= 0) return [];
      return [
        "costMinor" in line
          ? { ...line, quantity, costMinor: (line.costMinor / line.quantity) * quantity }
          : { ...line, quantity },
      ];
    });
  return { assignments: rest(plan.assignments), purchases: rest(plan.purchases), coverage: plan.coverage };
}

/** How many pieces of each kind lie idle with a need: of accepted kinds those that are left when the best are used first. */
function idleOf(
  { instance, calendar, items }: Register,
  need: InstanceNeed,
  lines: readonly Line[],
  complete: readonly number[],
) {
  const idle = new Map<string, number>();
  const course = (item: string): number => items.get(item)?.courseDays ?? 0;
  const kinds = need.accepts.toSorted((one, other) => other.worthPpm - one.worthPpm).map(({ item }) => item);
  const waiting = new Map(kinds.map((item) => [item, 0]));
  const own = lines.filter(({ item }) => waiting.has(item));
  const ready = Map.groupBy(own, (line) => readyIn(calendar, line.bucket, course(line.item)));
  for (const [bucket, systems] of complete.entries()) {
    for (const { item, quantity } of ready.get(bucket) ?? []) waiting.set(item, (waiting.get(item) ?? 0) + quantity);
    let left = systems;
    for (const item of kinds) {
      const used = Math.min(left, waiting.get(item) ?? 0);
      waiting.set(item, (waiting.get(item) ?? 0) - used);
      left -= used;
    }
  }
  for (const { item, quantity } of [...ready].flatMap(([at, late]) => (at >= complete.length ? late : [])))
    waiting.set(item, (waiting.get(item) ?? 0) + quantity);
  for (const [item, left] of waiting) idle.set(item, left);
  const systems = complete.reduce((sum, more) => sum + more, 0);
  for (const [item, parts] of Map.groupBy(need.package, (part) => part.item)) {
    const used = parts.reduce((sum, part) => {
      if (part.when !== "monthly") return sum + piecesFor(part, systems);
      return sum + Math.ceil((consumed(instance.buckets, calendar, part, complete).at(-1) ?? 0) - 1e-6);
    }, 0);
    idle.set(item, lines.reduce((sum, line) => (line.item === item ? sum + line.quantity : sum), 0) - used);
  }
  return idle;
}

function takeBack(
  { instance, offers }: Register,
  lines: readonly Line[],
  item: string,
  idle: number,
  back: Map<Line, number>,
): void {
  let left = idle;
  const own = lines.filter((line) => line.item === item).toSorted((one, other) => other.bucket - one.bucket);
  for (const line of own) {
    if (left <= 0) return;
    if ("offer" in line && offers.get(line.offer)?.allOrNothing === true) continue;
    const pinned = instance.pins.some((pin) => "offer" in line && pin.offer === line.offer && pin.need === line.need);
    const part = pinned ? 0 : Math.min(left, line.quantity);
    if (part > 0) back.set(line, part);
    left -= part;
  }
}

/** Without the lines of offers that go whole or not at all and would go in part. */
export function withoutBroken(instance: Instance, plan: Parts): Parts {
  const whole = new Map(
    instance.offers.filter(({ allOrNothing }) => allOrNothing).map(({ id, quantity }) => [id, quantity]),
  );
  const given = new Map<string, number>();
  for (const { offer, quantity } of plan.assignments)
    if (whole.has(offer)) given.set(offer, (given.get(offer) ?? 0) + quantity);
  const broken = new Set([...given].filter(([offer, sum]) => sum !== whole.get(offer)).map(([offer]) => offer));
  return { ...plan, assignments: plan.assignments.filter(({ offer }) => !broken.has(offer)) };
}
