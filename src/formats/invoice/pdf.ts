import { checkInvoice, type Invoice } from "#core/funds/invoice.ts";
import type { InvoiceFonts } from "./fonts.ts";
import { drawLetterhead, drawMargins, drawPanel, drawTitle } from "./head.ts";
import { drawDecision, drawLines, drawPayment, drawShare } from "./sections.ts";
import { closeSheet, openSheet } from "./sheet.ts";

/**
 * An invoice as a PDF of one A4 page, more when its steps are many: real text, tagged, in English. The same invoice and fonts give the same
 * bytes: the day of creation is the day of issue. The fonts are those of `invoiceFontFiles`.
 * @throws MainstayError as `checkInvoice`
 */
export async function invoicePdf(invoice: Invoice, fonts: InvoiceFonts): Promise<Uint8Array> {
  checkInvoice(invoice);
  const title = `Assessed contribution of ${invoice.party.name}: invoice ${invoice.number}`;
  const sheet = openSheet(fonts, {
    Title: invoice.fund.synthetic ? `Synthetic: ${title}` : title,
    Author: invoice.fund.holder,
    Subject: `${invoice.fund.title}, ${invoice.period}`,
    Creator: "Mainstay",
    CreationDate: new Date(`${invoice.issuedOn}T00:00:00Z`),
  });
  let y = drawLetterhead(sheet, invoice);
  y = drawTitle(sheet, invoice, y);
  y = drawPanel(sheet, invoice, y);
  y = drawLines(sheet, invoice, y);
  y = drawPayment(sheet, invoice, y);
  y = drawDecision(sheet, invoice, y);
  drawShare(sheet, invoice, y); // last, since it alone may be long
  drawMargins(sheet, invoice);
  return closeSheet(sheet);
}
