import type { Instance, InstanceNeed, Standing } from "./instance.ts";
import type { Assignment, Plan, Purchase } from "./plan.ts";
import { fillUp, previewPlan, withoutNeeds } from "./preview.ts";
import { mostThrough, move, roomOf, sold, spendable, type Room } from "./preview/room.ts";
import { mayCome, mayPass, mayPay, mayServe, readyIn } from "./rules.ts";
import { idleWhole, settled, trimmed } from "./trim.ts";

/** A plan's lines as those of a standing one. */
export function standingOf({ assignments, purchases }: Pick<Plan, "assignments" | "purchases">): Standing[] {
  return [
    ...assignments.map(({ offer, need, hub, bucket, quantity }) => ({ offer, need, hub, bucket, quantity })),
    ...purchases.map(({ money, need, hub, bucket, quantity, item, ordered }) => {
      return { offer: money, need, hub, bucket, quantity, bought: { item, ordered } };
    }),
  ];
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
  const plan = settled(instance, fillUp(instance, trimmed(instance, once)));
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
  return settled(instance, fillUp(instance, withoutNeeds(plan, touched), { only: touched }));
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
