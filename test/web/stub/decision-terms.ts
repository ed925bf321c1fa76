import type { Terms } from "#core/decisions/terms.ts";

/** The text and the terms of the stand-in's funds. All of it is made up. */

export const fundTerms = (years: readonly (readonly [number, string])[]): Terms => ({
  kind: "open-fund",
  fund: {
    id: "support-fund",
    title: "Five-year support fund",
    currency: "EUR",
    members: "alliance",
    from: "2027-01-01",
    until: "2031-12-31",
    years: years.map(([year, amount]) => ({ year, amount })),
    lines: [
      {
        id: "munitions",
        title: "Munitions",
        stream: "materiel",
        purpose: "Artillery and interceptors, ordered in lots",
      },
      { id: "training", title: "Training", stream: "training", purpose: "Courses and instructors" },
      { id: "reserve", title: "Reserve", stream: "finance", purpose: "What is not placed yet" },
    ],
    earmarks: [{ id: "air-defence", title: "Air defence only", lines: ["munitions"] }],
    key: "nato-by-gdp",
    decides: { call: "consensus-silence", spend: "weighted-by-contribution", reallocate: "weighted-by-contribution" },
    gap: "others",
    inKind: { part: "1/2", most: "1/4", says: "Half of the value of goods handed over, to a quarter of a share." },
    account: { holder: "Support fund", number: "BE71 0961 2345 6769", bank: "GKCCBEBB" },
    modelled: "Made up for tests.",
  },
  grants: [
    {
      kind: "call",
      line: null,
      amount: "20000000000.00",
      from: "2027-01-01",
      until: "2027-12-31",
      purpose: "The contributions of the first year",
    },
    {
      kind: "spend",
      line: "munitions",
      amount: "9000000000.00",
      from: "2027-01-01",
      until: "2028-06-30",
      purpose: "The first lots",
    },
  ],
});

export const body = (years: string, instalments: string): string =>
  [
    `1. The Allies set up a fund that contributes ${years}, shared by the key of gross domestic product.`,
    `2. Contributions are called in ${instalments} instalments a year. What is given in kind counts for half of its value.`,
    "3. The fund has three lines: munitions, training and a reserve. Money moves between lines only by a decision of the contributors.",
    "4. The Secretary General reports twice a year on what was promised, called and received.",
  ].join("\n\n");
