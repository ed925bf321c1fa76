import type { Band } from "./quantiles.ts";

/** A forecast of one figure beside what two naive rules said of it and what came. Major units. */
export type Case = Readonly<{
  stands: number; // on record at the origin
  outcome: number;
  band: Band;
  promised: number; // everything announced comes on time, and nothing else
  pace: number; // new giving of the last year continues
}>;

export type Rule = "model" | "promised" | "pace";
export const rules: readonly Rule[] = ["model", "promised", "pace"];

/** Mean losses of a rule: pinball in major units, the same as a part of what stood on record, and how much too high P50 was. */
export type Losses = Readonly<{ pinball: number; relative: number; bias: number }>;

/**
 * The pinball loss of a quantile: what a forecaster pays for missing it. Koenker and Bassett (1978).
 * @param level of the quantile, 0 to 1
 */
export function pinball(level: number, forecast: number, outcome: number): number {
  return outcome >= forecast ? level * (outcome - forecast) : (1 - level) * (forecast - outcome);
}

/** The mean pinball loss over P10, P50 and P90; a rule that says one figure says it for all three. */
export function lossOf(rule: Rule, { band, promised, pace, outcome }: Case): number {
  const said =
    rule === "model" ? [band.p10, band.p50, band.p90] : Array<number>(3).fill(rule === "pace" ? pace : promised);
  const [low = 0, middle = 0, high = 0] = said;
  return (pinball(0.1, low, outcome) + pinball(0.5, middle, outcome) + pinball(0.9, high, outcome)) / 3;
}

function middleOf(rule: Rule, { band, promised, pace }: Case): number {
  return rule === "model" ? band.p50 : rule === "pace" ? pace : promised;
}

/** Mean losses of a rule over cases. There is at least one. */
export function lossesOf(rule: Rule, cases: readonly Case[]): Losses {
  const mean = (of: (one: Case) => number) => cases.reduce((sum, one) => sum + of(one), 0) / cases.length;
  return {
    pinball: mean((one) => lossOf(rule, one)),
    relative: mean((one) => lossOf(rule, one) / Math.max(1, one.stands)),
    bias: mean((one) => middleOf(rule, one) - one.outcome),
  };
}

export function isInside({ band, outcome }: Case): boolean {
  return outcome >= band.p10 && outcome <= band.p90;
}

/** The share of outcomes inside the bands; null where there is no case. */
export function coverageOf(cases: readonly Case[]): number | null {
  return cases.length === 0 ? null : cases.filter(isInside).length / cases.length;
}
