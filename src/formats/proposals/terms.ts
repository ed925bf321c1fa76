import { z } from "zod";
import { streams } from "#core/bindingness.ts";
import { countedEvents } from "#core/delivery/counted.ts";
import { proposalObjects, type Terms } from "#core/decisions/terms.ts";
import { parseJson, refuseIssues } from "../procedures/json.ts";

const most = { words: 20_000, title: 300, list: 200, key: 200_000 } as const;

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "a name of small letters, digits and hyphens");
const title = z.string().regex(/\S/, "words").max(most.title);
const words = z.string().max(most.words);
const day = z.iso.date("a day, YYYY-MM-DD");
const amount = z.string().regex(/^\d{1,24}(\.\d{1,6})?$/, "an exact amount such as 1250000.50");
const share = z.string().regex(/^\d{1,9}\/[1-9]\d{0,8}$/, 'a part as a fraction, such as "1/2"');
const year = z.int().min(1900).max(2200);
const list = <T extends z.ZodType>(item: T) => z.array(item).max(most.list);

const grant = z.strictObject({
  kind: z.enum(["call", "spend"]),
  line: id.nullable().describe("Any line of the fund where null"),
  amount,
  from: day,
  until: day.describe("The last day"),
  purpose: title,
});

const fund = z.strictObject({
  id,
  title,
  currency: z.string().regex(/^[A-Z]{3}$/, "a currency by its ISO 4217 code"),
  members: id.describe("The group that contributes"),
  from: day,
  until: day,
  years: list(z.strictObject({ year, amount })),
  lines: list(z.strictObject({ id, title, stream: z.enum(streams), purpose: words })),
  earmarks: list(z.strictObject({ id, title, lines: list(id) })),
  key: z.string().min(1).max(most.key).describe("The id of a key, or the whole text of one"),
  decides: z.partialRecord(z.enum(proposalObjects), id).describe("The procedure by which each object is decided"),
  gap: z.enum(["others", "open"]).describe("Whether the others bear the part of those who abstain constructively"),
  inKind: z.strictObject({ part: share, most: share, says: words }).nullable(),
  account: z.strictObject({ holder: title, number: title, bank: title }).nullable(),
  modelled: words.nullable(),
  delivered: z.enum(countedEvents).optional().describe("Which event counts as delivered of what is given through it"),
});

const lineRef = z.strictObject({ fund: id, line: id });

/** What a text would do once adopted, as JSON; strict. */
export const termsSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("open-fund"), fund, grants: list(grant) }),
  z.strictObject({ kind: z.literal("adopt-key"), fund: id, key: z.string().min(1).max(most.key), from: day }),
  z.strictObject({
    kind: z.literal("call"),
    fund: id,
    year,
    instalment: z.int().min(1).max(1000),
    instalments: z.int().min(1).max(1000),
    lines: list(z.strictObject({ line: id, amount })),
    dueOn: day,
  }),
  z.strictObject({ kind: z.literal("spend"), fund: id, grants: list(grant) }),
  z.strictObject({ kind: z.literal("reallocate"), from: lineRef, to: lineRef, amount, until: day, reason: words }),
  z.strictObject({ kind: z.literal("take-over-format"), format: id, by: id, from: day }),
  z.strictObject({
    kind: z.literal("appoint"),
    post: title,
    holder: title,
    party: id.nullable(),
    from: day,
    until: day.nullable(),
  }),
  z.strictObject({ kind: z.literal("adopt-report"), report: title, address: z.url().nullable() }),
  z.strictObject({ kind: z.literal("adopt-plan"), plan: id }),
]);

/**
 * Terms from the text of a file or a body.
 * @throws MainstayError terms_invalid naming the file and the field, and what was found there
 */
export function readTerms(json: string, fileName?: string): Terms {
  const read = parseJson(json, "terms_invalid", fileName);
  const found = termsSchema.safeParse(read);
  if (!found.success) throw refuseIssues(found.error, "terms_invalid", fileName, read);
  return found.data;
}
