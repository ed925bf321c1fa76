import type { Stream } from "./bindingness.ts";
import type { ItemKind, Need, Offer } from "./planning/record.ts";
import type { Replanning } from "./views-plan.ts";
import type { SourceRef } from "./views.ts";

/**
 * The shapes of needs, offers and coalitions that leave the record. What is counted in pieces, places and post-months is a whole number;
 * what may be money too is a decimal string, with two digits for a currency and none else. Null where not known.
 */

/** The book that a list is drawn from, and until when what was said counts; null: everything on record. */
export type PlanningHead = Readonly<{
  book: string;
  title: string;
  synthetic: boolean;
  recipient: string;
  recipientName: string;
  knownAt: string | null;
}>;

/** The kinds of items that needs and offers are stated in. */
export type ItemList = Readonly<{
  validFrom: string;
  capabilities: readonly Readonly<{ id: string; title: string }>[];
  kinds: readonly (ItemKind & Readonly<{ capabilityTitle: string; unit: string }>)[]; // unit: its code in the ledger
}>;

/**
 * How far a need is met, in whole units of the kind first named; a substitute counts for what it is worth, and the sum is rounded down.
 * Each figure contains those after it. `planned`: by the plan that stands, with what was placed before it; null where there is none.
 */
export type Coverage = Readonly<{
  needed: number;
  planned: number | null;
  placed: number;
  moved: number;
  handedOver: number; // as the giver reports it
  confirmed: number; // as the recipient signed for it
}>;

export type NeedRow = Readonly<{
  id: string;
  title: string;
  state: "stated" | "withdrawn";
  item: string; // the kind first named
  itemName: string;
  stream: Stream;
  capability: string;
  capabilityTitle: string;
  counted: ItemKind["counted"];
  unit: string;
  quantity: number;
  priority: number; // 1, the most urgent, to 5
  from: string;
  until: string;
  place: string | null;
  placeName: string | null;
  coalition: string | null;
  coalitionName: string | null;
  substitutes: number; // how many further kinds are accepted
  parts: number; // of its package
  coverage: Coverage;
  knownAt: string; // of the version shown
}>;

/** How needs together are met: each need counts once, its share being what is placed of what is needed, at most all. */
export type CoverageSum = Readonly<{
  needs: number;
  whole: number; // placed in full
  none: number; // nothing placed
  plannedPpm: number | null; // mean share in millionths; null where there is no plan, or no need
  placedPpm: number | null;
  movedPpm: number | null;
  handedOverPpm: number | null; // as the givers report it
  confirmedPpm: number | null;
}>;

/** A page of needs, most urgent first; the sums are over all that the filter lets through, withdrawn ones left out. */
export type NeedList = Readonly<{
  head: PlanningHead;
  plan: string | null; // the plan that `planned` is drawn from
  all: CoverageSum;
  byPriority: readonly (CoverageSum & Readonly<{ priority: number }>)[];
  byMonth: readonly (CoverageSum & Readonly<{ month: string }>)[]; // by the month in which they are wanted, YYYY-MM
  items: readonly NeedRow[];
  total: number;
  next: string | null;
}>;

/** One version of what was said. `changes`: what differs from the version before, in words for reading; empty in the first. */
export type VersionView = Readonly<{
  seq: number;
  state: string;
  reason: string;
  actor: string;
  knownAt: string;
  recordedAt: string;
  source: SourceRef;
  changes: readonly Readonly<{ field: string; before: string; after: string }>[];
}>;

/** A part of a need's package: how many pieces all the systems need, and how many of them are placed so far. */
export type PartView = Need["package"][number] &
  Readonly<{ name: string; needed: number; placed: number; moved: number; handedOver: number; confirmed: number }>;

/** What of an offer was placed with a need. `cost`: of what was bought, a decimal in `currency`; null for what is given as it is. */
export type PlacedView = Readonly<{
  id: string;
  plan: string | null;
  proposal: string | null; // the decision; null where the giver placed it itself
  offer: string;
  giver: string;
  giverName: string;
  need: string;
  needTitle: string;
  item: string;
  itemName: string;
  hub: string;
  hubName: string;
  dueFrom: string;
  dueUntil: string;
  pieces: number;
  cost: string | null;
  currency: string | null;
  knownAt: string;
}>;

