import { z } from "zod";
import { MainstayError } from "#core/errors.ts";
import { proposalObjects } from "#core/decisions/terms.ts";

// A rehearsal is a made-up story as data: who there is, and what each does at which instant. Every step is done by the use case of its name.

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/);
const amount = z.string().regex(/^\d{1,18}(\.\d{1,2})?$/);
const order = z.record(z.string(), z.unknown());
const every = { at: z.iso.datetime(), as: z.string() };
const inFund = { ...every, fund: id };

const entry = z.strictObject({
  on: z.iso.date(),
  party: id.optional(),
  call: id.optional(),
  pledge: id.optional(),
  instalment: z.int().optional(),
  part: z
    .string()
    .regex(/^\d+\/[1-9]\d*$/)
    .optional(), // of what is outstanding; all of it without
  amount: amount.optional(),
  direction: z.enum(["credit", "debit"]).default("credit"),
  from: z.string().optional(),
  text: z.string().optional(),
});

const step = z.discriminatedUnion("do", [
  z.strictObject({
    ...every,
    do: z.literal("open"),
    proposal: z.strictObject({
      id,
      group: id,
      procedure: id,
      title: z.string(),
      object: z.enum(proposalObjects),
      reference: id.optional(),
      without: z.array(id).default([]),
    }),
  }),
  z.strictObject({ ...every, do: z.literal("event"), proposal: id, event: order }),
  z.strictObject({ ...inFund, do: z.literal("call"), order }),
  z.strictObject({ ...inFund, do: z.literal("pledge"), order }),
  z.strictObject({ ...inFund, do: z.literal("credit"), call: id, party: id, value: amount, method: z.string() }),
  z.strictObject({ ...inFund, do: z.literal("statement"), id: z.string(), entries: z.array(entry) }),
  z.strictObject({
    ...inFund,
    do: z.literal("match"),
    statement: z.string(),
    entry: z.int(),
    call: id,
    party: id,
  }),
  z.strictObject({ ...inFund, do: z.enum(["place", "pay", "pay-placed", "release", "acknowledge"]), order }),
  z.strictObject({ ...inFund, do: z.literal("reallocate"), order }),
]);

const member = z.strictObject({ party: id, role: z.string(), from: z.iso.date() });
const rehearsal = z.strictObject({
  book: z.strictObject({ slug: id, title: z.string(), description: z.string() }),
  recipient: z.strictObject({ id, name: z.string() }),
  parties: z.array(
    z.strictObject({ id, name: z.string(), gdp: z.string().regex(/^\d+$/), population: z.string().regex(/^\d+$/) }),
  ),
  groups: z.array(
    z.strictObject({
      slug: id,
      name: z.string(),
      kind: z.string(),
      description: z.string(),
      members: z.array(member),
    }),
  ),
  steps: z.array(step),
});

export type Rehearsal = Readonly<z.output<typeof rehearsal>>;
export type RehearsalStep = Rehearsal["steps"][number];
export type RehearsalEntry = z.output<typeof entry>;

/** A rehearsal from the text of its file. @throws MainstayError reference_invalid naming the field */
export function readRehearsal(json: string, file: string): Rehearsal {
  const found = rehearsal.safeParse(JSON.parse(json));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new MainstayError("reference_invalid", issue?.message ?? "something else", {
    file,
    field: issue?.path.join("."),
  });
}
