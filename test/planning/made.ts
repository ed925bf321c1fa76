import { bucketsOf } from "#core/planning/buckets.ts";
import type { Bucket, Instance, InstanceNeed, InstanceOffer, Pin } from "#core/planning/instance.ts";

/** A generator of whole numbers from a seed: mulberry32. */
function drawing(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const months: readonly Bucket[] = [
  { from: "2026-01-01", until: "2026-01-31" },
  { from: "2026-02-01", until: "2026-02-28" },
  { from: "2026-03-01", until: "2026-03-31" },
  { from: "2026-04-01", until: "2026-04-30" },
  { from: "2026-05-01", until: "2026-05-31" },
  { from: "2026-06-01", until: "2026-06-30" },
];

/** Weeks, of which the second and the sixth reach into the next month. */
export const weeks: readonly Bucket[] = bucketsOf("2026-01-19", "2026-03-01");

const item = (id: string, stream: string, kg: number, courseDays = 0) => {
  return { id, name: id, capability: "artillery", stream, kg, courseDays };
};

/** Guns with crews, shells and spares, an older gun that stands in for one, and nothing asked or offered yet. */
export const bare: Instance = {
  book: "made",
  currency: "EUR",
  buckets: months,
  items: [
    item("crew", "training", 0, 30),
    item("gun", "materiel", 10_000),
    item("old-gun", "materiel", 8000),
    item("shells", "materiel", 2000),
    item("spares", "materiel", 500),
  ],
  hubs: [
    { id: "east", name: "East", tonnesPerWeek: null, placesPerWeek: null },
    { id: "west", name: "West", tonnesPerWeek: 20, placesPerWeek: 2 },
  ],
  transport: [],
  givers: [
    { id: "aland", name: "Aland", sharePpm: 600_000 },
    { id: "borduria", name: "Borduria", sharePpm: 400_000 },
  ],
  needs: [],
  offers: [],
  money: [],
  market: [],
  pins: [],
  standing: [],
};

export function need(id: string, change: Partial<InstanceNeed> = {}): InstanceNeed {
  return {
    id,
    title: `Need ${id}`,
    capability: "artillery",
    accepts: [{ item: "gun", worthPpm: 1_000_000 }],
    quantity: 4,
    priority: 2,
    from: 0,
    until: 3,
    hubs: null,
    package: [],
    ...change,
  };
}

export function offer(id: string, change: Partial<InstanceOffer> = {}): InstanceOffer {
  return {
    id,
    giver: "aland",
    item: "gun",
    quantity: 4,
    from: 0,
    until: 5,
    capabilities: null,
    needs: null,
    excludes: [],
    hubs: null,
    allOrNothing: false,
    pieceMinor: 1000,
    ...change,
  };
}

export const crewBefore = { item: "crew", pieces: 1, systems: 1, when: "before", leadDays: 0, months: 0 } as const;
export const shellsWith = { item: "shells", pieces: 3, systems: 2, when: "with", leadDays: 0, months: 0 } as const;
export const sparesMonthly = {
  item: "spares",
  pieces: 1,
  systems: 2,
  when: "monthly",
  leadDays: 0,
  months: 3,
} as const;

export type Sizes = Readonly<{
  needs: number;
  offers: number;
  buckets: number;
  most: number;
  pins?: boolean;
  weekly?: boolean;
}>;

/** A random instance with every rule in it somewhere: substitutes, packages, earmarks, exclusions, hubs, all or nothing, money, pins that can be kept. */
export function randomInstance(seed: number, sizes: Sizes): Instance {
  const below = drawing(seed);
  const chance = (oneIn: number) => below(oneIn) === 0;
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const until = sizes.buckets - 1;
  const needs = Array.from({ length: 1 + below(sizes.needs) }, (_, at): InstanceNeed => {
    const from = below(Math.min(2, sizes.buckets));
    const parts = [crewBefore, { ...shellsWith, pieces: 1 + below(3) }, { ...sparesMonthly, months: 1 + below(4) }];
    return need(`need-${at}`, {
      capability: pick(["artillery", "armour"]),
      accepts: [{ item: "gun", worthPpm: 1_000_000 }, ...(chance(2) ? [{ item: "old-gun", worthPpm: 600_000 }] : [])],
      quantity: 1 + below(sizes.most),
      priority: 1 + below(5),
      from,
      until: Math.min(until, from + below(3)),
      hubs: chance(4) ? ["west"] : null,
      package: parts.filter(() => chance(3)),
    });
  });
  const offers = Array.from({ length: 1 + below(sizes.offers) }, (_, at): InstanceOffer => {
    const from = below(sizes.buckets);
    return offer(`offer-${at}`, {
      giver: pick(["aland", "borduria"]),
      item: pick(["crew", "gun", "gun", "old-gun", "shells", "spares"]),
      quantity: 1 + below(sizes.most),
      from,
      until: Math.min(until, from + below(3)),
      capabilities: chance(4) ? [pick(["artillery", "armour"])] : null,
      needs: chance(8) ? [pick(needs).id] : null,
      excludes: chance(6) ? [pick([pick(needs).id, "west", "east"])] : [],
      hubs: chance(4) ? [pick(["west", "east"])] : null,
      allOrNothing: chance(5),
      pieceMinor: below(3) * 700,
    });
  });
  const hasMoney = chance(2);
  return {
    ...bare,
    buckets: (sizes.weekly === true ? weeks : months).slice(0, sizes.buckets),
    transport: chance(3) ? [{ year: 2026, tonnes: 5 + below(60) }] : [],
    hubs: [
      {
        id: "east",
        name: "East",
        tonnesPerWeek: chance(2) ? below(6) : null,
        placesPerWeek: chance(2) ? below(2) : null,
      },
      { id: "west", name: "West", tonnesPerWeek: 1 + below(9), placesPerWeek: 1 },
    ],
    needs,
    offers,
    money: hasMoney
      ? [
          {
            id: "purse",
            giver: "aland",
            capabilities: chance(3) ? ["armour"] : null,
            years: [{ year: 2026, minor: 500 + below(4000) }],
          },
        ]
      : [],
    market: hasMoney
      ? [
          {
            item: pick(["shells", "gun", "spares"]),
            priceMinor: 400 + below(900),
            leadDays: below(40),
            perMonth: 1 + below(3),
          },
        ]
      : [],
    pins: sizes.pins === true ? pinsFor(needs, offers, below) : [],
  };
}

/** A pin of one piece that breaks nothing by itself. */
function pinsFor(
  needs: readonly InstanceNeed[],
  offers: readonly InstanceOffer[],
  below: (most: number) => number,
): Pin[] {
  const free = offers.filter(
    (one) =>
      one.capabilities === null &&
      one.needs === null &&
      one.excludes.length === 0 &&
      one.hubs === null &&
      !one.allOrNothing,
  );
  const given = free[below(Math.max(1, free.length))];
  const taker = needs.find(
    (one) =>
      one.hubs === null &&
      one.from <= (given?.from ?? -1) &&
      [...one.accepts, ...one.package].some((kind) => kind.item === given?.item),
  );
  return given === undefined || taker === undefined
    ? []
    : [{ offer: given.id, need: taker.id, hub: null, quantity: 1 }];
}
