import { z } from "zod";
import { bindingClasses, streams } from "#core/bindingness.ts";
import { coverageStates } from "#core/entries.ts";
import { MainstayError } from "#core/errors.ts";

/**
 * A mapping says how a table of somebody else's becomes promises and steps. It is data, one JSON file each; docs/importing.md explains every field.
 */
const column = z.string().min(1);
const words = z.record(z.string(), z.string().min(1));
const scale = z.enum(["one", "thousand", "million", "billion"]);
const bindingClass = z.enum(bindingClasses);
const day = z.string().regex(/^\d{4}-\d{2}$/, "a month as YYYY-MM");

/** A text taken from a column, its words replaced where `values` names them, or the same for every row. */
const text = z.union([
  z.strictObject({ column, values: words.optional() }),
  z.strictObject({ constant: z.string().min(1) }),
]);

const dateSource = z.union([
  z.strictObject({ column }),
  z.strictObject({ year: column, month: column.optional() }),
  z.strictObject({ monthNumber: column, first: day, where: z.strictObject({ column, is: z.string() }).optional() }),
]);

const classRule = z.union([
  bindingClass,
  z.strictObject({
    column,
    values: z.record(
      z.string(),
      z.union([bindingClass, z.strictObject({ class: bindingClass, quantity: z.literal("unknown") })]),
    ),
  }),
]);

const amount = z.strictObject({
  class: classRule,
  quantity: z.strictObject({ column, in: scale.default("one") }),
  unit: z.union([
    z.strictObject({ currency: z.string().regex(/^[A-Z]{3}$/) }),
    z.strictObject({ currencyColumn: column }),
    z.strictObject({ itemColumn: column }),
  ]),
  reported: z.strictObject({ column, in: scale.default("one") }).optional(),
  category: z.string().min(1).optional(),
  zero: z.enum(["state", "leave-out"]).default("state"),
});

const releaseMapping = z.strictObject({
  kind: z.literal("release"),
  name: z.string().min(1),
  title: z.string().min(1),
  publisher: z.string().min(1),
  book: z.string().regex(/^[a-z0-9-]+$/),
  series: z.string().regex(/^[a-z0-9-]+$/),
  recipient: z.string().min(1),
  reportedCurrency: z.string().regex(/^[A-Z]{3}$/),
  delimiter: z.string().length(1).optional(),
  headerRow: z.int().min(1).default(1),
  donor: text,
  category: text.optional(),
  code: z.strictObject({ columns: z.array(column).min(1) }).optional(),
  date: z.array(dateSource).default([]),
  streams: z.record(z.string(), z.enum(streams)).default({}),
  stream: z.enum(streams).default("finance"),
  titleColumn: column.optional(),
  explanationColumn: column.optional(),
  details: z.array(column).default([]),
  links: z.array(column).default([]),
  ignored: z.array(column).default([]),
  amounts: z.array(amount).min(1),
  coverage: z.record(bindingClass, z.strictObject({ state: z.enum(coverageStates), reason: z.string() }).optional()),
  companion: z.strictObject({ mapping: z.string().min(1), file: z.string().min(1) }).optional(),
});

const publishedMapping = z.strictObject({
  kind: z.literal("published-totals"),
  name: z.string().min(1),
  title: z.string().min(1),
  delimiter: z.string().length(1).optional(),
  headerRow: z.int().min(1).default(1),
  donor: text,
  skipDonors: z.array(z.string()).default([]),
  totals: z
    .array(z.strictObject({ column, category: z.string().min(1), class: bindingClass, in: scale.default("one") }))
    .min(1),
  ignored: z.array(column).default([]),
});

/** How one table becomes one release. */
export type Mapping = z.infer<typeof releaseMapping>;
/** How one table of printed totals is read, to be compared with a release. */
export type PublishedMapping = z.infer<typeof publishedMapping>;
export type AmountRule = Mapping["amounts"][number];
export type TextSource = z.infer<typeof text>;
export type DateSource = z.infer<typeof dateSource>;
export type Scale = z.infer<typeof scale>;

/** Powers of ten of the scales a column may be written in. */
export const scaleDigits: Readonly<Record<Scale, number>> = { one: 0, thousand: 3, million: 6, billion: 9 };

/**
 * Checks the text of a mapping file for releases. @throws MainstayError mapping_invalid naming the field
 */
export function parseMapping(json: string, fileName: string): Mapping {
  return checked(json, fileName, "release", releaseMapping);
}

/**
 * Checks the text of a mapping file for a table of printed totals. @throws MainstayError mapping_invalid naming the field
 */
export function parsePublishedMapping(json: string, fileName: string): PublishedMapping {
  return checked(json, fileName, "published-totals", publishedMapping);
}

function checked<T>(json: string, fileName: string, kind: string, schema: z.ZodType<T>): T {
  let written: unknown;
  try {
    written = JSON.parse(json);
  } catch (error) {
    throw new MainstayError("mapping_invalid", error instanceof Error ? error.message : "not JSON", { file: fileName });
  }
  const found = typeof written === "object" && written !== null && "kind" in written ? written.kind : undefined;
  if (found !== kind)
    throw new MainstayError("mapping_invalid", `${JSON.stringify(found) ?? "nothing"}, where "${kind}" is needed`, {
      file: fileName,
      field: "kind",
    });
  const result = schema.safeParse(written);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const more = result.error.issues.length - 1;
  throw new MainstayError(
    "mapping_invalid",
    `${first?.message ?? "something else"}${more > 0 ? `, and ${more} more` : ""}`,
    {
      file: fileName,
      field: fieldPath(first?.path ?? []),
    },
  );
}

function fieldPath(path: readonly PropertyKey[]): string {
  const written = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return written === "" ? "the file as a whole" : written.replace(/^\./, "");
}
