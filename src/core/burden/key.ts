import { MainstayError } from "../errors.ts";
import { parseRatio, percentText, ratioText, type Ratio } from "./ratio.ts";

/** Where a key comes from, named beside every figure drawn with it. */
export type KeySource = Readonly<{
  title: string;
  publisher: string;
  publishedOn: string | null;
  url: string | null;
  note: string;
}>;

/** Numbers a formula may weigh. GDP per head is GDP / population, taken to the hundredth; past giving comes from the record. */
export const keyIndicators = ["gdp", "gni", "population", "gdp-per-head", "past-giving"] as const;
export type KeyIndicator = (typeof keyIndicators)[number];

/** What happens to a member of whom an indicator is not known: nothing is ever taken as zero. */
export const unknownRules = ["refuse", "leave-out", "earlier-year"] as const;
export type UnknownRule = (typeof unknownRules)[number];

export type Weight = Readonly<{ indicator: KeyIndicator; weight: Ratio }>;

/** Members whose GDP per head is under the threshold pay less: share * (1 - gradient * (threshold - own) / threshold). */
export type Discount = Readonly<{
  gradient: Ratio;
  threshold: "average" | bigint; // the members' common average, or hundredths of the indicator's unit
  borneBy: "those-above" | "all"; // who makes up for it, in proportion to their shares
}>;

export type Formula = Readonly<{
  kind: "formula";
  weights: readonly Weight[];
  years: number; // how many years are averaged, ending with the year of the figures
  unknown: UnknownRule;
  discount: Discount | null;
  equalPart: Ratio; // the part of the whole that all bear alike
  floor: Ratio;
  ceiling: Ratio;
  redistribute: "in-proportion" | "equally"; // how what is capped or made up is spread over the others
}>;

export type Table = Readonly<{ kind: "table"; shares: ReadonlyMap<string, Ratio> }>;

/** A contribution key: a dated, sourced table of shares, or a formula. `members` is a group's slug, null for a table's own parties. */
export type Key = Readonly<{
  id: string;
  title: string;
  description: string;
  modelled: string | null; // what about it is our model and not its source's words
  validFrom: string;
  validUntil: string | null;
  members: string | null;
  source: KeySource;
  rule: Formula | Table;
}>;

/** An envelope by year on a key, modelled on a public proposal. Amounts in cents of the currency. */
export type WorkedFund = Readonly<{
  id: string;
  title: string;
  modelled: string;
  currency: string;
  key: string;
  years: readonly Readonly<{ year: number; amount: bigint }>[];
  source: KeySource;
}>;

/**
 * A table's shares, exact.
 * @throws MainstayError share_table_must_sum_to_one naming the difference; invalid_amount
 */
export function readShareTable(shares: Readonly<Record<string, string>>, file?: string): Table {
  const read = new Map(
    Object.entries(shares).map(([party, text]) => [party, parseRatio(text, { file, field: `shares.${party}` })]),
  );
  const sum = [...read.values()].reduce(add, { top: 0n, bottom: 1n });
  if (sum.top !== sum.bottom) {
    const over = sum.top > sum.bottom;
    const off = { top: over ? sum.top - sum.bottom : sum.bottom - sum.top, bottom: sum.bottom };
    const found = `a sum of ${ratioText(sum)}, ${over ? "more" : "less"} than one by ${ratioText(off)} (${percentText(off)} %)`;
    throw new MainstayError("share_table_must_sum_to_one", found, { file, field: "shares" });
  }
  return { kind: "table", shares: read };
}

function add(left: Ratio, right: Ratio): Ratio {
  return left.bottom === right.bottom
    ? { top: left.top + right.top, bottom: left.bottom }
    : { top: left.top * right.bottom + right.top * left.bottom, bottom: left.bottom * right.bottom };
}
