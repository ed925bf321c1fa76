import { readFileSync } from "node:fs";
import { MainstayError } from "#core/errors.ts";
import type { ItemKind } from "#core/planning/record.ts";
import { readTaxonomy, type Taxonomy } from "#formats/items/read.ts";

const place = new URL("../../../policies/items/support.json", import.meta.url);

let shipped: Readonly<{ taxonomy: Taxonomy; kinds: ReadonlyMap<string, ItemKind> }> | undefined;

function opened() {
  if (shipped === undefined) {
    const taxonomy = readTaxonomy(readFileSync(place, "utf8"), "support.json");
    shipped = { taxonomy, kinds: new Map(taxonomy.kinds.map((kind) => [kind.id, kind])) };
  }
  return shipped;
}

/** The item kinds that come with the program, read once. */
export function taxonomy(): Taxonomy {
  return opened().taxonomy;
}

/** @throws MainstayError unknown_item_kind */
export function kindOf(id: string): ItemKind {
  const kind = opened().kinds.get(id);
  if (kind === undefined) throw new MainstayError("unknown_item_kind", JSON.stringify(id), { field: "item" });
  return kind;
}

/** The item kinds by their ids. */
export function kindsById(): ReadonlyMap<string, ItemKind> {
  return opened().kinds;
}
