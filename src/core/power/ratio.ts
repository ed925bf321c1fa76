import { formatDecimal, roundHalfAway } from "../money.ts";

/** An exact fraction in lowest terms; the denominator is positive. */
export type Ratio = Readonly<{ numerator: bigint; denominator: bigint }>;

/** numerator / denominator in lowest terms. Zero over anything, and anything over zero, is 0/1: a share of nothing. */
export function ratio(numerator: bigint, denominator: bigint): Ratio {
  if (denominator === 0n || numerator === 0n) return { numerator: 0n, denominator: 1n };
  const sign = denominator < 0n ? -1n : 1n;
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator * sign];
  while (b !== 0n) [a, b] = [b, a % b];
  return { numerator: (numerator * sign) / a, denominator: (denominator * sign) / a };
}

/** `421/2145`. */
export const ratioText = (value: Ratio): string => `${value.numerator}/${value.denominator}`;

/** The nearest decimal with so many digits, halves away from zero. */
export const ratioDecimal = (value: Ratio, digits: number): string =>
  formatDecimal(roundHalfAway(value.numerator * 10n ** BigInt(digits), value.denominator), digits);
