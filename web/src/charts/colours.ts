/** Categories that keep a colour of their own wherever they show; the rest take the next free one by name. */
const known: Readonly<Record<string, string>> = {
  military: "k1",
  financial: "k2",
  humanitarian: "k3",
  "budget support": "k2",
  macrofinancial: "k2",
};
const free = ["k4", "k5", "k6", "k7"] as const;

/** The CSS class that colours each category of a chart. */
export function categoryColours(categories: readonly string[]): ReadonlyMap<string, string> {
  let next = 0;
  return new Map(
    [...new Set(categories)].map((category) => [
      category,
      known[category.toLowerCase()] ?? free[next++ % free.length] ?? "k7",
    ]),
  );
}
