import type { MarketPrice, PlanningFrame } from "../frame.ts";
import type { Draw } from "./draw.ts";
import type { PracticeKind } from "./families.ts";
import { practiceKind, sizes, type Horizon, type PracticeSize } from "./needs.ts";
import type { PracticeGiver } from "./offers.ts";

const madeUp = "made up for practice";

/** How much of all that is asked for can be carried, and taught, in the time there is; the rest waits or stays. */
const carried = 0.8;
const taught = 0.85;

type Asked = PracticeKind & Readonly<{ asked: number }>;

/** Capacities and prices of a set, in proportion to what is asked for. */
export function practiceFrame(
  size: PracticeSize,
  draw: Draw,
  horizon: Horizon,
  demand: ReadonlyMap<string, number>,
  givers: readonly PracticeGiver[],
): PlanningFrame {
  const kinds = [...demand].map(([item, asked]): Asked => ({ ...practiceKind(item), asked }));
  const tonnes = kinds.reduce((sum, kind) => sum + (kind.asked * kind.kg) / 1_000, 0);
  return {
    currency: "EUR",
    wayDays: 7,
    hubs: hubsOf(size, draw, horizon, tonnes, kinds),
    transport: yearsOf(horizon).map(({ year, part }) => {
      return { year, tonnes: Math.max(1, Math.round(tonnes * carried * part)) };
    }),
    market: kinds.filter((kind) => kind.stream === "materiel").map((kind) => priceOf(kind, size, draw)),
    assumptions: kinds
      .filter(({ kg, days }) => kg > 0 || days > 0)
      .map(({ id, kg, days }) => {
        return { item: id, massKg: kg > 0 ? kg : null, courseDays: days > 0 ? days : null, source: madeUp };
      }),
    shares: { table: sharesOf(givers) },
    roadmap: [],
  };
}

/** Hubs for things, and training centres: some bigger than others, and all together a little less than enough. */
function hubsOf(
  size: PracticeSize,
  draw: Draw,
  { days }: Horizon,
  tonnes: number,
  kinds: readonly Asked[],
): PlanningFrame["hubs"] {
  const { hubs, centres } = sizes[size];
  const places = kinds.reduce((sum, kind) => (kind.counted === "places" ? sum + kind.asked : sum), 0);
  const weeks = days / 7;
  return [
    ...split((tonnes * carried * 1.3) / weeks, hubs, draw).map((tonnesPerWeek, index) => ({
      id: `hub-${index + 1}`,
      name: `Practice hub ${index + 1}`,
      latitude: 49 + index * 0.7,
      longitude: 21 + ((index * 7) % 5),
      tonnesPerWeek,
      placesPerWeek: 0,
    })),
    ...split((places * taught * 1.3) / weeks, centres, draw).map((placesPerWeek, index) => ({
      id: `centre-${index + 1}`,
      name: `Practice training centre ${index + 1}`,
      latitude: 51 + index * 0.9,
      longitude: 8 + ((index * 5) % 7),
      tonnesPerWeek: 0,
      placesPerWeek,
    })),
  ];
}

/** A whole cut into so many unequal parts, each 1 at least. */
function split(whole: number, count: number, draw: Draw): number[] {
  const weights = Array.from({ length: count }, () => draw.between(60, 140));
  const sum = weights.reduce((left, right) => left + right, 0);
  return weights.map((weight) => Math.max(1, Math.round((whole * weight) / sum)));
}

function priceOf({ id, price, asked }: Asked, size: PracticeSize, draw: Draw): MarketPrice {
  return {
    item: id,
    price: `${Math.round(price * 1.15)}.00`,
    leadDays: price < 10_000 ? draw.between(30, 60) : draw.between(90, price < 1_000_000 ? 150 : 240),
    perMonth: Math.max(1, Math.ceil((asked * 0.15) / sizes[size].months)),
    source: madeUp,
  };
}

/** The years of the days that are planned, each with its part of them. */
function yearsOf({ from, until, days }: Horizon): { year: number; part: number }[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(until.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const year = first + index;
    const begins = Math.max(Date.UTC(year, 0, 1), Date.parse(from));
    const ends = Math.min(Date.UTC(year, 11, 31), Date.parse(until));
    return { year, part: ((ends - begins) / 86_400_000 + 1) / days };
  });
}

/** By weight, in millionths; what is lost by rounding down goes to the first. */
function sharesOf(givers: readonly PracticeGiver[]): { party: string; sharePpm: number }[] {
  const whole = givers.reduce((sum, giver) => sum + giver.weight, 0);
  const shares = givers.map(({ id, weight }) => ({ party: id, sharePpm: Math.floor((weight * 1_000_000) / whole) }));
  const over = 1_000_000 - shares.reduce((sum, share) => sum + share.sharePpm, 0);
  return shares.map((share, index) => (index === 0 ? { ...share, sharePpm: share.sharePpm + over } : share));
}
