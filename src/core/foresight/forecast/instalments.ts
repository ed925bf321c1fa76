import type { Stream } from "../../bindingness.ts";
import { streams } from "../../bindingness.ts";
import { exponential, logarithm } from "./elementary.ts";
import type { Delay, ForecastModel } from "./model.ts";
import type { ParameterName } from "./policy.ts";

/** What a party is due to pay to a line of a fund, by month. Major units. */
export type Instalment = Readonly<{
  giver: string;
  line: string; // "fund/line"
  stream: Stream;
  due: number;
  amount: number;
  received: number;
  paid: number | null; // the month of the last payment
}>;

const shortestDelay = 0.25; // months: what is paid in the month it is due in

/**
 * How late a giver pays: the median of what is on record, drawn toward the stated one, in logarithms. `weight`: as if so many instalments had been seen before.
 */
function delayOf(own: readonly Instalment[], stated: Delay, weight: number): Delay {
  const delays = own.flatMap(({ due, paid, received, amount }) =>
    paid === null || received < amount ? [] : [logarithm(Math.max(shortestDelay, paid - due))],
  );
  if (stated.medianMonths === 0) return stated;
  const sum = delays.reduce((all, delay) => all + delay, 0);
  return {
    ...stated,
    medianMonths: exponential((sum + weight * logarithm(stated.medianMonths)) / (delays.length + weight)),
  };
}

/**
 * The payments into the lines of funds as a model of its own, one class, from the month after `base`. What was due and has not come is due in its first
 * month.
 */
export function instalmentModel(
  instalments: readonly Instalment[],
  asked: Readonly<{ base: number; months: number; values: Readonly<Record<ParameterName, number>>; weight: number }>,
): ForecastModel {
  const { base, months, values, weight } = asked;
  const givers = [...new Set(instalments.map((one) => one.giver))].sort();
  const stated = { medianMonths: values.delayMedianMonths, sigma: values.delaySigma };
  const byGiver = Map.groupBy(instalments, (one) => one.giver);
  const groups = [...Map.groupBy(instalments, (one) => `${one.giver} ${one.line}`).values()];
  const lineNames = [...new Set(instalments.map((one) => one.line))].sort();
  return {
    months,
    classes: ["moved"],
    givers,
    currencies: [{ code: "EUR", monthlyVolatility: 0 }],
    commonShare: values.commonShare,
    decisions: [],
    lines: groups.flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      const planned = new Float64Array(months);
      for (const { due, amount, received } of own) {
        const at = Math.max(0, due - base - 1);
        if (at < months) planned[at] = (planned[at] ?? 0) + Math.max(0, amount - received);
      }
      const giver = givers.indexOf(first.giver);
      return [
        {
          giver,
          subject: 1024 + giver * lineNames.length * streams.length + lineNames.indexOf(first.line),
          stream: first.stream,
          fundLine: first.line,
          class: 0,
          currency: 0,
          stock: own.reduce((sum, one) => sum + one.received, 0),
          planned,
          fresh: new Float64Array(0),
          realisation: { mean: values.realisationMean, concentration: values.realisationConcentration },
          delay: delayOf(byGiver.get(first.giver) ?? [], stated, weight),
          paceSigma: 0,
          silence: 0,
          revisionSigma: 0,
          leavesPerMonth: 0,
          leavesFrom: null,
          decision: null,
        },
      ];
    }),
  };
}
