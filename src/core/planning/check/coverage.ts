import type { InstanceNeed } from "../instance.ts";
import type { Assignment, NeedCoverage, Plan, Purchase } from "../plan.ts";
import type { Register } from "../register.ts";
import { readyIn, takenBy, type PackagePart } from "../rules.ts";
import { exceeds, note, type Note } from "./problem.ts";

type Line = Assignment | Purchase;

/** Whether needs are covered as claimed: pieces there, packages complete and in time, no more than is needed, nothing that lies idle. */
export function checkCoverage(register: Register, plan: Plan): Note[] {
  const lines = Map.groupBy<string, Line>([...plan.assignments, ...plan.purchases], ({ need }) => need);
  const claimed = Map.groupBy(plan.coverage, ({ need }) => need);
  const found = plan.coverage
    .filter(({ need }) => !register.needs.has(need))
    .map(({ need }) => note("need_unknown", `coverage of ${need}: there is no such need`));
  for (const need of register.instance.needs) {
    const claims = claimed.get(need.id) ?? [];
    if (claims.length > 1) found.push(note("coverage_twice", `${need.id} is covered by two lists`));
    found.push(...checkNeed(register, need, lines.get(need.id) ?? [], claims[0]));
  }
  return found;
}

function checkNeed(
  register: Register,
  need: InstanceNeed,
  lines: readonly Line[],
  claim: NeedCoverage | undefined,
): Note[] {
  const found: Note[] = [];
  const complete = register.instance.buckets.map(() => 0);
  const worth = register.instance.buckets.map(() => 0);
  for (const step of claim?.byBucket ?? []) {
    if (complete[step.bucket] === undefined || step.bucket < need.from)
      found.push(note("covered_too_early", `${need.id} counts nothing in bucket ${step.bucket}`));
    else if (!isCount(step.complete) || !isCount(step.worthPpm))
      found.push(note("units_not_whole", `${need.id}: ${step.complete} complete, worth ${step.worthPpm}`));
    else {
      complete[step.bucket] = (complete[step.bucket] ?? 0) + step.complete;
      worth[step.bucket] = (worth[step.bucket] ?? 0) + step.worthPpm;
    }
  }
  return [
    ...found,
    ...checkPieces(register, need, lines, complete, worth),
    ...[...Map.groupBy(need.package, ({ item }) => item)].flatMap(([item, parts]) =>
      checkParts(
        register,
        need,
        lines.filter((line) => line.item === item),
        parts,
        complete,
      ),
    ),
  ];
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

/** The need's own pieces: as many as are claimed, worth what is claimed, the best first. */
function checkPieces(
  { instance, calendar, items }: Register,
  need: InstanceNeed,
  lines: readonly Line[],
  complete: readonly number[],
  worth: readonly number[],
): Note[] {
  const worths = new Map(need.accepts.map(({ item, worthPpm }) => [item, worthPpm]));
  const own = lines.filter((line) => worths.has(line.item));
  const ready = Map.groupBy(own, (line) => readyIn(calendar, line.bucket, items.get(line.item)?.courseDays ?? 0));
  const waiting = new Map<number, number>(); // pieces ready and not complete, by worth
  const best = [...new Set(worths.values())].toSorted((left, right) => right - left);
  let [most, claimed] = [0, 0];
  for (const [bucket] of instance.buckets.entries()) {
    for (const { item, quantity } of ready.get(bucket) ?? []) {
      const at = worths.get(item) ?? 0;
      waiting.set(at, (waiting.get(at) ?? 0) + quantity);
    }
    let left = complete[bucket] ?? 0;
    for (const at of best) {
      const taken = Math.min(left, waiting.get(at) ?? 0);
      waiting.set(at, (waiting.get(at) ?? 0) - taken);
      most += taken * at;
      left -= taken;
    }
    if (left > 0)
      return [note("pieces_missing", `${need.id}: ${left} more are complete in bucket ${bucket} than are there`)];
    claimed += worth[bucket] ?? 0;
    if (claimed > most)
      return [note("worth_wrong", `${need.id}: worth ${claimed} up to bucket ${bucket}, ${most} at most`)];
  }
  return [...checkWhole(need, own, worths, claimed), ...checkIdle(need, instance.pins, own, complete)];
}

/** All that comes is claimed, and no more than is needed comes; of one piece a part may be too much. */
function checkWhole(
  need: InstanceNeed,
  own: readonly Line[],
  worths: ReadonlyMap<string, number>,
  claimed: number,
): Note[] {
  const whole = need.quantity * 1_000_000;
  const there = own.reduce((sum, line) => sum + line.quantity * (worths.get(line.item) ?? 0), 0);
  const most = Math.max(...own.map((line) => worths.get(line.item) ?? 0));
  if (claimed > whole) return [note("more_than_needed", `${need.id}: worth ${claimed} of ${whole}`)];
  if (there - most >= whole && own.length > 0)
    return [note("more_than_needed", `${need.id}: pieces worth ${there} come, ${whole} are needed`)];
  return [];
}

function checkIdle(
  need: InstanceNeed,
  pins: Register["instance"]["pins"],
  own: readonly Line[],
  complete: readonly number[],
): Note[] {
  const there = own.reduce((sum, { quantity }) => sum + quantity, 0);
  const used = complete.reduce((sum, systems) => sum + systems, 0);
  const pinned = pinnedTo(need.id, pins, own);
  if (there <= used + pinned) return [];
  return [note("idle", `${need.id}: ${there} pieces come, ${used} of them are ever complete`)];
}

/** How many of these lines' pieces are pinned to their need, useful or not. */
function pinnedTo(need: string, pins: Register["instance"]["pins"], lines: readonly Line[]): number {
  const offers = new Set(lines.flatMap((line) => ("offer" in line ? [line.offer] : [])));
  return pins.reduce((sum, pin) => (pin.need === need && offers.has(pin.offer) ? sum + pin.quantity : sum), 0);
}

/** One kind of part: enough of it, in time, for what is complete at the end of each bucket; and not more than all of that takes. */
function checkParts(
  { instance, calendar, items }: Register,
  need: InstanceNeed,
  lines: readonly Line[],
  parts: readonly PackagePart[],
  complete: readonly number[],
): Note[] {
  const [item] = parts.map((part) => part.item);
  const course = items.get(item ?? "")?.courseDays ?? 0;
  for (const lead of new Set(parts.map(({ leadDays }) => leadDays))) {
    const there = instance.buckets.map(() => 0);
    for (const line of lines) {
      const at = readyIn(calendar, line.bucket, course + lead);
      if (at < there.length) there[at] = (there[at] ?? 0) + line.quantity;
    }
    const takes = parts
      .filter(({ leadDays }) => leadDays >= lead)
      .map((part) => takenBy(instance.buckets, calendar, part, complete));
    let sum = 0;
    for (const [bucket, quantity] of there.entries()) {
      sum += quantity;
      const taken = takes.reduce((all, part) => all + (part[bucket] ?? 0), 0);
      if (exceeds(taken, sum))
        return [
          note(
            "package_incomplete",
            `${need.id}: ${taken} of ${item} are taken up to bucket ${bucket}, ${sum} are there`,
          ),
        ];
    }
  }
  const came = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const used = parts.reduce(
    (sum, part) => sum + Math.ceil((takenBy(instance.buckets, calendar, part, complete).at(-1) ?? 0) - 1e-6),
    0,
  );
  if (came <= used + pinnedTo(need.id, instance.pins, lines)) return [];
  return [note("idle", `${need.id}: ${came} of ${item} come, ${used} are used`)];
}
