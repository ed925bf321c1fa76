import { formatDecimal } from "#core/money.ts";
import { changesBetween, normalNeed, normalOffer } from "#core/planning/normal.ts";
import type { ItemKind, Need, Offer } from "#core/planning/record.ts";
import type { PlacedView, VersionView } from "#core/views-planning.ts";
import type { PlacedLine } from "#store/planning/coverage.ts";
import type { StoredVersion } from "#store/planning/versions.ts";
import { kindsById, taxonomy } from "./taxonomy.ts";

/** A kind's name, and its capability's title; what the program no longer ships goes by its id. */
export function kindWords(item: string): Readonly<{
  itemName: string;
  stream: ItemKind["stream"];
  capability: string;
  capabilityTitle: string;
  counted: ItemKind["counted"];
}> {
  const kind = kindsById().get(item);
  const capability = kind?.capability ?? "";
  return {
    itemName: kind?.name ?? item,
    stream: kind?.stream ?? "materiel",
    capability,
    capabilityTitle: taxonomy().capabilities.find((one) => one.id === capability)?.title ?? capability,
    counted: kind?.counted ?? "pieces",
  };
}

/** The code of the unit in the ledger that a kind is counted in. */
export function unitCode(item: string): string {
  return kindsById().get(item)?.counted === "currency" ? item : `item:${item}`;
}

export function nameOfKind(item: string): string {
  return kindWords(item).itemName;
}

export function placedView(line: PlacedLine, hubName: (hub: string) => string): PlacedView {
  const { quantity, unit, unitKind, scale, ...rest } = line;
  const bought = unitKind === "currency";
  return {
    ...rest,
    itemName: nameOfKind(line.item),
    hubName: hubName(line.hub),
    cost: bought ? formatDecimal(BigInt(quantity), scale) : null,
    currency: bought ? unit : null,
  };
}

/** Versions, newest first, each with what it changed of the one before it. */
export function historyOf(
  ...versions: [kind: "need", readonly StoredVersion<Need>[]] | [kind: "offer", readonly StoredVersion<Offer>[]]
): VersionView[] {
  const [kind, list] = versions;
  return list.map(({ seq, state, reason, actor, knownAt, recordedAt, source }, index) => {
    const changes = kind === "need" ? changesIn(list, index, normalNeed) : changesIn(list, index, normalOffer);
    return { seq, state, reason, actor, knownAt, recordedAt, source, changes };
  });
}

function changesIn<T extends Need | Offer>(
  list: readonly StoredVersion<T>[],
  index: number,
  normal: (body: T) => T,
): VersionView["changes"] {
  const [after, before] = [list[index], list[index + 1]];
  return after === undefined || before === undefined ? [] : changesBetween(normal(before.body), normal(after.body));
}
