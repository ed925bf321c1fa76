import type { PlanCause } from "../views-plan.ts";
import { listText } from "./explain/words.ts";
import type { Pin } from "./instance.ts";

const words: Readonly<Record<PlanCause["what"], string>> = {
  withdrawn: "the withdrawal of",
  "consent-refused": "the refusal of consent to",
  "consent-pending": "the question of consent to",
};
const named = 3;

/** Such as: the withdrawal of O1 and O2, and the refusal of consent to O3. The first few by name. */
export function causesText(causes: readonly PlanCause[]): string {
  const parts = [...Map.groupBy(causes, ({ what }) => what)].map(([what, own]) => {
    const more = own.length > named ? [`${own.length - named} more`] : [];
    return `${words[what]} ${listText([...own.slice(0, named).map(({ offer }) => offer), ...more])}`;
  });
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")}, and ${parts.at(-1)}`;
}

const stemLength = 30;

/** What a plan is named by that was made because of them: the newest first, such as after-o1-withdrawn. */
export function causeStem([cause]: readonly PlanCause[]): string {
  const offer = (cause?.offer ?? "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, stemLength);
  return `after-${offer}-${cause?.what ?? "change"}`;
}

/**
 * The pins of a plan that can still hold in a further one: those of offers and needs that are there, less the pieces that are placed of them by now.
 * `placed`: pieces of the plan that are placed, by offer and need.
 */
export function carriedPins(
  pins: readonly Pin[],
  left: Readonly<{ offers: ReadonlySet<string>; needs: ReadonlySet<string> }>,
  placed: readonly Readonly<{ offer: string; need: string; quantity: number }>[],
): readonly Pin[] {
  const done = new Map<string, number>();
  const key = (one: Readonly<{ offer: string; need: string }>) => JSON.stringify([one.offer, one.need]);
  for (const one of placed) done.set(key(one), (done.get(key(one)) ?? 0) + one.quantity);
  return pins.flatMap((pin) => {
    const taken = Math.min(pin.quantity, done.get(key(pin)) ?? 0);
    done.set(key(pin), (done.get(key(pin)) ?? 0) - taken);
    const quantity = pin.quantity - taken;
    return quantity > 0 && left.offers.has(pin.offer) && left.needs.has(pin.need) ? [{ ...pin, quantity }] : [];
  });
}
