import type { PlanUnused } from "../views-plan.ts";
import type { Instance, InstanceMoney, InstanceNeed, InstanceOffer } from "./instance.ts";
import { listText } from "./explain/words.ts";
import { kindsLacking, leftOver } from "./left-over.ts";
import { planLines, type PlanLine } from "./lines.ts";
import { namesOf } from "./picture.ts";
import type { Plan } from "./plan.ts";
import { mayPass, mayPay, mayServe } from "./rules.ts";
import { coveredUnits } from "./summary.ts";

/** Offers of which something is left over, with the plainest reason that explains it. `scale`: decimals of the plan's currency. */
export function unusedOffers(instance: Instance, plan: Plan, scale: number): readonly PlanUnused[] {
  const names = namesOf(instance);
  const used = usedOf(planLines(plan));
  const open = openNeeds(instance, plan);
  const over = leftOver(instance, plan);
  const lacking = (need: InstanceNeed) => listText(kindsLacking(instance, need, over).map((kind) => names.item(kind)));
  const row = (offer: InstanceOffer | InstanceMoney, item: string, offered: number, unused: number, why: string) => ({
    offer: offer.id,
    giver: offer.giver,
    giverName: names.givers.get(offer.giver) ?? offer.giver,
    item,
    itemName: names.item(item),
    offered,
    unused,
    why,
  });
  const things = instance.offers.flatMap((offer) => {
    const left = offer.quantity - (used.get(offer.id)?.pieces ?? 0);
    return left > 0 ? [row(offer, offer.item, offer.quantity, left, whyThing(instance, offer, open, lacking))] : [];
  });
  const whole = 10 ** scale;
  const money = instance.money.flatMap((offer) => {
    const all = offer.years.reduce((sum, year) => sum + year.minor, 0);
    const left = all - (used.get(offer.id)?.minor ?? 0);
    if (left < whole) return [];
    const why = whyMoney(instance, offer, open);
    return [row(offer, instance.currency, Math.floor(all / whole), Math.floor(left / whole), why)];
  });
  return [...things, ...money];
}

function usedOf(lines: readonly PlanLine[]): ReadonlyMap<string, Readonly<{ pieces: number; minor: number }>> {
  const used = new Map<string, { pieces: number; minor: number }>();
  for (const { offer, quantity, costMinor } of lines) {
    const before = used.get(offer) ?? { pieces: 0, minor: 0 };
    used.set(offer, { pieces: before.pieces + quantity, minor: before.minor + (costMinor ?? 0) });
  }
  return used;
}

type OpenNeed = Readonly<{ need: InstanceNeed; kinds: ReadonlySet<string> }>;
type Open = Readonly<{ all: readonly OpenNeed[]; uncovered: readonly OpenNeed[] }>;

/** Needs with the kinds that they could take: those accepted and those of their packages. */
function openNeeds(instance: Instance, plan: Plan): Open {
  const coverage = new Map(plan.coverage.map((one) => [one.need, coveredUnits(one)]));
  const all = instance.needs.map((need) => {
    return { need, kinds: new Set([...need.accepts, ...need.package].map((one) => one.item)) };
  });
  return { all, uncovered: all.filter(({ need }) => (coverage.get(need.id) ?? 0) < need.quantity) };
}

function whyThing(
  instance: Instance,
  offer: InstanceOffer,
  { all, uncovered }: Open,
  lacking: (need: InstanceNeed) => string,
): string {
  const wanting = all.filter(({ kinds }) => kinds.has(offer.item));
  if (wanting.length === 0) return "no need takes this kind";
  const serving = wanting.filter(({ need }) => mayServe(offer, need));
  if (serving.length === 0) return "its earmark or caveat rules out every need that takes this kind";
  const passing = serving.filter(({ need }) => instance.hubs.some((hub) => mayPass(offer, need, hub.id)));
  if (passing.length === 0) return "no hub that it can reach serves a need that takes this kind";
  const missing = passing.filter(({ need }) => uncovered.some((one) => one.need === need));
  if (missing.length === 0) return "the needs that it may serve are met without it";
  if (offer.allOrNothing) return "all of it or nothing, and not all of it would be used";
  const [first] = missing.toSorted((one, other) => one.need.priority - other.need.priority);
  if (first !== undefined && first.need.package.length > 0 && missing.every(({ need }) => need.package.length > 0))
    return wholeText(first.need.id, lacking(first.need));
  return `a limit on the way to ${first?.need.id ?? "its needs"} is reached: a hub, transport, or places`;
}

/** What is left over for a need that takes whole systems: the others of its kinds are used up, or what is left of each comes too late or is too little. */
function wholeText(need: string, lacking: string): string {
  return lacking === ""
    ? `too little, or there too late, for one more whole system of ${need}`
    : `${need} lacks ${lacking}, of which nothing more is offered`;
}

function whyMoney(instance: Instance, money: InstanceMoney, { all, uncovered }: Open): string {
  const priced = new Set(instance.market.map((one) => one.item));
  const buying = all.filter(({ kinds }) => [...kinds].some((kind) => priced.has(kind)));
  if (buying.length === 0) return "nothing that the needs take can be bought";
  if (!buying.some(({ need }) => mayPay(money, need)))
    return "its earmark rules out every need for which something can be bought";
  if (!uncovered.some(({ need }) => buying.some((one) => one.need === need) && mayPay(money, need)))
    return "the needs that it may pay for are met without it";
  return "the market, lead times or what can't be bought are the limit";
}
