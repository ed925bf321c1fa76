/** Where things go through, or a training centre: what it can take in a week. 0 is nothing, null is no limit. */
export type FrameHub = Readonly<{
  id: string;
  name: string;
  latitude: number | null; // of the town
  longitude: number | null;
  tonnesPerWeek: number | null;
  placesPerWeek: number | null;
}>;

/** A price at which money can buy, excluding nobody's own stock: so many pieces a month, there so many days after the order. */
export type MarketPrice = Readonly<{
  item: string;
  price: string; // decimal, of one piece, in the frame's currency
  leadDays: number;
  perMonth: number;
  source: string;
}>;

/** What planners assume of a kind where the taxonomy names no public figure, or another. */
export type Assumption = Readonly<{ item: string; massKg: number | null; courseDays: number | null; source: string }>;

/** Who bears how much: a key by its id and the year of its numbers, or shares as agreed, in millionths. */
export type FrameShares =
  | Readonly<{ key: string; year: number }>
  | Readonly<{ table: readonly Readonly<{ party: string; sharePpm: number }>[] }>;

/** A target of a coalition by a day. */
export type RoadmapStep = Readonly<{
  coalition: string;
  on: string;
  title: string;
  item: string | null;
  quantity: number | null;
  source: string;
}>;

/** What a plan of a book is made from beside needs and offers: capacities, prices, shares, roadmaps. */
export type PlanningFrame = Readonly<{
  currency: string; // ISO 4217; a plan counts money in this one
  wayDays: number; // from leaving its giver to being there
  hubs: readonly FrameHub[];
  transport: readonly Readonly<{ year: number; tonnes: number }>[];
  market: readonly MarketPrice[];
  assumptions: readonly Assumption[];
  shares: FrameShares | null;
  roadmap: readonly RoadmapStep[];
}>;

/** A frame in which nothing is limited and nothing can be bought: one hub, through which everything goes. */
export const emptyFrame: PlanningFrame = {
  currency: "EUR",
  wayDays: 0,
  hubs: [{ id: "any", name: "Any hub", latitude: null, longitude: null, tonnesPerWeek: null, placesPerWeek: null }],
  transport: [],
  market: [],
  assumptions: [],
  shares: null,
  roadmap: [],
};
