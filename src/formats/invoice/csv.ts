import { csvHeader, csvRow, type Column } from "#core/csv.ts";
import { checkInvoice, type Invoice } from "#core/funds/invoice.ts";

const text = (name: string, of: (invoice: Invoice) => string | null): Column<Invoice> => ({ name, kind: "text", of });
const figure = (name: string, of: (invoice: Invoice) => string | null): Column<Invoice> => ({
  name,
  kind: "figure",
  of,
});

const before: readonly Column<Invoice>[] = [
  text("number", (one) => one.number),
  text("reference", (one) => one.reference),
  text("party", (one) => one.party.id),
  text("party_name", (one) => one.party.name),
  text("period", (one) => one.period),
  text("issued_on", (one) => one.issuedOn),
  text("due_on", (one) => one.dueOn),
  text("currency", (one) => one.currency),
];

const after: readonly Column<Invoice>[] = [
  figure("total", (one) => one.total),
  figure("paid", (one) => one.paid),
  figure("credited", (one) => one.credited ?? null),
  figure("outstanding", (one) => one.outstanding),
  text("as_of", (one) => one.asOf),
  figure("whole", (one) => one.whole),
  text("share", (one) => one.share.exact),
  text("share_pct", (one) => one.share.percent),
  text("key", (one) => one.key.id),
  text("decision", (one) => one.decision.id),
  text("decision_number", (one) => one.decision.number),
  text("decision_address", (one) => one.decision.address),
  text("fund", (one) => one.fund.id),
  text("fund_title", (one) => one.fund.title),
  text("holder", (one) => one.fund.holder),
  text("account", (one) => one.fund.account),
  text("modelled", (one) => one.fund.modelled),
  text("synthetic", (one) => (one.fund.synthetic ? "yes" : "no")),
];

/**
 * The invoices of a call as CSV (RFC 4180, lines end in CRLF), one row an invoice, so that each column of amounts adds up. Every line that any
 * of them has is a column `line_ID` of amounts, empty where an invoice has no such line.
 * @throws MainstayError as `checkInvoice`
 */
export function invoicesCsv(invoices: readonly Invoice[]): string {
  invoices.forEach(checkInvoice);
  const lines = [...new Set(invoices.flatMap((invoice) => invoice.lines.map((line) => line.line)))];
  const amounts = lines.map((id) =>
    figure(`line_${id}`, (invoice) => invoice.lines.find((line) => line.line === id)?.amount ?? null),
  );
  const columns = [...before, ...amounts, ...after];
  return csvHeader(columns) + invoices.map((invoice) => csvRow(columns, invoice)).join("");
}
