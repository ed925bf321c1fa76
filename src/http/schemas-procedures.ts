import { z } from "zod";
import {
  clock,
  comparisons,
  eventTypes,
  guards,
  positionKinds,
  standings,
  stepKinds,
} from "#core/decisions/procedure.ts";
import { outlineKinds } from "#core/decisions/rule-outline.ts";
import type * as governed from "#core/views-governed.ts";
import { count, day, shapeOf, text } from "./schemas.ts";

const row = {
  id: text,
  title: text,
  summary: text,
  basis: z.enum(["published", "practice", "modelled"]),
  validFrom: day,
  validTo: day.nullable().describe("The last day in force"),
};
export const procedureRow = shapeOf<governed.ProcedureRow>()("ProcedureRow", z.object(row));

export const drawing = shapeOf<string>()("Drawing", text.describe("The text of the image"));

const standing = z.enum(standings);
const whole = text.nullable().describe("A whole number");
const outlineLine = z.object({
  depth: count.describe("A line's parts follow it, one deeper"),
  kind: z.enum(outlineKinds),
  says: text,
  condition: z
    .object({
      id: text,
      count: z.array(standing).describe("Whose measure is added up"),
      measure: text.describe("members, or a weight"),
      role: text.nullable(),
      is: z.enum(comparisons),
      bound: z.object({
        kind: z.enum(["count", "share", "blocking-minimum"]),
        count: whole,
        share: text.nullable().describe("A fraction"),
        of: z.array(standing).nullable().describe("Null for all who take part"),
        measure: text.nullable(),
        plus: whole,
      }),
    })
    .nullable(),
});
const step = { id: text, title: text, kind: z.enum(stepKinds) };
const event = z.enum(eventTypes);
const moved = z.union([event, z.literal(clock)]);
const diagram = z.object({
  id: text,
  title: text,
  summary: text,
  nodes: z.array(z.object({ ...step, row: count, column: z.union([z.literal(0), z.literal(1)]), start: z.boolean() })),
  edges: z.array(z.object({ number: count, from: text, to: text, on: moved, label: text, byClock: z.boolean() })),
  legend: z.array(z.object({ number: count, label: text, text })),
});

export const procedure = shapeOf<governed.ProcedureView>()(
  "Procedure",
  z.object({
    ...row,
    sources: z.array(z.object({ title: text, publisher: text, passage: text, url: text.nullable(), says: text })),
    takesPart: text,
    seats: z.object({ count: count.nullable(), roles: z.record(text, count) }),
    positions: z.array(z.enum(positionKinds)),
    exemptions: z.array(text).describe("What a constructive abstainer need not do"),
    deadline: z
      .object({ workingDays: count, at: text.describe("HH:MM of the place"), calendar: text, says: text })
      .nullable(),
    start: text,
    steps: z.array(z.object(step)),
    transitions: z.array(
      z.object({
        on: moved,
        from: z.array(text),
        to: text,
        says: text,
        needs: z.array(z.enum(guards)),
        newRound: z.boolean().describe("Positions are taken anew"),
      }),
    ),
    records: z.array(z.object({ on: z.array(event), in: z.array(text) })),
    rule: z.array(outlineLine).describe("The rule in words, line by line"),
    diagram,
  }),
);
