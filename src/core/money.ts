import { MainstayError, type ErrorPlace } from "./errors.ts";

/** A valuation as its source printed it, kept to a millionth of the currency's major unit (a source may publish fractions of a cent). */
export const valuationScale = 6;

/**
 * Reads a decimal number exactly into whole parts of 10^-scale, rounding half away from zero beyond it.
 * Accepts an optional sign, digits, a fraction, and an exponent as spreadsheets write it (9.3E+10).
 * @throws MainstayError invalid_amount
 */
export function parseDecimal(text: string, scale: number, place: ErrorPlace = {}): bigint {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim());
  const whole = match?.[2] ?? "";
  const fraction = match?.[3] ?? "";
  if (match === null || whole + fraction === "") throw new MainstayError("invalid_amount", JSON.stringify(text), place);
  const exponent = Number(match[4] ?? "0") + scale;
  const digits = BigInt(whole + fraction);
  const shift = exponent - fraction.length;
  const magnitude = shift >= 0 ? digits * 10n ** BigInt(shift) : roundHalfAway(digits, 10n ** BigInt(-shift));
  return match[1] === "-" ? -magnitude : magnitude;
}

/** numerator / denominator to the nearest whole, halves away from zero. The denominator is positive. */
export function roundHalfAway(numerator: bigint, denominator: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/** Whole parts of 10^-scale as a plain decimal with exactly `scale` digits after the point: (182241971934n, 2) is "1822419719.34". */
export function formatDecimal(parts: bigint, scale: number): string {
  const sign = parts < 0n ? "-" : "";
  const digits = (parts < 0n ? -parts : parts).toString().padStart(scale + 1, "0");
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Re-scales whole parts from one scale to another, rounding half away from zero when digits are lost. */
export function rescale(parts: bigint, fromScale: number, toScale: number): bigint {
  return toScale >= fromScale
    ? parts * 10n ** BigInt(toScale - fromScale)
    : roundHalfAway(parts, 10n ** BigInt(fromScale - toScale));
}

/**
 * Splits a whole number of smallest parts by integer weights so that the shares add up to it exactly (largest remainder, Hamilton).
 * Ties go to the earlier weight. Negative totals split as their magnitude with the sign put back.
 * @returns one share for each weight, in order
 * @throws MainstayError invalid_amount when a weight is negative or all are zero
 */
export function splitByLargestRemainder(total: bigint, weights: readonly bigint[]): bigint[] {
  let sum = 0n;
  let negative = false;
  for (const weight of weights) {
    sum += weight;
    if (weight < 0n) negative = true;
  }
  if (sum <= 0n || negative) throw new MainstayError("invalid_amount", `weights ${weights.join(", ")}`);
  const magnitude = total < 0n ? -total : total;
  const shares: bigint[] = [];
  const remainders: Readonly<{ index: number; remainder: bigint }>[] = [];
  let left = magnitude;
  for (const [index, weight] of weights.entries()) {
    const product = magnitude * weight;
    const share = product / sum;
    left -= share;
    shares.push(share);
    remainders.push({ index, remainder: product - share * sum });
  }
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of remainders.slice(0, Number(left))) shares[index] = (shares[index] ?? 0n) + 1n;
  return total < 0n ? shares.map((share) => -share) : shares;
}

/** Groups the whole digits of a decimal string by thousands for reading: 1822718419.34 is 1,822,718,419.34. */
export function groupThousands(amount: string): string {
  const [whole = "", fraction] = amount.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
