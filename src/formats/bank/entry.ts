import { MainstayError, type ErrorPlace } from "#core/errors.ts";
import type { BankEntry } from "#core/funds/statement.ts";
import type { Details } from "./details.ts";
import { amountOf, dayAt, directionOf, isSet, missing, needed, referenceIn, signed } from "./parts.ts";
import { amountText, oneLine } from "./values.ts";
import { elementAt, elementsAt, textAt, type XmlElement } from "./xml.ts";

/** An entry before it is known which of the file's it is. */
export type Posted = Omit<BankEntry, "row">;

/** What every transaction of an entry has of it. */
type Whole = Pick<Posted, "bookedOn" | "valueOn" | "direction" | "reversal" | "amount" | "currency" | "reference">;

/** Whether an entry is booked, rather than pending or for information. @throws MainstayError statement_element_invalid */
export function isBooked(entry: XmlElement, at: ErrorPlace): boolean {
  const status = needed(entry, "Sts", at);
  // Versions until 7 write the code at once, later ones below Cd.
  return (textAt(status, "Cd") ?? status.text.trim()) === "BOOK";
}

/**
 * What a booked entry (Ntry) posts: itself, or each of its transactions where it stands for several. What moves no money is left out.
 * `otherwise` is its reference where the bank gives none.
 * @throws MainstayError statement_element_invalid | statement_currency_differs | statement_batch_does_not_add_up | invalid_amount |
 * amount_finer_than_currency | currency_code_invalid | invalid_date
 */
export function postedBy(
  entry: XmlElement,
  details: readonly Details[],
  currency: string,
  otherwise: string,
  at: ErrorPlace,
): Posted[] {
  const whole: Whole = {
    reference:
      referenceIn(elementAt(entry, "AcctSvcrRef"), at) ?? referenceIn(elementAt(entry, "NtryRef"), at) ?? otherwise,
    bookedOn: dayAt(entry, "BookgDt", at) ?? missing("BookgDt", at),
    valueOn: dayAt(entry, "ValDt", at),
    direction: directionOf(needed(entry, "CdtDbtInd", at), at),
    reversal: isSet(elementAt(entry, "RvslInd"), at),
    amount: amountOf(needed(entry, "Amt", at), currency, at),
    currency,
  };
  const [first] = details;
  if (first !== undefined && standsForSeveral(entry, details)) {
    const parts = details.map((own, index) => partOf(whole, own, index, details.length, at));
    checkSum(whole, parts, at);
    return parts.filter((part) => part.amount > 0n);
  }
  const additional = oneLine(textAt(entry, "AddtlNtryInf") ?? "");
  return whole.amount === 0n ? [] : [described(whole, first, additional)];
}

/** A bank may count several transactions and detail one of them: then the entry's amount is not that one's. */
function standsForSeveral(entry: XmlElement, details: readonly Details[]): boolean {
  const counts = elementsAt(entry, "NtryDtls", "Btch", "NbOfTxs").map(({ text }) => text.trim());
  return details.length > 1 || counts.some((count) => !/^0*[01]$/.test(count));
}

function partOf(whole: Whole, own: Details, index: number, count: number, at: ErrorPlace): Posted {
  const place = { ...at, row: own.line };
  if (own.amount === undefined) {
    const found = `transaction ${index + 1} of ${count} states no amount of its own`;
    throw new MainstayError("statement_batch_does_not_add_up", found, place);
  }
  const part = {
    ...whole,
    reference: `${whole.reference}/${index + 1}`,
    direction: own.direction === undefined ? whole.direction : directionOf(own.direction, place),
    amount: amountOf(own.amount, whole.currency, place),
  };
  return described(part, own, "");
}

/** Who is on the other side: the payer of what came in, the payee of what went out, and of what is taken back those of the entry before. */
function described(part: Whole, own: Details | undefined, additional: string): Posted {
  const other = (part.direction === "credit") !== part.reversal ? own?.debtor : own?.creditor;
  return {
    ...part,
    counterparty: other?.name ?? null,
    counterpartyAccount: other?.account ?? null,
    structured: own?.structured ?? [],
    endToEndId: own?.endToEndId ?? null,
    remittance: own?.remittance || own?.additional || additional,
  };
}

function checkSum(whole: Whole, parts: readonly Posted[], at: ErrorPlace): void {
  const sum = parts.reduce((total, part) => total + signed(part), 0n);
  if (sum === signed(whole)) return;
  const [entry, together] = [signed(whole), sum].map((amount) => amountText(amount, whole.currency));
  const found = `${entry} in the entry, ${together} in its ${parts.length} transactions`;
  throw new MainstayError("statement_batch_does_not_add_up", found, at);
}
