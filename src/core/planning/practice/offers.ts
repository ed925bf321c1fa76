import { addDays } from "../days.ts";
import type { Need, Offer } from "../record.ts";
import type { Draw } from "./draw.ts";
import { families, type PracticeKind } from "./families.ts";
import { practiceKind, sizes, type Horizon, type PracticeSize } from "./needs.ts";

export type PracticeGiver = Readonly<{ id: string; name: string; weight: number }>;

/** What offers are drawn from. */
type Drawing = Readonly<{
  size: PracticeSize;
  draw: Draw;
  horizon: Horizon;
  needs: readonly Need[];
  served: ReadonlyMap<string, readonly string[]>; // by kind, the needs that can take it
  demand: ReadonlyMap<string, number>;
  givers: readonly PracticeGiver[];
}>;

/** Of a hundred offers, so many are of money; and so much of what is asked for is it worth. */
const moneyPercent = 6;
const moneyPart = 0.08;

/** How many offers a kind has for one of another, and how much of what is asked for all of them offer, about. */
const systemsOffered = { often: 5, part: [0.5, 0.8] } as const;
const partsOffered = { often: 3, part: [0.6, 1] } as const;
const placesOffered = { often: 4, part: [0.6, 0.95] } as const;

/** Offers of a set: less of most kinds than is asked for, so that it matters who gets what. */
export function practiceOffers(from: Omit<Drawing, "served">): Offer[] {
  const { size, demand, draw } = from;
  const drawing: Drawing = { ...from, served: servedBy(from.needs) };
  const all = sizes[size].offers;
  const ofMoney = Math.round((all * moneyPercent) / 100);
  const shelf = [...demand].map(([item, asked]) => shelfOf(item, asked, draw));
  for (const family of families) {
    const { substitute } = family;
    const asked = demand.get(family.system);
    if (substitute !== undefined && asked !== undefined)
      shelf.push({
        item: substitute.item,
        often: 1,
        pieces: Math.ceil((asked * 0.12 * 1_000_000) / substitute.worthPpm),
      });
  }
  const often = shelf.reduce((sum, one) => sum + one.often, 0);
  const offers: Offer[] = [];
  for (const [index, { item, pieces }] of shelf.entries()) {
    const before = offers.length;
    const upTo = shelf.slice(0, index + 1).reduce((sum, one) => sum + one.often, 0);
    const count = Math.round(((all - ofMoney) * upTo) / often) - before;
    for (let made = 0; made < count; made += 1)
      offers.push(offerOf(practiceKind(item), pieces / count, offers.length + 1, drawing));
  }
  const value = [...demand].reduce((sum, [item, asked]) => sum + asked * practiceKind(item).price, 0);
  while (offers.length < all) offers.push(moneyOf((value * moneyPart) / ofMoney, offers.length + 1, drawing));
  return offers;
}

function servedBy(needs: readonly Need[]): Map<string, string[]> {
  const served = new Map<string, string[]>();
  for (const need of needs) {
    for (const { item } of [...need.accepts, ...need.package]) {
      const own = served.get(item);
      if (own === undefined) served.set(item, [need.id]);
      else own.push(need.id);
    }
  }
  return served;
}

function shelfOf(item: string, asked: number, draw: Draw): { item: string; often: number; pieces: number } {
  const isSystem = families.some((family) => family.system === item);
  const { often, part } = isSystem
    ? systemsOffered
    : practiceKind(item).counted === "places"
      ? placesOffered
      : partsOffered;
  return { item, often, pieces: asked * (part[0] + draw.unit() * (part[1] - part[0])) };
}

function giverOf({ givers, draw }: Drawing): string {
  let left = draw.unit() * givers.reduce((sum, giver) => sum + giver.weight, 0);
  return (givers.find((giver) => (left -= giver.weight) < 0) ?? givers[0])?.id ?? "";
}

const plain = { years: [], earmark: null, caveat: "", excludes: [], allOrNothing: false, hubs: null, repairDays: 0 };

