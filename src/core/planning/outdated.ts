import type { Instance, InstanceNeed, InstanceOffer } from "./instance.ts";
import type { PlanLine } from "./lines.ts";
import type { Need, Offer } from "./record.ts";
import { calendarOf, mayCome, mayPass, mayPay, mayServe, readyIn } from "./rules.ts";

/** What a plan was made from, the same with offers and needs as they are said now, and those that say something else since, by id. */
export type SaidSince = Readonly<{
  before: Instance;
  now: Instance; // of the same days
  offers: ReadonlyMap<string, Offer>;
  needs: ReadonlyMap<string, Need>;
}>;

/**
 * What lines of a plan can't be placed for, since an offer or a need says something else than when the plan was made: earmark, exclusions, window, hubs, kinds, all
 * or nothing. A sentence each, in the order of the lines; what says less than it did is no obstacle.
 */
export function outdatedLines(said: SaidSince, lines: readonly PlanLine[]): readonly string[] {
  const found = lines.flatMap((line) => {
    const says = offerSays(said, line) ?? needSays(said, line);
    return says === null ? [] : [says];
  });
  return [...new Set([...found, ...inParts(said, lines)])];
}

function offerSays(said: SaidSince, line: PlanLine): string | null {
  const body = said.offers.get(line.offer);
  if (body === undefined) return null;
  const need = said.now.needs.find(({ id }) => id === line.need);
  const window = `${body.id} can leave from ${body.from} to ${body.until} now${body.repairDays > 0 ? `, after ${body.repairDays} days of repair` : ""}, and the plan has it with ${line.need} by ${dayOf(said, line.bucket)}`;
  if (line.kind === "bought") {
    const money = said.now.money.find(({ id }) => id === body.id);
    if (money === undefined) return `${body.id} has no money left for the days of the plan`;
    return need === undefined || mayPay(money, need)
      ? null
      : `${body.id} is earmarked for others than ${line.need} now`;
  }
  const offer = said.now.offers.find(({ id }) => id === body.id);
  const item = said.now.items.find(({ id }) => id === line.item);
  if (offer === undefined || item === undefined || !mayCome(offer, item, line.bucket)) return window;
  return need === undefined ? null : waySays(offer, need, line);
}

function waySays(offer: InstanceOffer, need: InstanceNeed, line: PlanLine): string | null {
  if (!mayServe(offer, need)) return `${offer.id} is earmarked for others than ${need.id} now, or excludes it`;
  if (mayPass(offer, { ...need, hubs: null }, line.hub)) return null;
  return `${offer.id} can't go through ${line.hub} now, as the plan has it for ${need.id}`;
}

function needSays(said: SaidSince, line: PlanLine): string | null {
  const body = said.needs.get(line.need);
  if (body === undefined) return null;
  const { before, now } = said;
  const need = now.needs.find(({ id }) => id === line.need);
  const there = dayOf(said, line.bucket);
  if (need === undefined)
    return `${body.id} can be taken from ${body.from} on now, and the plan has it there by ${there}`;
  const isOwn = need.accepts.some(({ item }) => item === line.item);
  if (!isOwn && !need.package.some(({ item }) => item === line.item)) return `${body.id} takes no ${line.item} now`;
  if (need.hubs !== null && !need.hubs.includes(line.hub))
    return `${body.id} is wanted at ${body.place ?? ""} now, and the plan has it go through ${line.hub}`;
  if (!isOwn) return null;
  const course = now.items.find(({ id }) => id === line.item)?.courseDays ?? 0;
  const ready = readyIn(calendarOf(now.buckets), line.bucket, course);
  if (ready < need.from)
    return `${body.id} can be taken from ${body.from} on now, and the plan has it there by ${there}`;
  const wasInTime = ready <= (before.needs.find(({ id }) => id === line.need)?.until ?? -1);
  return wasInTime && ready > need.until
    ? `${body.id} is wanted by ${body.until} now, and the plan has it there by ${there}`
    : null;
}

/** Offers that go whole or not at all now, and of which the plan takes a part. */
function inParts({ now, offers }: SaidSince, lines: readonly PlanLine[]): string[] {
  return now.offers.flatMap(({ id, quantity, allOrNothing }) => {
    if (!allOrNothing || !offers.has(id)) return [];
    const taken = lines.reduce((sum, line) => (line.offer === id ? sum + line.quantity : sum), 0);
    return taken > 0 && taken < quantity
      ? [`${id} goes whole or not at all now, and the plan takes ${taken} of ${quantity}`]
      : [];
  });
}

function dayOf({ now }: SaidSince, bucket: number): string {
  return now.buckets[bucket]?.until ?? "";
}
