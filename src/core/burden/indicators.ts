import { MainstayError } from "../errors.ts";
import { formatDecimal, roundHalfAway } from "../money.ts";
import type { Formula, KeyIndicator } from "./key.ts";
import { sumOf } from "./ratio.ts";

/** Indicators by name, party and year, whole numbers: dollars, persons, hundredths for GDP per head and past giving. */
export type Facts = Readonly<Partial<Record<KeyIndicator, ReadonlyMap<string, ReadonlyMap<number, bigint>>>>>;

/** A member's value of an indicator: the sum over `years` (that many were asked), or why it is not known. */
export type Reading = Readonly<{ value: bigint; years: readonly number[] }> | Readonly<{ missing: string }>;

/** Someone the key says nothing about, for want of a number: named, never counted as zero. */
export type LeftOut = Readonly<{ party: string; indicator: KeyIndicator; reason: string }>;

export const indicatorWords: Readonly<Record<KeyIndicator, string>> = {
  gdp: "GDP",
  gni: "GNI",
  population: "population",
  "gdp-per-head": "GDP per head",
  "past-giving": "past giving",
};
/** How many digits after the point an indicator's whole numbers carry. */
const scales: Readonly<Record<KeyIndicator, number>> = {
  gdp: 0,
  gni: 0,
  population: 0,
  "gdp-per-head": 2,
  "past-giving": 2,
};

/** An indicator's whole number in words: 4525703903627 of GDP is "4,525,703,903,627". */
export function indicatorText(indicator: KeyIndicator, value: bigint): string {
  const [whole = "", fraction] = formatDecimal(value, scales[indicator]).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/**
 * What is on record of a party for the years that end with `year`, or, where the key says so, with the last one on record before it.
 * GDP per head is the GDP of those years over the population of those years, to the hundredth.
 */
export function readIndicator(
  facts: Facts,
  indicator: KeyIndicator,
  party: string,
  year: number,
  formula: Pick<Formula, "years" | "unknown">,
): Reading {
  if (indicator === "gdp-per-head") return readPerHead(facts, party, year, formula);
  const known = facts[indicator]?.get(party);
  const words = indicatorWords[indicator];
  if (known === undefined || known.size === 0) return { missing: `${words} is not on record` };
  if (indicator === "past-giving") return { value: sumOf([...known.values()]), years: [...known.keys()] };
  const last = known.has(year) || formula.unknown !== "earlier-year" ? year : newestBefore(known, year);
  if (last === undefined) return { missing: `${words} of ${year} or earlier is not on record` };
  const years: number[] = [];
  let value = 0n;
  for (let one = last - formula.years + 1; one <= last; one += 1) {
    const found = known.get(one);
    if (found === undefined) return { missing: `${words} of ${one} is not on record` };
    value += found;
    years.push(one);
  }
  return { value, years };
}

function readPerHead(facts: Facts, party: string, year: number, formula: Pick<Formula, "years" | "unknown">): Reading {
  const gdp = readIndicator(facts, "gdp", party, year, formula);
  if ("missing" in gdp) return gdp;
  const heads = readIndicator(facts, "population", party, gdp.years.at(-1) ?? year, { ...formula, unknown: "refuse" });
  if ("missing" in heads) return heads;
  if (heads.value === 0n) return { missing: "population is zero" };
  return { value: roundHalfAway(gdp.value * 100n, heads.value), years: gdp.years };
}

function newestBefore(known: ReadonlyMap<number, bigint>, year: number): number | undefined {
  let newest: number | undefined;
  for (const one of known.keys()) if (one < year && (newest === undefined || one > newest)) newest = one;
  return newest;
}

/** The last year, up to the one given, in which any of the members has every dated indicator the formula needs; null when it needs none. */
export function newestYear(facts: Facts, formula: Formula, members: readonly string[], upTo: number): number | null {
  const needed = [
    ...formula.weights.map(({ indicator }) => indicator),
    ...(formula.discount === null ? [] : (["gdp-per-head"] as const)),
  ];
  const dated = needed.flatMap((name): KeyIndicator[] =>
    name === "gdp-per-head" ? ["gdp", "population"] : name === "past-giving" ? [] : [name],
  );
  if (dated.length === 0) return null;
  const newest = dated.map((name) => {
    const years = members.flatMap((party) => [...(facts[name]?.get(party)?.keys() ?? [])]);
    return Math.max(...years.filter((year) => year <= upTo));
  });
  const last = Math.min(...newest);
  return Number.isFinite(last) ? last : upTo;
}

/** @throws MainstayError indicator_unknown */
export function refuseUnknown(key: string, left: LeftOut): never {
  throw new MainstayError("indicator_unknown", `${left.party}: ${left.reason}; the key ${key} refuses to guess`, {
    field: left.indicator,
  });
}
