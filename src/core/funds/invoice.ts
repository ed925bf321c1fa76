import { MainstayError } from "../errors.ts";
import { parseDay } from "../frame.ts";
import { formatDecimal, parseDecimal } from "../money.ts";

/** What one contributor is called to pay. Amounts are exact decimal strings in major units of the currency; days are YYYY-MM-DD. */
export type Invoice = Readonly<{
  reference: string; // the creditor reference to pay with
  number: string;
  fund: Readonly<{
    id: string;
    title: string;
    holder: string;
    account: string | null;
    bank: string | null;
    modelled: string | null; // on what, when the fund is no real one
    synthetic: boolean;
  }>;
  party: Readonly<{ id: string; name: string }>;
  issuedOn: string;
  dueOn: string;
  currency: string;
  period: string; // in words
  lines: readonly InvoiceLine[];
  total: string;
  whole: string; // what is called of all contributors together
  share: Readonly<{ exact: string; percent: string }>;
  steps: readonly InvoiceStep[];
  key: Readonly<{ id: string; title: string; source: string }>;
  decision: Readonly<{
    id: string;
    number: string | null;
    title: string;
    adoptedAt: string; // a day or an instant
    by: string; // empty when nobody is named
    address: string;
  }>;
  paid: string;
  credited?: string; // in kind, by the fund's rule; what is left of the total is outstanding
  outstanding: string;
  asOf: string;
}>;

export type InvoiceLine = Readonly<{ line: string; title: string; amount: string }>;

/** One step on the way to the share: where it stood afterwards, in per cent, and why; the days where it holds for a part of the year. */
export type InvoiceStep = Readonly<{
  step: string;
  after: string;
  reason: string;
  from: string | null;
  until: string | null;
}>;

/**
 * Refuses an invoice that contradicts itself, before it leaves the house.
 * @throws MainstayError invoice_does_not_add_up, invalid_amount or invalid_date, naming the field
 */
export function checkInvoice(invoice: Invoice): void {
  const { number, lines, total, whole, paid, outstanding, credited = "0" } = invoice;
  for (const field of ["issuedOn", "dueOn", "asOf"] as const) parseDay(invoice[field], field);
  for (const [field, amount] of Object.entries({ total, whole, paid, outstanding, credited }))
    refuseUnlessPlain(amount, field);
  for (const line of lines) refuseUnlessPlain(line.amount, `line ${line.line}`);

  const twice = lines.find((line, place) => lines.findIndex((other) => other.line === line.line) !== place);
  if (twice !== undefined) throw contradiction(`line ${twice.line} stands twice`, number);
  const digits = Math.max(...[total, ...lines.map((line) => line.amount)].map(fractionDigits));
  const sum = lines.reduce((left, line) => left + parseDecimal(line.amount, digits), 0n);
  if (sum !== parseDecimal(total, digits))
    throw contradiction(`lines of ${formatDecimal(sum, digits)} together, and a total of ${total}`, number);
}

function contradiction(found: string, number: string): MainstayError {
  return new MainstayError("invoice_does_not_add_up", found, { field: `invoice ${number}` });
}

/** An amount that is printed as it stands has no exponent, no blanks, no plus sign. */
function refuseUnlessPlain(amount: string, field: string): void {
  if (!/^-?\d+(\.\d+)?$/.test(amount)) throw new MainstayError("invalid_amount", JSON.stringify(amount), { field });
}

function fractionDigits(amount: string): number {
  return amount.split(".")[1]?.length ?? 0;
}
