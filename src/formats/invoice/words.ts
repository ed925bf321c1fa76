import { groupThousands } from "#core/money.ts";
import { dayWords } from "#core/months.ts";

/** "-1234567.50" is "−1,234,567.50". */
export function amountWords(amount: string): string {
  return groupThousands(amount).replace(/^-/, "\u2212");
}

export const isZero = (amount: string): boolean => /^-?[0.]+$/.test(amount);

/** A reference or account number in groups of four, as banks print them. */
export function inFours(text: string): string {
  return (text.replaceAll(/\s/g, "").match(/.{1,4}/gu) ?? []).join(" ");
}

/** An international account number in groups of four; any other as it stands. */
export function accountWords(account: string): string {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(account.replaceAll(/\s/g, "")) ? inFours(account) : account;
}

const stepNames: Readonly<Record<string, string>> = {
  table: "The table",
  members: "Who takes part",
  weights: "The weights",
  discount: "The discount",
  "equal-part": "The equal part",
  bounds: "Floor and ceiling",
  calendar: "Days of membership",
  "stays-out": "Staying out",
};

/** A step's name as the pages say it. */
export function stepWords(step: string): string {
  return stepNames[step] ?? step;
}

/** A part of the year. */
export function spanWords(from: string | null, until: string | null): string {
  if (from === null) return until === null ? "" : `until ${dayWords(until)}`;
  return until === null ? `from ${dayWords(from)}` : `${dayWords(from)} to ${dayWords(until)}`;
}

/** A sentence begun in the middle made a whole one. */
export function asSentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) || whole === "" ? whole : `${whole}.`;
}
