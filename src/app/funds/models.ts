import type { WorkedFund } from "#core/burden/key.ts";
import type { Terms } from "#core/decisions/terms.ts";
import { formatDecimal } from "#core/money.ts";

/** The terms by which a model fund could be proposed: its envelope, one line of each kind of support, no authority yet. All of it is to be argued over. */
export function modelTerms(fund: WorkedFund): Extract<Terms, { kind: "open-fund" }> {
  const years = fund.years.map(({ year, amount }) => ({ year, amount: formatDecimal(amount, 2) }));
  const [first, last] = [
    Math.min(...fund.years.map((one) => one.year)),
    Math.max(...fund.years.map((one) => one.year)),
  ];
  return {
    kind: "open-fund",
    fund: {
      id: fund.id,
      title: fund.title,
      currency: fund.currency,
      members: "nato",
      from: `${first}-01-01`,
      until: `${last}-12-31`,
      years,
      lines: [
        { id: "materiel", title: "Materiel", stream: "materiel", purpose: "Buying equipment, ammunition and spares" },
        { id: "training", title: "Training", stream: "training", purpose: "Courses, crews and instructors" },
        { id: "budget", title: "Budget support", stream: "finance", purpose: "Grants to the recipient's budget" },
      ],
      earmarks: [],
      key: fund.key,
      decides: {},
      gap: "others",
      inKind: null,
      account: null,
      modelled: fund.modelled,
    },
    grants: [],
  };
}
