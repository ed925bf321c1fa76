import type { ItemList } from "../../../../src/core/views-planning.ts";
import { byName } from "../../format/order.ts";

export type KindOption = readonly [id: string, words: string];

/** The kinds by the name of their capability, for a field with groups. */
export function kindGroups(list: ItemList): readonly Readonly<{ title: string; kinds: readonly KindOption[] }>[] {
  return list.capabilities
    .map(({ id, title }) => ({
      title,
      kinds: list.kinds.filter((kind) => kind.capability === id).map((kind): KindOption => [kind.id, kind.name]),
    }))
    .filter(({ kinds }) => kinds.length > 0);
}

/** All of them in one list, by name. */
export function kindOptions(list: ItemList): readonly KindOption[] {
  return list.kinds.map((kind): KindOption => [kind.id, kind.name]).toSorted((a, b) => byName(a[1], b[1]));
}
