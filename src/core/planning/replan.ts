import { usualGap, type Hooks, type PlanOptions } from "./driving.ts";
import { boundByFamilies } from "./families.ts";
import type { Instance, InstanceNeed, Standing } from "./instance.ts";
import { gathered } from "./lots.ts";
import { planOf } from "./model/decode.ts";
import type { Assignment, Plan, Purchase } from "./plan.ts";
import { fillUp, keepsPins, previewPlan, withoutNeeds } from "./preview.ts";
import { mostThrough, move, roomOf, sold, spendable, type Room } from "./preview/room.ts";
import { mayCome, mayPass, mayPay, mayServe, readyIn } from "./rules.ts";
import { planInstance } from "./solve.ts";
import type { Solve } from "./solving.ts";
import { idleWhole, trimmed } from "./trim.ts";

/** What keeping the standing plan may cost before it is given up: a part of the score. */
const steadiness = 0.01;
/** Needs up to which a plan from nothing is solved to compare with, and up to which what is carried on is told its bound. */
const [comparedUpTo, boundedUpTo] = [60, 400];

/**
 * A plan after a change: the standing one carried on. Where few enough needs are open, one is solved from nothing as well: it gives the bound, and is
 * taken where keeping would cost more than a hundredth of the score. Goals tell the pieces of the standing plan that are kept.
 * @returns null where the pinned choices can't be kept
 */
export async function replan(
  instance: Instance,
  options: PlanOptions,
  solve: Solve,
  hooks: Hooks,
): Promise<Plan | null> {
  const gap = options.gap ?? usualGap;
  const steady = carriedOn(instance);
  hooks.onProgress({ step: "The standing plan carried on", incumbent: steady.score, bound: null });
  await hooks.pause();
  const isSound = keepsPins(instance, steady);
  if (isSound && instance.needs.length > comparedUpTo) {
    const isBounded = instance.needs.length <= boundedUpTo;
    return told(
      instance,
      steady,
      "optimal",
      isBounded ? await boundByFamilies(instance, options, solve, hooks) : null,
      gap,
    );
  }
  const fresh = await planInstance(instance, options, solve, hooks);
  if (fresh === null) return null;
  const isKept = isSound && steady.score >= fresh.score * (1 - steadiness);
  return told(instance, isKept ? steady : fresh, fresh.state, fresh.bound, gap);
}

/** A plan with what is claimed of it: that it is as good as was asked only where the bound proves that. */
function told(instance: Instance, plan: Plan, state: Plan["state"], bound: number | null, gap: number): Plan {
  const all = instance.standing.reduce((sum, { quantity }) => sum + quantity, 0);
  const goals = [
    { goal: "coverage", value: plan.score, bound },
    { goal: "pieces of the standing plan kept", value: keptPieces(instance, plan), bound: all },
  ];
  const found = planOf(instance, gathered(instance, plan), { state, bound, goals });
  return state === "optimal" && (found.gap ?? 1) > gap ? { ...found, state: "limit" } : found;
}

/** How many pieces of the standing plan a plan has as they were. */
function keptPieces({ standing }: Instance, { assignments, purchases }: Plan): number {
  const way = (offer: string, need: string, hub: string, bucket: number, bought: string) =>
    [offer, need, hub, bucket, bought].join("\t");
  const pieces = new Map<string, number>();
  const add = (key: string, quantity: number) => pieces.set(key, (pieces.get(key) ?? 0) + quantity);
  for (const line of assignments) add(way(line.offer, line.need, line.hub, line.bucket, ""), line.quantity);
  for (const line of purchases)
    add(way(line.money, line.need, line.hub, line.bucket, `${line.item} ${line.ordered}`), line.quantity);
  return standing.reduce((sum, { offer, need, hub, bucket, quantity, bought }) => {
    const key = way(offer, need, hub, bucket, bought === undefined ? "" : `${bought.item} ${bought.ordered}`);
    const kept = Math.min(quantity, pieces.get(key) ?? 0);
    pieces.set(key, (pieces.get(key) ?? 0) - kept);
    return sum + kept;
  }, 0);
}

