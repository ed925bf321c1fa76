import { checkCoverage } from "#core/planning/check/coverage.ts";
import { checkLimits } from "#core/planning/check/limits.ts";
import { checkLines } from "#core/planning/check/lines.ts";
import type { Instance, InstanceNeed } from "#core/planning/instance.ts";
import type { Assignment, NeedCoverage, Plan, Purchase } from "#core/planning/plan.ts";
import { registerOf, type Register } from "#core/planning/register.ts";
import { scoreOf } from "#core/planning/score.ts";

type Line = Assignment | Purchase;

/** The best score of all plans there are, by trying every one; only for the tiniest instances. Held to the checker alone. */
export function bestOfAll(instance: Instance): number {
  const register = registerOf(instance);
  const choices = [
    ...instance.offers.map((offer) => waysOf(register, offer)),
    ...instance.money.map((money) => buysOf(register, money.id)),
  ];
  const known = new Map<string, number>();
  let best = -1;
  const choose = (at: number, lines: readonly Line[]): void => {
    const options = choices[at];
    if (options !== undefined) {
      for (const option of options) choose(at + 1, [...lines, ...option]);
      return;
    }
    const [assignments, purchases] = [
      lines.flatMap((line) => ("offer" in line ? [line] : [])),
      lines.flatMap((line) => ("money" in line ? [line] : [])),
    ];
    const plan = { assignments, purchases, coverage: [] } as unknown as Plan;
    if (checkLimits(register, plan).length > 0) return;
    const score = instance.needs.reduce(
      (sum, need) =>
        sum +
        bestOfNeed(
          register,
          need,
          lines.filter((line) => line.need === need.id),
          known,
        ),
      0,
    );
    best = Math.max(best, score);
  };
  choose(0, []);
  return best;
}

/** Every way to give pieces of an offer, none included. */
function waysOf(register: Register, offer: Instance["offers"][number]): Line[][] {
  const cells = register.instance.needs.flatMap((need) =>
    register.instance.hubs.flatMap((hub) =>
      register.instance.buckets.map((_, bucket) => ({
        offer: offer.id,
        need: need.id,
        item: offer.item,
        hub: hub.id,
        bucket,
        quantity: 1,
      })),
    ),
  );
  return spread(
    cells.filter((line) => checkLines(register, [line], []).length === 0),
    offer.quantity,
  );
}

function buysOf(register: Register, money: string): Line[][] {
  const { needs, hubs, buckets, market } = register.instance;
  const cells = market.flatMap(({ item, priceMinor }) =>
    needs.flatMap((need) =>
      hubs.flatMap((hub) =>
        buckets.flatMap((_, ordered) =>
          buckets.map((__, bucket) => ({
            money,
            need: need.id,
            item,
            hub: hub.id,
            ordered,
            bucket,
            quantity: 1,
            costMinor: priceMinor,
          })),
        ),
      ),
    ),
  );
  return spread(
    cells.filter((line) => checkLines(register, [], [line]).length === 0),
    2,
  );
}

/** Up to so many pieces over the cells, in every way. */
function spread(cells: readonly Line[], most: number): Line[][] {
  const [first, ...rest] = cells;
  if (first === undefined) return [[]];
  const found: Line[][] = [];
  for (let pieces = 0; pieces <= most; pieces += 1)
    for (const others of spread(rest, most - pieces))
      found.push(pieces === 0 ? others : [times(first, pieces), ...others]);
  return found;
}

function times(line: Line, pieces: number): Line {
  return "money" in line
    ? { ...line, quantity: pieces, costMinor: pieces * line.costMinor }
    : { ...line, quantity: pieces };
}

/** The best that can be claimed for a need from these lines; minus infinity where something of them lies idle. */
function bestOfNeed(
  register: Register,
  need: InstanceNeed,
  lines: readonly Line[],
  known: Map<string, number>,
): number {
  const key = JSON.stringify([need.id, lines.map((line) => [line.item, line.bucket, line.quantity])]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const alone = { ...register, instance: { ...register.instance, needs: [need] } };
  const parts = {
    assignments: lines.flatMap((line) => ("offer" in line ? [line] : [])),
    purchases: lines.flatMap((line) => ("money" in line ? [line] : [])),
  };
  const own = lines
    .filter((line) => need.accepts.some(({ item }) => item === line.item))
    .reduce((sum, line) => sum + line.quantity, 0);
  let best = -Infinity;
  for (const byBucket of claims(register, need, own)) {
    const plan = { ...parts, coverage: [{ need: need.id, byBucket }] } as unknown as Plan;
    if (checkCoverage(alone, plan).length > 0) continue;
    best = Math.max(best, scoreOf(register.instance, plan.coverage));
  }
  known.set(key, best);
  return best;
}

/** Every claim: so many of each kind complete in each bucket. */
function claims(register: Register, need: InstanceNeed, most: number): NeedCoverage["byBucket"][] {
  let found: { bucket: number; complete: number; worthPpm: number }[][] = [[]];
  for (const [bucket] of register.instance.buckets.entries())
    for (const { worthPpm } of need.accepts)
      found = found.flatMap((steps) => {
        const used = steps.reduce((sum, step) => sum + step.complete, 0);
        const room = need.quantity * 1_000_000 - steps.reduce((sum, step) => sum + step.worthPpm, 0);
        return Array.from({ length: most - used + 1 }, (_, complete) =>
          complete === 0 ? steps : [...steps, { bucket, complete, worthPpm: Math.min(room, complete * worthPpm) }],
        );
      });
  return found;
}
