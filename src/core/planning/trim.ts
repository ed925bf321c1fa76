import type { Instance, InstanceNeed } from "./instance.ts";
import type { Plan } from "./plan.ts";
import { fillUp } from "./preview.ts";
import { effortOf } from "./score.ts";
import { registerOf, type Register } from "./register.ts";
import { addSpare, isEnough, spareFrom, spareOf, type Claim, type Line } from "./supply.ts";

type Parts = Pick<Plan, "assignments" | "purchases" | "coverage">;
/** What goes back of each line. */
type Back = Map<Line, number>;

/**
 * A plan without what lies idle: pieces that no complete system uses, and substitutes beyond what is needed, go back to their offers, the last first, as
 * far as what stays is enough at every time. What is pinned or goes whole stays. Each need earns what it earned.
 */
export function trimmed(instance: Instance, plan: Parts): Parts {
  const register = registerOf(instance);
  const claims = new Map(plan.coverage.map((covered) => [covered.need, covered]));
  const lines = Map.groupBy<string, Line>([...plan.assignments, ...plan.purchases], ({ need }) => need);
  const back: Back = new Map();
  const changed = new Map<string, readonly number[]>();
  for (const need of instance.needs) {
    const own = (lines.get(need.id) ?? []).toSorted((one, other) => other.bucket - one.bucket);
    if (own.length === 0) continue;
    const [complete, worth] = [instance.buckets.map(() => 0), instance.buckets.map(() => 0)];
    for (const step of claims.get(need.id)?.byBucket ?? []) {
      complete[step.bucket] = (complete[step.bucket] ?? 0) + step.complete;
      worth[step.bucket] = (worth[step.bucket] ?? 0) + step.worthPpm;
    }
    const accepted = new Set(need.accepts.map(({ item }) => item));
    const pieces = own.filter(({ item }) => accepted.has(item));
    takeBackPieces(register, need, pieces, { complete, worth }, back);
    changed.set(need.id, complete);
    for (const item of new Set(need.package.map((part) => part.item))) {
      const parts = own.filter((line) => line.item === item);
      takeBackParts(register, need, parts, complete, back);
    }
  }
  const rest = <T extends Line>(list: readonly T[]): T[] =>
    list.flatMap((line) => withoutPart(line, back.get(line) ?? 0));
  return {
    assignments: rest(plan.assignments),
    purchases: rest(plan.purchases),
    coverage: plan.coverage.map(({ need, byBucket }) => ({ need, byBucket: lessened(byBucket, changed.get(need)) })),
  };
}

function withoutPart<T extends Line>(line: T, less: number): T[] {
  if (less === 0) return [line];
  const quantity = line.quantity - less;
  if (quantity <= 0) return [];
  return [
    { ...line, quantity, ...("costMinor" in line ? { costMinor: (line.costMinor / line.quantity) * quantity } : {}) },
  ];
}

type Loose = Readonly<{ line: Line; most: number }>;

/** How much of each line may go back: nothing of what goes whole, and of what is pinned only what is beyond it; lines with nothing to give left out. */
function looseOf({ instance, offers }: Register, need: string, lines: readonly Line[]): Loose[] {
  const pins = instance.pins.filter((pin) => pin.need === need);
  const beyond = new Map(
    pins.map(({ offer }) => {
      const sum = (list: readonly Readonly<{ quantity: number }>[]) =>
        list.reduce((all, { quantity }) => all + quantity, 0);
      const own = lines.filter((line) => "offer" in line && line.offer === offer);
      return [offer, sum(own) - sum(pins.filter((pin) => pin.offer === offer))] as const;
    }),
  );
  return lines.flatMap((line): Loose[] => {
    if (!("offer" in line)) return [{ line, most: line.quantity }];
    if (offers.get(line.offer)?.allOrNothing === true) return [];
    const own = pins.filter(({ offer }) => offer === line.offer);
    if (own.length === 0) return [{ line, most: line.quantity }];
    const most = own.some(({ hub }) => hub !== null) ? 0 : Math.min(line.quantity, beyond.get(line.offer) ?? 0);
    beyond.set(line.offer, (beyond.get(line.offer) ?? 0) - most);
    return most > 0 ? [{ line, most }] : [];
  });
}

type Counted = Claim & Readonly<{ complete: number[] }>;

/** Of what is asked for: first what is never complete, then pieces that are complete but add nothing to what is earned. */
function takeBackPieces(
  register: Register,
  need: InstanceNeed,
  lines: readonly Line[],
  claim: Counted,
  back: Back,
): void {
  const loose = looseOf(register, need.id, lines);
  const { complete } = claim;
  const left = () => lines.reduce((sum, line) => sum + line.quantity - (back.get(line) ?? 0), 0);
  let idle = left() - complete.reduce((sum, systems) => sum + systems, 0);
  for (const { line, most: open } of loose) {
    if (idle <= 0) break;
    const most = mostBack(Math.min(open, idle), (less) =>
      isEnough(register, need, lines, claim, leftOf(new Map(back).set(line, less))),
    );
    if (most > 0) back.set(line, most);
    idle -= most;
  }
  const worths = new Map(need.accepts.map(({ item, worthPpm }) => [item, worthPpm]));
  if (new Set(worths.values()).size < 2) return;
  const least = loose.toSorted((one, other) => (worths.get(one.line.item) ?? 0) - (worths.get(other.line.item) ?? 0));
  for (const { line, most } of least) {
    while ((back.get(line) ?? 0) < most) {
      const less = new Map(back).set(line, (back.get(line) ?? 0) + 1);
      const at = complete.findLastIndex(
        (systems, bucket) => systems > 0 && isEnough(register, need, lines, oneLess(claim, bucket), leftOf(less)),
      );
      if (at < 0) break;
      complete[at] = (complete[at] ?? 0) - 1;
      back.set(line, less.get(line) ?? 0);
    }
  }
}

