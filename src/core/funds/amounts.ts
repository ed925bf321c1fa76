import { MainstayError, type ErrorPlace } from "../errors.ts";
import { parseDecimal } from "../money.ts";

/**
 * An amount of money above nothing, exactly as it is written, in smallest parts: no digits beyond the currency's, nothing rounded.
 * @throws MainstayError invalid_amount
 */
export function parseAmount(text: string, scale: number, place: ErrorPlace = {}): bigint {
  const digits = /^\d{1,18}(?:\.(\d+))?$/.exec(text.trim());
  if (digits === null || (digits[1] ?? "").length > scale)
    throw new MainstayError("invalid_amount", JSON.stringify(text), place);
  const amount = parseDecimal(text, scale);
  if (amount <= 0n)
    throw new MainstayError("invalid_amount", `${JSON.stringify(text)}, which is not above zero`, place);
  return amount;
}