/**
 * The standing plan carried on: every line of it that can still be as it was stays, what is missing for whole systems is found anew, what is no longer of use
 * goes back, and what there is room for is added. Where a need lost by that, needs that draw on the same kinds are filled anew as well, each with what
 * it had before where that is to be had; that is taken where it brings more than a two-hundredth of the score. Without a proven bound.
 */
export function carriedOn(instance: Instance): Plan {
  const kept = keptLines(instance);
  if (kept.assignments.length + kept.purchases.length === 0) return previewPlan(instance);
  const plan = withoutIdleWhole(instance, kept);
  const [steady, released] = [plan, releasedAround(instance, plan)];
  return released !== null && released.score > steady.score * 1.005 ? released : steady;
}

/** Lines that stay, filled up; an offer that goes whole goes back whole where a part of it is of no use any more. */
function withoutIdleWhole(
  instance: Instance,
  { assignments, purchases }: Pick<Kept, "assignments" | "purchases">,
): Plan {
  const once = fillUp(instance, { assignments, purchases, coverage: [] });
  const plan = fillUp(instance, trimmed(instance, once));
  const idle = idleWhole(instance, plan);
  const left = assignments.filter(({ offer }) => !idle.has(offer));
  return left.length === assignments.length ? plan : withoutIdleWhole(instance, { assignments: left, purchases });
}

/** The needs that lost pieces of the standing plan and those that compete with them, filled anew; null where that are none. */
function releasedAround(instance: Instance, plan: Plan): Plan | null {
  const has = new Map<string, number>();
  for (const { need, quantity } of [...plan.assignments, ...plan.purchases])
    has.set(need, (has.get(need) ?? 0) + quantity);
  const had = new Map<string, number>();
  for (const { need, quantity } of instance.standing) had.set(need, (had.get(need) ?? 0) + quantity);
  const lost = instance.needs.filter(({ id }) => (had.get(id) ?? 0) > (has.get(id) ?? 0));
  if (lost.length === 0) return null;
  const kindsOf = (need: InstanceNeed) => [...need.accepts, ...need.package].map(({ item }) => item);
  const kinds = new Set(lost.flatMap(kindsOf));
  const touched = new Set(
    instance.needs.filter((need) => kindsOf(need).some((item) => kinds.has(item))).map(({ id }) => id),
  );
  if (instance.pins.some(({ need }) => touched.has(need))) return null;
  return fillUp(instance, withoutNeeds(plan, touched), { only: touched });
}

type Kept = { assignments: Assignment[]; purchases: Purchase[]; worth: Map<string, number> }; // of the kinds asked for, by need

/** The lines of the standing plan, pins first, each as far as the record and what is left of every limit still allow it. */
function keptLines(instance: Instance): Kept {
  const room = roomOf(instance);
  const kept: Kept = { assignments: [], purchases: [], worth: new Map() };
  for (const line of inTurn(instance)) {
    if (line.bought === undefined) keepGiven(room, line, kept);
    else keepBought(room, line, line.bought, kept);
  }
  withoutParts(instance, room, kept);
  return kept;
}

/** Lines that are pinned come first, and a pin that the standing plan doesn't hold is a line of its own. */
function inTurn({ standing, pins, offers, hubs, needs }: Instance): readonly Standing[] {
  const isPinned = ({ offer, need }: Standing) => pins.some((pin) => pin.offer === offer && pin.need === need);
  const held = standing.filter(isPinned);
  const lacking = pins.flatMap((pin) => {
    const own = held.filter(
      ({ offer, need, hub }) => offer === pin.offer && need === pin.need && (pin.hub === null || pin.hub === hub),
    );
    const quantity = pin.quantity - own.reduce((sum, line) => sum + line.quantity, 0);
    const [offer, need] = [offers.find(({ id }) => id === pin.offer), needs.find(({ id }) => id === pin.need)];
    if (quantity <= 0 || offer === undefined || need === undefined) return [];
    const hub = pin.hub ?? hubs.find(({ id }) => mayPass(offer, need, id))?.id ?? "";
    return [{ offer: pin.offer, need: pin.need, hub, bucket: Math.max(offer.from, need.from), quantity }];
  });
  return [...lacking, ...held, ...standing.filter((line) => !isPinned(line))];
}

