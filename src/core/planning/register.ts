import type { Hub, Instance, InstanceItem, InstanceMoney, InstanceNeed, InstanceOffer } from "./instance.ts";
import { marketMonths, type MarketMonths } from "./market-months.ts";
import { calendarOf, type Calendar } from "./rules.ts";

/** An instance by its ids, for many look-ups. */
export type Register = Readonly<{
  instance: Instance;
  calendar: Calendar;
  items: ReadonlyMap<string, InstanceItem>;
  hubs: ReadonlyMap<string, Hub>;
  needs: ReadonlyMap<string, InstanceNeed>;
  offers: ReadonlyMap<string, InstanceOffer>;
  money: ReadonlyMap<string, InstanceMoney>;
  market: ReadonlyMap<string, Instance["market"][number]>;
  months: MarketMonths;
}>;

export function registerOf(instance: Instance): Register {
  return {
    instance,
    calendar: calendarOf(instance.buckets),
    items: new Map(instance.items.map((item) => [item.id, item])),
    hubs: new Map(instance.hubs.map((hub) => [hub.id, hub])),
    needs: new Map(instance.needs.map((need) => [need.id, need])),
    offers: new Map(instance.offers.map((offer) => [offer.id, offer])),
    money: new Map(instance.money.map((money) => [money.id, money])),
    market: new Map(instance.market.map((price) => [price.item, price])),
    months: marketMonths(instance.buckets),
  };
}