export type NeedView = NeedRow &
  Readonly<{
    head: PlanningHead;
    accepts: readonly (Need["accepts"][number] & Readonly<{ name: string; worth: string }>)[]; // worth: a decimal, 1 for the first
    package: readonly PartView[];
    note: string;
    reason: string; // of the version shown
    source: SourceRef;
    placements: readonly PlacedView[];
    history: readonly VersionView[]; // newest first
  }>;

/** Why an offer, or what is left of it, can't be planned with. */
export const unusedReasons = ["withdrawn", "consent-pending", "consent-refused", "window-over", "all-placed"] as const;

export type OfferRow = Readonly<{
  id: string;
  title: string;
  state: "offered" | "withdrawn";
  giver: string;
  giverName: string;
  item: string;
  itemName: string;
  stream: Stream;
  capability: string;
  capabilityTitle: string;
  counted: ItemKind["counted"];
  unit: string;
  quantity: string;
  placed: string;
  moved: string;
  confirmed: string;
  left: string; // neither placed nor withdrawn
  from: string;
  until: string;
  condition: Offer["condition"];
  repairDays: number;
  consent: Offer["consent"];
  allOrNothing: boolean;
  restricted: boolean; // by an earmark, a caveat or the hubs it can reach
  coalition: string | null;
  coalitionName: string | null;
  fund: string | null;
  promise: string; // the promise that it stands as in the ledger
  unused: Readonly<{ code: (typeof unusedReasons)[number]; says: string }> | null;
  knownAt: string;
}>;

/** A page of offers in the order of their ids; the counts are over all that the filter lets through. */
export type OfferList = Readonly<{
  head: PlanningHead;
  open: number; // can be planned with
  waiting: number; // for a consent
  withdrawn: number;
  items: readonly OfferRow[];
  total: number;
  next: string | null;
}>;

export type OfferView = OfferRow &
  Readonly<{
    head: PlanningHead;
    years: readonly Readonly<{ year: number; amount: string }>[];
    earmark: Offer["earmark"];
    caveat: string;
    excludes: readonly string[];
    hubs: readonly string[] | null;
    hubNames: readonly string[] | null; // of those it can reach; any where null
    valuation: Offer["valuation"];
    note: string;
    reason: string;
    source: SourceRef;
    placements: readonly PlacedView[];
    history: readonly VersionView[];
  }>;

/** An offer after something of it changed, and what that did to the plan that stands; null where nothing. */
export type OfferChanged = OfferView & Readonly<{ replanning: Replanning | null }>;

/** A dated target of a coalition, and how much of it its needs ask for, its offers hold and was placed and confirmed by now. */
export type RoadmapStep = Readonly<{
  on: string;
  title: string;
  item: string | null;
  itemName: string | null;
  quantity: number | null;
  source: string;
  needed: number | null; // by its needs, of that kind as the one first named; null where no kind is named
  offered: number | null; // by its offers, what was placed of them included
  placed: number | null; // with its needs
  confirmed: number | null;
}>;

export type CoalitionRow = Readonly<{
  slug: string;
  name: string;
  leads: readonly Readonly<{ party: string; name: string }>[];
  members: number;
  needs: number;
  offers: number;
}>;
export type CoalitionList = Readonly<{ head: PlanningHead; coalitions: readonly CoalitionRow[] }>;

/** A coalition's needs, offers and roadmap: those of the record that name it, nothing of its own. */
export type CoalitionView = Readonly<{
  head: PlanningHead;
  slug: string;
  name: string;
  description: string;
  leads: readonly Readonly<{ party: string; name: string }>[];
  members: readonly Readonly<{ party: string; name: string; role: string }>[];
  all: CoverageSum;
  needs: readonly NeedRow[];
  offers: readonly OfferRow[];
  roadmap: readonly RoadmapStep[];
}>;

/** Something in a file that can't be entered: where, what was found, what to do. */
export type ImportProblem = Readonly<{
  code: string;
  file: string;
  sheet: string | null;
  row: number | null;
  column: string | null;
  found: string;
  message: string; // all of it in a sentence or three
}>;

/** What came of a file. Nothing was entered where there are problems, unless it was asked to leave the bad rows out. */
export type ImportOutcome = Readonly<{
  file: string;
  entered: number;
  changed: number; // a further version of what was there
  unchanged: number;
  skipped: number; // bad rows left out
  problems: readonly ImportProblem[]; // at most fifty
  moreProblems: number;
}>;
