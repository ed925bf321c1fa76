import { MainstayError } from "../errors.ts";
import { parseDecimal } from "../money.ts";
import { bucketOn, bucketsOf } from "./buckets.ts";
import { addDays } from "./days.ts";
import type { PlanningFrame } from "./frame.ts";
import type { Bucket, Instance, InstanceMoney, InstanceNeed, InstanceOffer, Pin, Standing } from "./instance.ts";
import { restOfNeed, type Placed } from "./placed.ts";
import type { ItemKind, Need, Offer } from "./record.ts";

/** The record at one instant, as much of it as a plan is made from. */
export type Recorded = Readonly<{
  book: string;
  from: string; // the first day that is planned
  until: string; // the last
  kinds: readonly ItemKind[];
  frame: PlanningFrame;
  scale: number; // decimals of the frame's currency
  givers: readonly Readonly<{ id: string; name: string; sharePpm: number }>[];
  needs: readonly Need[]; // none that is withdrawn
  offers: readonly Offer[];
  placed: readonly Placed[];
  /** What an amount of another currency is worth in the frame's, in its smallest parts; null where no rate is known. */
  toMinor: (amount: string, currency: string) => number | null;
  pins: readonly Pin[];
  standing: readonly Standing[];
}>;

/** Why an offer is not planned with, in the words shown beside it; null where it is. */
function whyNotPlanned(offer: Offer): string | null {
  const of = offer.consent.of === null ? "a third party" : offer.consent.of;
  if (offer.consent.state === "pending") return `waits for the consent of ${of}`;
  if (offer.consent.state === "refused") return `${of} refused its consent`;
  return null;
}

/** Money bought without end: what a piece of budget support costs is what it is. */
const noCeiling = 1_000_000_000;
/** Years that can be planned: each quarter of them is a bucket, and each bucket a part of every plan. */
const longest = 50;

/**
 * What a plan is made from. Every list is in the order of its ids; windows are cut to the days that are planned, and what lies outside them
 * is left out. What is placed already counts: a need asks for what is still missing, an offer has what is left of it.
 * @throws MainstayError plan_days_in_wrong_order, parameter_invalid where they are too far apart
 */
export function assembleInstance(recorded: Recorded): Instance {
  const { book, from, until, frame, givers, pins, standing } = recorded;
  const years = Number(until.slice(0, 4)) - Number(from.slice(0, 4));
  if (years > longest)
    throw new MainstayError("parameter_invalid", `${until}, ${years} years after ${from}; ${longest} are the most`, {
      field: "until",
    });
  const buckets = bucketsOf(from, until);
  if (buckets.length === 0)
    throw new MainstayError("plan_days_in_wrong_order", `${from} to ${until}`, { field: "until" });
  const kinds = kindsWith(recorded);
  const kindOf = new Map(kinds.map((kind) => [kind.id, kind]));
  const planned = recorded.offers.filter((offer) => whyNotPlanned(offer) === null);
  const rest = restOfNeeds(recorded, buckets);
  const gone = piecesByOffer(recorded.placed);
  return {
    book,
    currency: frame.currency,
    buckets,
    items: kinds.map((kind) => ({
      id: kind.id,
      name: kind.name,
      capability: kind.capability,
      stream: kind.stream,
      kg: kind.massKg ?? 0,
      courseDays: kind.courseDays ?? 0,
    })),
    hubs: byId(
      frame.hubs.map(({ id, name, tonnesPerWeek, placesPerWeek }) => ({ id, name, tonnesPerWeek, placesPerWeek })),
    ),
    transport: frame.transport.toSorted((left, right) => left.year - right.year),
    givers: byId(givers),
    needs: byId(recorded.needs.flatMap((need) => needOf(need, rest.left, kindOf, buckets))),
    offers: byId([
      ...planned
        .filter((offer) => kindOf.get(offer.item)?.counted !== "currency")
        .flatMap((offer) => offerOf(offer, gone.get(offer.id) ?? 0, recorded, kindOf, buckets)),
      ...rest.there,
    ]),
    money: byId(
      planned
        .filter((offer) => offer.item === frame.currency && kindOf.get(offer.item)?.counted === "currency")
        .flatMap((offer) => moneyOf(offer, recorded)),
    ),
    market: marketOf(recorded, kinds),
    pins,
    standing,
  };
}

