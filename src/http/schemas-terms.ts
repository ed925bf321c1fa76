import { z } from "zod";
import { countedEvents } from "#core/delivery/counted.ts";
import { proposalObjects, type FundTerms, type Terms } from "#core/decisions/terms.ts";
import type { AuthorityView } from "#core/views-decisions.ts";
import { amount, count, day, shapeOf, stream, text } from "./schemas.ts";

/** What a text would do once adopted, and what a decision allows: shared by proposals and funds. */

const grant = z.object({
  kind: z.enum(["call", "spend"]),
  line: text.nullable().describe("Any line of the fund where null"),
  amount,
  from: day,
  until: day.describe("The last day"),
  purpose: text,
});

export const fundTerms = shapeOf<FundTerms>()(
  "FundTerms",
  z.object({
    id: text,
    title: text,
    currency: text,
    members: text.describe("The slug of the group that contributes"),
    from: day,
    until: day,
    years: z.array(z.object({ year: count, amount })),
    lines: z.array(z.object({ id: text, title: text, stream, purpose: text })),
    earmarks: z.array(z.object({ id: text, title: text, lines: z.array(text) })),
    key: text.describe("The id of a key, or the whole text of one of its own"),
    decides: z.partialRecord(z.enum(proposalObjects), text).describe("The procedure by which each object is decided"),
    gap: z.enum(["others", "open"]).describe("Whether the others bear the part of who abstains constructively"),
    inKind: z.object({ part: text, most: text, says: text }).nullable(),
    account: z.object({ holder: text, number: text, bank: text }).nullable(),
    modelled: text.nullable(),
    delivered: z
      .enum(countedEvents)
      .optional()
      .describe("Which event counts as delivered; the book's policy without it"),
  }),
);

const line = z.object({ fund: text, line: text });
export const terms = shapeOf<Terms>()(
  "Terms",
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("open-fund"), fund: fundTerms, grants: z.array(grant) }),
    z.object({ kind: z.literal("adopt-key"), fund: text, key: text, from: day }),
    z.object({
      kind: z.literal("call"),
      fund: text,
      year: count,
      instalment: count,
      instalments: count,
      lines: z.array(z.object({ line: text, amount })),
      dueOn: day,
    }),
    z.object({ kind: z.literal("spend"), fund: text, grants: z.array(grant) }),
    z.object({ kind: z.literal("reallocate"), from: line, to: line, amount, until: day, reason: text }),
    z.object({ kind: z.literal("take-over-format"), format: text, by: text, from: day }),
    z.object({
      kind: z.literal("appoint"),
      post: text,
      holder: text,
      party: text.nullable(),
      from: day,
      until: day.nullable(),
    }),
    z.object({ kind: z.literal("adopt-report"), report: text, address: text.nullable() }),
    z.object({ kind: z.literal("adopt-plan"), plan: text }),
  ]),
);

export const authority = shapeOf<AuthorityView>()(
  "Authority",
  z.object({
    id: text,
    kind: z.enum(["call", "spend", "reallocate"]),
    fund: text,
    line: text.nullable(),
    lineTitle: text.nullable(),
    toFund: text.nullable(),
    toLine: text.nullable(),
    toLineTitle: text.nullable(),
    currency: text,
    amount,
    used: amount,
    paid: amount,
    left: amount,
    from: day,
    until: day,
    purpose: text,
    decision: text,
    live: z.boolean(),
    why: text,
  }),
);
