import { z } from "zod";
import {
  evidenceKinds,
  milestoneKinds,
  milestoneOrigins,
  milestonePrecisions,
  milestoneStates,
} from "#core/foresight/milestones/milestone.ts";
import * as views from "#core/views-milestones.ts";
import { head, version } from "./schemas-planning.ts";
import { count, day, shapeOf, sourceRef, text } from "./schemas.ts";

/** The shapes of milestones and of what changed, each held to its type in core/views-milestones.ts. */

const instant = text.describe("An instant in UTC");
const state = z.enum(milestoneStates);
const precision = z.enum(milestonePrecisions).describe("month: some day of its month, of which the day is the last");
const daysLate = count
  .nullable()
  .describe(
    "Days from the day last expected to today, or to the day it was met; from the first expected where a later one is still to come; null where that is not past",
  );

const condition = shapeOf<views.ConditionView>()(
  "MilestoneCondition",
  z.object({ kind: z.enum(["amount", "need", "decision"]), text, says: text }),
);
const rowFields = {
  id: text,
  origin: z.enum(milestoneOrigins).describe("stated, a fact of the past, or what it follows from"),
  kind: z.enum(milestoneKinds),
  title: text,
  on: day,
  precision,
  firstOn: day.describe("The day first expected"),
  shifts: count,
  shiftedDays: count,
  state,
  happenedOn: day.nullable(),
  daysLate,
  why: z.array(text).describe("What puts it at risk"),
  owner: z.object({ party: text.nullable(), name: text }).nullable().describe("Who answers for it"),
  parties: z.array(text),
  group: text.nullable(),
  groupName: text.nullable(),
  fund: text.nullable(),
  fundTitle: text.nullable(),
  dependsOn: z.array(text),
  condition: condition.nullable(),
  probability: z.number().nullable().describe("An estimate from 0 to 1 that it is met by its day; null: unknown"),
  unknownWhy: text.nullable().describe("Why the forecast cannot tell; null where it was not asked, or can"),
  says: text,
  note: text,
  knownAt: instant,
  address: text.nullable(),
  source: sourceRef.nullable(),
};
const row = shapeOf<views.MilestoneRow>()("MilestoneRow", z.object(rowFields));
const forecast = shapeOf<views.MilestoneForecast>()(
  "MilestoneForecast",
  z.object({ state: z.enum(["none", "given"]), says: text }),
);

export const milestoneList = shapeOf<views.MilestoneList>()(
  "MilestoneList",
  z.object({
    head,
    today: day.describe("The day that stands for today: the one asked, or the clock's"),
    forecast,
    states: z.object({
      late: count,
      "no-word": count,
      "at-risk": count,
      expected: count,
      met: count,
      missed: count,
      cancelled: count,
    }),
    kinds: z.array(z.object({ kind: z.enum(milestoneKinds), milestones: count })),
    months: z.array(z.object({ month: text, late: count, noWord: count, open: count, met: count, over: count })),
    items: z.array(row),
    total: count,
    next: text.nullable(),
  }),
);

const brief = shapeOf<views.MilestoneBrief>()(
  "MilestoneBrief",
  z.object({ id: text, title: text, on: day, precision, state, daysLate }),
);
export const milestone = shapeOf<views.MilestoneView>()(
  "Milestone",
  z.object({
    ...rowFields,
    head,
    today: day,
    forecast,
    version: count.nullable(),
    partyNames: z.array(z.object({ party: text, name: text })),
    days: z.array(
      z.object({ on: day, precision, knownAt: instant, movedDays: count.nullable(), reason: text, actor: text }),
    ),
    evidence: z.array(z.object({ kind: z.enum(evidenceKinds), id: text, address: text })),
    needs: z.array(brief),
    neededBy: z.array(brief),
    history: z.array(version),
  }),
);

const change = shapeOf<views.Change>()(
  "Change",
  z.object({
    at: instant,
    knownAt: instant,
    recordedAt: text.describe("An instant in UTC; empty where nothing tells"),
    kind: z.enum(views.changeKinds),
    title: text,
    says: text,
    days: count.nullable().describe("By how much a day moved, or something was late"),
    milestone: text.nullable(),
    address: text,
  }),
);
export const changeList = shapeOf<views.ChangeList>()(
  "ChangeList",
  z.object({
    head,
    now: instant,
    since: instant,
    clock: z.enum(["known", "recorded"]),
    items: z.array(change),
    total: count,
    next: text.nullable(),
  }),
);

export const newsFile = shapeOf<string>()("NewsFile", text.describe("Atom, RFC 4287"));
