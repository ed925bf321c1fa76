import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Clock } from "#app/clock.ts";
import type { Database } from "#app/database.ts";
import { appendProposalEvent, decisionCalendar, decisionFeed, openProposal, proposalView } from "#app/decisions.ts";
import { draftSchema } from "#app/proposal-forms.ts";
import { proposalObjects } from "#core/decisions/terms.ts";
import { usualBook } from "../frame-query.ts";
import { takeBackRest } from "#app/planning/settle-annulled.ts";
import { actorField, read, write } from "../route.ts";
import * as shapes from "../schemas-decisions.ts";

const tag = "decisions";
const word = z.string().max(200);
const params = z.object({ id: word });
const book = word.default(usualBook);
const parties = z.array(word).max(300);

const opening = z.strictObject({
  id: word.describe("1 to 80 small letters, digits and hyphens"),
  book,
  group: word.describe("Its members of the day take part"),
  procedure: word,
  title: z.string().max(300),
  object: z.enum(proposalObjects),
  reference: word.optional().describe("The fund, or whatever else it is about"),
  without: parties.optional().describe("Members that do not take part"),
  roles: z.record(word, parties).optional().describe("Roles beside those of their membership, such as lead"),
  actor: actorField,
});

/** Proposals: listed, shown, opened, and everything that can happen to one. */
export function decisionRoutes(
  app: FastifyInstance,
  { db, clock, actor }: Readonly<{ db: Database; clock: Clock; actor: string }>,
): void {
  read(app, {
    url: "/decisions",
    tag,
    summary: "The proposals of a book, newest first, and every deadline",
    query: z.object({ book }),
    answer: shapes.decisionCalendar,
    handler: async (query) => decisionCalendar(db, clock, query.book),
  });
  read(app, {
    url: "/decisions/calendar.ics",
    tag,
    summary: "The deadlines of a book as a calendar to subscribe to, with reminders",
    query: z.object({ book }),
    answer: shapes.calendarFile,
    media: "text/calendar",
    handler: async (query, request, reply) =>
      reply
        .type("text/calendar; charset=utf-8")
        .send(await decisionFeed(db, clock, query.book, `${request.protocol}://${request.host}`)),
  });
  read(app, {
    url: "/decisions/:id",
    tag,
    summary: "One proposal: its texts, positions, what is missing, who can block, what it allows and what was used",
    description: "Restricted reasons are left out.",
    params,
    query: z.object({}),
    answer: shapes.proposal,
    handler: async ({ id }) => proposalView(db, clock, id),
  });
  write(app, {
    url: "/decisions",
    operation: "openDecision",
    tag,
    summary: "Opens a proposal; participants and procedure are frozen as they are today",
    body: opening,
    answer: shapes.proposal,
    handler: async (_, { actor: named, ...order }) => openProposal(db, clock, order, named ?? actor),
  });
  write(app, {
    url: "/decisions/:id/events",
    operation: "recordDecisionEvent",
    tag,
    summary: "Puts an event on a proposal's record, at the instant of this machine's clock",
    description: "A text's version is the next one. What the procedure does not allow is refused, with the reason.",
    params,
    body: draftSchema,
    answer: shapes.proposal,
    handler: async ({ id }, { actor: named, ...event }) => appendProposalEvent(db, clock, id, event, named ?? actor),
  });
  write(app, {
    url: "/decisions/:id/take-back",
    operation: "takeBackPlaced",
    tag,
    summary: "Takes back what an annulled decision left placed because it was under way, as far as it has come back",
    params,
    body: z.strictObject({ actor: actorField }),
    answer: shapes.proposal,
    handler: async ({ id }, { actor: named }) => takeBackRest(db, clock, id, { actor: named ?? actor }),
  });
}
