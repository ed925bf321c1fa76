import { MainstayError } from "#core/errors.ts";
import { assembleInstance } from "#core/planning/assemble.ts";
import { emptyFrame } from "#core/planning/frame.ts";
import type { Instance } from "#core/planning/instance.ts";
import type { PlanLine } from "#core/planning/lines.ts";
import { outdatedLines } from "#core/planning/outdated.ts";
import type { Need, Offer } from "#core/planning/record.ts";
import { currencyUnit } from "#formats/units.ts";
import type { Queries } from "#store/database.ts";
import { lastFrame } from "#store/planning/frame.ts";
import { needsOf } from "#store/planning/needs.ts";
import { offersOf } from "#store/planning/offers.ts";
import type { StoredPlan, WholePlan } from "#store/planning/plans.ts";
import { taxonomy } from "./taxonomy.ts";

const shown = 5;

/**
 * Refuses to place lines of a plan whose offer or need has been said otherwise since the plan was made, where the line does not fit that any more. What is
 * withdrawn, waits for a consent or is short is refused elsewhere.
 * @throws MainstayError plan_terms_changed
 */
export async function refuseChangedSince(
  trx: Queries,
  plan: StoredPlan,
  { instance }: WholePlan,
  lines: readonly PlanLine[],
): Promise<void> {
  const isLater = ({ knownAt }: Readonly<{ knownAt: string }>) => Date.parse(knownAt) > Date.parse(plan.knownAt);
  const ids = <K extends "offer" | "need">(field: K) => [...new Set(lines.map((line) => line[field]))];
  const offers = await offersOf(trx, plan.bookNo, null, ids("offer"));
  const needs = await needsOf(trx, plan.bookNo, null, ids("need"));
  const changed = { offers: offers.filter(isLater), needs: needs.filter(isLater) };
  if (changed.offers.length + changed.needs.length === 0) return;
  const bodies = <T>(list: readonly Readonly<{ id: string; body: T }>[]) =>
    new Map(list.map((one) => [one.id, one.body]));
  const said = {
    before: instance,
    now: await instanceNow(trx, plan, [...bodies(offers).values()], [...bodies(needs).values()]),
    offers: bodies(changed.offers),
    needs: bodies(changed.needs),
  };
  const found = outdatedLines(said, lines);
  if (found.length === 0) return;
  const more = found.length > shown ? [`and ${found.length - shown} more`] : [];
  throw new MainstayError("plan_terms_changed", [...found.slice(0, shown), ...more].join("; "), { field: "plan" });
}

/** What the plan would be made from as they are said now, with the capacities that it was made with and nothing placed. */
async function instanceNow(
  trx: Queries,
  { book, bookNo, asked, knownAt }: StoredPlan,
  offers: readonly Offer[],
  needs: readonly Need[],
): Promise<Instance> {
  const knownBefore = new Date(Date.parse(knownAt) + 1).toISOString();
  const frame = (await lastFrame(trx, bookNo, knownBefore))?.body ?? emptyFrame;
  const consenting = offers.map((offer) => ({ ...offer, consent: { state: "none", of: null } as const }));
  return assembleInstance({
    book,
    from: asked.from,
    until: asked.until,
    kinds: taxonomy().kinds,
    frame,
    scale: currencyUnit(frame.currency)?.scale ?? 2,
    givers: [],
    needs,
    offers: consenting,
    placed: [],
    toMinor: () => 0,
    pins: [],
    standing: [],
  });
}
