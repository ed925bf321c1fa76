import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { changeList, mostChanges } from "#app/foresight/milestones/changes.ts";
import { milestoneCalendar, milestoneNews } from "#app/foresight/milestones/feeds.ts";
import { milestoneList, milestoneView, mostMilestones } from "#app/foresight/milestones/list.ts";
import { actOnMilestone, addMilestone, changeMilestone, enteringMilestones } from "#app/foresight/milestones/write.ts";
import { milestoneActs } from "#core/foresight/milestones/edit.ts";
import { milestoneKinds, milestoneOrigins, milestoneStates } from "#core/foresight/milestones/milestone.ts";
import { usualBook } from "../frame-query.ts";
import { goneSignal } from "../gone.ts";
import { read, write } from "../route.ts";
import { calendarFile } from "../schemas-decisions.ts";
import * as shapes from "../schemas-milestones.ts";
import { milestoneFileRoutes } from "./milestone-files.ts";
import { entering } from "../planning-input.ts";
import type { PlanningDesk } from "./plans.ts";

const tag = "foresight";
const url = "/foresight/milestones";
const word = z.string().min(1).max(200);
const book = word.default(usualBook);
const day = z.string().max(40);
const narrowing = {
  book,
  fund: word.optional().describe("Those of a fund"),
  nation: word.optional().describe("Those that name a party, that it answers for, or of a group it is in on the day"),
  known_at: day.optional().describe("What was known by the end of this day, which then stands for today"),
};
const forecast = z
  .enum(["true", "false"])
  .optional()
  .describe("true: asks the forecast for probabilities, which takes a while");

/** Dated events: listed, shown, stated, moved, ended; as feeds; and what changed since an instant. */
export async function milestoneRoutes(app: FastifyInstance, desk: PlanningDesk): Promise<void> {
  readRoutes(app, desk);
  feedRoutes(app, desk);
  writeRoutes(app, desk);
  await milestoneFileRoutes(app, desk);
}

function readRoutes(app: FastifyInstance, { db, clock }: PlanningDesk): void {
  read(app, {
    url,
    tag,
    summary:
      "Milestones: late ones first, then those past their day without word, then what is to come, then what is over",
    description:
      "Those that somebody states, and those that follow from the rest of the record: decisions, calls, pledges, consignments, needs, facts.",
    query: z.object({
      ...narrowing,
      kind: z.enum(milestoneKinds).optional(),
      origin: z.enum(milestoneOrigins).optional(),
      state: z.enum([...milestoneStates, "open", "over", "all"]).optional(),
      q: z.string().max(200).optional().describe("Words found in the id, the title or the note"),
      from: day.optional().describe("Expected on this day or later"),
      until: day.optional().describe("Expected on this day or earlier"),
      forecast,
      limit: z.coerce.number().int().min(1).max(mostMilestones).optional(),
      cursor: z.string().max(40).optional(),
    }),
    answer: shapes.milestoneList,
    handler: async ({ known_at: knownAt, forecast: asks, ...query }, _, reply) =>
      milestoneList(db, clock, { ...query, knownAt, forecast: asks === "true", signal: goneSignal(reply) }),
  });
  read(app, {
    url: `${url}/:id`,
    tag,
    summary: "One milestone: every day that was expected, evidence, what it depends on, every version",
    params: z.object({ id: word }),
    query: z.object({ book, known_at: narrowing.known_at, forecast }),
    answer: shapes.milestone,
    handler: async ({ book: slug, id, known_at: knownAt, forecast: asks }, _, reply) =>
      milestoneView(db, clock, { book: slug, id, knownAt, forecast: asks === "true", signal: goneSignal(reply) }),
  });
  read(app, {
    url: "/foresight/changes",
    tag,
    summary: "What moved after an instant, newest first: milestones, decisions taken, releases, deliveries signed for",
    query: z.object({
      ...narrowing,
      since: z.string().max(40).describe("A day, after the end of which; or an instant in UTC"),
      clock: z
        .enum(["known", "recorded"])
        .optional()
        .describe("known: when the world could know it; recorded: when this record learned it. known without it"),
      limit: z.coerce.number().int().min(1).max(mostChanges).optional(),
      cursor: z.string().max(40).optional(),
    }),
    answer: shapes.changeList,
    handler: async ({ known_at: knownAt, ...query }) => changeList(db, clock, { ...query, knownAt }),
  });
}

const siteOf = (request: FastifyRequest) => `${request.protocol}://${request.host}`;

