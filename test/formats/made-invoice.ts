import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Invoice, InvoiceStep } from "#core/funds/invoice.ts";
import { invoiceFontFiles, openInvoiceFonts } from "../../src/formats/invoice/fonts.ts";

const { resolve } = createRequire(import.meta.url);

export const fonts = openInvoiceFonts({
  regular: readFileSync(resolve(invoiceFontFiles.regular)),
  bold: readFileSync(resolve(invoiceFontFiles.bold)),
});

/** A made-up invoice, changed as asked. */
export function madeInvoice(changes: Partial<Invoice> = {}): Invoice {
  return {
    reference: "RF18UF26POL01",
    number: "pact-fund 2026/1 POL",
    fund: {
      id: "pact-fund",
      title: "The Pact's Fund",
      holder: "Secretariat of the Pact",
      account: "BE71096123456769",
      bank: "A Bank, ABANBEBB",
      modelled: null,
      synthetic: false,
    },
    party: { id: "poland", name: "Poland" },
    issuedOn: "2026-03-01",
    dueOn: "2026-06-30",
    currency: "EUR",
    period: "2026, instalment 1 of 2",
    lines: [
      { line: "air-defence", title: "Air defence", amount: "1234567.80" },
      { line: "training", title: "Training", amount: "65432.10" },
    ],
    total: "1299999.90",
    whole: "20000000.00",
    share: { exact: "12999999/200000000", percent: "6.500000" },
    steps: [
      { step: "weights", after: "6.700000", reason: "weighs by GDP alone", from: null, until: null },
      { step: "calendar", after: "6.500000", reason: "a member", from: "2026-02-01", until: "2026-12-31" },
    ],
    key: { id: "gdp", title: "Share of GDP", source: "World Development Indicators, 2025" },
    decision: {
      id: "d-17",
      number: "PC(2026)0012",
      title: "Call of the first instalment of 2026",
      adoptedAt: "2026-02-20T15:00:00Z",
      by: "the Pact",
      address: "https://pact.example/decisions/d-17",
    },
    paid: "299999.90",
    outstanding: "1000000.00",
    asOf: "2026-05-02",
    ...changes,
  };
}

/** As many steps as asked, each with a reason of its own that takes several lines. */
export function madeSteps(count: number): readonly InvoiceStep[] {
  return Array.from({ length: count }, (_, index) => ({
    step: "bounds",
    after: `${index}.000000`,
    reason: `reason ${index}: ${"moved by the same factor as every other within the bounds, ".repeat(1 + (index % 3))}so`,
    from: null,
    until: null,
  }));
}
