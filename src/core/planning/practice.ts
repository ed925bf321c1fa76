import { parseDecimal } from "../money.ts";
import { assembleInstance } from "./assemble.ts";
import { addDays, daysFrom, monthAfter } from "./days.ts";
import type { PlanningFrame } from "./frame.ts";
import type { Instance } from "./instance.ts";
import { coalitionFor, practiceCoalitions, practiceRoadmap, type PracticeCoalition } from "./practice/coalitions.ts";
import { drawFrom } from "./practice/draw.ts";
import { practiceKinds } from "./practice/families.ts";
import { practiceFrame } from "./practice/frame.ts";
import { demandOf, practiceNeeds, sizes, type PracticeSize } from "./practice/needs.ts";
import { practiceOffers, type PracticeGiver } from "./practice/offers.ts";
import type { ItemKind, Need, Offer } from "./record.ts";

export type { PracticeSize } from "./practice/needs.ts";

/** A whole made-up record to practise on: who gives and needs what, and what it can go through. */
export type PracticeSet = Readonly<{
  size: PracticeSize;
  seed: number;
  from: string; // the first day that is planned
  until: string; // the last
  kinds: readonly ItemKind[];
  givers: readonly PracticeGiver[];
  coalitions: readonly PracticeCoalition[];
  needs: readonly Need[];
  offers: readonly Offer[];
  frame: PlanningFrame;
}>;

const usualFirstDay = "2027-01-04";
const giverCount = 50;

/**
 * A practice set: S 20 needs and 100 offers over 12 months, M 200 and 1,000 over 24, L 2,000 and 10,000 over 60. The same seed gives the same
 * set. Kinds are named as public sources name them; every figure is made up, and so are the fifty givers.
 * @param firstDay - an ISO day: what is asked for and offered lies from there on
 */
export function practiceSet(size: PracticeSize, seed = 1, firstDay = usualFirstDay): PracticeSet {
  const draw = drawFrom(seed);
  const until = addDays(monthAfter(firstDay, sizes[size].months), -1);
  const horizon = { from: firstDay, until, days: daysFrom(firstDay, until) + 1 };
  const givers = Array.from({ length: giverCount }, (_, index) => ({
    id: `practice-giver-${String(index + 1).padStart(2, "0")}`,
    name: `Practice giver ${index + 1}`,
    weight: Math.round(10_000 / (index + 2) ** 0.9),
  }));
  const coalitions = practiceCoalitions(givers);
  const needs = practiceNeeds(size, draw, horizon).map((need) => ({
    ...need,
    coalition: coalitionFor(coalitions, need.accepts[0]?.item ?? "")?.slug ?? null,
  }));
  const demand = demandOf(needs);
  const offers = practiceOffers({ size, draw, horizon, needs, demand, givers }).map((offer) => {
    const coalition = coalitionFor(coalitions, offer.item);
    return coalition?.members.includes(offer.giver) === true ? { ...offer, coalition: coalition.slug } : offer;
  });
  const roadmap = practiceRoadmap(coalitions, needs, horizon);
  const frame = { ...practiceFrame(size, draw, horizon, demand, givers), roadmap };
  return { size, seed, from: firstDay, until, kinds: [...kinds(), euro], givers, coalitions, needs, offers, frame };
}

/** What is made up of a kind stands in the frame's assumptions. */
const unstated = { massKg: null, volumeM3: null, courseDays: null, source: "" };

const kinds = (): ItemKind[] =>
  practiceKinds.map(({ id, name, stream, capability, counted }) => {
    return { id, name, stream, capability, counted, ...unstated };
  });

const euro: ItemKind = {
  id: "EUR",
  name: "Euro",
  stream: "finance",
  capability: "money",
  counted: "currency",
  ...unstated,
};

/** A practice set as a plan is made from it, without a database. */
export function practiceInstance(size: PracticeSize, seed = 1): Instance {
  return instanceOfPractice(practiceSet(size, seed));
}

/** @returns the same instance as the record gives when the set is loaded */
function instanceOfPractice(set: PracticeSet): Instance {
  const { frame } = set;
  const shares = frame.shares !== null && "table" in frame.shares ? frame.shares.table : [];
  const shareOf = new Map(shares.map(({ party, sharePpm }) => [party, sharePpm]));
  return assembleInstance({
    ...set,
    book: `practice-${set.size.toLowerCase()}`,
    scale: 2,
    givers: set.givers.map(({ id, name }) => ({ id, name, sharePpm: shareOf.get(id) ?? 0 })),
    placed: [],
    toMinor: (amount, currency) => (currency === frame.currency ? Number(parseDecimal(amount, 2)) : null),
    pins: [],
    standing: [],
  });
}
