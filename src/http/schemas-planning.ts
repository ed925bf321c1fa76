import { z } from "zod";
import { consentStates } from "#core/planning/record.ts";
import { unusedReasons } from "#core/views-planning.ts";
import type * as views from "#core/views-planning.ts";
import { counted } from "./schemas-planning-data.ts";
import { replanning } from "./schemas-plans.ts";
import { amount, count, day, shapeOf, sourceRef, stream, text } from "./schemas.ts";

/** The shapes of needs, offers and coalitions as they are answered. Each is held to its type in core/views-planning.ts. */

const instant = text.describe("An instant in UTC");
const millionths = count.nullable().describe("A share in millionths; null where there is none");

export const head = shapeOf<views.PlanningHead>()(
  "PlanningHead",
  z.object({
    book: text,
    title: text,
    synthetic: z.boolean(),
    recipient: text,
    recipientName: text,
    knownAt: day.nullable().describe("What was known by the end of this day; null: all that is on record"),
  }),
);

const coverage = shapeOf<views.Coverage>()(
  "NeedCoverage",
  z.object({
    needed: count,
    planned: count.nullable().describe("By the plan that stands; null where there is none"),
    placed: count,
    moved: count,
    handedOver: count.describe("As the giver reports it"),
    confirmed: count.describe("As the recipient signed for it"),
  }),
);
const sum = {
  needs: count,
  whole: count.describe("Needs placed in full"),
  none: count.describe("Needs with which nothing is placed"),
  plannedPpm: millionths,
  placedPpm: millionths,
  movedPpm: millionths,
  handedOverPpm: millionths.describe("As the givers report it"),
  confirmedPpm: millionths,
};
const coverageSum = shapeOf<views.CoverageSum>()("CoverageSum", z.object(sum));

const kind = {
  item: text,
  itemName: text,
  stream,
  capability: text,
  capabilityTitle: text,
  counted,
  unit: text,
};
const needFields = {
  id: text,
  title: text,
  state: z.enum(["stated", "withdrawn"]),
  ...kind,
  quantity: count,
  priority: count.describe("1, the most urgent, to 5"),
  from: day,
  until: day,
  place: text.nullable(),
  placeName: text.nullable(),
  coalition: text.nullable(),
  coalitionName: text.nullable(),
  substitutes: count,
  parts: count,
  coverage,
  knownAt: instant,
};
const needRow = shapeOf<views.NeedRow>()("NeedRow", z.object(needFields));

export const needList = shapeOf<views.NeedList>()(
  "NeedList",
  z.object({
    head,
    plan: text.nullable().describe("The plan that `planned` is drawn from"),
    all: coverageSum,
    byPriority: z.array(z.object({ ...sum, priority: count })),
    byMonth: z.array(z.object({ ...sum, month: text.describe("YYYY-MM, in which they are wanted") })),
    items: z.array(needRow),
    total: count,
    next: text.nullable(),
  }),
);

export const version = shapeOf<views.VersionView>()(
  "RecordVersion",
  z.object({
    seq: count,
    state: text,
    reason: text,
    actor: text,
    knownAt: instant,
    recordedAt: instant,
    source: sourceRef,
    changes: z.array(z.object({ field: text, before: text, after: text })),
  }),
);
const placed = shapeOf<views.PlacedView>()(
  "PlacedPieces",
  z.object({
    id: text,
    plan: text.nullable(),
    proposal: text.nullable(),
    offer: text,
    giver: text,
    giverName: text,
    need: text,
    needTitle: text,
    item: text,
    itemName: text,
    hub: text,
    hubName: text,
    dueFrom: day,
    dueUntil: day,
    pieces: count,
    cost: amount.nullable(),
    currency: text.nullable(),
    knownAt: instant,
  }),
);
const part = z.object({
  item: text,
  pieces: count,
  systems: count,
  when: z.enum(["before", "with", "monthly"]),
  leadDays: count,
  months: count,
  name: text,
  needed: count,
  placed: count,
  moved: count,
  handedOver: count,
  confirmed: count,
});