/** The kinds that anything is asked for, offered or sold in, in the order of their ids, with what the planners assume of them. */
function kindsWith({ frame, kinds, needs, offers }: Recorded): ItemKind[] {
  const assumed = new Map(frame.assumptions.map((one) => [one.item, one]));
  const used = new Set([
    ...needs.flatMap((need) => [...need.accepts, ...need.package].map(({ item }) => item)),
    ...[...offers, ...frame.market].map(({ item }) => item),
  ]);
  const named = kinds.filter((kind) => used.has(kind.id));
  return byId(
    named.map((kind) => {
      const one = assumed.get(kind.id);
      if (one === undefined) return kind;
      return { ...kind, massKg: one.massKg ?? kind.massKg, courseDays: one.courseDays ?? kind.courseDays };
    }),
  );
}

function restOfNeeds({ needs, offers, placed }: Recorded, buckets: readonly Bucket[]) {
  const left = new Map<string, number>();
  const there: InstanceOffer[] = [];
  const byNeed = Map.groupBy(placed, (one) => one.need);
  const giverOf = new Map(offers.map((offer) => [offer.id, offer.giver]));
  for (const need of needs) {
    const own = byNeed.get(need.id);
    if (own === undefined) continue;
    const { complete, over } = restOfNeed(need, own);
    left.set(need.id, need.quantity - complete);
    if (complete >= need.quantity) continue;
    const alike = Map.groupBy(over, (piece) => JSON.stringify([piece.offer, piece.item, dueIn(piece, buckets)]));
    for (const pieces of alike.values()) there.push(thereAlready(pieces, need.id, giverOf, buckets));
  }
  return { left, there };
}

function dueIn({ dueUntil }: Placed, buckets: readonly Bucket[]): number {
  return Math.min(bucketOn(buckets, dueUntil), buckets.length - 1);
}

/**
 * What is placed with a need but completes nothing yet, as an offer to that need alone: the plan fills it up instead of asking for it again.
 * Pieces of one offer that are due in one bucket are one, whatever hub they go through.
 */
function thereAlready(
  pieces: readonly Placed[],
  need: string,
  giverOf: ReadonlyMap<string, string>,
  buckets: readonly Bucket[],
): InstanceOffer {
  const [first] = pieces as readonly [Placed, ...Placed[]];
  const from = dueIn(first, buckets);
  return {
    id: [first.offer, need, first.item, buckets[from]?.from].join(":"),
    giver: giverOf.get(first.offer) ?? "",
    item: first.item,
    quantity: pieces.reduce((sum, piece) => sum + piece.pieces, 0),
    from,
    until: buckets.length - 1,
    capabilities: null,
    needs: [need],
    excludes: [],
    hubs: null,
    allOrNothing: false,
    pieceMinor: 0,
  };
}

/** Whether an offer of an instance stands for what was placed before: nothing of it is to be placed again. */
export function isPlacedAlready(offer: string): boolean {
  return offer.includes(":");
}

type Kinds = ReadonlyMap<string, ItemKind>;

function needOf(
  need: Need,
  left: ReadonlyMap<string, number>,
  kinds: Kinds,
  buckets: readonly Bucket[],
): InstanceNeed[] {
  const quantity = left.get(need.id) ?? need.quantity;
  const from = bucketOn(buckets, need.from);
  if (quantity <= 0 || from >= buckets.length) return [];
  const [asked] = need.accepts;
  return [
    {
      id: need.id,
      title: need.title,
      capability: kinds.get(asked?.item ?? "")?.capability ?? "",
      accepts: need.accepts,
      quantity,
      priority: need.priority,
      from,
      until: Math.max(from, Math.min(bucketOn(buckets, need.until), buckets.length - 1)),
      hubs: need.place === null ? null : [need.place],
      package: need.package,
    },
  ];
}

