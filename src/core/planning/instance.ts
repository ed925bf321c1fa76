/**
 * What a plan is made from: needs, offers and limits at one instant, in whole units, with days cut into buckets. Money is in minor units of the
 * one currency; every list is in the order of its ids, so that the same record gives the same instance.
 */
export type Instance = Readonly<{
  book: string;
  currency: string; // ISO 4217
  buckets: readonly Bucket[];
  items: readonly InstanceItem[];
  hubs: readonly Hub[];
  transport: readonly Readonly<{ year: number; tonnes: number }>[]; // over all hubs; a year not named is not limited
  givers: readonly Readonly<{ id: string; name: string; sharePpm: number }>[]; // by the key; shares of all sum to 1,000,000, or are all 0 where no key is agreed
  needs: readonly InstanceNeed[];
  offers: readonly InstanceOffer[]; // those that may be planned with: neither withdrawn, nor waiting for a consent
  money: readonly InstanceMoney[];
  market: readonly Readonly<{ item: string; priceMinor: number; leadDays: number; perMonth: number }>[]; // what money can buy, how soon, how many a month
  pins: readonly Pin[];
  standing: readonly Standing[]; // the plan that holds now: what is left of it is kept where that costs little
}>;

/** Days from `from` to `until`, both included. Thirteen weeks, then months to two years, then quarters. */
export type Bucket = Readonly<{ from: string; until: string }>;

export type InstanceItem = Readonly<{
  id: string;
  name: string;
  capability: string;
  stream: string;
  kg: number; // of one piece; 0 where nothing is shipped or no figure is public
  courseDays: number; // a place gives somebody trained so many days after its bucket begins
}>;

/** Where things go through, or a training centre. A null limit is none. */
export type Hub = Readonly<{ id: string; name: string; tonnesPerWeek: number | null; placesPerWeek: number | null }>;

export type InstanceNeed = Readonly<{
  id: string;
  title: string;
  capability: string;
  accepts: readonly Readonly<{ item: string; worthPpm: number }>[];
  quantity: number;
  priority: number;
  from: number; // index of the first bucket that counts
  until: number; // of the last that is not late
  hubs: readonly string[] | null; // any where null
  package: readonly Readonly<{
    item: string;
    pieces: number;
    systems: number;
    when: "before" | "with" | "monthly";
    leadDays: number;
    months: number;
  }>[];
}>;

export type InstanceOffer = Readonly<{
  id: string;
  giver: string;
  item: string;
  quantity: number;
  from: number; // index of the first bucket in which it can be there, repair and way included
  until: number; // of the last
  capabilities: readonly string[] | null; // the earmark; any where null
  needs: readonly string[] | null;
  excludes: readonly string[]; // needs and hubs
  hubs: readonly string[] | null;
  allOrNothing: boolean;
  pieceMinor: number; // its giver's effort for one piece; 0 where not valued, and then it counts towards no share
}>;

export type InstanceMoney = Readonly<{
  id: string; // the offer
  giver: string;
  capabilities: readonly string[] | null;
  years: readonly Readonly<{ year: number; minor: number }>[]; // usable from that year on, carried forward
}>;

/** A choice that stays. */
export type Pin = Readonly<{ offer: string; need: string; hub: string | null; quantity: number }>;
export type Standing = Readonly<{
  offer: string;
  need: string;
  hub: string;
  bucket: number;
  quantity: number;
  bought?: Readonly<{ item: string; ordered: number }>; // where the offer is of money: what is bought, and the bucket of its order
}>;
