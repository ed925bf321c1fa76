import { z } from "zod";
import {
  comparisons,
  standings,
  type Bound,
  type Condition,
  type Ratio,
  type Rule,
} from "#core/decisions/procedure.ts";

const share = z
  .string()
  .regex(/^\d{1,9}\/[1-9]\d{0,8}$/, 'a share as a fraction, such as "55/100"')
  .transform((text): Ratio => {
    const [numerator = "0", denominator = "1"] = text.split("/");
    return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
  })
  .refine((ratio) => ratio.numerator <= ratio.denominator, "a share of no more than the whole");

const standing = z.enum(standings);
const whole = z
  .int()
  .min(0)
  .transform((number) => BigInt(number));
const word = z.string().regex(/^[a-z][a-z0-9-]*$/, "a word in small letters");

const bound = z.union([
  z.strictObject({ count: whole }).transform((one): Bound => ({ kind: "count", count: one.count })),
  z
    .strictObject({ share, of: z.union([z.literal("participants"), z.array(standing).min(1)]) })
    .transform((one): Bound => ({
      kind: "share",
      share: one.share,
      of: one.of === "participants" ? standings : one.of,
    })),
  z
    .strictObject({ blockingMinimum: z.strictObject({ measure: word, share, plus: whole }) })
    .transform((one): Bound => ({ kind: "blocking-minimum", ...one.blockingMinimum })),
]);

const condition = z
  .strictObject({
    condition: word,
    says: z.string().min(1),
    count: z.array(standing).min(1),
    measure: word.default("members"),
    role: word.nullable().default(null),
    is: z.enum(comparisons),
    bound,
  })
  .transform(({ condition: id, ...rest }): Condition => ({ kind: "condition", id, ...rest }));

/** The rule of a procedure's file: a condition, `all` or `any` of several, one that is asked `unlessUnderSilence`, or one for when everybody takes part and one for when some do not. */
export const ruleSchema: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    condition,
    z.strictObject({ all: z.array(ruleSchema).min(1) }).transform((one): Rule => ({ kind: "all", rules: one.all })),
    z.strictObject({ any: z.array(ruleSchema).min(1) }).transform((one): Rule => ({ kind: "any", rules: one.any })),
    z
      .strictObject({ unlessUnderSilence: ruleSchema })
      .transform((one): Rule => ({ kind: "unless-silence", rule: one.unlessUnderSilence })),
    z
      .strictObject({ whenAllTakePart: ruleSchema, whenSomeDoNot: ruleSchema })
      .transform((one): Rule => ({ kind: "participation", whenAll: one.whenAllTakePart, whenSome: one.whenSomeDoNot })),
  ]),
);
