import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { coalitionList, coalitionView } from "#app/planning/coalitions.ts";
import { planningFrame } from "#app/planning/frame.ts";
import { itemList } from "#app/planning/items.ts";
import { mostNeeds, needList, needView } from "#app/planning/need-views.ts";
import { mostOffers, offerStates } from "#app/planning/offer-search.ts";
import { offerList, offerView } from "#app/planning/offer-views.ts";
import { read } from "../route.ts";
import { frame, items } from "../schemas-planning-data.ts";
import * as shapes from "../schemas-planning.ts";
import { planningFileRoutes } from "./planning-files.ts";
import { planningWriteRoutes } from "./planning-write.ts";
import type { PlanningDesk } from "./plans.ts";
import type { SolvingDesk } from "./solving-desk.ts";

const tag = "planning";
const word = z.string().min(1).max(200);
const ofBook = z.object({ book: word });
const knownAt = { known_at: z.string().max(40).optional().describe("What was known by the end of this day") };
const filter = {
  q: z.string().max(200).optional().describe("Words found in the id, the title, the kind or the note"),
  item: word.optional(),
  capability: word.optional(),
  stream: word.optional(),
  coalition: word.optional(),
};
const page = (most: number) => ({
  limit: z.coerce.number().int().min(1).max(most).optional(),
  cursor: z.string().max(40).optional(),
});

/** What is needed and what is offered: lists and single ones, coalitions, what plans are made from; entered, changed, withdrawn; files in and out. */
export async function planningRoutes(app: FastifyInstance, desk: SolvingDesk): Promise<void> {
  needRoutes(app, desk);
  offerRoutes(app, desk);
  otherRoutes(app, desk);
  planningWriteRoutes(app, desk);
  await planningFileRoutes(app, desk);
}

function needRoutes(app: FastifyInstance, { db }: PlanningDesk): void {
  read(app, {
    url: "/planning/:book/needs",
    tag,
    summary: "The needs of a book with how far each is met, the most urgent first",
    params: ofBook,
    query: z.object({
      ...filter,
      priority: z.coerce.number().int().min(1).max(5).optional(),
      state: z.enum(["stated", "withdrawn", "all"]).optional().describe("stated without it"),
      uncovered: z.enum(["true", "false"]).optional().describe("true: only those with which nothing is placed"),
      ...knownAt,
      ...page(mostNeeds),
    }),
    answer: shapes.needList,
    handler: async ({ known_at: known, uncovered, ...query }) =>
      needList(db, { ...query, knownAt: known, uncovered: uncovered === "true" }),
  });
  read(app, {
    url: "/planning/:book/needs/:id",
    tag,
    summary: "One need: what is taken for it, its package, what is placed with it, every version",
    params: ofBook.extend({ id: word }),
    query: z.object(knownAt),
    answer: shapes.need,
    handler: async ({ book, id, known_at: known }) => needView(db, { book, id, knownAt: known }),
  });
}

function offerRoutes(app: FastifyInstance, { db, clock }: PlanningDesk): void {
  read(app, {
    url: "/planning/:book/offers",
    tag,
    summary: "The offers of a book, each with what is left of it and, where it can't be planned with, why",
    params: ofBook,
    query: z.object({
      ...filter,
      giver: word.optional(),
      state: z.enum(offerStates).optional().describe("open, or why nothing of it can be planned with"),
      ...knownAt,
      ...page(mostOffers),
    }),
    answer: shapes.offerList,
    handler: async ({ known_at: known, ...query }) => offerList(db, clock, { ...query, knownAt: known }),
  });
  read(app, {
    url: "/planning/:book/offers/:id",
    tag,
    summary: "One offer: its conditions, what of it is placed, every version",
    params: ofBook.extend({ id: word }),
    query: z.object(knownAt),
    answer: shapes.offer,
    handler: async ({ book, id, known_at: known }) => offerView(db, clock, { book, id, knownAt: known }),
  });
}

function otherRoutes(app: FastifyInstance, { db, clock }: PlanningDesk): void {
  read(app, {
    url: "/planning/items",
    tag,
    summary: "The kinds of items that needs and offers are stated in",
    query: z.object({}),
    answer: items,
    handler: async () => itemList(),
  });
  read(app, {
    url: "/planning/:book/coalitions",
    tag,
    summary: "The capability coalitions, with how many needs and offers name each",
    params: ofBook,
    query: z.object(knownAt),
    answer: shapes.coalitionList,
    handler: async ({ book, known_at: known }) => coalitionList(db, clock, { book, knownAt: known }),
  });
  read(app, {
    url: "/planning/:book/coalitions/:slug",
    tag,
    summary: "One coalition: its leads, its needs and offers, its dated targets",
    params: ofBook.extend({ slug: word }),
    query: z.object(knownAt),
    answer: shapes.coalition,
    handler: async ({ book, slug, known_at: known }) => coalitionView(db, clock, { book, slug, knownAt: known }),
  });
  read(app, {
    url: "/planning/:book/frame",
    tag,
    summary: "Hubs and what they can take, transport, prices, shares and roadmaps that plans of a book are made with",
    params: ofBook,
    query: z.object({}),
    answer: frame,
    handler: async ({ book }) => planningFrame(db, book),
  });
}
