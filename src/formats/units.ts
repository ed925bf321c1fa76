import type { UnitRef } from "#core/entries.ts";
import { lookUp, slug } from "./cells.ts";

/** Currencies whose smallest part is not a hundredth (ISO 4217, minor unit). */
const decimals: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** Names of the currencies met in the trackers (ISO 4217). Others go by their code. */
const names: Readonly<Record<string, string>> = {
  AUD: "Australian dollar",
  BGN: "Bulgarian lev",
  CAD: "Canadian dollar",
  CHF: "Swiss franc",
  CNY: "Yuan renminbi",
  CZK: "Czech koruna",
  DKK: "Danish krone",
  EUR: "Euro",
  GBP: "Pound sterling",
  HRK: "Croatian kuna",
  HUF: "Forint",
  INR: "Indian rupee",
  ISK: "Iceland krona",
  JPY: "Yen",
  KRW: "Won",
  NOK: "Norwegian krone",
  NZD: "New Zealand dollar",
  PLN: "Zloty",
  RON: "Romanian leu",
  SEK: "Swedish krona",
  TRY: "Turkish lira",
  TWD: "New Taiwan dollar",
  UAH: "Hryvnia",
  USD: "US dollar",
};

/** What sources write instead of a code. */
const spelled: Readonly<Record<string, string>> = {
  "€": "EUR",
  EURO: "EUR",
  EUROS: "EUR",
  $: "USD",
  US$: "USD",
  "£": "GBP",
};

/** The currency a cell names, by its ISO 4217 code or a common spelling; null when it names none. */
export function currencyUnit(cell: string): UnitRef | null {
  const written = cell.trim().toUpperCase();
  const code = lookUp(spelled, written) ?? written;
  if (!/^[A-Z]{3}$/.test(code)) return null;
  return { code, kind: "currency", scale: lookUp(decimals, code) ?? 2, name: lookUp(names, code) ?? code };
}

/** The decimals of a currency's smallest part, by its code. */
export function currencyScale(code: string): number {
  return currencyUnit(code)?.scale ?? 2;
}

/** The euro, in cents. */
export const euro: UnitRef = { code: "EUR", kind: "currency", scale: 2, name: "Euro" };

/** An item kind counted in pieces, coded by its name so that the same words are the same kind in every release. */
export function itemUnit(name: string): UnitRef {
  const spelling = name.trim().replaceAll(/\s+/g, " ");
  return { code: `item:${slug(spelling)}`, kind: "item", scale: 0, name: spelling };
}
