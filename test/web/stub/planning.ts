import { itemList } from "#app/planning/items.ts";
import { sumOfCoverage } from "#core/planning/coverage.ts";
import type { Need } from "#core/planning/record.ts";
import type { PlanList } from "#core/views-plan.ts";
import type {
  CoalitionView,
  NeedList,
  NeedRow,
  NeedView,
  OfferList,
  OfferRow,
  OfferView,
} from "#core/views-planning.ts";
import { books, groups, parties, slug, sources } from "./world.ts";

/** Made-up needs and offers for the pages' tests. */

const [source] = sources;
if (source === undefined) throw new Error("The made-up world has no source.");
const nameOf = (id: string) => parties.find((party) => party.id === id)?.name ?? id;
const coalition = groups.find((group) => group.kind === "coalition");

const headOf = (book: string, knownAt: string | null) => ({
  book,
  title: books.find((one) => one.slug === book)?.title ?? book,
  synthetic: true,
  recipient: "ukr",
  recipientName: "Ukraine",
  knownAt,
});

const list = itemList();
function kindOf(item: string) {
  const kind = list.kinds.find((one) => one.id === item);
  if (kind === undefined) throw new Error(`There is no kind ${item}.`);
  const { name, stream, capability, capabilityTitle, counted, unit } = kind;
  return { item, itemName: name, stream, capability, capabilityTitle, counted, unit };
}

type Drawn = readonly [
  id: string,
  item: string,
  quantity: number,
  priority: number,
  until: string,
  steps: readonly number[],
];
const drawn: readonly Drawn[] = [
  ["howitzers", "howitzer-155", 120, 1, "2027-03-31", [110, 80, 40, 30, 24]],
  ["tanks", "tank", 60, 1, "2027-06-30", [40, 0, 0, 0, 0]],
  ["ambulances", "ambulance", 400, 2, "2027-06-30", [400, 400, 380, 380, 380]],
  ["generators", "generator", 1500, 3, "2027-11-30", [900, 600, 600, 0, 0]],
  ["vests", "protective-vest", 20000, 5, "2028-02-29", [0, 0, 0, 0, 0]],
];

const needs: readonly NeedRow[] = drawn.map(([id, item, quantity, priority, until, steps]) => {
  const [planned = 0, placed = 0, moved = 0, handedOver = 0, confirmed = 0] = steps;
  return {
    id,
    title: `${kindOf(item).itemName}, made up`,
    state: "stated",
    ...kindOf(item),
    quantity,
    priority,
    from: "2027-01-01",
    until,
    place: priority === 1 ? "hub-east" : null,
    placeName: priority === 1 ? "Eastern hub" : null,
    coalition: priority === 1 ? (coalition?.slug ?? null) : null,
    coalitionName: priority === 1 ? (coalition?.name ?? null) : null,
    substitutes: priority === 1 ? 1 : 0,
    parts: priority === 1 ? 2 : 0,
    coverage: { needed: quantity, planned, placed, moved, handedOver, confirmed },
    knownAt: "2026-09-01T00:00:00Z",
  };
});

const sumOf = (rows: readonly NeedRow[]) => sumOfCoverage(rows.map((row) => row.coverage));

function needList(book: string, query: URLSearchParams): NeedList {
  const empty = book === "synthetic-empty";
  const word = query.get("q")?.toLowerCase() ?? "";
  const found = needs.filter(
    (need) =>
      !empty &&
      query.get("state") === null &&
      need.title.toLowerCase().includes(word) &&
      (query.get("priority") ?? String(need.priority)) === String(need.priority) &&
      (query.get("uncovered") === null || need.coverage.placed === 0),
  );
  const grouped = <K extends string | number>(keyOf: (need: NeedRow) => K) => [...Map.groupBy(found, keyOf)];
  return {
    head: headOf(book, query.get("known_at")),
    plan: empty ? null : "autumn",
    all: sumOf(found),
    byPriority: grouped((need) => need.priority).map(([priority, rows]) => ({ priority, ...sumOf(rows) })),
    byMonth: grouped((need) => need.until.slice(0, 7)).map(([month, rows]) => ({ month, ...sumOf(rows) })),
    items: found,
    total: found.length,
    next: null,
  };
}

