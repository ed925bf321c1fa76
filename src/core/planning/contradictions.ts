import type { PlanProblem } from "../views-plan.ts";
import type { Instance, InstanceNeed, InstanceOffer, Pin } from "./instance.ts";
import { registerOf, type Register } from "./register.ts";
import { isTaken, mayPass, mayServe, readyIn } from "./rules.ts";

/**
 * What of an instance contradicts itself, by name, so that it is told before anything is solved: pins against earmarks, exclusions, hubs, days, what is
 * offered and what is needed, and needs whose packages contain what they ask for. Empty where there is nothing to tell.
 */
export function contradictions(instance: Instance): readonly PlanProblem[] {
  const register = registerOf(instance);
  return [
    ...twice("need", instance.needs),
    ...twice("offer", [...instance.offers, ...instance.money]),
    ...instance.needs.flatMap((need) => ofNeed(register, need)),
    ...instance.pins.flatMap((pin) => ofPin(register, pin)),
    ...pinnedBeyondOffers(register),
    ...pinnedBeyondNeeds(register),
  ];
}

function problem(code: string, says: string): PlanProblem {
  return { code, says };
}

function twice(what: string, list: readonly Readonly<{ id: string }>[]): PlanProblem[] {
  return [...Map.groupBy(list, ({ id }) => id)].flatMap(([id, own]) =>
    own.length > 1 ? [problem("named_twice", `${what} ${id} is there ${own.length} times`)] : [],
  );
}

function ofNeed({ items, hubs }: Register, need: InstanceNeed): PlanProblem[] {
  const asked = new Set(need.accepts.map(({ item }) => item));
  const unknown = [...asked, ...need.package.map(({ item }) => item)].find((item) => !items.has(item));
  const own = need.package.find(({ item }) => asked.has(item));
  const hub = need.hubs?.find((id) => !hubs.has(id));
  return [
    ...(unknown === undefined ? [] : [problem("item_unknown", `need ${need.id}: there is no kind ${unknown}`)]),
    ...(own === undefined
      ? []
      : [problem("package_of_itself", `need ${need.id} asks for ${own.item} and has it in its package`)]),
    ...(hub === undefined ? [] : [problem("hub_unknown", `need ${need.id}: there is no hub ${hub}`)]),
  ];
}

function ofPin(register: Register, pin: Pin): PlanProblem[] {
  const what = `pin of ${pin.quantity} of ${pin.offer} to ${pin.need}`;
  const [offer, need] = [register.offers.get(pin.offer), register.needs.get(pin.need)];
  if (offer === undefined)
    return [problem("offer_unknown", `${what}: ${pin.offer} is no offer that can be planned with`)];
  if (need === undefined) return [problem("need_unknown", `${what}: ${pin.need} is no need that is open`)];
  if (!Number.isInteger(pin.quantity) || pin.quantity <= 0)
    return [problem("units_not_whole", `${what}: ${pin.quantity} is no number of whole units`)];
  if (pin.hub !== null && !register.hubs.has(pin.hub))
    return [problem("hub_unknown", `${what}: there is no hub ${pin.hub}`)];
  if (![...need.accepts, ...need.package].some(({ item }) => item === offer.item))
    return [problem("item_not_asked", `${what}: the need takes no ${offer.item}`)];
  return [...ruledOut(what, offer, need), ...noWay(register, what, pin, offer, need)];
}

/** The earmark and the exclusions that a pin breaks, each in its own words. */
function ruledOut(what: string, offer: InstanceOffer, need: InstanceNeed): PlanProblem[] {
  if (mayServe(offer, need)) return [];
  if (offer.excludes.includes(need.id)) return [problem("caveat_broken", `${what}: its caveat rules ${need.id} out`)];
  const only = offer.needs !== null && !offer.needs.includes(need.id) ? offer.needs : (offer.capabilities ?? []);
  return [
    problem(
      "earmark_broken",
      `${what}: it is earmarked for ${only.join(", ")} only, the need is of ${need.capability}`,
    ),
  ];
}

function noWay(register: Register, what: string, pin: Pin, offer: InstanceOffer, need: InstanceNeed): PlanProblem[] {
  const hubs = pin.hub === null ? register.instance.hubs.map(({ id }) => id) : [pin.hub];
  if (!hubs.some((hub) => mayPass(offer, need, hub)))
    return [
      problem(
        "hub_ruled_out",
        `${what}: ${pin.hub === null ? "no hub serves both" : `it can't go through ${pin.hub}`}`,
      ),
    ];
  const item = register.items.get(offer.item);
  if (item === undefined) return [];
  const own = need.accepts.some((accepted) => accepted.item === item.id);
  const last = isTaken(item)
    ? Math.min(offer.until, register.instance.buckets.length - 1)
    : register.instance.buckets.length - 1;
  const counts = readyIn(register.calendar, last, item.courseDays);
  if (offer.from <= last && (!own || counts >= need.from)) return [];
  return [problem("offer_not_there", `${what}: it is never there when the need can take it`)];
}

function pinnedBeyondOffers({ instance, offers }: Register): PlanProblem[] {
  return [...Map.groupBy(instance.pins, ({ offer }) => offer)].flatMap(([id, pins]) => {
    const offered = offers.get(id)?.quantity ?? Infinity;
    const pinned = pins.reduce((sum, { quantity }) => sum + quantity, 0);
    return pinned > offered
      ? [problem("more_pinned_than_offered", `${pinned} of ${id} are pinned, ${offered} are offered`)]
      : [];
  });
}

/** Of the kinds that a need asks for; of the last piece a part may be too much. */
function pinnedBeyondNeeds({ instance, needs, offers }: Register): PlanProblem[] {
  return [...Map.groupBy(instance.pins, ({ need }) => need)].flatMap(([id, pins]) => {
    const need = needs.get(id);
    const worths = pins.flatMap((pin) => {
      const worth = need?.accepts.find(({ item }) => item === offers.get(pin.offer)?.item)?.worthPpm;
      return worth === undefined ? [] : [{ worth, quantity: pin.quantity }];
    });
    if (need === undefined || worths.length === 0) return [];
    const pinned = worths.reduce((sum, { worth, quantity }) => sum + worth * quantity, 0);
    if (pinned - Math.min(...worths.map(({ worth }) => worth)) < need.quantity * 1_000_000) return [];
    return [
      problem("more_pinned_than_needed", `${pinned / 1_000_000} are pinned to ${id}, ${need.quantity} are needed`),
    ];
  });
}
