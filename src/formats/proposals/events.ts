import { z } from "zod";
import type { EventDraft, ProposalEvent } from "#core/decisions/events.ts";
import { positionKinds } from "#core/decisions/procedure.ts";
import { proposalObjects } from "#core/decisions/terms.ts";
import { MainstayError } from "#core/errors.ts";
import { pathText, unstorableIn } from "#core/issues.ts";
import { refuseIssues } from "../procedures/json.ts";
import { termsSchema } from "./terms.ts";

const most = { body: 500_000, words: 20_000, title: 300 } as const;

const words = z.string().max(most.words);
const written = words.regex(/\S/, "words");
const title = z.string().regex(/\S/, "words").max(most.title);
const party = z.string().min(1).max(60).describe("The id of a participant");
const instant = z.string().max(40).describe("In UTC, YYYY-MM-DDTHH:MM:SSZ");
const reason = z.strictObject({ text: written, restricted: z.boolean() }).nullable().default(null);

const text = {
  title,
  reference: title.nullable().default(null),
  body: z.string().max(most.body),
  terms: termsSchema.nullable().default(null).describe("What it would do once adopted; null where it is words alone"),
};

/** The events after the opening, each with what the whole list has beside its own: nothing where somebody asks for one, instant and actor on record. */
function eventsWith<Every extends z.ZodRawShape, Text extends z.ZodRawShape>(every: Every, version: Text) {
  return [
    z.strictObject({ type: z.literal("text-issued"), ...text, ...version, ...every }),
    z.strictObject({ type: z.literal("silence-started"), expiresAt: instant, ...every }),
    z.strictObject({ type: z.literal("silence-extended"), expiresAt: instant, ...every }),
    z.strictObject({ type: z.literal("re-issued"), ...text, expiresAt: instant, ...version, ...every }),
    z.strictObject({
      type: z.literal("position-stated"),
      participant: party,
      position: z.enum(positionKinds),
      reason,
      declaration: words.nullable().default(null).describe("A constructive abstention needs one"),
      ...every,
    }),
    z.strictObject({
      type: z.literal("objection"),
      participant: party,
      form: z.enum(["objection", "amendment"]).default("objection"),
      text: words,
      reason,
      ...every,
    }),
    z.strictObject({ type: z.literal("reservation-placed"), participant: party, note: words.default(""), ...every }),
    z.strictObject({ type: z.literal("reservation-lifted"), participant: party, ...every }),
    z.strictObject({
      type: z.literal("statement-made"),
      participant: party,
      kind: z.enum(["interpretative-statement", "formal-reservation"]).default("interpretative-statement"),
      text: words,
      ...every,
    }),
    z.strictObject({ type: z.literal("taken-to-meeting"), note: words.default(""), ...every }),
    z.strictObject({ type: z.literal("put-to-vote"), note: words.default(""), ...every }),
    z.strictObject({ type: z.literal("adopted"), note: words.default(""), ...every }),
    z.strictObject({ type: z.literal("rejected"), note: words.default(""), ...every }),
    z.strictObject({ type: z.literal("issued"), number: title, ...every }),
    z.strictObject({ type: z.literal("withdrawn"), reason: words.default(""), ...every }),
    z.strictObject({ type: z.literal("annulled"), reason: written, ...every }),
    z.strictObject({ type: z.literal("expired"), reason: words.default(""), ...every }),
  ] as const;
}

/** An event somebody asks for, and who acts. */
export const draftSchema = z.discriminatedUnion(
  "type",
  eventsWith(
    { actor: z.string().trim().min(1).max(100).optional().describe("Who acts; the user of the machine without it") },
    {},
  ),
);

const onRecord = { at: instant, actor: z.string() };
const weight = z
  .string()
  .regex(/^\d{1,40}$/, "a whole number")
  .transform((digits) => BigInt(digits));

const opened = z.strictObject({
  type: z.literal("opened"),
  procedure: z.string(),
  procedureFrom: z.iso.date(),
  title,
  object: z.strictObject({ kind: z.enum(proposalObjects), reference: z.string().nullable() }),
  participants: z.array(
    z.strictObject({
      id: party,
      name: z.string(),
      takesPart: z.boolean(),
      roles: z.array(z.string()),
      weights: z.record(z.string(), weight),
    }),
  ),
  ...onRecord,
});

const eventSchema = z.discriminatedUnion("type", [opened, ...eventsWith(onRecord, { version: z.int().min(1) })]);

/**
 * An event of a proposal from its JSON.
 * @throws MainstayError proposal_invalid naming the field, and what was found there
 */
export function eventFromJson(json: unknown): ProposalEvent {
  const found = eventSchema.safeParse(json);
  if (!found.success) throw refuseIssues(found.error, "proposal_invalid", undefined, json);
  return found.data;
}

/**
 * What somebody asks to be put on record, checked and with what was left out filled in.
 * @throws MainstayError proposal_invalid naming the field, and what was found there
 */
export function draftFromJson(json: unknown): EventDraft {
  const unstorable = unstorableIn(json);
  if (unstorable !== undefined)
    throw new MainstayError("proposal_invalid", unstorable.found, { field: pathText(unstorable.path) });
  const found = draftSchema.safeParse(json);
  if (!found.success) throw refuseIssues(found.error, "proposal_invalid", undefined, json);
  const { actor: _actor, ...draft } = found.data;
  return draft;
}

/** An event, an outcome or anything else of a proposal as JSON: whole numbers as decimal strings, nothing else changed. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? part.toString() : part));
}