const parts: Need["package"] = [
  { item: "course-artillery", pieces: 8, systems: 1, when: "before", leadDays: 60, months: 0 },
  { item: "shell-155", pieces: 100, systems: 1, when: "with", leadDays: 0, months: 0 },
];

const version = (seq: number, state: string, changes: NeedView["history"][number]["changes"], reason = "") => ({
  seq,
  state,
  reason,
  actor: "planner",
  knownAt: `2026-0${7 + seq}-01T00:00:00Z`,
  recordedAt: `2026-0${7 + seq}-01T09:30:00Z`,
  source: source as NeedView["source"],
  changes,
});

const placed: NeedView["placements"] = ["deu", "nor"].map((giver, index) => ({
  id: `placed-${index}`,
  plan: "autumn",
  proposal: index === 0 ? "drone-lot" : null,
  offer: `offer-${index}`,
  giver,
  giverName: nameOf(giver),
  need: "howitzers",
  needTitle: "Howitzers",
  item: "howitzer-155",
  itemName: kindOf("howitzer-155").itemName,
  hub: "hub-east",
  hubName: "Eastern hub",
  dueFrom: "2027-02-01",
  dueUntil: "2027-02-28",
  pieces: 40,
  cost: index === 0 ? null : "12000000.00",
  currency: index === 0 ? null : "EUR",
  knownAt: "2026-09-02T00:00:00Z",
}));

function needView(book: string, id: string): NeedView | undefined {
  const row = needs.find((need) => need.id === id);
  if (row === undefined) return undefined;
  return {
    ...row,
    head: headOf(book, null),
    accepts: [
      { item: row.item, worthPpm: 1_000_000, name: row.itemName, worth: "1" },
      { item: "howitzer-105", worthPpm: 600_000, name: "Howitzer, 105 mm", worth: "0.6" },
    ],
    package: parts.map((part, index) => ({
      ...part,
      name: kindOf(part.item).itemName,
      needed: row.quantity * part.pieces,
      placed: index * 4000,
      moved: index * 2000,
      handedOver: 0,
      confirmed: 0,
    })),
    note: "Made up for tests.",
    reason: "",
    source: source as NeedView["source"],
    placements: id === "howitzers" ? placed : [],
    history: [
      version(2, "stated", [{ field: "quantity", before: "90", after: String(row.quantity) }], "Losses of the autumn"),
      version(1, "stated", []),
    ],
  };
}

const unused = [
  null,
  { code: "consent-pending", says: "Waits for the consent of Corland" },
  { code: "window-over", says: "It could leave until 2026-08-31" },
  { code: "all-placed", says: "All of it is placed" },
  { code: "withdrawn", says: "Withdrawn: the budget was cut" },
] as const;

const offers: readonly OfferRow[] = unused.map((why, index) => {
  const giver = ["deu", "nor", "pol", "nld", "can"][index] ?? "deu";
  const full = why?.code === "all-placed";
  return {
    id: `offer-${index}`,
    title: "",
    state: why?.code === "withdrawn" ? "withdrawn" : "offered",
    giver,
    giverName: nameOf(giver),
    ...kindOf(index === 3 ? "EUR" : "howitzer-155"),
    quantity: index === 3 ? "40000000.00" : "24",
    placed: full ? "40000000.00" : index === 0 ? "10" : "0",
    moved: "0",
    confirmed: "0",
    left: full || why?.code === "withdrawn" ? "0" : index === 0 ? "14" : "24",
    from: "2027-01-15",
    until: "2027-12-31",
    condition: index === 1 ? "repair" : "ready",
    repairDays: index === 1 ? 60 : 0,
    consent: { state: index === 1 ? "pending" : "none", of: index === 1 ? "Corland" : null },
    allOrNothing: index === 2,
    restricted: index === 0,
    coalition: index === 0 ? (coalition?.slug ?? null) : null,
    coalitionName: index === 0 ? (coalition?.name ?? null) : null,
    fund: null,
    promise: "p12",
    unused: why,
    knownAt: "2026-09-01T00:00:00Z",
  };
});