function keepGiven(room: Room, { offer: id, need: needId, hub, bucket, quantity }: Standing, kept: Kept): void {
  const { offers, needs, items, hubs, calendar } = room.register;
  const [offer, need] = [offers.get(id), needs.get(needId)];
  const item = items.get(offer?.item ?? "");
  if (offer === undefined || need === undefined || item === undefined || !hubs.has(hub)) return;
  const isOwn = need.accepts.some((accepted) => accepted.item === item.id);
  if (!isOwn && !need.package.some((part) => part.item === item.id)) return;
  if (!mayServe(offer, need) || !mayPass(offer, need, hub) || !mayCome(offer, item, bucket)) return;
  if (isOwn && readyIn(calendar, bucket, item.courseDays) < need.from) return;
  const most = Math.min(
    quantity,
    room.offers.get(id) ?? 0,
    mostThrough(room, item, hub, bucket),
    ownLeft(room, kept, needId, item.id),
  );
  if (most <= 0) return;
  const line = { offer: id, need: needId, item: item.id, hub, bucket, quantity: most };
  move(room, line, 1);
  kept.assignments.push(line);
  count(room, kept, line);
}

function keepBought(
  room: Room,
  standing: Standing,
  { item: itemId, ordered }: NonNullable<Standing["bought"]>,
  kept: Kept,
): void {
  const { money, needs, items, hubs, market, calendar } = room.register;
  const { offer: id, need: needId, hub, bucket, quantity } = standing;
  const [offer, need] = [money.get(id), needs.get(needId)];
  const [item, price] = [items.get(itemId), market.get(itemId)];
  if (offer === undefined || need === undefined || item === undefined || price === undefined || !hubs.has(hub)) return;
  const isOwn = need.accepts.some((accepted) => accepted.item === itemId);
  if (!isOwn && !need.package.some((part) => part.item === itemId)) return;
  if (!mayPay(offer, need) || (need.hubs !== null && !need.hubs.includes(hub))) return;
  if (bucket < readyIn(calendar, ordered, price.leadDays)) return;
  if (isOwn && readyIn(calendar, bucket, item.courseDays) < need.from) return;
  const paid = price.priceMinor === 0 ? quantity : Math.floor(spendable(room, id, ordered) / price.priceMinor);
  const most = Math.min(
    quantity,
    paid,
    sold(room, itemId, ordered),
    mostThrough(room, item, hub, bucket),
    ownLeft(room, kept, needId, itemId),
  );
  if (most <= 0) return;
  const costMinor = most * price.priceMinor;
  const line = { money: id, need: needId, item: itemId, hub, ordered, bucket, quantity: most, costMinor };
  move(room, line, 1);
  kept.purchases.push(line);
  count(room, kept, line);
}

function worthOf({ register }: Room, need: string, item: string): number {
  return register.needs.get(need)?.accepts.find((accepted) => accepted.item === item)?.worthPpm ?? 0;
}

function count(room: Room, { worth }: Kept, { need, item, quantity }: Assignment | Purchase): void {
  worth.set(need, (worth.get(need) ?? 0) + quantity * worthOf(room, need, item));
}

/** How many more pieces of a kind that a need asks for it can still take; no limit for parts, of which what is idle goes back later. */
function ownLeft(room: Room, kept: Kept, need: string, item: string): number {
  const worth = worthOf(room, need, item);
  if (worth === 0) return Infinity;
  const whole = (room.register.needs.get(need)?.quantity ?? 0) * 1_000_000;
  return Math.floor((whole - (kept.worth.get(need) ?? 0)) / worth);
}

/** What is all or nothing and can't go whole any more goes back. */
function withoutParts({ offers }: Instance, room: Room, kept: Kept): void {
  const parts = new Set(
    offers.filter(({ id, allOrNothing }) => allOrNothing && (room.offers.get(id) ?? 0) > 0).map(({ id }) => id),
  );
  kept.assignments = kept.assignments.filter(({ offer }) => !parts.has(offer));
}
