import type { Due, Facts, GiverFact, Stated } from "#core/foresight/predictability/facts.ts";
import { draw, scopeOf, type Subject } from "#core/foresight/predictability/indicators.ts";
import { parsePeriod } from "#core/foresight/predictability/period.ts";
import { standing } from "#core/foresight/predictability/spans.ts";
import type { Drawn } from "#core/foresight/predictability/figure.ts";
import type { NeedFact } from "#core/foresight/predictability/facts.ts";
import type { IndicatorId } from "#core/views-predictability.ts";

/** Made-up facts for the tests: amounts in whole units of EUR, written as numbers. */

const million = 1_000_000n;
export const amount = (major: number): bigint => BigInt(major) * million;

export function dueOf(
  due: Partial<Omit<Due, "amount" | "arrivals">> &
    Readonly<{ amount: number; come?: readonly (readonly [string, number])[] }>,
): Due {
  const { amount: major, come = [], ...rest } = due;
  const dueOn = rest.dueOn ?? "2025-06-30";
  return {
    id: "due",
    kind: "instalment",
    title: "An instalment",
    giver: "a",
    fund: "f",
    page: "p",
    stream: "finance",
    unit: "EUR",
    issuedOn: "2024-12-01",
    laidDownOn: "2024-12-01",
    voluntary: true,
    years: 2,
    earmarked: false,
    ...rest,
    dueOn,
    amount: amount(major),
    arrivals: come.map(([on, part]) => ({ on, amount: amount(part) })),
  };
}

export function statedOf(row: Partial<Omit<Stated, "amount">> & Readonly<{ amount: number }>): Stated {
  return {
    giver: "a",
    stream: "finance",
    category: "Financial",
    class: "placed",
    series: "totals",
    release: "R",
    on: "2024-12-31",
    precision: "by",
    rows: 1,
    ...row,
    amount: amount(row.amount),
  };
}

export function giverOf(
  id: string,
  gdp: Readonly<Record<number, number>> = {},
  kind: GiverFact["kind"] = "nation",
): GiverFact {
  return {
    id,
    name: id.toUpperCase(),
    kind,
    gdp: new Map(Object.entries(gdp).map(([year, value]) => [Number(year), BigInt(value)])),
  };
}

function factsOf(facts: Partial<Facts>): Facts {
  const ids = new Set([...(facts.dues ?? []), ...(facts.stated ?? [])].map(({ giver }) => giver));
  return {
    knownTo: "2026-12-31",
    unit: "EUR",
    scale: 2,
    class: "placed",
    partly: new Map(),
    stated: [],
    dues: [],
    releases: [],
    funds: [],
    steps: [],
    plans: [],
    givers: new Map([...ids].map((id) => [id, giverOf(id)])),
    ...facts,
  };
}

const all: Subject = { side: "all" };

/** One indicator of made-up facts in a period. */
export function drawn(
  indicator: IndicatorId,
  facts: Partial<Facts>,
  period: string,
  subject: Subject = all,
  needs: readonly NeedFact[] = [],
): Drawn {
  const whole = factsOf(facts);
  return draw(indicator, scopeOf(whole, standing(whole.stated), { period: parsePeriod(period), needs }, subject));
}

export const figureOf = (...question: Parameters<typeof drawn>): Drawn["figure"] => drawn(...question).figure;

/** A line of a figure by what it is of. */
export function lineOf(figure: Drawn["figure"], what: string): string | null | undefined {
  return figure.lines.find((line) => line.what === what)?.value;
}