function piecesByOffer(placed: readonly Placed[]): ReadonlyMap<string, number> {
  const gone = new Map<string, number>();
  for (const { offer, taken } of placed) gone.set(offer, (gone.get(offer) ?? 0) + taken);
  return gone;
}

function offerOf(
  offer: Offer,
  gone: number,
  recorded: Recorded,
  kinds: Kinds,
  buckets: readonly Bucket[],
): InstanceOffer[] {
  const kind = kinds.get(offer.item);
  const way = offer.repairDays + (kind?.stream === "materiel" ? recorded.frame.wayDays : 0);
  const [first, last] = [addDays(offer.from, way), addDays(offer.until, way)];
  const quantity = offer.quantity - gone;
  const from = bucketOn(buckets, first);
  if (quantity <= 0 || from >= buckets.length || last < recorded.from) return [];
  const value = offer.valuation;
  return [
    {
      id: offer.id,
      giver: offer.giver,
      item: offer.item,
      quantity,
      from,
      until: Math.max(from, Math.min(bucketOn(buckets, last), buckets.length - 1)),
      ...earmarkOf(offer),
      excludes: offer.excludes,
      hubs: offer.hubs,
      allOrNothing: offer.allOrNothing && gone === 0,
      pieceMinor: value === null ? 0 : (recorded.toMinor(value.amount, value.currency) ?? 0),
    },
  ];
}

/** An empty list of an earmark rules nothing out: an earmark may name capabilities, needs, or both. */
function earmarkOf({ earmark }: Offer): Pick<InstanceOffer, "capabilities" | "needs"> {
  const named = (list: readonly string[] | undefined) => (list === undefined || list.length === 0 ? null : list);
  return { capabilities: named(earmark?.capabilities), needs: named(earmark?.needs) };
}

/** What is spent is taken from the years in their order. */
function moneyOf(offer: Offer, { placed, scale, from, until }: Recorded): InstanceMoney[] {
  let spent = placed.filter((one) => one.offer === offer.id).reduce((sum, one) => sum + one.costMinor, 0);
  const first = Number(from.slice(0, 4));
  const years = new Map<number, number>();
  for (const { year, amount } of offer.years.toSorted((left, right) => left.year - right.year)) {
    const minor = amount * 10 ** scale;
    const taken = Math.min(spent, minor);
    spent -= taken;
    const usable = Math.max(year, first);
    if (minor > taken && usable <= Number(until.slice(0, 4)))
      years.set(usable, (years.get(usable) ?? 0) + minor - taken);
  }
  if (years.size === 0) return [];
  const { capabilities } = earmarkOf(offer);
  return [
    { id: offer.id, giver: offer.giver, capabilities, years: [...years].map(([year, minor]) => ({ year, minor })) },
  ];
}

/** Prices by kind; budget support, counted in millions, can always be had for what it is. */
function marketOf({ frame, scale }: Recorded, kinds: readonly ItemKind[]): Instance["market"] {
  const priced = frame.market.map(({ item, price, leadDays, perMonth }) => ({
    item,
    priceMinor: Number(parseDecimal(price, scale, { field: "price" })),
    leadDays,
    perMonth,
  }));
  const support = kinds
    .filter((kind) => kind.id === budgetSupport && !priced.some((one) => one.item === kind.id))
    .map(({ id }) => ({ item: id, priceMinor: 1_000_000 * 10 ** scale, leadDays: 0, perMonth: noCeiling }));
  return [...priced, ...support].sort((left, right) => (left.item < right.item ? -1 : 1));
}

/** The kind of a need for money itself: one piece is a million of the plan's currency. */
const budgetSupport = "budget-support";

function byId<T extends Readonly<{ id: string }>>(list: readonly T[]): T[] {
  return list.toSorted((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));
}
