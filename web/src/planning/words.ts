import type { ItemKind } from "../../../src/core/planning/record.ts";
import type { Coverage, OfferRow, PlanningHead } from "../../../src/core/views-planning.ts";
import { grouped } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { readable } from "../funds/words.ts";
import type { FigureProps } from "../figure/props.ts";

/** The priorities in words; 1 is the most urgent. */
export const priorityWords: Readonly<Record<number, string>> = {
  1: "1, most urgent",
  2: "2",
  3: "3",
  4: "4",
  5: "5, least urgent",
};

const counts: Readonly<Record<Exclude<ItemKind["counted"], "currency">, readonly [one: string, many: string]>> = {
  pieces: ["piece", "pieces"],
  places: ["place", "places"],
  "post-months": ["post-month", "post-months"],
};

type Counted = Readonly<{ counted: ItemKind["counted"]; unit: string }>;

/** "40 pieces", "1 place", "EUR 40,000,000". */
export function quantityWords({ counted, unit }: Counted, quantity: number | string): string {
  const number = bare(quantity);
  if (counted === "currency") return `${unit}\u00a0${number}`;
  const [one, many] = counts[counted];
  return `${number}\u00a0${number === "1" ? one : many}`;
}

/** The number alone, without noughts behind the point. */
export function bare(quantity: number | string): string {
  return grouped(String(quantity).replace(/\.0+$/, ""));
}

/** What a column of such quantities is headed by. */
export function countedWords({ counted, unit }: Counted): string {
  return counted === "currency" ? unit : counted;
}

/** "45.3%" of millionths. */
export function percentOf(ppm: number | null): string {
  return ppm === null ? "not known" : `${(Math.round(ppm / 1000) / 10).toFixed(1).replace(/\.0$/, "")}%`;
}

/** How much of a need is met at a step, at most all of it, in millionths: for the length of a bar only. */
export function partOf(coverage: Coverage, step: keyof Coverage): number {
  const of = coverage[step] ?? 0;
  return coverage.needed > 0 ? Math.min(of / coverage.needed, 1) * 1_000_000 : 0;
}

/** "1 March 2027 to 30 June 2027" */
export function windowWords({ from, until }: Readonly<{ from: string; until: string }>): string {
  return from === until ? formatDay(from) : `${formatDay(from)} to ${formatDay(until)}`;
}

export const conditionWords: Readonly<Record<OfferRow["condition"], string>> = {
  new: "new",
  ready: "ready for use",
  repair: "to be repaired",
};

/** "ready for use", "to be repaired, 60 days" */
export function conditionOf({ condition, repairDays }: Pick<OfferRow, "condition" | "repairDays">): string {
  return condition === "repair" && repairDays > 0
    ? `${conditionWords.repair}, ${repairDays} ${repairDays === 1 ? "day" : "days"}`
    : conditionWords[condition];
}

export const consentWords: Readonly<Record<OfferRow["consent"]["state"], string>> = {
  none: "not needed",
  pending: "pending",
  given: "given",
  refused: "refused",
};

/** "pending, of Corland": `nameOf` gives a party's name. */
export function consentOf({ state, of }: OfferRow["consent"], nameOf: (id: string) => string): string {
  return of === null ? consentWords[state] : `${consentWords[state]}, of ${nameOf(of)}`;
}

/** Why an offer is not planned with, as the pages say it; empty where it is. */
export function unusedWords({ unused, until }: Pick<OfferRow, "unused" | "until">): string {
  if (unused === null) return "";
  return unused.code === "window-over" ? `can\u2019t leave after ${formatDay(until)}` : readable(unused.says);
}

/** What a figure of planning is drawn with. */
export function drawnWith(
  head: PlanningHead,
  unit: string,
  plan?: string | null,
): Pick<FigureProps, "frame" | "drawnWith"> {
  return {
    frame: { book: head.book, asOf: null, knownAt: head.knownAt, boundary: "all", basis: "as-reported", unit },
    drawnWith: [
      `Known at ${head.knownAt === null ? "latest" : formatDay(head.knownAt)}`,
      `needs of ${head.recipientName}`,
      ...(plan === undefined ? [] : [plan === null ? "no plan stands" : `planned by ${plan}`]),
    ],
  };
}
