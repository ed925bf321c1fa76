import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { countedEvents } from "#core/delivery/counted.ts";
import { restPlaces } from "#core/delivery/differences.ts";
import { deliverySides } from "#core/views-delivery.ts";
import { deliveredPolicies, setDelivered } from "#app/delivery/delivered.ts";
import { enterEvent } from "#app/delivery/event.ts";
import { endLink, makeLink } from "#app/delivery/links.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { mergeConsignments, splitConsignment } from "#app/delivery/parts.ts";
import { answerQuery, settleQuery } from "#app/delivery/queries.ts";
import { queryList } from "#app/delivery/query-view.ts";
import { consignmentView } from "#app/delivery/view.ts";
import { actorField, read, write } from "../route.ts";
import * as shapes from "../schemas-delivery.ts";
import { deliveryFileRoutes } from "./delivery-files.ts";
import { deliveryReads } from "./delivery-reads.ts";
import type { PlanningDesk } from "./plans.ts";
import { signRoutes } from "./sign.ts";

const tag = "deliveries";
const word = z.string().min(1).max(200);
const words = z.string().max(2000);
const day = z.string().max(40).describe("YYYY-MM-DD; today without it");
const pieces = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const ofBook = z.object({ book: word });
const ofOne = ofBook.extend({ id: word });
const source = { source: word.optional().describe("The id of a source on record; the side's own reports without it") };

/** `address`: where others reach the pages; null where nobody said. */
type DeliveryDesk = PlanningDesk & Readonly<{ address: string | null }>;

/** Consignments, what both sides report of them, and what is to be asked after. */
export async function deliveryRoutes(app: FastifyInstance, desk: DeliveryDesk): Promise<void> {
  deliveryReads(app, desk);
  consignmentRoutes(app, desk);
  queryRoutes(app, desk);
  linkRoutes(app, desk);
  await deliveryFileRoutes(app, desk);
  await signRoutes(app, desk);
}

const doingOf = (desk: PlanningDesk, actor: string | undefined) => ({ now: desk.clock(), actor: actor ?? desk.actor });

function consignmentRoutes(app: FastifyInstance, desk: PlanningDesk): void {
  const { db, clock } = desk;
  const lines = z.array(z.strictObject({ line: z.number().int().min(1), pieces })).max(10_000);
  write(app, {
    url: "/planning/:book/consignments",
    tag,
    summary: "Makes a consignment of pieces of what was placed",
    params: ofBook,
    body: z.strictObject({
      id: word,
      title: words,
      hub: word.optional().describe("The placements' own without it"),
      carrier: word.optional(),
      note: words.optional(),
      on: day.optional(),
      lines: z
        .array(z.strictObject({ placement: word, pieces: pieces.nullable().describe("All that is left where null") }))
        .max(10_000),
      ...source,
      actor: actorField,
    }),
    answer: shapes.consignment,
    handler: async ({ book }, { actor, ...order }) => {
      await newConsignment(db, book, order, doingOf(desk, actor));
      return consignmentView(db, clock, { book, id: order.id });
    },
  });
  write(app, {
    url: "/planning/:book/consignments/:id/events",
    tag,
    summary: "Reports an event: dispatched, handed over, confirmed, lost, and what else the course of its stream has",
    params: ofOne,
    body: z.strictObject({
      event: word,
      side: z.enum(deliverySides).optional().describe("Who reports it; the side that does, without it"),
      on: day.optional(),
      place: word.optional(),
      evidence: words.optional().describe("Such as the number of a waybill"),
      reason: words.optional(),
      lines: lines.optional().describe("All that stand where the event begins without it"),
      ...source,
      actor: actorField,
    }),
    answer: shapes.consignment,
    handler: async ({ book, id }, { actor, ...order }) => {
      await enterEvent(db, book, id, order, doingOf(desk, actor));
      return consignmentView(db, clock, { book, id });
    },
  });
  write(app, {
    url: "/planning/:book/consignments/:id/split",
    tag,
    summary: "Puts a part of a consignment that is not handed over into a new one",
    params: ofOne,
    body: z.strictObject({
      into: word,
      title: words.optional(),
      hub: word.optional(),
      carrier: word.optional(),
      on: day.optional(),
      reason: words.optional(),
      lines,
      ...source,
      actor: actorField,
    }),
    answer: shapes.consignment,
    handler: async ({ book, id }, { actor, ...order }) => {
      await splitConsignment(db, book, id, order, doingOf(desk, actor));
      return consignmentView(db, clock, { book, id: order.into });
    },
  });
  write(app, {
    url: "/planning/:book/consignments/:id/merge",
    tag,
    summary: "Puts all that is on its way in other consignments into this one",
    params: ofOne,
    body: z.strictObject({
      consignments: z.array(word).min(1).max(1000),
      on: day.optional(),
      reason: words.optional(),
      ...source,
      actor: actorField,
    }),
    answer: shapes.consignment,
    handler: async ({ book, id }, { actor, ...order }) => {
      await mergeConsignments(db, book, id, order, doingOf(desk, actor));
      return consignmentView(db, clock, { book, id });
    },
  });
}