function feedRoutes(app: FastifyInstance, { db, clock }: PlanningDesk): void {
  read(app, {
    url: `${url}.atom`,
    tag,
    summary: "Milestones of a book, a fund or a nation as a news feed, what changed last first",
    query: z.object(narrowing),
    answer: shapes.newsFile,
    media: "application/atom+xml",
    handler: async ({ known_at: knownAt, ...query }, request, reply) =>
      reply
        .type("application/atom+xml; charset=utf-8")
        .send(await milestoneNews(db, clock, { ...query, knownAt }, siteOf(request))),
  });
  read(app, {
    url: `${url}.ics`,
    tag,
    summary: "Milestones of a book, a fund or a nation as a calendar to subscribe to, with reminders",
    query: z.object(narrowing),
    answer: calendarFile,
    media: "text/calendar",
    handler: async ({ known_at: knownAt, ...query }, request, reply) =>
      reply
        .type("text/calendar; charset=utf-8")
        .send(await milestoneCalendar(db, clock, { ...query, knownAt }, siteOf(request))),
  });
}

const words = z.string().max(5000);
const ids = z.array(z.string().max(200)).max(50);
const named = z.string().max(200).nullable();
const fields = {
  title: z.string().max(300),
  kind: z.enum(milestoneKinds),
  on: day.describe("2024-07-10, by 2024-07-10, or 2024-07 for some day of that month"),
  owner: named.describe("Who answers for it: a party's id, or words"),
  parties: ids,
  group: named,
  fund: named,
  dependsOn: ids,
  condition: words.describe("amount received EUR 1000000.00 donor=deu fund=F stream=finance; need N 1/2; decision D"),
  evidence: ids.describe("source:ID, posting:ID, decision:ID, consignment:ID"),
  note: words,
};
const whole = {
  book,
  known: day.optional().describe("The day or instant from which the world could know it; now without it"),
  reason: words.optional(),
  ...entering,
};
const version = z
  .number()
  .int()
  .min(1)
  .optional()
  .describe("The version that was seen: refused where there is a newer");

/** A body's own fields, and apart from them how it is entered. */
async function parted<
  B extends Readonly<{ book: string; known?: string | undefined; reason?: string | undefined }> &
    Record<string, unknown>,
>(
  { db, clock, actor: user }: PlanningDesk,
  body: B &
    Readonly<{
      source?: string | undefined;
      publisher?: string | undefined;
      published?: string | undefined;
      url?: string | undefined;
      actor?: string | undefined;
    }>,
) {
  const { book: slug, known, reason, source, publisher, published, url: link, actor = user, ...rest } = body;
  const by = { source, publisher, published, url: link, actor, reason, now: clock() };
  return { slug, rest, how: await enteringMilestones(db, slug, by, known) };
}

function writeRoutes(app: FastifyInstance, desk: PlanningDesk): void {
  const { db, clock } = desk;
  const { title, on, ...others } = fields;
  write(app, {
    url,
    tag,
    summary: "States a milestone under an id that is not taken",
    body: z.strictObject({ id: z.string().max(100), title, on, ...z.object(others).partial().shape, ...whole }),
    answer: shapes.milestone,
    handler: async (_, body) => {
      const { slug, rest, how } = await parted(desk, body);
      const { id, ...written } = rest;
      await addMilestone(db, slug, id, written, how);
      return milestoneView(db, clock, { book: slug, id });
    },
  });
  write(app, {
    url: `${url}/:id/changes`,
    tag,
    summary: "Shifts or otherwise changes a milestone that is still expected, with a reason",
    params: z.object({ id: word }),
    body: z.strictObject({ ...z.object(fields).partial().shape, ...whole, version, reason: words }),
    answer: shapes.milestone,
    handler: async ({ id }, body) => {
      const { slug, rest, how } = await parted(desk, body);
      await changeMilestone(db, slug, id, rest, how);
      return milestoneView(db, clock, { book: slug, id });
    },
  });
  write(app, {
    url: `${url}/:id/acts`,
    tag,
    summary: "Says that a milestone was met, missed or cancelled, or is expected after all",
    params: z.object({ id: word }),
    body: z.strictObject({
      act: z.enum(milestoneActs),
      on: day.optional().describe("The day it happened; today without it"),
      evidence: fields.evidence.optional(),
      version,
      ...whole,
    }),
    answer: shapes.milestone,
    handler: async ({ id }, body) => {
      const { slug, rest, how } = await parted(desk, body);
      const { act, ...said } = rest;
      await actOnMilestone(db, slug, id, act, said, how);
      return milestoneView(db, clock, { book: slug, id });
    },
  });
}
