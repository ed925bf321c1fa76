import { z } from "zod";
import { readShareTable, keyIndicators, unknownRules, type Key, type WorkedFund } from "#core/burden/key.ts";
import { parseRatio, type Ratio } from "#core/burden/ratio.ts";
import { MainstayError } from "#core/errors.ts";
import { unstorableIn } from "#core/issues.ts";
import { parseDecimal } from "#core/money.ts";
import { repeatedName } from "./repeated.ts";

// A key and a worked fund are data, one JSON file each; docs/keys.md explains every field.

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "a name of small letters, digits and hyphens");
const text = z.string().min(1);
const ratio = z
  .string()
  .regex(/^(\d{1,30}\/0*[1-9]\d{0,29}|\d{1,30}(\.\d{1,30})?( ?%)?)$/, 'a fraction such as "0.22", "22 %" or "11/50"');
const source = z.strictObject({
  title: text,
  publisher: text,
  publishedOn: z.iso.date().nullable(),
  url: z.url().nullable(),
  note: z.string().default(""),
});
const formula = z.strictObject({
  weights: z.array(z.strictObject({ indicator: z.enum(keyIndicators), weight: ratio.default("1") })).min(1),
  years: z.int().min(1).max(10).default(1),
  unknown: z.enum(unknownRules),
  discount: z
    .strictObject({
      gradient: ratio,
      threshold: z.union([
        z.literal("average"),
        z.strictObject({ perHead: z.string().regex(/^\d{1,15}(\.\d{1,2})?$/) }),
      ]),
      borneBy: z.enum(["those-above", "all"]),
    })
    .nullable()
    .default(null),
  equalPart: ratio.default("0"),
  floor: ratio.default("0"),
  ceiling: ratio.default("1"),
  redistribute: z.enum(["in-proportion", "equally"]).default("in-proportion"),
});
const head = {
  id,
  title: text,
  description: text,
  modelled: text.nullable(),
  validFrom: z.iso.date(),
  validUntil: z.iso.date().nullable(),
  source,
};
const keyFile = z.union([
  z.strictObject({ ...head, members: id, formula }),
  z.strictObject({ ...head, shares: z.record(id, ratio) }),
]);
const fundFile = z.strictObject({
  id,
  title: text,
  modelled: text,
  currency: z.string().regex(/^[A-Z]{3}$/),
  key: id,
  years: z
    .array(z.strictObject({ year: z.int().min(1900).max(2200), amount: z.string().regex(/^\d{1,18}(\.\d{1,2})?$/) }))
    .min(1),
  source,
});

/**
 * A key from the text of its file.
 * @throws MainstayError key_invalid naming the field; share_table_must_sum_to_one saying by how much it does not
 */
export function readKey(json: string, file: string): Key {
  const read = checked(keyFile, json, file);
  const { id: name, title, description, modelled, validFrom, validUntil } = read;
  const common = { id: name, title, description, modelled, validFrom, validUntil, source: read.source };
  if (validUntil !== null && validUntil < validFrom) throw invalid("a last day before the first", file, "validUntil");
  if ("shares" in read) return { ...common, members: null, rule: readShareTable(read.shares, file) };
  const { weights, discount, years, unknown, redistribute } = read.formula;
  const atMostOne = (field: "floor" | "ceiling" | "equalPart"): Ratio =>
    upToOne(read.formula[field], file, `formula.${field}`);
  return {
    ...common,
    members: read.members,
    rule: {
      kind: "formula",
      weights: weights.map(({ indicator, weight }, index) => ({
        indicator,
        weight: positive(weight, file, `formula.weights[${index}].weight`),
      })),
      years,
      unknown,
      redistribute,
      discount:
        discount === null
          ? null
          : {
              gradient: upToOne(discount.gradient, file, "formula.discount.gradient"),
              threshold: discount.threshold === "average" ? "average" : parseDecimal(discount.threshold.perHead, 2),
              borneBy: discount.borneBy,
            },
      equalPart: atMostOne("equalPart"),
      floor: atMostOne("floor"),
      ceiling: atMostOne("ceiling"),
    },
  };
}

/** A worked fund from the text of its file. @throws MainstayError key_invalid naming the field */
export function readWorkedFund(json: string, file: string): WorkedFund {
  const fund = checked(fundFile, json, file);
  return { ...fund, years: fund.years.map(({ year, amount }) => ({ year, amount: parseDecimal(amount, 2) })) };
}

function upToOne(written: string, file: string, field: string): Ratio {
  const read = parseRatio(written, { file, field });
  if (read.top > read.bottom) throw invalid(`${JSON.stringify(written)}, more than the whole`, file, field);
  return read;
}

function positive(written: string, file: string, field: string): Ratio {
  const read = parseRatio(written, { file, field });
  if (read.top === 0n) throw invalid("a weight of nothing", file, field);
  return read;
}

function checked<T>(schema: z.ZodType<T>, json: string, file: string): T {
  let written: unknown;
  try {
    written = JSON.parse(json);
  } catch (error) {
    throw invalid(`text that is not JSON: ${error instanceof Error ? error.message : "it ends too soon"}`, file);
  }
  const twice = repeatedName(json);
  if (twice !== undefined) throw invalid(`${JSON.stringify(twice.split(".").at(-1))} twice`, file, twice);
  const unstorable = unstorableIn(written);
  if (unstorable !== undefined) throw invalid(unstorable.found, file, unstorable.path.join("."));
  const result = schema.safeParse(written);
  if (result.success) return result.data;
  const [first] = innermost(result.error.issues);
  const path = first?.path ?? [];
  // What a pattern asks for is said in our words; they need what stands there before them.
  const found =
    first?.code === "invalid_format" && first.format === "regex"
      ? `${JSON.stringify(valueAt(written, path))}, not ${first.message}`
      : (first?.message ?? "something else");
  throw invalid(found, file, path.map(String).join(".") || undefined);
}

function valueAt(written: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((part, name) => (part as Readonly<Record<PropertyKey, unknown>> | undefined)?.[name], written);
}

/** The complaints of the alternative that fits best, where there were several. */
function innermost(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const [first] = issues;
  if (first?.code !== "invalid_union") return issues;
  const nearest = first.errors.toSorted((left, right) => left.length - right.length)[0];
  return nearest === undefined ? issues : innermost(nearest);
}

function invalid(found: string, file: string, field?: string): MainstayError {
  return new MainstayError("key_invalid", found, { file, field });
}