const leftOf =
  (back: Back) =>
  (line: Line): number =>
    line.quantity - (back.get(line) ?? 0);

function oneLess({ complete, worth }: Claim, bucket: number): Claim {
  return { complete: complete.map((systems, at) => (at === bucket ? systems - 1 : systems)), worth };
}

/** The most that can go back, no more than is open; what is enough with more gone is enough with less. */
function mostBack(open: number, isEnoughWithout: (less: number) => boolean): number {
  let [low, high] = [0, open];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isEnoughWithout(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Of one kind of part: what is beyond all that complete systems take at the end of each bucket. */
function takeBackParts(
  register: Register,
  need: InstanceNeed,
  lines: readonly Line[],
  complete: readonly number[],
  back: Back,
): void {
  const spares = spareOf(register, need, lines[0]?.item ?? "", lines, complete);
  for (const { line, most } of looseOf(register, need.id, lines)) {
    const less = Math.min(most, spareFrom(register, spares, line.bucket));
    if (less <= 0) continue;
    back.set(line, less);
    addSpare(register, spares, line.bucket, -less);
  }
}

/** Offers that go whole or not at all of which a part lies idle in a plan: they can only go back whole. */
export function idleWhole(instance: Instance, plan: Parts): ReadonlySet<string> {
  const register = registerOf(instance);
  const complete = new Map(plan.coverage.map(({ need, byBucket }) => [need, byBucket]));
  const found = new Set<string>();
  const pinned = new Set(instance.pins.map(({ offer }) => offer));
  const strict = new Set(
    instance.offers.flatMap(({ id, allOrNothing }) => (allOrNothing && !pinned.has(id) ? [id] : [])),
  );
  for (const [id, own] of Map.groupBy<string, Line>([...plan.assignments, ...plan.purchases], ({ need }) => need)) {
    const need = register.needs.get(id);
    if (need === undefined || !own.some((line) => "offer" in line && strict.has(line.offer))) continue;
    const systems = instance.buckets.map(() => 0);
    for (const step of complete.get(id) ?? []) systems[step.bucket] = (systems[step.bucket] ?? 0) + step.complete;
    const isPart = (item: string) => need.package.some((part) => part.item === item);
    const isIdle = (lines: readonly Line[], item: string): boolean => {
      const held = instance.pins.reduce((sum, pin) => (pin.need === id ? sum + pin.quantity : sum), 0);
      const came = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      const spare = isPart(item)
        ? Math.min(...spareOf(register, need, item, lines, systems).map(({ left }) => left.at(-1) ?? 0))
        : came - systems.reduce((sum, more) => sum + more, 0);
      return Math.floor(spare + 1e-6) > held;
    };
    const pieces = own.filter(({ item }) => !isPart(item));
    for (const [item, lines] of Map.groupBy(own, (line) => line.item))
      if (isIdle(isPart(item) ? lines : pieces, item))
        for (const line of lines) if ("offer" in line && strict.has(line.offer)) found.add(line.offer);
  }
  return found;
}

/** Steps with so many complete as are left; what is earned stays. */
function lessened(steps: Plan["coverage"][number]["byBucket"], complete: readonly number[] | undefined) {
  if (complete === undefined) return steps;
  return steps.flatMap((step) => {
    const left = complete[step.bucket] ?? 0;
    return left === 0 && step.worthPpm === 0 ? [] : [{ ...step, complete: left }];
  });
}

/** Lines of rounded solutions made a sound plan: what is broken and idle goes, what there is room for comes, and what lies idle then makes room once more. */
export function repaired(instance: Instance, lines: Parts): Plan {
  const once = fillUp(instance, trimmed(instance, withoutBroken(instance, lines)));
  return settled(instance, fillUp(instance, trimmed(instance, once)));
}

/** A filled-up plan without what lies idle: what is wanted earlier than what came before may leave that without use. */
export function settled(instance: Instance, plan: Plan): Plan {
  const parts = trimmed(instance, plan);
  return { ...plan, ...parts, effort: effortOf(instance, parts) };
}

/** Without the lines of offers that go whole or not at all and would go in part. */
function withoutBroken(instance: Instance, plan: Parts): Parts {
  const whole = new Map(
    instance.offers.filter(({ allOrNothing }) => allOrNothing).map(({ id, quantity }) => [id, quantity]),
  );
  const given = new Map<string, number>();
  for (const { offer, quantity } of plan.assignments)
    if (whole.has(offer)) given.set(offer, (given.get(offer) ?? 0) + quantity);
  const broken = new Set([...given].filter(([offer, sum]) => sum !== whole.get(offer)).map(([offer]) => offer));
  return { ...plan, assignments: plan.assignments.filter(({ offer }) => !broken.has(offer)) };
}
