/** Months as whole numbers, so that they can be counted: year * 12 + month - 1. */

/** The number of the month that a day or a month (YYYY-MM) lies in. */
export function monthNumber(text: string): number {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}

/** A month's number as YYYY-MM. */
export function monthText(month: number): string {
  const year = Math.floor(month / 12);
  return `${String(year).padStart(4, "0")}-${String(month - year * 12 + 1).padStart(2, "0")}`;
}
