import { bindingClasses } from "../../../src/core/bindingness.ts";
import type { BroughtAlong, PromiseSum } from "../../../src/core/views.ts";
import { groups, slug as usualBook } from "./world.ts";

/** What a made-up group brought along, the same for every group that is under another. */
export function broughtAlong(query: URLSearchParams, slug: string): BroughtAlong | undefined {
  const group = groups.find((one) => one.slug === slug);
  if (group === undefined) return undefined;
  const boundary = `group:${slug}`;
  const sum = (promises: number | null, amount: string | null): PromiseSum => ({ promises, amount });
  const none = sum(null, null);
  const classes = bindingClasses.map((name, index) => {
    if (name !== "bound" && name !== "placed")
      return {
        class: name,
        reason: `No release on record says what was ${name}.`,
        partial: null,
        before: none,
        under: none,
        after: null,
        undated: none,
      };
    return {
      class: name,
      reason: null,
      partial: index === 2 ? "allocations by nations alone" : null,
      before: sum(412 - index, "21843200000.50"),
      under: sum(37, `${9 - index}12400000.00`),
      after: null,
      undated: sum(3, "41000000.00"),
    };
  });
  return {
    frame: {
      book: query.get("book") ?? usualBook,
      asOf: query.get("as_of"),
      knownAt: query.get("known_at"),
      boundary,
      basis: query.get("basis") ?? "as-reported",
      unit: "EUR",
    },
    takeovers: group.under.map((takeover) => ({ ...takeover, classes })),
    boundary: `given by members of ${slug} on the day of each step`,
    basis: "as the source values it, in EUR",
    notConverted: [{ class: "bound", unit: "UAH", amount: "1200000.00", postings: 3, reason: "no rate for that day" }],
    sources: 4,
  };
}
