import { z } from "zod";
import { countedEvents } from "#core/delivery/counted.ts";
import { deliverySides, queryOutcomes, queryStates, watchKinds } from "#core/views-delivery.ts";
import type * as views from "#core/views-delivery.ts";
import { head } from "./schemas-planning.ts";
import { amount, count, day, shapeOf, sourceRef, stream, text } from "./schemas.ts";

/** The shapes of deliveries as they are answered. Each is held to its type in core/views-delivery.ts. */

const instant = text.describe("An instant in UTC");
const side = z.enum(deliverySides);
const counts = z.enum(countedEvents).describe("Which event counts as delivered");
const next = text.nullable().describe("The cursor of the next page");
const party = z.object({ party: text, name: text });

const statePieces = shapeOf<views.StatePieces>()(
  "StatePieces",
  z.object({
    state: text,
    name: text,
    pieces: count,
    done: z.boolean().describe("Nothing more is expected of them"),
  }),
);

const deliveredBy = shapeOf<views.DeliveredBy>()(
  "DeliveredBy",
  z.object({ counts, fund: text.nullable(), from: day.nullable(), source: sourceRef.nullable(), says: text }),
);

const row = {
  id: text,
  title: text,
  stream,
  hub: text,
  hubName: text,
  carrier: text.nullable(),
  givers: z.array(party),
  needs: z.array(text),
  items: z.array(z.object({ item: text, name: text })),
  lines: count,
  pieces: count,
  states: z.array(statePieces),
  state: text.describe("Of the pieces that are furthest behind"),
  dueUntil: day,
  lastEvent: z.object({ event: text, name: text, on: day }).nullable(),
  openQueries: count,
  watch: z.array(z.enum(watchKinds)),
};

export const consignmentList = shapeOf<views.ConsignmentList>()(
  "ConsignmentList",
  z.object({
    head,
    asOf: day,
    pipeline: z.array(
      z.object({
        stream,
        states: z.array(z.object({ state: text, name: text, pieces: count, done: z.boolean(), consignments: count })),
      }),
    ),
    items: z.array(shapeOf<views.ConsignmentRow>()("ConsignmentRow", z.object(row))),
    total: count,
    next,
  }),
);

const line = shapeOf<views.ConsignmentLine>()(
  "ConsignmentLine",
  z.object({
    line: count,
    placement: text,
    offer: text,
    giver: text,
    giverName: text,
    need: text,
    needTitle: text,
    item: text,
    itemName: text,
    plan: text.nullable(),
    fund: text.nullable(),
    dueFrom: day,
    dueUntil: day,
    pieces: count,
    cost: amount.nullable().describe("Of these pieces where they were bought"),
    currency: text.nullable(),
    states: z.array(statePieces),
    donorReported: count
      .nullable()
      .describe("Handed over, as the donor side reports it; null where it has not reported"),
    recipientConfirmed: count.nullable().describe("As the recipient signed for it; null where it has not"),
    delivered: count,
    deliveredBy: counts,
    openQueries: count,
  }),
);

const event = shapeOf<views.DeliveryEventView>()(
  "DeliveryEvent",
  z.object({
    id: text,
    event: text,
    name: text,
    side,
    on: day,
    place: text.nullable(),
    evidence: text.nullable(),
    reason: text,
    other: text.nullable().describe("The other consignment, of a split or a merge"),
    lines: z.array(
      z.object({
        line: count,
        itemName: text,
        from: text.nullable(),
        to: text.nullable(),
        pieces: count,
        stated: count.nullable().describe("What the recipient stated, where it is not what moved"),
      }),
    ),
    postings: z.array(text),
    knownAt: instant,
    recordedAt: instant,
    actor: text,
    source: sourceRef,
  }),
);

export const query = shapeOf<views.QueryView>()(
  "DeliveryQuery",
  z.object({
    id: text,
    consignment: text,
    consignmentTitle: text,
    line: count,
    itemName: text,
    giver: text,
    giverName: text,
    need: text,
    about: z.enum(["quantity", "day"]),
    donor: z.object({ pieces: count, on: day.nullable() }),
    recipient: z.object({ pieces: count, on: day }),
    says: text,
    state: z.enum(queryStates),
    openedAt: instant,
    messages: z.array(z.object({ side, says: text, actor: text, at: instant })),
    settled: z
      .object({
        outcome: z.enum(queryOutcomes),
        says: text,
        pieces: count.nullable(),
        on: day.nullable(),
        reason: text,
        actor: text,
        at: instant,
        events: z.array(text),
      })
      .nullable(),
  }),
);

