import { MainstayError } from "#core/errors.ts";
import type { InstanceNeed } from "#core/planning/instance.ts";
import { planLines, type PlanLine } from "#core/planning/lines.ts";
import type { Queries } from "#store/database.ts";
import { placedIn } from "#store/planning/placed.ts";
import type { StoredPlan, WholePlan } from "#store/planning/plans.ts";
import { reachedStates } from "../delivery/policy.ts";

type Pieces = Readonly<{ need: string; item: string; pieces: number }>;

/**
 * Refuses to place a plan's lines with a need that was covered since the plan was made, by another plan or by hand: with a piece fewer it would still get all
 * that the plan asked for it. `counts`: the lines that are placed or are to be.
 * @throws MainstayError need_covered_meanwhile
 */
export async function refuseOvertaken(
  trx: Queries,
  plan: StoredPlan,
  { instance, result }: WholePlan,
  counts: (line: PlanLine) => boolean,
): Promise<void> {
  const since = await placedIn(trx, plan.bookNo, null, reachedStates().gone, plan);
  if (since.length === 0) return;
  const own = planLines(result)
    .filter(counts)
    .map(({ need, item, quantity }) => ({ need, item, pieces: quantity }));
  const byNeed = (list: readonly Pieces[]) => Map.groupBy(list, (one) => one.need);
  const [placed, asked] = [byNeed(since), byNeed(own)];
  for (const need of instance.needs) {
    const before = worthOf(need, placed.get(need.id) ?? []);
    const after = worthOf(need, asked.get(need.id) ?? []);
    if (before.worth === 0n || after.worth === 0n) continue;
    if (before.worth + after.worth - after.least < BigInt(need.quantity) * million) continue;
    const found = `${need.id}: of ${need.quantity} that the plan found missing, ${before.worth / million} were placed since`;
    throw new MainstayError("need_covered_meanwhile", found, { field: "plan" });
  }
}

const million = 1_000_000n;

/** What pieces are worth to a need in millionths of a unit, parts of its package nothing; and what the least of them is worth. */
function worthOf({ accepts }: InstanceNeed, list: readonly Pieces[]): Readonly<{ worth: bigint; least: bigint }> {
  const ppm = new Map(accepts.map(({ item, worthPpm }) => [item, BigInt(worthPpm)]));
  const counted = list.filter(({ item }) => ppm.has(item));
  const worths = counted.map(({ item }) => ppm.get(item) ?? 0n);
  return {
    worth: counted.reduce((sum, { item, pieces }) => sum + BigInt(pieces) * (ppm.get(item) ?? 0n), 0n),
    least: worths.reduce((least, one) => (one < least ? one : least), worths[0] ?? 0n),
  };
}
