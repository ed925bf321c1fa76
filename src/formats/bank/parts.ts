import { MainstayError, type ErrorPlace } from "#core/errors.ts";
import type { BankEntry } from "#core/funds/statement.ts";
import { accountNumber, currencyCode, exactAmount, identifier, quoted, statedDay } from "./values.ts";
import { elementAt, type XmlElement } from "./xml.ts";

// The parts that entries and balances of ISO 20022 camt.053 share.

/** An amount as stated, and whether it came in or went out. */
export type Signed = Pick<BankEntry, "direction" | "amount">;

/** What an amount adds to the balance. */
export function signed({ direction, amount }: Signed): bigint {
  return direction === "credit" ? amount : -amount;
}

/**
 * An amount in the smallest parts of the account's currency.
 * @throws MainstayError currency_code_invalid | statement_currency_differs | invalid_amount | amount_finer_than_currency
 */
export function amountOf(element: XmlElement, account: string, at: ErrorPlace): bigint {
  const place = within(at, element);
  const currency = statedCurrency(element, at);
  if (currency !== account) {
    const found = `an amount in ${currency} on an account in ${account}`;
    throw new MainstayError("statement_currency_differs", found, place);
  }
  return exactAmount(element.text.trim(), currency, place);
}

/** The currency that an amount states. @throws MainstayError currency_code_invalid */
export function statedCurrency(element: XmlElement, at: ErrorPlace): string {
  return currencyCode(element.attributes["Ccy"]?.value ?? "", within(at, element));
}

/** @throws MainstayError statement_element_invalid */
export function directionOf(element: XmlElement, at: ErrorPlace): BankEntry["direction"] {
  const word = element.text.trim();
  if (word === "CRDT") return "credit";
  if (word === "DBIT") return "debit";
  throw new MainstayError("statement_element_invalid", `${quoted(word)}, neither CRDT nor DBIT`, within(at, element));
}

/** Whether an indicator is set; false where it is left out. @throws MainstayError statement_element_invalid */
export function isSet(element: XmlElement | undefined, at: ErrorPlace): boolean {
  if (element === undefined) return false;
  const word = element.text.trim();
  if (word === "true" || word === "1") return true;
  if (word === "false" || word === "0") return false;
  throw new MainstayError("statement_element_invalid", `${quoted(word)}, neither true nor false`, within(at, element));
}

/** A day given as a date or a point in time; null where it is left out. @throws MainstayError invalid_date */
export function dayAt(element: XmlElement, name: string, at: ErrorPlace): string | null {
  const given = elementAt(element, name, "Dt") ?? elementAt(element, name, "DtTm");
  return given === undefined
    ? null
    : statedDay(given.text.trim(), { ...at, row: given.line, field: `${at.field}, ${name}` });
}

/**
 * The number of an account: its IBAN, or another scheme's identification; null when it has neither.
 * @throws MainstayError statement_element_invalid
 */
export function accountIn(account: XmlElement, at: ErrorPlace): string | null {
  const number = elementAt(account, "Id", "IBAN") ?? elementAt(account, "Id", "Othr", "Id");
  return number === undefined ? null : accountNumber(number.text, within(at, number)) || null;
}

// What banks write where there is no reference.
const noReference = new Set(["NOTPROVIDED", "NOT PROVIDED", "NONREF", "NOREF"]);

/**
 * A reference in one line; null where there is none, or the bank says that there is none.
 * @throws MainstayError statement_element_invalid
 */
export function referenceIn(element: XmlElement | undefined, at: ErrorPlace): string | null {
  if (element === undefined) return null;
  const found = identifier(element.text, within(at, element));
  return found === "" || noReference.has(found.toUpperCase()) ? null : found;
}

/** @throws MainstayError statement_element_invalid */
export function needed(element: XmlElement, name: string, at: ErrorPlace): XmlElement {
  return elementAt(element, name) ?? missing(name, at);
}

/** @throws MainstayError statement_element_invalid */
export function missing(name: string, at: ErrorPlace): never {
  throw new MainstayError("statement_element_invalid", `no ${name}`, at);
}

function within(at: ErrorPlace, element: XmlElement): ErrorPlace {
  return { ...at, row: element.line, field: at.field === undefined ? element.name : `${at.field}, ${element.name}` };
}
