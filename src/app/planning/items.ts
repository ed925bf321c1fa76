import type { ItemList } from "#core/views-planning.ts";
import { unitCode } from "./said.ts";
import { taxonomy } from "./taxonomy.ts";

/** The kinds of items that needs and offers are stated in, with the capability each belongs to. */
export function itemList(): ItemList {
  const { validFrom, capabilities, kinds } = taxonomy();
  const titles = new Map(capabilities.map(({ id, title }) => [id, title]));
  return {
    validFrom,
    capabilities,
    kinds: kinds.map((kind) => ({
      ...kind,
      capabilityTitle: titles.get(kind.capability) ?? kind.capability,
      unit: unitCode(kind.id),
    })),
  };
}
