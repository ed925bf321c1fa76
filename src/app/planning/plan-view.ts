import { formatDecimal } from "#core/money.ts";
import { isPlacedAlready } from "#core/planning/assemble.ts";
import type { Instance } from "#core/planning/instance.ts";
import { placementId, planLines, type PlanLine } from "#core/planning/lines.ts";
import { classesOf, flowsOf, gapsOf, namesOf, needsCovered, type Names } from "#core/planning/picture.ts";
import { unusedOffers } from "#core/planning/unused.ts";
import { present } from "#core/present.ts";
import type { PlanAssignment, PlanAssignments, PlanEffort, PlanList, PlanView } from "#core/views-plan.ts";
import { currencyUnit } from "#formats/units.ts";
import type { Database } from "#store/database.ts";
import { placedOf } from "#store/planning/placements.ts";
import { storedPlans, wholePlan, type WholePlan } from "#store/planning/plans.ts";
import { book as bookOf, requireBook } from "../books.ts";
import type { Clock } from "../clock.ts";
import { settleProposals } from "../decisions.ts";
import { decodeCursor, encodeCursor } from "../pages.ts";
import { requirePlan } from "./adopt.ts";
import { planRows } from "./plan-row.ts";
import { standingNow, standingView } from "./standing.ts";

/** The plans of a book, newest first; decisions that are due are taken before. @throws MainstayError unknown_book */
export async function planList(db: Database, clock: Clock, book: string): Promise<PlanList> {
  const { no } = await requireBook(db, book);
  await settleProposals(db, clock);
  const plans = await planRows(db, no, await storedPlans(db, no));
  const standing = standingView(await standingNow(db, no));
  return { book, synthetic: (await bookOf(db, book)).synthetic, standing, plans };
}

/** A plan whole, but for its assignments; decisions that are due are taken before. @throws MainstayError unknown_book, unknown_plan */
export async function planView(db: Database, clock: Clock, book: string, id: string): Promise<PlanView> {
  const { no } = await requireBook(db, book);
  await settleProposals(db, clock);
  const plan = await requirePlan(db, no, id);
  const [row] = await planRows(db, no, [plan]);
  const whole = await wholePlan(db, plan.no);
  const { instance, result } = whole;
  const needs = needsCovered(instance, result);
  return {
    ...present(row, id),
    currency: instance.currency,
    asked: plan.asked,
    goals: result.goals,
    buckets: instance.buckets,
    needsCovered: needs,
    classes: classesOf(needs),
    flows: flowsOf(instance, result, scaleOf(instance)),
    effort: effortOf(whole),
    gaps: gapsOf(needs),
    unused: unusedOffers(instance, result, scaleOf(instance)),
    problems: plan.summary.problems,
  };
}

function effortOf({ instance, result }: WholePlan): readonly PlanEffort[] {
  const givers = new Map(instance.givers.map((giver) => [giver.id, giver]));
  const keyed = instance.givers.some((giver) => giver.sharePpm > 0);
  const some = result.effort.some((effort) => effort.minor > 0);
  const scale = scaleOf(instance);
  return result.effort.map(({ giver, minor, sharePpm }) => ({
    giver,
    name: givers.get(giver)?.name ?? giver,
    amount: formatDecimal(BigInt(minor), scale),
    share: some ? sharePpm / 1_000_000 : null,
    keyShare: keyed ? (givers.get(giver)?.sharePpm ?? 0) / 1_000_000 : null,
  }));
}

/** Decimals of the currency that a plan counts in. */
export function scaleOf({ currency }: Instance): number {
  return currencyUnit(currency)?.scale ?? 2;
}

/** Which lines of a plan are asked for. */
export type LineFilter = Readonly<{
  need?: string | undefined;
  offer?: string | undefined;
  giver?: string | undefined;
  limit?: number | undefined; // all where left out
  cursor?: string | undefined;
}>;

/** The lines of a plan, in its own order, a page of them. @throws MainstayError unknown_book, unknown_plan, parameter_invalid */
export async function planAssignments(
  db: Database,
  book: string,
  id: string,
  filter: LineFilter = {},
): Promise<PlanAssignments> {
  const { no } = await requireBook(db, book);
  const plan = await requirePlan(db, no, id);
  const whole = await wholePlan(db, plan.no);
  const placed = await placedOf(db, plan.no);
  const names = namesOf(whole.instance);
  const lines = planLines(whole.result).filter(
    (line) =>
      (filter.need === undefined || line.need === filter.need) &&
      (filter.offer === undefined || line.offer === filter.offer) &&
      (filter.giver === undefined || names.giverOf(line.offer) === filter.giver),
  );
  const start = decodeCursor(filter.cursor);
  const end = start + (filter.limit ?? lines.length);
  return {
    plan: id,
    currency: whole.instance.currency,
    synthetic: plan.synthetic,
    total: lines.length,
    assignments: lines.slice(start, end).map((line) => {
      const isPlaced = isPlacedAlready(line.offer) || placed.has(placementId(id, line.no));
      return assignmentOf(whole, names, line, isPlaced ? line.quantity : 0);
    }),
    next: encodeCursor(end, lines.length),
  };
}

function assignmentOf(whole: WholePlan, names: Names, line: PlanLine, placed: number): PlanAssignment {
  const { buckets } = whole.instance;
  const need = present(names.needs.get(line.need), line.need);
  const giver = names.giverOf(line.offer);
  const { from, until } = present(buckets[line.bucket], `bucket ${line.bucket}`);
  return {
    kind: line.kind,
    offer: line.offer,
    giver,
    giverName: names.givers.get(giver) ?? giver,
    need: need.id,
    needTitle: need.title,
    priority: need.priority,
    item: line.item,
    itemName: names.item(line.item),
    part: !need.accepts.some((one) => one.item === line.item),
    hub: line.hub,
    hubName: names.hubs.get(line.hub) ?? line.hub,
    bucket: line.bucket,
    from,
    until,
    orderedBy: line.ordered === null ? null : present(buckets[line.ordered], `bucket ${line.ordered}`).until,
    quantity: line.quantity,
    cost: line.costMinor === null ? null : formatDecimal(BigInt(line.costMinor), scaleOf(whole.instance)),
    placed,
  };
}
