import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { invoiceFontFiles, openInvoiceFonts, type InvoiceFonts } from "#formats/invoice/fonts.ts";

let fonts: Promise<InvoiceFonts> | undefined;

/** The fonts of what is printed, read once. */
export async function openDocumentFonts(): Promise<InvoiceFonts> {
  fonts ??= loadFonts();
  return fonts;
}

async function loadFonts(): Promise<InvoiceFonts> {
  const { resolve } = createRequire(import.meta.url);
  const [regular, bold] = await Promise.all([
    readFile(resolve(invoiceFontFiles.regular)),
    readFile(resolve(invoiceFontFiles.bold)),
  ]);
  return openInvoiceFonts({ regular, bold });
}
