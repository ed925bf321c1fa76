import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Clock } from "#app/clock.ts";
import type { Database } from "#app/database.ts";
import { acceptPlan, proposePlan } from "#app/planning/accept.ts";
import { compareKeptPlans } from "#app/planning/compare-plans.ts";
import { explainPlan, planFairness, planLevers } from "#app/planning/explain-plan.ts";
import { checkKeptPlan } from "#app/planning/check-plan.ts";
import { planAssignments, planList, planView } from "#app/planning/plan-view.ts";
import { MainstayError } from "#core/errors.ts";
import { assignmentColumns } from "#core/plan-table.ts";
import { formatQuery } from "../frame-query.ts";
import { goneSignal } from "../gone.ts";
import { actorField, read, write } from "../route.ts";
import { proposal } from "../schemas-decisions.ts";
import * as shapes from "../schemas-plans.ts";
import { sendTable, tableFormat } from "../tables.ts";
import { planJobRoutes } from "./plan-jobs.ts";
import type { SolvingDesk } from "./solving-desk.ts";

const tag = "planning";
const word = z.string().min(1).max(200);
const words = z.string().max(2000);
const ofBook = z.object({ book: word });
const ofPlan = ofBook.extend({ plan: word });
const largestPage = 500;

export type PlanningDesk = Readonly<{ db: Database; clock: Clock; actor: string }>;

/** Plans: asked for and followed while they are solved, listed, shown, checked, accepted and put to decision. */
export async function planRoutes(app: FastifyInstance, parts: SolvingDesk): Promise<void> {
  await planJobRoutes(app, parts);
  readRoutes(app, parts);
  solvedRoutes(app, parts.db);
  actRoutes(app, parts);
}

function readRoutes(app: FastifyInstance, { db, clock }: PlanningDesk): void {
  read(app, {
    url: "/planning/:book/plans/:plan/compare/:other",
    tag,
    summary: "What another plan does otherwise than this one: pieces that moved, needs, priorities, efforts",
    params: ofPlan.extend({ other: word }),
    query: z.object({
      changes: z.coerce.number().int().min(0).max(10_000).optional().describe("At most so many; 100 without it"),
    }),
    answer: shapes.comparison,
    handler: async ({ book, plan, other, changes }) => compareKeptPlans(db, book, [plan, other], changes),
  });
  read(app, {
    url: "/planning/:book/plans",
    tag,
    summary: "The plans of a book, newest first",
    params: ofBook,
    query: z.object({}),
    answer: shapes.planList,
    handler: async ({ book }) => planList(db, clock, book),
  });
  read(app, {
    url: "/planning/:book/plans/:plan",
    tag,
    summary: "One plan: what it covers, what flows from whom, efforts against the key, gaps, what is unused and why",
    params: ofPlan,
    query: z.object({}),
    answer: shapes.planView,
    handler: async ({ book, plan }) => planView(db, clock, book, plan),
  });
  read(app, {
    url: "/planning/:book/plans/:plan/assignments",
    tag,
    summary: "What is given and bought for whom, when and through which hub: a page at a time, or all of it as a file",
    params: ofPlan,
    query: z.object({
      need: word.optional(),
      offer: word.optional(),
      giver: word.optional(),
      limit: z.coerce.number().int().min(1).max(largestPage).optional().describe("Rows of a page; 100 without it"),
      cursor: z.string().max(40).optional().describe("What the page before gave as next"),
      ...formatQuery("json", "csv", "ndjson"),
    }),
    answer: shapes.assignments,
    handler: async ({ book, plan, format, limit = 100, cursor, ...filter }, request, reply) => {
      const asked = tableFormat(format, request);
      if (asked === undefined) return planAssignments(db, book, plan, { ...filter, limit, cursor });
      const { assignments, currency } = await planAssignments(db, book, plan, filter);
      const frame = { book, asOf: null, knownAt: null, boundary: "all", basis: "as-reported", unit: currency };
      const what = `plan-${plan}`;
      return sendTable(request, reply, { what, frame, format: asked, rows: assignments, columns: assignmentColumns });
    },
  });
}

function solvedRoutes(app: FastifyInstance, db: Database): void {
  read(app, {
    url: "/planning/:book/plans/:plan/explain",
    tag,
    summary: "Why an offer goes where it goes, or why a need gets no more; takes seconds",
    params: ofPlan,
    query: z.object({
      need: word.optional().describe("The need to explain, or"),
      offer: word.optional().describe("the offer to explain"),
    }),
    answer: shapes.explanation,
    handler: async ({ book, plan, need, offer }, _, reply) => {
      if ((need === undefined) === (offer === undefined))
        throw new MainstayError("parameter_invalid", "one of need and offer is wanted", { field: "need" });
      const question =
        need === undefined ? { kind: "offer" as const, id: offer ?? "" } : { kind: "need" as const, id: need };
      return explainPlan(db, book, plan, question, { signal: goneSignal(reply) });
    },
  });
  read(app, {
    url: "/planning/:book/plans/:plan/levers",
    tag,
    summary: "What would help a plan most, each verified by solving again; takes seconds",
    params: ofPlan,
    query: z.object({}),
    answer: shapes.levers,
    handler: async ({ book, plan }, _, reply) => planLevers(db, book, plan, { signal: goneSignal(reply) }),
  });
  read(app, {
    url: "/planning/:book/plans/:plan/fairness",
    tag,
    summary: "What fairness costs: the points left the better the least covered priority is covered; takes seconds",
    params: ofPlan,
    query: z.object({}),
    answer: shapes.fairness,
    handler: async ({ book, plan }, _, reply) => planFairness(db, book, plan, { signal: goneSignal(reply) }),
  });
}

const source = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, "small letters, digits and hyphens, at most 100"),
  title: words.min(1),
  publisher: words.min(1),
  publishedOn: z.iso.date().nullable().default(null),
  url: z.url().max(2000).nullable().default(null),
});

function actRoutes(app: FastifyInstance, { db, clock, actor: user }: PlanningDesk): void {
  write(app, {
    url: "/planning/:book/plans/:plan/check",
    tag,
    summary: "Checks a plan against what it was made from, without knowing how it was made",
    params: ofPlan,
    body: z.strictObject({}),
    answer: shapes.planCheck,
    handler: async ({ book, plan }) => checkKeptPlan(db, book, plan),
  });
  write(app, {
    url: "/planning/:book/plans/:plan/accept",
    tag,
    summary: "Places what a plan takes from one giver, on that giver's own word",
    params: ofPlan,
    body: z.strictObject({ giver: word, source, actor: actorField }),
    answer: shapes.accepted,
    handler: async ({ book, plan }, { giver, source: named, actor = user }) =>
      acceptPlan(db, clock, { book, id: plan }, { giver, source: { ...named, retrievedOn: null, note: "" }, actor }),
  });
  write(app, {
    url: "/planning/:book/plans/:plan/proposals",
    tag,
    summary: "Opens a proposal to adopt a plan, with its text",
    params: ofPlan,
    body: z.strictObject({
      group: word,
      procedure: word,
      id: word.optional(),
      words: words.optional(),
      actor: actorField,
    }),
    answer: proposal,
    handler: async ({ book, plan }, { actor = user, ...order }) =>
      proposePlan(db, clock, { book, id: plan }, { ...order, actor }),
  });
}
