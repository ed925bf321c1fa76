import { z } from "zod";
import { consentStates } from "#core/planning/record.ts";
import { actorField } from "./route.ts";

/** What a body may say of a need or an offer. Only forms are checked here; what it means is checked where it is entered. */

const id = z.string().max(100);
const words = z.string().max(5000);
const title = z.string().max(300);
const day = z.string().max(40).describe("YYYY-MM-DD");
const whole = z.number().int();
const named = z.string().max(100).nullable();
const ids = z.array(id).max(200);

const needFields = {
  title,
  accepts: z
    .array(z.strictObject({ item: id, worthPpm: whole.describe("What one counts for, in millionths of the first") }))
    .max(50),
  quantity: whole,
  priority: whole,
  from: day,
  until: day,
  place: named.describe("The hub at which it is wanted; null: any"),
  package: z
    .array(
      z.strictObject({
        item: id,
        pieces: whole,
        systems: whole.describe("Pieces for so many systems"),
        when: z.enum(["before", "with", "monthly"]),
        leadDays: whole,
        months: whole,
      }),
    )
    .max(50),
  coalition: named,
  note: words,
};

/** Where it comes from, and who enters it. */
export const entering = {
  source: title.optional().describe("The document's title"),
  publisher: title.optional().describe("Who published it; who acts without it"),
  published: day.optional().describe("The day of publication"),
  url: z.string().max(2000).optional(),
  actor: actorField,
};

export const newNeed = z.strictObject({ id, ...needFields, ...entering });
export const needChange = z.strictObject({ ...z.object(needFields).partial().shape, reason: words, ...entering });
export const withReason = z.strictObject({ reason: words, ...entering });

const offerFields = {
  title,
  quantity: whole.describe("Pieces, places, post-months; of money its whole units, the sum of the years"),
  years: z
    .array(z.strictObject({ year: whole, amount: whole }))
    .max(50)
    .describe("Money only"),
  from: day,
  until: day,
  condition: z.enum(["new", "ready", "repair"]),
  repairDays: whole,
  earmark: z.strictObject({ capabilities: ids, needs: ids }).nullable(),
  caveat: words,
  excludes: ids.describe("Needs and hubs that the caveat rules out"),
  consent: z.strictObject({ state: z.enum(consentStates), of: title.nullable() }),
  allOrNothing: z.boolean(),
  hubs: ids.nullable(),
  valuation: z
    .strictObject({ amount: z.string().max(40), currency: z.string().max(3), method: words, source: words })
    .nullable(),
  coalition: named,
  fund: named,
  note: words,
};

export const newOffer = z.strictObject({ id, giver: title, item: id, ...offerFields, ...entering });
const replan = z
  .boolean()
  .optional()
  .describe("Whether a plan is made anew where the one that stands counted on the offer; it is without this");
export const offerChange = z.strictObject({
  ...z.object(offerFields).partial().shape,
  reason: words,
  replan,
  ...entering,
});
export const offerWithdrawn = withReason.extend({ replan });
export const consentGiven = z.strictObject({
  state: z.enum(["given", "refused"]),
  reason: words.optional(),
  replan,
  ...entering,
});
