import type { EffectiveDate } from "#core/entries.ts";

/** How a column writes 3/4/2022: the month first, or the day. */
export type DayOrder = "month-first" | "day-first";

/** A date as read, and why it is not plainly the one written (null when it is). */
export type DateReading = Readonly<{ effective: EffectiveDate; remark: string | null }>;

const firstYear = 1990;
const lastYear = 2099;
const undated: EffectiveDate = { on: null, precision: "none" };
const slashed = String.raw`(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?!\d)`;
const monthOnly = String.raw`(?<![\d/.])(\d{1,2})/(\d{4}|\d{2})(?![\d/])`;
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The order most of a column's unmistakable dates (one part above 12) are written in; the month first when they don't tell. */
export function dayOrder(cells: Iterable<string>): DayOrder {
  let balance = 0;
  for (const cell of cells) {
    for (const [, first, second] of cell.matchAll(new RegExp(slashed, "g"))) {
      if (Number(first) > 12 && Number(second) <= 12) balance -= 1;
      if (Number(second) > 12 && Number(first) <= 12) balance += 1;
    }
  }
  return balance < 0 ? "day-first" : "month-first";
}

/** Reads a date cell by the rules of docs/importing.md. Never throws: a cell that gives no date is undated. */
export function readDate(cell: string, order: DayOrder): DateReading {
  const text = cell.trim().toLowerCase();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?$/.exec(text);
  if (iso !== null) return precise(Number(iso[1]), Number(iso[2]), Number(iso[3]), "day", cell);
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return fromSerial(Number.parseInt(text, 10), cell);
  const isoMonth = /^(\d{4})-(\d{1,2})$/.exec(text);
  if (isoMonth !== null) return month(Number(isoMonth[1]), Number(isoMonth[2]), cell);
  const all = [...text.matchAll(new RegExp(slashed, "g"))];
  const last = all.at(-1);
  if (last !== undefined) return slashedDate(text, last, order, cell);
  const monthly = [...text.matchAll(new RegExp(monthOnly, "g"))].at(-1);
  if (monthly !== undefined) return month(fullYear(monthly[2] ?? ""), Number(monthly[1]), cell);
  return worded(text, cell);
}

function slashedDate(text: string, found: RegExpMatchArray, order: DayOrder, cell: string): DateReading {
  const [first, second, year] = [Number(found[1]), Number(found[2]), fullYear(found[3] ?? "")];
  const [monthPart, dayPart] = order === "month-first" && !found[0].includes(".") ? [first, second] : [second, first];
  const open = /^\s*unti|^\s*by\b|^\s*till|^\s*before|between|\bfrom\b.*\b(?:until|to|till)\b/.test(text);
  const precision = open ? "by" : "day";
  if (isDay(year, monthPart, dayPart)) {
    const since = /^\s*since\b|^\s*from\b(?!.*\b(?:until|to|till)\b)/.test(text);
    return {
      ...precise(year, monthPart, dayPart, precision, cell),
      ...(since ? { remark: "the start of an open span is taken as the day" } : {}),
    };
  }
  if (isDay(year, dayPart, monthPart)) return precise(year, dayPart, monthPart, precision, cell);
  const possible = [monthPart, dayPart].find((part) => part >= 1 && part <= 12);
  if (possible === undefined || !isYear(year)) return nothing(`${cell.trim()} is not a day`);
  return { ...month(year, possible, cell), remark: "there is no such day; its month is taken" };
}

function worded(text: string, cell: string): DateReading {
  const day = /\b(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})\b/.exec(text);
  const dayMonth = monthNumber(day?.[2]);
  if (day !== null && dayMonth !== null)
    return precise(Number(day[3]), dayMonth, Number(day[1]), /^\s*unti/.test(text) ? "by" : "day", cell);
  const named = /\b([a-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})\b/.exec(text);
  const namedMonth = monthNumber(named?.[1]);
  if (named === null || namedMonth === null) return { effective: undated, remark: null };
  if (named[2] === undefined) return month(Number(named[3]), namedMonth, cell);
  return precise(Number(named[3]), namedMonth, Number(named[2]), /^\s*unti/.test(text) ? "by" : "day", cell);
}

function monthNumber(word: string | undefined): number | null {
  const index = months.indexOf((word ?? "").slice(0, 3));
  return index < 0 ? null : index + 1;
}

function precise(year: number, monthPart: number, day: number, precision: "day" | "by", cell: string): DateReading {
  if (!isYear(year)) return nothing(`the year ${year} cannot be meant`);
  if (isDay(year, monthPart, day)) return { effective: { on: isoDay(year, monthPart, day), precision }, remark: null };
  if (monthPart < 1 || monthPart > 12) return nothing(`${cell.trim()} is not a day`);
  return { ...month(year, monthPart, cell), remark: "there is no such day; its month is taken" };
}

function month(year: number, monthPart: number, cell: string): DateReading {
  if (!isYear(year)) return nothing(`the year ${year} cannot be meant`);
  if (monthPart < 1 || monthPart > 12) return nothing(`${cell.trim()} is not a month`);
  return { effective: monthEnd(year, monthPart), remark: null };
}

/** Some day of a month: carried as its last day. */
export function monthEnd(year: number, monthPart: number): EffectiveDate {
  return { on: isoDay(year, monthPart, daysIn(year, monthPart)), precision: "month" };
}

/** A spreadsheet's day number where the cell has no date format (1900 system: 25569 is 1970-01-01). */
function fromSerial(serial: number, cell: string): DateReading {
  const day = new Date((serial - 25_569) * 86_400_000);
  return precise(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate(), "day", cell);
}

function nothing(remark: string): DateReading {
  return { effective: undated, remark };
}

function fullYear(digits: string): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

function isYear(year: number): boolean {
  return year >= firstYear && year <= lastYear;
}

function isDay(year: number, monthPart: number, day: number): boolean {
  return isYear(year) && monthPart >= 1 && monthPart <= 12 && day >= 1 && day <= daysIn(year, monthPart);
}

function daysIn(year: number, monthPart: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][monthPart - 1] ?? 31;
}

function isoDay(year: number, monthPart: number, day: number): string {
  return `${year}-${String(monthPart).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
