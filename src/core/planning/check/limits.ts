import { addDays, daysFrom, monthAfter } from "../days.ts";
import type { Instance } from "../instance.ts";
import type { Assignment, Plan, Purchase } from "../plan.ts";
import type { Register } from "../register.ts";
import { usableBy, weeksOf, yearOf } from "../rules.ts";
import { exceeds, note, type Note } from "./problem.ts";

/** What lines break together: what is offered, all or nothing, hubs and centres, transport, money, the market, pins. */
export function checkLimits(register: Register, { assignments, purchases }: Plan): Note[] {
  return [
    ...checkOffers(register, assignments),
    ...checkWays(register, [...assignments, ...purchases]),
    ...checkMoney(register, purchases),
    ...checkMarket(register, purchases),
    ...checkPins(register, assignments),
  ];
}

/** Sums by a key, in the order in which keys are first met. */
function sumBy<T>(
  lines: readonly T[],
  key: (line: T) => string | null,
  amount: (line: T) => number,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of lines) {
    const at = key(line);
    if (at !== null) sums.set(at, (sums.get(at) ?? 0) + amount(line));
  }
  return sums;
}

const pieces = ({ quantity }: Readonly<{ quantity: number }>): number => quantity;

function checkOffers({ offers }: Register, assignments: readonly Assignment[]): Note[] {
  const found: Note[] = [];
  for (const [id, used] of sumBy(assignments, ({ offer }) => offer, pieces)) {
    const offer = offers.get(id);
    if (offer === undefined) continue;
    if (used > offer.quantity)
      found.push(note("offer_exceeded", `${used} of ${id} are given, ${offer.quantity} are offered`));
    if (offer.allOrNothing && used !== offer.quantity)
      found.push(note("all_or_nothing_broken", `${used} of ${id} are given, it is all ${offer.quantity} or nothing`));
  }
  return found;
}

/** Tonnes and places through each hub by bucket, tonnes over all hubs by year. */
function checkWays({ instance, items, hubs }: Register, lines: readonly (Assignment | Purchase)[]): Note[] {
  const found: Note[] = [];
  const tonnes = (line: Assignment | Purchase): number => (line.quantity * (items.get(line.item)?.kg ?? 0)) / 1000;
  const bucketOf = (at: string) => instance.buckets[Number(at.slice(0, at.indexOf(" ")))];
  const at = (line: Assignment | Purchase): string => `${line.bucket} ${line.hub}`;
  for (const [key, used] of sumBy(lines, at, tonnes)) {
    const [bucket, hub] = [bucketOf(key), hubs.get(key.slice(key.indexOf(" ") + 1))];
    if (bucket === undefined || hub === undefined || hub.tonnesPerWeek === null) continue;
    const limit = hub.tonnesPerWeek * weeksOf(bucket);
    if (exceeds(used, limit))
      found.push(note("hub_exceeded", `${used} t through ${hub.id} from ${bucket.from}, it takes ${limit}`));
  }
  const trained = lines.filter(({ item }) => items.get(item)?.stream === "training");
  for (const [key, used] of sumBy(trained, at, pieces)) {
    const [bucket, hub] = [bucketOf(key), hubs.get(key.slice(key.indexOf(" ") + 1))];
    if (bucket === undefined || hub === undefined || hub.placesPerWeek === null) continue;
    const limit = hub.placesPerWeek * weeksOf(bucket);
    if (exceeds(used, limit))
      found.push(note("centre_exceeded", `${used} places at ${hub.id} from ${bucket.from}, it has ${limit}`));
  }
  const years = sumBy(lines, ({ bucket }) => yearText(instance.buckets[bucket]), tonnes);
  for (const { year, tonnes: limit } of instance.transport) {
    const used = years.get(String(year)) ?? 0;
    if (exceeds(used, limit)) found.push(note("transport_exceeded", `${used} t in ${year}, transport takes ${limit}`));
  }
  return found;
}

function yearText(bucket: Readonly<{ from: string; until: string }> | undefined): string | null {
  return bucket === undefined ? null : String(yearOf(bucket));
}

function checkMoney({ instance, money }: Register, purchases: readonly Purchase[]): Note[] {
  const found: Note[] = [];
  for (const [id, own] of Map.groupBy(purchases, (line) => line.money)) {
    const offer = money.get(id);
    if (offer === undefined) continue;
    const spent = sumBy(
      own,
      ({ ordered }) => yearText(instance.buckets[ordered]),
      ({ costMinor }) => costMinor,
    );
    let sum = 0;
    for (const [year, amount] of [...spent].toSorted(([left], [right]) => Number(left) - Number(right))) {
      sum += amount;
      const usable = usableBy(offer, Number(year));
      if (sum > usable)
        found.push(note("money_exceeded", `${sum} of ${id} is spent to the end of ${year}, ${usable} can be`));
    }
  }
  return found;
}

/** Orders by the calendar month in which their bucket begins, beside what is sold then. */
function checkMarket({ instance, market }: Register, purchases: readonly Purchase[]): Note[] {
  const found: Note[] = [];
  for (const [item, own] of Map.groupBy(purchases, (line) => line.item)) {
    const price = market.get(item);
    if (price === undefined) continue;
    const months = sumBy(own, ({ ordered }) => instance.buckets[ordered]?.from.slice(0, 7) ?? null, pieces);
    for (const [month, used] of months) {
      const limit = price.perMonth * monthsSold(instance.buckets, month);
      if (exceeds(used, limit))
        found.push(note("market_exceeded", `${used} of ${item} are ordered in ${month}, ${limit} can be`));
    }
  }
  return found;
}

/** Day by day: a month, such as 2026-03, and those that are over within a bucket that begins in it; days before the first bucket and after the last don't count. */
function monthsSold(buckets: Instance["buckets"], month: string): number {
  const [first, last] = [buckets[0]?.from ?? "", buckets.at(-1)?.until ?? ""];
  const own = buckets.filter(({ from }) => from.slice(0, 7) === month);
  const end = addDays(own.at(-1)?.until ?? first, 1).slice(0, 7);
  let sum = 0;
  for (let day = `${month}-01`; day.slice(0, 7) === month || day.slice(0, 7) < end; day = addDays(day, 1))
    if (day >= first && day <= last) sum += 1 / daysFrom(monthAfter(day, 0), monthAfter(day, 1));
  return sum;
}

function checkPins({ instance }: Register, assignments: readonly Assignment[]): Note[] {
  return instance.pins.flatMap((pin) => {
    const given = assignments
      .filter(
        ({ offer, need, hub }) => offer === pin.offer && need === pin.need && (pin.hub === null || pin.hub === hub),
      )
      .reduce((sum, { quantity }) => sum + quantity, 0);
    if (given >= pin.quantity) return [];
    return [note("pin_broken", `${given} of ${pin.offer} go to ${pin.need}, ${pin.quantity} are pinned`)];
  });
}