function offerList(book: string, query: URLSearchParams): OfferList {
  const found = offers.filter(
    (offer) => book !== "synthetic-empty" && (query.get("state") ?? offer.unused?.code) === offer.unused?.code,
  );
  return {
    head: headOf(book, query.get("known_at")),
    open: found.filter((offer) => offer.unused === null).length,
    waiting: 1,
    withdrawn: 1,
    items: found,
    total: found.length,
    next: null,
  };
}

function offerView(book: string, id: string): OfferView | undefined {
  const row = offers.find((offer) => offer.id === id);
  if (row === undefined) return undefined;
  return {
    ...row,
    head: headOf(book, null),
    years: row.unit === "EUR" ? [{ year: 2027, amount: "40000000.00" }] : [],
    earmark: { capabilities: ["artillery"], needs: [] },
    caveat: "Not to be passed on.",
    excludes: ["hub-west"],
    hubs: ["hub-east"],
    hubNames: ["Eastern hub"],
    valuation: { amount: "4000000.00", currency: "EUR", method: "replacement price", source: "a made-up price list" },
    note: "",
    reason: "",
    source: source as OfferView["source"],
    placements: placed.filter((one) => one.offer === id),
    history: [version(1, "offered", [])],
  };
}

function coalitionView(book: string, id: string): CoalitionView | undefined {
  const group = groups.find((one) => one.slug === id);
  if (group === undefined) return undefined;
  const own = needs.filter((need) => need.coalition === id);
  return {
    head: headOf(book, null),
    slug: id,
    name: group.name,
    description: group.description,
    leads: [{ party: "nor", name: nameOf("nor") }],
    members: [{ party: "nor", name: nameOf("nor"), role: "lead" }],
    all: sumOf(own),
    needs: own,
    offers: offers.filter((offer) => offer.coalition === id),
    roadmap: [
      {
        on: "2027-06-30",
        title: "Two brigades equipped",
        item: "howitzer-155",
        itemName: kindOf("howitzer-155").itemName,
        quantity: 72,
        source: "a made-up roadmap",
        needed: 120,
        offered: 60,
        placed: 40,
        confirmed: 12,
      },
      {
        on: "2027-12-31",
        title: "A school is open",
        item: null,
        itemName: null,
        quantity: null,
        source: "a made-up roadmap",
        needed: null,
        offered: null,
        placed: null,
        confirmed: null,
      },
    ],
  };
}

type Route = readonly [RegExp, (query: URLSearchParams, id: string) => unknown];
const inBook = (path: string, answer: (query: URLSearchParams, id: string) => unknown): Route => [
  new RegExp(`^/planning/${slug}/${path}$`),
  answer,
];
export const planningRoutes: readonly Route[] = [
  [/^\/planning\/items$/, () => list],
  [/^\/planning\/([^/]+)\/needs$/, (query, book) => needList(book, query)],
  [/^\/planning\/([^/]+)\/offers$/, (query, book) => offerList(book, query)],
  [/^\/planning\/([^/]+)\/plans$/, (_, book): PlanList => ({ book, synthetic: true, standing: null, plans: [] })],
  inBook("needs/([^/]+)", (_, id) => needView(slug, id)),
  inBook("offers/([^/]+)", (_, id) => offerView(slug, id)),
  inBook("coalitions/([^/]+)", (_, id) => coalitionView(slug, id)),
];
