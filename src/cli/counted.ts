import type { ItemKind } from "#core/planning/record.ts";
import { groupDigits } from "./output.ts";

const ones: Readonly<Record<Exclude<ItemKind["counted"], "currency">, string>> = {
  pieces: "piece",
  places: "place",
  "post-months": "post-month",
};

/** What a quantity of a kind is counted in: piece for one, pieces for more; a currency by its code. */
export function unitWord(
  { counted, unit }: Readonly<{ counted: ItemKind["counted"]; unit: string }>,
  quantity: string | number,
): string {
  if (counted === "currency") return unit;
  return Number(quantity) === 1 ? ones[counted] : counted;
}

/** "1 piece", "12,000 pieces". */
export function plural(count: number | string, one: string, many = `${one}s`): string {
  return `${groupDigits(String(count))} ${Number(count) === 1 ? one : many}`;
}
