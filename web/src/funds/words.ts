import type { ActView, FundView } from "../../../src/core/views-funds.ts";
import { formatAmount, grouped, moneyWords, plainScale, scaleFor, sumOf, type Scale } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";

/** Whether an amount is exactly nothing. */
export function isZero(amount: string): boolean {
  return /^-?0*(\.0*)?$/.test(amount);
}

/** "EUR 5.27 bn", "EUR 36 bn": rounded to two digits of its scale, without noughts at the end. */
export function brief(unit: string, amount: string | null): string {
  return moneyWords(unit, amount, 2).replace(/(\.\d*?)0+(?=\D|$)/, (_, kept: string) => (kept === "." ? "" : kept));
}

const finer: Readonly<Partial<Record<Scale["power"], Scale>>> = {
  9: { power: 6, word: "m", digits: 1 },
  6: { power: 3, word: "thousand", digits: 0 },
};

/** The scale of a table of money: one finer than words use, so that the smallest of its amounts still show. */
export function tableScale(amounts: readonly (string | null)[]): Scale {
  const scale = scaleFor(amounts);
  return finer[scale.power] ?? { ...plainScale, digits: 2 };
}

/** "Estria", "Estria and Lorne", "Corland, Estria and Lorne" */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** An amount in a table's scale; nothing is a plain nought. */
export function inScale(amount: string | null, scale: Scale): string {
  return amount !== null && isZero(amount) ? "0" : formatAmount(amount, scale);
}

/** "1 January 2026 to 31 December 2028" */
export function periodWords(from: string, until: string): string {
  return `${formatDay(from)} to ${formatDay(until)}`;
}

export const actKinds: Readonly<Record<ActView["kind"], string>> = {
  call: "Call",
  pledge: "Pledge",
  receipt: "Receipt",
  credit: "Credit in kind",
  place: "Placed",
  pay: "Paid",
  release: "Set free",
  acknowledge: "Confirmed",
  reallocate: "Reallocated",
  reversal: "Taken back",
};

export const objectWords: Readonly<Record<string, string>> = {
  "open-fund": "opens the fund",
  "adopt-key": "adopts a key",
  call: "calls",
  spend: "allows spending",
  reallocate: "moves money",
  "take-over-format": "takes over a format",
  appoint: "appoints",
  "adopt-report": "adopts a report",
  "adopt-plan": "adopts a plan",
};

/** What was credited in kind against all calls. */
export function creditedIn(fund: FundView): string {
  return sumOf(fund.members.map((member) => member.credited)) ?? "0.00";
}

/** A decision by its title, as far as the fund knows it. */
export function decisionTitle(fund: FundView, decision: string): string {
  return fund.decisions.find((one) => one.id === decision)?.title ?? decision;
}

export function lineTitle(fund: FundView, line: string): string {
  return fund.lines.find((one) => one.id === line)?.title ?? line;
}

/** The server's words with their days and amounts as the pages write them. */
export function readable(text: string): string {
  return text
    .replace(/\b\d{4}-\d{2}-\d{2}\b/g, formatDay)
    .replace(/(?<![\d.,-])-?\d{4,}\.\d{2}\b/g, (amount) => grouped(amount));
}

/** Acts with the newest first. */
export function newestFirst(acts: readonly ActView[]): readonly ActView[] {
  return acts.toReversed().toSorted((left, right) => (left.at < right.at ? 1 : left.at > right.at ? -1 : 0));
}