function queryRoutes(app: FastifyInstance, desk: PlanningDesk): void {
  const { db, clock } = desk;
  const ofQuery = ofBook.extend({ query: word });
  const one = async (book: string, id: string) => {
    const { items } = await queryList(db, { book, state: "all", limit: Number.MAX_SAFE_INTEGER });
    return items.find((item) => item.id === id) ?? Promise.reject(new RangeError(`query ${id}`));
  };
  write(app, {
    url: "/planning/:book/queries/:query/messages",
    tag,
    summary: "Adds what a side says to a query that is not settled",
    params: ofQuery,
    body: z.strictObject({ side: z.enum(deliverySides), says: words.min(1), actor: actorField }),
    answer: shapes.query,
    handler: async ({ book, query }, { actor, ...message }) => {
      await answerQuery(db, book, query, message, doingOf(desk, actor));
      return one(book, query);
    },
  });
  write(app, {
    url: "/planning/:book/queries/:query/settle",
    tag,
    summary: "Settles a query by a stated outcome; what stands otherwise is put right by events",
    params: ofQuery,
    body: z.strictObject({
      outcome: z.enum(["recipient", "donor", "split"]).describe("Whose figure stands, or one between"),
      pieces: pieces.optional().describe("Of a split: how many both agree on"),
      on: day.optional(),
      rest: z.enum(restPlaces).optional().describe("Where what is not there went; on its way without it"),
      reason: words.min(1),
      ...source,
      actor: actorField,
    }),
    answer: shapes.query,
    handler: async ({ book, query }, { actor, ...order }) => {
      await settleQuery(db, book, query, order, doingOf(desk, actor));
      return one(book, query);
    },
  });
  write(app, {
    url: "/planning/:book/delivered",
    tag,
    summary: "Decides which event counts as delivered, in the book or for a fund, from a day on",
    params: ofBook,
    body: z.strictObject({
      counts: z.enum(countedEvents),
      fund: word.optional(),
      from: day.optional(),
      ...source,
      actor: actorField,
    }),
    answer: shapes.policies,
    handler: async ({ book }, { actor, ...order }) => {
      await setDelivered(db, book, order, doingOf(desk, actor));
      return deliveredPolicies(db, clock, book);
    },
  });
}

function linkRoutes(app: FastifyInstance, desk: DeliveryDesk): void {
  const { db, clock } = desk;
  read(app, {
    url: "/address",
    tag,
    summary: "Where others reach these pages: what a code to sign by leads to where nothing else is said",
    query: z.object({}),
    answer: shapes.pagesAddress,
    handler: async () => ({ address: desk.address }),
  });
  write(app, {
    url: "/planning/:book/consignments/:id/links",
    tag,
    summary: "Makes a link by which a phone signs for the consignment; its secret is told here only",
    params: ofOne,
    body: z.strictObject({
      address: z
        .string()
        .max(500)
        .optional()
        .describe("Where the phone finds the pages; without it the address at /address, or the host asked"),
      days: z.number().int().min(1).max(365).optional().describe("For how long it is good; 30 without it"),
      actor: actorField,
    }),
    answer: shapes.linkMade,
    handler: async ({ book, id }, { actor, address, days }, request) =>
      makeLink(
        db,
        book,
        id,
        { address: address ?? desk.address ?? `http://${request.host}`, days },
        doingOf(desk, actor),
      ),
  });
  write(app, {
    url: "/planning/:book/consignments/:id/links/:link/withdraw",
    tag,
    summary: "Withdraws a link: nothing is signed by it any more",
    params: ofOne.extend({ link: word }),
    body: z.strictObject({ actor: actorField }),
    answer: shapes.consignment,
    handler: async ({ book, id, link }, { actor }) => {
      await endLink(db, book, id, link, doingOf(desk, actor));
      return consignmentView(db, clock, { book, id });
    },
  });
}
