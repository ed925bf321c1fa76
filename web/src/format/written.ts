import { formatDecimal, parseDecimal } from "../../../src/core/money.ts";
import { grouped } from "./amounts.ts";

/** What a field for an amount takes: digits with or without commas or spaces between thousands, and bn or m after them. */
export const amountPattern = "(?:\\d+|\\d{1,3}(?:[, ]\\d{3})+)(?:\\.\\d+)?\\s*(?:bn|m)?";
const amount = new RegExp(`^(?:${amountPattern})$`);

/** "40 bn", "1,250,000.50" as a plain decimal string; null when it is no amount. */
export function readAmount(text: string): string | null {
  const written = text.trim();
  if (!amount.test(written)) return null;
  const digits = written.replace(/[^\d.]/g, "");
  const power = written.endsWith("bn") ? "e9" : written.endsWith("m") ? "e6" : "";
  if (power === "") return digits;
  return formatDecimal(parseDecimal(`${digits}${power}`, 6), 6).replace(/\.?0+$/, "");
}

/** An amount as its field shows it: thousands apart, no cents where there are none. */
export function writtenAmount(decimal: string): string {
  return grouped(decimal.replace(/\.0+$/, ""));
}

/** A title as a name for addresses: small letters, digits and dashes. */
export function slugOf(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");
}
