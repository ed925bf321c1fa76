import { splitByLargestRemainder } from "../money.ts";
import { sharesOfYear, yearStepsOf, type Span, type Stretch, type YearShares } from "./calendar.ts";
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
 * their part is borne by the others or stays open.
 * @throws MainstayError those of sharesOfYear
 */
export function billOf(question: BillQuestion): Bill {
  const { key, spans, facts, year, factsYear, amount, out, gap } = question;
  if (out.length === 0) return billed(sharesOfYear(key, spans, facts, year, factsYear), amount);
  const whole = billed(sharesOfYear(key, spans, facts, year, factsYear), amount);
  const isOut = new Set(out);
  const staysOut = (line: BillLine): BillLine => ({ ...line, share: { top: 0n, bottom: 1n }, amount: 0n, out: true });
  const paying =
    gap === "open"
      ? whole
      : billed(
          sharesOfYear(
            key,
            spans.filter((span) => !isOut.has(span.party)),
            facts,
            year,
            factsYear,
          ),
          amount,
        );
  const byParty = new Map(paying.lines.map((line) => [line.party, line]));
  const lines = whole.lines.map((line) => (isOut.has(line.party) ? staysOut(line) : (byParty.get(line.party) ?? line)));
  const reason =
    gap === "open"
      ? "stays out and pays nothing; its part is not covered"
      : "stays out and pays nothing; the others bear its part";
  return {
    ...paying,
    lines,
    uncovered: amount - lines.reduce((sum, line) => sum + line.amount, 0n),
    steps: (party) => {
      if (!isOut.has(party)) return paying.steps(party);
      const steps = whole.steps(party);
      return [
        ...steps,
        {
          step: "stays-out",
          before: steps.at(-1)?.after ?? null,
          after: { top: 0n, bottom: 1n },
          reason,
          from: null,
          until: null,
        },
      ];
    },
  };
}

function billed(year: YearShares, amount: bigint): Bill {
  const amounts = splitByLargestRemainder(amount, year.shares.parts);
  return {
    lines: year.members.map((party, index) => ({
      party,
      share: shareAt(year.shares, index),
      amount: nth(amounts, index),
      out: false,
    })),
    uncovered: 0n,
    stretches: year.stretches,
    leftOut: year.leftOut,
    steps: (party) => (year.members.includes(party) ? yearStepsOf(year, party) : []),
  };
}
