import type { ForecastModel, ModelLine } from "#core/foresight/forecast/model.ts";

export const months = 24;

/** A line with nothing uncertain about it: what is promised comes in full and on time. */
export function lineOf(line: Partial<ModelLine> = {}): ModelLine {
  return {
    giver: 0,
    subject: 0,
    stream: "finance",
    fundLine: null,
    class: 0,
    currency: 0,
    stock: 0,
    planned: new Float64Array(months),
    fresh: new Float64Array(0),
    realisation: { mean: 1, concentration: 1 },
    delay: { medianMonths: 0, sigma: 0 },
    paceSigma: 0,
    silence: 0,
    revisionSigma: 0,
    leavesPerMonth: 0,
    leavesFrom: null,
    decision: null,
    ...line,
  };
}

export function modelOf(lines: readonly ModelLine[], model: Partial<ForecastModel> = {}): ForecastModel {
  return {
    months,
    classes: ["moved"],
    givers: ["aaa", "bbb", "ccc"],
    currencies: [
      { code: "EUR", monthlyVolatility: 0 },
      { code: "USD", monthlyVolatility: 0.02 },
    ],
    commonShare: 0.2,
    decisions: [],
    lines,
    ...model,
  };
}

export const evenly = (amount: number) => new Float64Array(months).fill(amount);

/** A model with everything in it that can be uncertain. */
export function wholeModel(): ForecastModel {
  const lines = [0, 1, 2].flatMap((giver) =>
    [0, 1].map((place) =>
      lineOf({
        giver,
        subject: giver * 4,
        class: place,
        currency: giver % 2,
        stock: 100 * (giver + 1),
        planned: evenly(3 + giver),
        fresh: evenly(2),
        realisation: { mean: 0.8, concentration: 5 },
        delay: { medianMonths: 4, sigma: 0.8 },
        paceSigma: 0.6,
        silence: 0.1,
        revisionSigma: 0.05,
        leavesPerMonth: 0.01,
        decision: giver === 2 ? 0 : null,
      }),
    ),
  );
  return modelOf(lines, {
    classes: ["bound", "placed"],
    decisions: [{ id: "d", odds: 0.5, month: 3, delay: { medianMonths: 3, sigma: 0.7 } }],
  });
}
