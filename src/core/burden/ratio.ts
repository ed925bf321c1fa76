import { MainstayError, type ErrorPlace } from "../errors.ts";
import { formatDecimal, roundHalfAway } from "../money.ts";

/** An exact fraction of two whole numbers; the bottom is positive. */
export type Ratio = Readonly<{ top: bigint; bottom: bigint }>;

/** Exact fractions over one bottom: the i-th is parts[i] / whole. */
export type Shares = Readonly<{ parts: readonly bigint[]; whole: bigint }>;

/**
 * Reads "0.22", "22 %" or "11/50" exactly.
 * @throws MainstayError invalid_amount
 */
export function parseRatio(text: string, place: ErrorPlace = {}): Ratio {
  const fraction = /^(\d{1,30})\/(\d{1,30})$/.exec(text);
  if (fraction !== null && BigInt(nth(fraction, 2)) > 0n)
    return { top: BigInt(nth(fraction, 1)), bottom: BigInt(nth(fraction, 2)) };
  const decimal = /^(\d{1,30})(?:\.(\d{1,30}))?( ?%)?$/.exec(text);
  if (decimal === null) throw new MainstayError("invalid_amount", JSON.stringify(text), place);
  const decimals = decimal[2] ?? "";
  return {
    top: BigInt(nth(decimal, 1) + decimals),
    bottom: 10n ** BigInt(decimals.length + (decimal[3] === undefined ? 0 : 2)),
  };
}

/** The fraction in lowest terms, as "11/50"; whole numbers without a bottom. */
export function ratioText({ top, bottom }: Ratio): string {
  const common = divisor(top < 0n ? -top : top, bottom);
  return bottom === common ? String(top / common) : `${top / common}/${bottom / common}`;
}

/** The fraction as a decimal per cent, rounded half away from zero to the digits asked: 11/50 is "22.000000". */
export function percentText({ top, bottom }: Ratio, digits = 6): string {
  return formatDecimal(roundHalfAway(top * 10n ** BigInt(digits + 2), bottom), digits);
}

/** The i-th share as a fraction of its own. */
export function shareAt(shares: Shares, index: number): Ratio {
  return { top: shares.parts[index] ?? 0n, bottom: shares.whole };
}

/** The item at a place that is known to be there. */
export function nth<T>(list: readonly T[], place: number): T {
  const item = list[place];
  if (item === undefined) throw new RangeError(`nothing at ${place} of ${list.length}`);
  return item;
}

export function sumOf(values: readonly bigint[]): bigint {
  let sum = 0n;
  for (const value of values) sum += value;
  return sum;
}

/** The smallest bottom that all of the fractions can stand over. */
export function commonBottom(ratios: readonly Ratio[]): bigint {
  return ratios.reduce((left, { bottom }) => (left === bottom ? left : (left * bottom) / divisor(left, bottom)), 1n);
}

function divisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left, right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}