function offerOf(kind: PracticeKind, typical: number, number: number, drawing: Drawing): Offer {
  const { draw, horizon } = drawing;
  const begins = draw.between(0, Math.floor(horizon.days * 0.75));
  const ends = Math.min(horizon.days - 1, begins + draw.between(30, 30 + Math.floor(horizon.days * 0.4)));
  const isThing = kind.stream === "materiel";
  const isBroken = isThing && draw.permille(100);
  const price = Math.round(kind.price * (isBroken ? 0.4 : 1) * (0.8 + draw.unit() * 0.4));
  return {
    ...plain,
    id: `offer-${String(number).padStart(5, "0")}`,
    giver: giverOf(drawing),
    title: `${kind.name}, practice offer ${number}`,
    item: kind.id,
    quantity: Math.max(1, Math.round(typical * (0.3 + draw.unit() * 1.4))),
    from: addDays(horizon.from, begins),
    until: addDays(horizon.from, ends),
    condition: isBroken ? "repair" : draw.permille(400) ? "new" : "ready",
    repairDays: isBroken ? draw.between(20, 120) : 0,
    ...conditionsOf(kind, drawing),
    consent: consentOf(draw),
    allOrNothing: draw.permille(50),
    valuation: draw.permille(50)
      ? null
      : { amount: `${price}.00`, currency: "EUR", method: "made up", source: "made up for practice" },
    coalition: null,
    fund: null,
    note: "",
  };
}

function consentOf(draw: Draw): Offer["consent"] {
  const drawn = draw.between(0, 999);
  if (drawn < 40) return { state: "pending", of: "the maker's country" };
  if (drawn < 50) return { state: "refused", of: "the maker's country" };
  return drawn < 150 ? { state: "given", of: "the maker's country" } : { state: "none", of: null };
}

function conditionsOf(kind: PracticeKind, drawing: Drawing): Pick<Offer, "earmark" | "caveat" | "excludes" | "hubs"> {
  const { draw, size } = drawing;
  const served = drawing.served.get(kind.id) ?? [];
  const isForOne = draw.permille(25) && served.length > 0;
  const isEarmarked = draw.permille(300);
  const excludes = draw.permille(30)
    ? [draw.permille(500) || served.length === 0 ? `hub-${draw.between(1, sizes[size].hubs)}` : draw.of(served)]
    : [];
  const hubs =
    kind.stream === "materiel" && draw.permille(150) ? [1, sizes[size].hubs].map((hub) => `hub-${hub}`) : null;
  const reached = hubs?.filter((hub) => !excludes.includes(hub)) ?? null;
  return {
    earmark: isForOne
      ? { capabilities: [], needs: [draw.of(served)] }
      : isEarmarked
        ? { capabilities: [kind.capability], needs: [] }
        : null,
    caveat: excludes.length === 0 ? "" : `not for ${excludes.join(", ")}`,
    excludes,
    hubs: reached,
  };
}

function moneyOf(typical: number, number: number, drawing: Drawing): Offer {
  const { draw, horizon, needs } = drawing;
  const first = Number(horizon.from.slice(0, 4));
  const last = Number(horizon.until.slice(0, 4));
  const start = draw.between(first, Math.max(first, last - 1));
  const count = Math.min(last - start + 1, draw.between(1, 3));
  const each = Math.max(1, Math.round((typical * (0.3 + draw.unit() * 1.4)) / count / 10_000)) * 10_000;
  const capabilities = [
    ...new Set(needs.flatMap((need) => need.accepts.slice(0, 1)).map(({ item }) => practiceKind(item).capability)),
  ].sort();
  return {
    ...plain,
    id: `offer-${String(number).padStart(5, "0")}`,
    giver: giverOf(drawing),
    title: `Money, practice offer ${number}`,
    item: "EUR",
    quantity: each * count,
    years: Array.from({ length: count }, (_, index) => ({ year: start + index, amount: each })),
    from: `${start}-01-01`,
    until: `${start + count - 1}-12-31`,
    condition: "ready",
    earmark: draw.permille(500) ? { capabilities: [draw.of(capabilities)], needs: [] } : null,
    consent: { state: "none", of: null },
    valuation: null,
    coalition: null,
    fund: null,
    note: "",
  };
}
