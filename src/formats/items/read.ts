import { z } from "zod";
import { streams } from "#core/bindingness.ts";
import { MainstayError } from "#core/errors.ts";
import type { ItemKind } from "#core/planning/record.ts";
import { parseJson, refuseIssues } from "../procedures/json.ts";

/** The kinds of items that needs and offers are stated in, valid from a day on, with the capability groups they belong to. */
export type Taxonomy = Readonly<{
  id: string;
  title: string;
  validFrom: string;
  capabilities: readonly Readonly<{ id: string; title: string }>[];
  kinds: readonly ItemKind[];
}>;

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, "a word in small letters");
const words = z.string().min(1);
const figure = z.number().positive().nullable().default(null);
const kind = z.strictObject({
  id: z.string().regex(/^([a-z][a-z0-9-]*|[A-Z]{3})$/, "a word in small letters, or the code of a currency"),
  name: words,
  stream: z.enum(streams),
  capability: id,
  counted: z.enum(["pieces", "places", "post-months", "currency"]),
  massKg: figure,
  volumeM3: figure,
  courseDays: z.int().positive().nullable().default(null),
  source: z.string().default(""),
});
const file = z.strictObject({
  id,
  title: words,
  validFrom: z.iso.date(),
  capabilities: z.array(z.strictObject({ id, title: words })).min(1),
  kinds: z.array(kind).min(1),
});

/**
 * A taxonomy from the text of its file.
 * @throws MainstayError item_kinds_invalid naming the field
 */
export function readTaxonomy(text: string, fileName: string): Taxonomy {
  const read = parseJson(text, "item_kinds_invalid", fileName);
  const { success, data, error } = file.safeParse(read);
  if (!success) throw refuseIssues(error, "item_kinds_invalid", fileName, read);
  const groups = new Set(data.capabilities.map((capability) => capability.id));
  const seen = new Set<string>();
  for (const [index, one] of data.kinds.entries()) {
    const fault = faultOf(one, groups, seen);
    if (fault !== null)
      throw new MainstayError("item_kinds_invalid", fault.found, {
        file: fileName,
        field: `kinds[${index}].${fault.field}`,
      });
    seen.add(one.id);
  }
  return data;
}

function faultOf(
  one: ItemKind,
  groups: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): Readonly<{ field: string; found: string }> | null {
  if (seen.has(one.id)) return { field: "id", found: `${one.id}, twice` };
  if (!groups.has(one.capability))
    return { field: "capability", found: `${one.capability}, not among the capabilities` };
  const isCode = /^[A-Z]{3}$/.test(one.id);
  if (isCode !== (one.counted === "currency"))
    return { field: "counted", found: `${one.id}, counted in ${one.counted}` };
  const stated = one.massKg ?? one.volumeM3 ?? one.courseDays;
  if (stated !== null && one.source === "") return { field: "source", found: "a figure without a source" };
  return null;
}
