import { MainstayError, type ErrorPlace } from "#core/errors.ts";
import { formatDecimal, parseDecimal } from "#core/money.ts";
import { isDay } from "../reference/table.ts";
import { currencyScale } from "../units.ts";

/** A currency's code as it stands. @throws MainstayError currency_code_invalid */
export function currencyCode(found: string, place: ErrorPlace): string {
  if (/^[A-Z]{3}$/.test(found)) return found;
  throw new MainstayError("currency_code_invalid", quoted(found), place);
}

/**
 * An amount without sign in the smallest parts of its currency, with no digit lost.
 * @throws MainstayError invalid_amount | amount_finer_than_currency
 */
export function exactAmount(found: string, currency: string, place: ErrorPlace): bigint {
  const written = /^(?:\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})$/.exec(found)?.[0];
  if (written === undefined) throw new MainstayError("invalid_amount", quoted(found), place);
  const scale = currencyScale(currency);
  const fraction = (written.split(".")[1] ?? "").replace(/0+$/, "");
  if (fraction.length > scale) {
    const has = scale === 0 ? "none" : `${scale}`;
    throw new MainstayError("amount_finer_than_currency", `${quoted(found)}; ${currency} has ${has}`, place);
  }
  return parseDecimal(written, scale);
}

/** An amount for reading: EUR 1250.00. */
export function amountText(amount: bigint, currency: string): string {
  return `${currency} ${formatDecimal(amount, currencyScale(currency))}`;
}

/** The day of an XML date or point in time as it is written, whatever its zone. @throws MainstayError invalid_date */
export function statedDay(found: string, place: ErrorPlace): string {
  const day = /^((?:19|20|21)\d\d-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?(?:Z|[+-]\d\d:\d\d)?$/.exec(
    found,
  )?.[1];
  if (day === undefined || !isDay(day)) throw new MainstayError("invalid_date", quoted(found), place);
  return day;
}

/** A text in one line: blanks, line ends and characters that steer a terminal or the direction of writing become single blanks. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
}

const longestIdentifier = 140; // the standard's identifiers have 35 characters at most

/** A name that things are found by, in one line. @throws MainstayError statement_element_invalid when no name is that long */
export function identifier(text: string, place: ErrorPlace): string {
  const line = oneLine(text);
  if (line.length <= longestIdentifier) return line;
  const found = `${quoted(line)} and so on, ${line.length} characters for a reference or name`;
  throw new MainstayError("statement_element_invalid", found, place);
}

/** An account in one line; an IBAN in its electronic form, without blanks. @throws MainstayError statement_element_invalid */
export function accountNumber(text: string, place: ErrorPlace): string {
  const line = identifier(text, place);
  const joined = line.replaceAll(" ", "").toUpperCase();
  return /^[A-Z]{2}\d\d[A-Z0-9]{11,30}$/.test(joined) ? joined : line;
}

export function quoted(found: string): string {
  return JSON.stringify(found.slice(0, 80));
}
