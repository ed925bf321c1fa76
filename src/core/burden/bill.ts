import { MainstayError } from "../errors.ts";
import { splitByLargestRemainder } from "../money.ts";
import { sharesOfYear, stretchesOf, yearStepsOf, type Span, type Stretch, type YearShares } from "./calendar.ts";
import type { Facts, LeftOut } from "./indicators.ts";
import type { Key } from "./key.ts";
import { nth, shareAt, type Ratio } from "./ratio.ts";
import type { Step } from "./shares.ts";

export type BillQuestion = Readonly<{
  key: Key;
  spans: readonly Span[];
  facts: Facts;
  year: number;
  factsYear: number; // of the indicators
  amount: bigint; // cents
  out: readonly string[]; // who stays out
  gap: "others" | "open";
}>;

export type BillStep = Step & Readonly<{ from: string | null; until: string | null }>;
export type BillLine = Readonly<{ party: string; share: Ratio; amount: bigint; out: boolean }>;

/** Everyone's part of an amount. Lines are in order of their ids and add up to `amount` less `uncovered`, to the cent. */
export type Bill = Readonly<{
  lines: readonly BillLine[];
  uncovered: bigint; // what nobody bears: the part of those who stay out, when the others do not take it over
  stretches: readonly Stretch[];
  leftOut: readonly LeftOut[];
  steps: (party: string) => BillStep[];
}>;

/**
 * Splits an amount by a key among those who are members in the year, to the cent (largest remainder, ties by id).
 * Those who stay out pay nothing (a constructive abstention under Article 31(1) of the Treaty on European Union frees from paying);
 * their part is borne by the others or stays open. Where the others bear it, nothing needs to be known of those who stay out.
 * @throws MainstayError those of sharesOfYear
 */
export function billOf({ key, spans, facts, year, factsYear, amount, out, gap }: BillQuestion): Bill {
  const isOut = new Set(out);
  const sharesOf = (among: readonly Span[]): YearShares => sharesOfYear(key, among, facts, year, factsYear);
  const allPay = isOut.size === 0 || gap === "open";
  const paying = sharesOf(allPay ? spans : spans.filter((span) => !isOut.has(span.party)));
  const amounts = splitByLargestRemainder(amount, paying.shares.parts);
  let uncovered = 0n;
  const lines = paying.members.map((party, index): BillLine => {
    if (!isOut.has(party))
      return { party, share: shareAt(paying.shares, index), amount: nth(amounts, index), out: false };
    uncovered += nth(amounts, index);
    return staysOut(party);
  });
  if (!allPay) {
    const others = stretchesOf(
      year,
      spans.filter((span) => isOut.has(span.party)),
    );
    lines.push(...[...new Set(others.flatMap((stretch) => stretch.members))].map(staysOut));
    lines.sort((left, right) => (left.party < right.party ? -1 : 1));
  }
  return {
    lines,
    uncovered,
    stretches: paying.stretches,
    leftOut: paying.leftOut,
    steps: (party) => {
      if (!isOut.has(party)) return paying.members.includes(party) ? yearStepsOf(paying, party) : [];
      return stepsOut(() => (allPay ? paying : sharesOf(spans)), party, gap);
    },
  };
}

const nothing: Ratio = { top: 0n, bottom: 1n };
const staysOut = (party: string): BillLine => ({ party, share: nothing, amount: 0n, out: true });

/** The share that one who stays out would have had, where it can be told, and that it pays nothing. */
function stepsOut(everyone: () => YearShares, party: string, gap: BillQuestion["gap"]): BillStep[] {
  const { steps, unknown } = stepsBefore(everyone, party);
  const pays = `stays out and pays nothing; ${gap === "open" ? "its part is not covered" : "the others bear its part"}`;
  const reason = unknown === null ? pays : `${pays}; what it would have borne cannot be told: ${unknown}`;
  const before = steps.at(-1)?.after ?? null;
  return [...steps, { step: "stays-out", before, after: nothing, reason, from: null, until: null }];
}

function stepsBefore(everyone: () => YearShares, party: string): { steps: BillStep[]; unknown: string | null } {
  try {
    const whole = everyone();
    if (whole.members.includes(party)) return { steps: yearStepsOf(whole, party), unknown: null };
    return { steps: [], unknown: whole.leftOut.find((left) => left.party === party)?.reason ?? "it is no member" };
  } catch (error) {
    if (error instanceof MainstayError) return { steps: [], unknown: error.found ?? error.message };
    throw error;
  }
}
