import { percentText, ratioText, type Ratio } from "../../burden/ratio.ts";
import { formatDecimal, rescale, roundHalfAway, valuationScale } from "../../money.ts";
import type { FigureLine, IndicatorFigure, IndicatorId, MeasureUnit } from "../../views-predictability.ts";
import type { Due, PlanFact, Step } from "./facts.ts";
import type { Dated } from "./spans.ts";

/** A row of the record behind a figure, and what it does to it. */
export type Behind =
  | Readonly<{ kind: "due"; due: Due; says: string }>
  | Readonly<{ kind: "stated"; stated: Dated; says: string }>
  | Readonly<{ kind: "step"; step: Step; since: string; says: string }>
  | Readonly<{ kind: "release"; series: string; release: string; giver: string; amount: bigint; says: string }>
  | Readonly<{ kind: "fund"; fund: string; title: string; year: number; amount: bigint; says: string }>
  | Readonly<{ kind: "plan"; plan: PlanFact; says: string }>
  | Readonly<{ kind: "need"; need: string; title: string; says: string }>
  | Readonly<{ kind: "giver"; giver: string; says: string }>;

/** A figure with the rows it was drawn from. */
export type Drawn = Readonly<{ figure: Omit<IndicatorFigure, "rows">; behind: readonly Behind[] }>;

type Said = Readonly<{ lines?: readonly FigureLine[]; behind?: readonly Behind[]; reason?: string | null }>;

export function knownShare(
  indicator: IndicatorId,
  ratio: Ratio,
  { lines = [], behind = [], reason = null }: Said,
): Drawn {
  return { figure: { indicator, state: "known", ...shareText(ratio), reason, lines }, behind };
}

/** A fraction that is not a part of a whole: 3/2 is "1.500". */
export function knownRatio(
  indicator: IndicatorId,
  ratio: Ratio,
  { lines = [], behind = [], reason = null }: Said,
): Drawn {
  return { figure: { indicator, state: "known", ...ratioWords(ratio), reason, lines }, behind };
}

/** A whole or half number, given in halves. */
export function knownHalves(
  indicator: IndicatorId,
  twice: number,
  { lines = [], behind = [], reason = null }: Said,
): Drawn {
  return { figure: { indicator, state: "known", ...halves(twice), reason, lines }, behind };
}

export function halves(twice: number): Readonly<{ value: string; exact: string }> {
  const exact = ratioText({ top: BigInt(twice), bottom: 2n });
  return { value: twice % 2 === 0 ? exact : `${Math.floor(twice / 2)}.5`, exact };
}

export function notScheduled(indicator: IndicatorId, reason: string, said: Omit<Said, "reason"> = {}): Drawn {
  return without(indicator, "not-scheduled", reason, said);
}

export function unknown(indicator: IndicatorId, reason: string, said: Omit<Said, "reason"> = {}): Drawn {
  return without(indicator, "unknown", reason, said);
}

function without(indicator: IndicatorId, state: "unknown" | "not-scheduled", reason: string, said: Said): Drawn {
  const { lines = [], behind = [] } = said;
  return { figure: { indicator, state, value: null, exact: null, reason, lines }, behind };
}

/** Per cent with one digit. */
function shareText(ratio: Ratio): Readonly<{ value: string; exact: string }> {
  return { value: percentText(ratio, 1), exact: ratioText(ratio) };
}

const ratioDigits = 3;

/** A decimal with three digits. */
export function ratioWords(ratio: Ratio): Readonly<{ value: string; exact: string }> {
  const value = formatDecimal(roundHalfAway(ratio.top * 10n ** BigInt(ratioDigits), ratio.bottom), ratioDigits);
  return { value, exact: ratioText(ratio) };
}

export function shareLine(what: string, ratio: Ratio): FigureLine {
  return { what, ...shareText(ratio), unit: "percent", reason: null };
}

export function amountLine(what: string, millionths: bigint, scale: number): FigureLine {
  const value = formatDecimal(rescale(millionths, valuationScale, scale), scale);
  return { what, value, exact: null, unit: "amount", reason: null };
}

export function numberLine(what: string, value: number, unit: MeasureUnit = "count"): FigureLine {
  return { what, value: String(value), exact: null, unit, reason: null };
}

export function unknownLine(what: string, unit: MeasureUnit, reason: string): FigureLine {
  return { what, value: null, exact: null, unit, reason };
}
