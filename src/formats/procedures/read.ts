import { z } from "zod";
import { clock, eventTypes, guards, positionKinds, stepKinds, type Procedure } from "#core/decisions/procedure.ts";
import { MainstayError } from "#core/errors.ts";
import { parseJson, refuseIssues } from "./json.ts";
import { faultOf } from "./faults.ts";
import { ruleSchema } from "./rule.ts";

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, "a word in small letters");
const words = z.string().min(1);
const events = z.enum(eventTypes);

const procedure = z.strictObject({
  id,
  title: words,
  summary: words,
  basis: z.enum(["published", "practice", "modelled"]),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  sources: z
    .array(z.strictObject({ title: words, publisher: words, passage: words, url: z.url().nullable(), says: words }))
    .min(1),
  takesPart: words,
  seats: z
    .strictObject({ count: z.int().min(1).nullable(), roles: z.record(id, z.int().min(1)) })
    .default({ count: null, roles: {} }),
  positions: z.array(z.enum(positionKinds)).min(1),
  exemptions: z.array(words).default([]),
  deadline: z
    .strictObject({
      workingDays: z.int().min(1),
      at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      calendar: id,
      says: words,
    })
    .nullable()
    .default(null),
  start: id,
  steps: z.array(z.strictObject({ id, title: words, kind: z.enum(stepKinds) })).min(2),
  transitions: z.array(
    z.strictObject({
      on: z.union([events, z.literal(clock)]),
      from: z.array(id).min(1),
      to: id,
      says: words,
      needs: z.array(z.enum(guards)).default([]),
      newRound: z.boolean().default(false),
    }),
  ),
  records: z.array(z.strictObject({ on: z.array(events).min(1), in: z.array(id).min(1) })),
  rule: ruleSchema,
});

/**
 * A procedure from the text of a file of `policies/procedures`.
 * @throws MainstayError procedure_invalid naming the file and the field
 */
export function readProcedure(text: string, fileName: string): Procedure {
  const found = procedure.safeParse(parseJson(text, "procedure_invalid", fileName));
  if (!found.success) throw refuseIssues(found.error, "procedure_invalid", fileName);
  const fault = faultOf(found.data);
  if (fault !== null) throw new MainstayError("procedure_invalid", fault.found, { file: fileName, field: fault.field });
  return found.data;
}
