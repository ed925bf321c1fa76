import { daysInMonth } from "../frame.ts";
import { unstorableIn } from "../issues.ts";
import { unwritable } from "../unwritable.ts";
import type { ItemKind } from "./record.ts";

/** One thing that is wrong with a need or an offer: its code, the field, and what was found there. */
export type RecordFault = Readonly<{ code: RecordFaultCode; field: string; found: string }>;
export type RecordFaultCode =
  | "need_invalid"
  | "offer_invalid"
  | "unknown_item_kind"
  | "unknown_capability"
  | "unknown_coalition"
  | "unknown_party"
  | "unknown_fund"
  | "unknown_need";

/** What a need or an offer may name. */
export type Nameable = Readonly<{
  kinds: ReadonlyMap<string, ItemKind>;
  capabilities: ReadonlySet<string>;
  coalitions: ReadonlySet<string>;
  parties: ReadonlySet<string>;
  funds: ReadonlySet<string>;
  needs: ReadonlySet<string>;
}>;

export const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
export const longestTitle = 300;
export const longestNote = 5000;
export const largestQuantity = 1_000_000_000;
export const largestMoney = 1_000_000_000_000; // units of a currency: a trillion
const longestList = 50;
export const [firstYear, lastYear] = [1900, 2200];

export const decimalPattern = /^\d{1,12}(\.\d{1,6})?$/;

/** A gatherer of faults: each check adds what is wrong. */
export type FaultBook = Readonly<{
  faults: RecordFault[];
  unless: (right: boolean, field: string, found: string, code?: RecordFaultCode) => void;
}>;

export function faultBook(usual: "need_invalid" | "offer_invalid"): FaultBook {
  const faults: RecordFault[] = [];
  return {
    faults,
    unless: (right, field, found, code = usual) => {
      if (!right) faults.push({ code, field, found: found.slice(0, 300) });
    },
  };
}

/** What every need and offer has: an id, a title, a window, a note, a coalition, texts that can be stored. */
export function checkCommon(
  record: Readonly<{ id: string; title: string; from: string; until: string; note: string; coalition: string | null }>,
  known: Nameable,
  { unless }: FaultBook,
): void {
  const { id, title, from, until, note, coalition } = record;
  unless(
    idPattern.test(id),
    "id",
    `${JSON.stringify(id)}, not 1 to 100 letters, digits, points, hyphens and underscores`,
  );
  unless(title.trim() !== "", "title", "no title");
  unless(title.length <= longestTitle, "title", `${title.length} characters, more than ${longestTitle}`);
  unless(note.length <= longestNote, "note", `${note.length} characters, more than ${longestNote}`);
  unless(isDay(from), "from", `${JSON.stringify(from)}, not a day as YYYY-MM-DD from ${firstYear} to ${lastYear}`);
  unless(isDay(until), "until", `${JSON.stringify(until)}, not a day as YYYY-MM-DD from ${firstYear} to ${lastYear}`);
  unless(!isDay(from) || !isDay(until) || from <= until, "until", `${until}, before ${from}`);
  unless(coalition === null || known.coalitions.has(coalition), "coalition", String(coalition), "unknown_coalition");
  const fault = unstorableIn(record);
  unless(fault === undefined, fault?.path[0] ?? "title", fault?.found ?? "");
  const [field] = Object.entries(record).find(([, value]) => typeof value === "string" && unwritable.test(value)) ?? [];
  unless(
    field === undefined,
    field ?? "title",
    "a control character, which no spreadsheet can hold, or one that turns text round",
  );
}

/** The kind of that id; a fault where there is none. */
export function checkKind(id: string, field: string, known: Nameable, { unless }: FaultBook): ItemKind | undefined {
  const kind = known.kinds.get(id);
  unless(kind !== undefined, field, JSON.stringify(id), "unknown_item_kind");
  return kind;
}

/** A day that exists, as YYYY-MM-DD, from 1900 to 2200. */
function isDay(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  return isWhole(year, firstYear, lastYear) && isWhole(month, 1, 12) && isWhole(day, 1, daysInMonth(year, month));
}

/** A whole number within bounds. */
export function isWhole(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

/** Whether a list is short enough and names nothing twice. */
export function checkList(list: readonly string[], field: string, { unless }: FaultBook, most = longestList): void {
  unless(list.length <= most, field, `${list.length} entries, more than ${most}`);
  const twice = list.find((entry, index) => list.indexOf(entry) !== index);
  unless(twice === undefined, field, `${twice}, twice`);
}
