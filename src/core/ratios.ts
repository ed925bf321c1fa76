import { formatDecimal, parseDecimal, roundHalfAway } from "./money.ts";

const rateScale = 6;
const percentScale = 4;

/**
 * An amount in millionths of a euro as a percentage of a GDP in US dollars converted at units of dollars for one euro.
 * @returns a decimal with four digits: amount / (gdp / rate) * 100
 */
export function perHundred(amount: bigint, gdpUsd: string, usdPerEuro: string): string {
  const rate = parseDecimal(usdPerEuro, rateScale);
  const gdp = parseDecimal(gdpUsd, 0);
  const numerator = amount * rate * 100n * 10n ** BigInt(percentScale);
  return formatDecimal(roundHalfAway(numerator, gdp * 10n ** BigInt(rateScale) * 1_000_000n), percentScale);
}

/** An amount in millionths divided by a count, in major units with two digits. */
export function perUnit(amount: bigint, count: string): string {
  return formatDecimal(roundHalfAway(amount * 100n, parseDecimal(count, 0) * 1_000_000n), 2);
}
