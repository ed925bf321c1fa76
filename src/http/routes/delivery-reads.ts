import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { queryStates, watchKinds } from "#core/views-delivery.ts";
import { deliveredPolicies } from "#app/delivery/delivered.ts";
import { consignmentList } from "#app/delivery/list.ts";
import { deliveryPicture } from "#app/delivery/picture.ts";
import { queryList } from "#app/delivery/query-view.ts";
import { uncarriedList } from "#app/delivery/uncarried.ts";
import { consignmentView } from "#app/delivery/view.ts";
import { watchList } from "#app/delivery/watch.ts";
import { read } from "../route.ts";
import * as shapes from "../schemas-delivery.ts";
import * as pictured from "../schemas-delivery-picture.ts";
import type { PlanningDesk } from "./plans.ts";

const tag = "deliveries";
const word = z.string().min(1).max(200);
const ofBook = z.object({ book: word });
const ofOne = ofBook.extend({ id: word });
const knownAt = { known_at: z.string().max(40).optional().describe("As known by the end of this day, YYYY-MM-DD") };
const page = {
  limit: z.coerce.number().int().min(1).max(1000).optional().describe("Rows of a page; 200 without it"),
  cursor: z.string().max(40).optional().describe("What the page before gave as next"),
};

/** What can be looked at: all deliveries, consignments, what is to be asked after. */
export function deliveryReads(app: FastifyInstance, desk: PlanningDesk): void {
  overRoutes(app, desk);
  consignmentReads(app, desk);
  askedRoutes(app, desk);
}

function overRoutes(app: FastifyInstance, { db, clock }: PlanningDesk): void {
  read(app, {
    url: "/planning/:book/deliveries",
    tag,
    summary:
      "All deliveries of a book in one look: the pipeline, what stands at which hub, what is due and there by month",
    params: ofBook,
    query: z.object(knownAt),
    answer: pictured.picture,
    handler: async ({ book, known_at: day }) => deliveryPicture(db, clock, { book, knownAt: day }),
  });
  read(app, {
    url: "/planning/:book/uncarried",
    tag,
    summary: "What was placed and is in no consignment yet",
    params: ofBook,
    query: z.object({
      need: word.optional(),
      giver: word.optional(),
      hub: word.optional(),
      stream: word.optional(),
      ...knownAt,
      ...page,
    }),
    answer: pictured.uncarriedList,
    handler: async ({ known_at: day, ...rest }) => uncarriedList(db, clock, { ...rest, knownAt: day }),
  });
}

function consignmentReads(app: FastifyInstance, { db, clock }: PlanningDesk): void {
  read(app, {
    url: "/planning/:book/consignments",
    tag,
    summary: "The consignments of a book, and the pipeline: pieces by stream and state",
    params: ofBook,
    query: z.object({
      q: word.optional(),
      stream: word.optional(),
      giver: word.optional(),
      need: word.optional(),
      hub: word.optional(),
      state: word.optional(),
      watch: z.enum(watchKinds).optional(),
      disputed: z.enum(["true", "false"]).optional().describe("true: only with a query that is not settled"),
      ...knownAt,
      ...page,
    }),
    answer: shapes.consignmentList,
    handler: async ({ known_at: day, disputed, ...rest }) =>
      consignmentList(db, clock, { ...rest, knownAt: day, disputed: disputed === "true" }),
  });
  read(app, {
    url: "/planning/:book/consignments/:id",
    tag,
    summary: "One consignment: its lines with both sides' figures, every event, queries, what can happen next",
    params: ofOne,
    query: z.object(knownAt),
    answer: shapes.consignment,
    handler: async ({ book, id, known_at: day }) => consignmentView(db, clock, { book, id, knownAt: day }),
  });
}

/** What is to be asked after, and by which event it is counted. */
function askedRoutes(app: FastifyInstance, { db, clock }: PlanningDesk): void {
  read(app, {
    url: "/planning/:book/watch",
    tag,
    summary: "What is late, stuck or unconfirmed, and whom to ask",
    params: ofBook,
    query: z.object({
      kind: z.enum(watchKinds).optional(),
      need: word.optional(),
      ask: word.optional().describe("The id of who is to be asked"),
      ...knownAt,
      ...page,
    }),
    answer: shapes.watchList,
    handler: async ({ known_at: day, ...rest }) => watchList(db, clock, { ...rest, knownAt: day }),
  });
  read(app, {
    url: "/planning/:book/queries",
    tag,
    summary: "Differences between what the donor side reports and what the recipient signed for",
    params: ofBook,
    query: z.object({
      state: z
        .enum([...queryStates, "all"])
        .optional()
        .describe("Those not settled without it"),
      consignment: word.optional(),
      ...knownAt,
      ...page,
    }),
    answer: shapes.queryList,
    handler: async ({ known_at: day, ...rest }) => queryList(db, { ...rest, knownAt: day }),
  });
  read(app, {
    url: "/planning/:book/delivered",
    tag,
    summary: "Which event counts as delivered, by whose policy",
    params: ofBook,
    query: z.object(knownAt),
    answer: shapes.policies,
    handler: async ({ book, known_at: day }) => deliveredPolicies(db, clock, book, day),
  });
}