export const need = shapeOf<views.NeedView>()(
  "NeedView",
  z.object({
    ...needFields,
    head,
    accepts: z.array(z.object({ item: text, worthPpm: count, name: text, worth: amount })),
    package: z.array(part),
    note: text,
    reason: text,
    source: sourceRef,
    placements: z.array(placed),
    history: z.array(version),
  }),
);

const offerFields = {
  id: text,
  title: text,
  state: z.enum(["offered", "withdrawn"]),
  giver: text,
  giverName: text,
  ...kind,
  quantity: amount,
  placed: amount,
  moved: amount,
  confirmed: amount,
  left: amount.describe("Neither placed nor withdrawn"),
  from: day,
  until: day,
  condition: z.enum(["new", "ready", "repair"]),
  repairDays: count,
  consent: z.object({ state: z.enum(consentStates), of: text.nullable() }),
  allOrNothing: z.boolean(),
  restricted: z.boolean().describe("By an earmark, a caveat or the hubs it can reach"),
  coalition: text.nullable(),
  coalitionName: text.nullable(),
  fund: text.nullable(),
  promise: text.describe("The promise that it stands as in the ledger"),
  unused: z
    .object({ code: z.enum(unusedReasons), says: text })
    .nullable()
    .describe("Why nothing of it can be planned with"),
  knownAt: instant,
};
const offerRow = shapeOf<views.OfferRow>()("OfferRow", z.object(offerFields));

export const offerList = shapeOf<views.OfferList>()(
  "OfferList",
  z.object({
    head,
    open: count,
    waiting: count,
    withdrawn: count,
    items: z.array(offerRow),
    total: count,
    next: text.nullable(),
  }),
);

const offerWhole = {
  ...offerFields,
  head,
  years: z.array(z.object({ year: count, amount })),
  earmark: z.object({ capabilities: z.array(text), needs: z.array(text) }).nullable(),
  caveat: text,
  excludes: z.array(text),
  hubs: z.array(text).nullable(),
  hubNames: z.array(text).nullable(),
  valuation: z.object({ amount, currency: text, method: text, source: text }).nullable(),
  note: text,
  reason: text,
  source: sourceRef,
  placements: z.array(placed),
  history: z.array(version),
};
export const offer = shapeOf<views.OfferView>()("OfferView", z.object(offerWhole));
export const offerChanged = shapeOf<views.OfferChanged>()(
  "OfferChanged",
  z.object({
    ...offerWhole,
    replanning: replanning.nullable().describe("What that did to the plan that stands; null where nothing"),
  }),
);

const member = z.object({ party: text, name: text });

export const coalitionList = shapeOf<views.CoalitionList>()(
  "CoalitionList",
  z.object({
    head,
    coalitions: z.array(
      z.object({ slug: text, name: text, leads: z.array(member), members: count, needs: count, offers: count }),
    ),
  }),
);
export const coalition = shapeOf<views.CoalitionView>()(
  "CoalitionView",
  z.object({
    head,
    slug: text,
    name: text,
    description: text,
    leads: z.array(member),
    members: z.array(member.extend({ role: text })),
    all: coverageSum,
    needs: z.array(needRow),
    offers: z.array(offerRow),
    roadmap: z.array(
      z.object({
        on: day,
        title: text,
        item: text.nullable(),
        itemName: text.nullable(),
        quantity: count.nullable(),
        source: text,
        needed: count.nullable(),
        offered: count.nullable(),
        placed: count.nullable(),
        confirmed: count.nullable(),
      }),
    ),
  }),
);

export const importOutcome = shapeOf<views.ImportOutcome>()(
  "RecordImport",
  z.object({
    file: text,
    entered: count,
    changed: count,
    unchanged: count,
    skipped: count,
    problems: z.array(
      z.object({
        code: text,
        file: text,
        sheet: text.nullable(),
        row: count.nullable(),
        column: text.nullable(),
        found: text,
        message: text,
      }),
    ),
    moreProblems: count,
  }),
);
