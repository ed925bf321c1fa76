import type { ForecastModel } from "./model.ts";
import type { ParameterName } from "./policy.ts";

/** A need and what is on the way to it. Pieces of the kind first named. */
export type NeedAhead = Readonly<{
  need: string;
  quantity: number;
  received: number;
  until: number; // the month by whose end it is wanted
  coming: readonly Readonly<{ giver: string; month: number; pieces: number }>[];
}>;

/** Needs as a model: each is a line of one or more givers, told apart by `fundLine`, in pieces. From the month after `base`. */
export function needModel(
  needs: readonly NeedAhead[],
  asked: Readonly<{ base: number; months: number; values: Readonly<Record<ParameterName, number>> }>,
): ForecastModel {
  const { base, months, values } = asked;
  const givers = [...new Set(needs.flatMap((one) => one.coming.map((part) => part.giver)))].sort();
  return {
    months,
    classes: ["received"],
    givers: ["", ...givers],
    currencies: [{ code: "pieces", monthlyVolatility: 0 }],
    commonShare: values.commonShare,
    decisions: [],
    lines: needs.flatMap(({ need, received, coming }, index) => {
      const common = {
        stream: "materiel" as const,
        fundLine: need,
        class: 0,
        currency: 0,
        fresh: new Float64Array(0),
        delay: { medianMonths: values.delayMedianMonths, sigma: values.delaySigma },
        paceSigma: 0,
        silence: 0,
        revisionSigma: 0,
        leavesPerMonth: 0,
        leavesFrom: null,
        decision: null,
      };
      const standing = {
        ...common,
        giver: 0,
        subject: index * 1024,
        stock: received,
        planned: new Float64Array(0),
        realisation: { mean: 1, concentration: 1 },
      };
      const parts = [...Map.groupBy(coming, (part) => part.giver)].map(([giver, own]) => {
        const planned = new Float64Array(months);
        for (const { month, pieces } of own) {
          const at = Math.max(0, month - base - 1);
          if (at < months) planned[at] = (planned[at] ?? 0) + pieces;
        }
        const place = givers.indexOf(giver) + 1;
        return {
          ...common,
          giver: place,
          subject: index * 1024 + place,
          stock: 0,
          planned,
          realisation: { mean: values.realisationMean, concentration: values.realisationConcentration },
        };
      });
      return [standing, ...parts];
    }),
  };
}