export const queryList = shapeOf<views.QueryList>()(
  "DeliveryQueryList",
  z.object({ head, open: count, answered: count, settled: count, items: z.array(query), total: count, next }),
);

const link = shapeOf<views.SignLinkView>()(
  "SignLink",
  z.object({
    id: text,
    madeAt: instant,
    expiresAt: instant,
    state: z.enum(["live", "expired", "withdrawn"]),
    actor: text,
  }),
);
export const pagesAddress = shapeOf<views.PagesAddress>()(
  "PagesAddress",
  z.object({ address: text.nullable().describe("Null where nobody said") }),
);
export const linkMade = shapeOf<views.SignLinkMade>()(
  "SignLinkMade",
  z.object({
    link,
    consignment: text,
    token: text.describe("The secret; it is told once and kept nowhere"),
    address: text,
    svg: text.describe("The address as a code to scan"),
  }),
);

export const consignment = shapeOf<views.ConsignmentView>()(
  "Consignment",
  z.object({
    ...row,
    head,
    note: text,
    linesCarried: z.array(line),
    events: z.array(event),
    possible: z.array(
      z.object({
        event: text,
        name: text,
        side: z.enum([...deliverySides, "either"]),
        reason: z.boolean().describe("Whether one has to be given"),
        lines: z.array(z.object({ line: count, most: count })),
      }),
    ),
    queries: z.array(query),
    links: z.array(link),
    lineage: z.array(z.object({ consignment: text, way: z.enum(["from", "into"]), event: text, on: day })),
    deliveredBy: z.array(deliveredBy),
    source: sourceRef,
    seen: text.describe("Its last event: what a confirmation is made upon"),
  }),
);

export const signView = shapeOf<views.SignView>()(
  "SignView",
  z.object({
    consignment: text,
    title: text,
    bookTitle: text,
    synthetic: z.boolean(),
    recipientName: text,
    hubName: text,
    carrier: text.nullable(),
    expiresAt: instant,
    seen: text,
    lines: z.array(
      z.object({
        line: count,
        itemName: text,
        giverName: text,
        carried: count,
        awaiting: count,
        most: count,
        confirmed: count,
      }),
    ),
    openQueries: count,
  }),
);
export const signed = shapeOf<views.Signed>()(
  "Signed",
  z.object({ view: signView, signed: count, queries: z.array(z.object({ id: text, says: text })) }),
);

const watchRow = shapeOf<views.WatchRow>()(
  "WatchRow",
  z.object({
    kind: z.enum(watchKinds),
    consignment: text.nullable(),
    consignmentTitle: text.nullable(),
    line: count.nullable(),
    placement: text,
    item: text,
    itemName: text,
    need: text,
    needTitle: text,
    priority: count,
    pieces: count,
    state: text,
    since: day,
    days: count,
    ask: z.object({ who: z.enum(["giver", "carrier", "hub", "recipient"]), id: text, name: text }),
    says: text,
  }),
);
export const watchList = shapeOf<views.WatchList>()(
  "WatchList",
  z.object({
    head,
    asOf: day,
    stuckDays: count,
    unconfirmedDays: count,
    late: count,
    stuck: count,
    unconfirmed: count,
    items: z.array(watchRow),
    total: count,
    next,
  }),
);

export const confirmation = shapeOf<views.ConfirmationOutcome>()(
  "ConfirmationOutcome",
  z.object({
    file: text,
    rows: count,
    consignments: z.array(text),
    confirmed: count,
    queries: z.array(z.object({ id: text, consignment: text, says: text })),
  }),
);

export const policies = shapeOf<views.DeliveredPolicies>()(
  "DeliveredPolicies",
  z.object({
    head,
    now: z.array(deliveredBy),
    history: z.array(
      z.object({
        counts,
        fund: text.nullable(),
        from: day.nullable(),
        source: sourceRef.nullable(),
        says: text,
        knownAt: instant,
        actor: text,
      }),
    ),
  }),
);
