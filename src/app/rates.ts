import { MainstayError } from "#core/errors.ts";
import { maximumRateAgeDays, parseDay } from "#core/frame.ts";
import type { Rate } from "#core/views.ts";
import type { Database } from "#store/database.ts";
import { hasRates, rateOn } from "#store/rates.ts";

/**
 * The reference rate that a figure of a day is converted with: of that day, or of the last working day before it.
 * @throws MainstayError invalid_date, unknown_currency
 */
export async function rate(db: Database, question: Readonly<{ currency: string; on: string }>): Promise<Rate> {
  const { currency } = question;
  const asked = parseDay(question.on, "on");
  if (currency === "EUR") return { currency, asked, on: asked, rate: "1", reason: null, source: null };
  const found = await rateOn(db, currency, asked);
  if (found === undefined) {
    if (!(await hasRates(db, currency)))
      throw new MainstayError("unknown_currency", JSON.stringify(currency), { field: "currency" });
    return {
      currency,
      asked,
      on: null,
      rate: null,
      reason: `There is no reference rate of ${currency} on or before ${asked}.`,
      source: null,
    };
  }
  const tooOld = found.age > maximumRateAgeDays;
  return {
    currency,
    asked,
    on: found.on,
    rate: tooOld ? null : found.rate,
    reason: tooOld
      ? `The last reference rate of ${currency} is ${found.age} days older; at most ${maximumRateAgeDays} are allowed.`
      : null,
    source: found.source,
  };
}
