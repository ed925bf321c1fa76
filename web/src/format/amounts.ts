import { isMoney, unitWords } from "./units.ts";
import { formatDecimal, parseDecimal, rescale } from "../../../src/core/money.ts";

/** How far a column of amounts is scaled down for reading: `power` 9 is billions. */
export type Scale = Readonly<{ power: 0 | 3 | 6 | 9; word: "" | "thousand" | "m" | "bn"; digits: number }>;

export const plainScale: Scale = { power: 0, word: "", digits: 2 };
const scales: readonly Scale[] = [
  { power: 9, word: "bn", digits: 1 },
  { power: 6, word: "m", digits: 1 },
  { power: 3, word: "thousand", digits: 0 },
];

/** The scale at which the largest of the amounts has at least one digit before the point. Unknown amounts are passed over. */
export function scaleFor(amounts: readonly (string | null | undefined)[]): Scale {
  let digits = 0;
  for (const amount of amounts) digits = Math.max(digits, amount == null ? 0 : wholeDigits(amount));
  return scales.find((scale) => digits > scale.power) ?? plainScale;
}

function wholeDigits(amount: string): number {
  return amount.replace(/^[+-]?0*/, "").split(".")[0]?.length ?? 0;
}

/** Puts commas between thousands and a true minus sign: "-1234567.50" is "−1,234,567.50". */
export function grouped(decimal: string): string {
  const [whole = "", fraction] = decimal.replace("-", "").split(".");
  const withCommas = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return (decimal.startsWith("-") ? "\u2212" : "") + withCommas + (fraction === undefined ? "" : `.${fraction}`);
}

/**
 * An exact decimal string scaled and rounded (half away from zero) without passing through a float.
 * Unknown is the word "not known"; an amount that is not zero but would round to it keeps a "<".
 */
export function formatAmount(amount: string | null, scale: Scale, digits = scale.digits): string {
  if (amount === null) return "not known";
  const fine = 12;
  const parts = parseDecimal(amount, fine);
  const rounded = rescale(parts, fine + scale.power, digits);
  if (rounded === 0n && parts !== 0n) return `${parts < 0n ? "\u2212" : ""}<${formatDecimal(1n, digits)}`;
  return grouped(formatDecimal(rounded, digits));
}

/** "EUR 350.0 bn": an amount in words of its own scale. */
export function moneyWords(unit: string, amount: string | null, digits?: number): string {
  if (amount === null) return "not known";
  if (!isMoney(unit)) return `${grouped(amount)}\u00a0${unitWords(unit)}`;
  const scale = scaleFor([amount]);
  const text = formatAmount(amount, scale, digits ?? scale.digits);
  return `${unit}\u00a0${text}${scale.word === "" ? "" : `\u00a0${scale.word}`}`;
}

/** "EUR bn", for the head of a column. */
export function unitHead(unit: string, scale: Scale): string {
  return scale.word === "" ? unitWords(unit) : `${unitWords(unit)} ${scale.word}`;
}

/** A round number on an axis, scaled down, with at most two digits after the point. */
export function tickWords(tick: number, scale: Scale): string {
  return grouped(String(Number((tick / 10 ** scale.power).toFixed(2))));
}

/** The amount as a float: for the length of a bar and the order of rows only, never for a printed figure. */
export function lengthOf(amount: string | null | undefined): number {
  return amount == null ? 0 : Number(amount);
}

/** The exact sum of decimal strings, with two digits; null when there is none to add. */
export function sumOf(amounts: readonly (string | null)[]): string | null {
  let sum: bigint | null = null;
  for (const amount of amounts) if (amount !== null) sum = (sum ?? 0n) + parseDecimal(amount, 6);
  return sum === null ? null : formatDecimal(rescale(sum, 6, 2), 2);
}

/** part / whole as a per cent with one digit, exact to the rounding; null when either is unknown or the whole is zero. */
export function shareOf(part: string | null, whole: string | null): string | null {
  if (part === null || whole === null) return null;
  const [numerator, denominator] = [parseDecimal(part, 6), parseDecimal(whole, 6)];
  if (denominator <= 0n) return null;
  return `${formatDecimal((numerator * 2000n + denominator) / (denominator * 2n), 1)}%`;
}

/** "1,204" */
export function formatCount(count: number): string {
  return grouped(String(Math.round(count)));
}

/** "1 source", "2 sources" */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
