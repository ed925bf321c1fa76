import { MainstayError } from "../errors.ts";
import { formatDecimal, roundHalfAway } from "../money.ts";
import type { Formula, KeyIndicator } from "./key.ts";
import { sumOf } from "./ratio.ts";

/** Indicators by name, party and year, whole numbers: dollars, persons, hundredths for GDP per head and past giving. */
export type Facts = Readonly<Partial<Record<KeyIndicator, ReadonlyMap<string, ReadonlyMap<number, bigint>>>>>;

/** A member's value of an indicator: the sum over the years from the first to the last, or why it is not known. */
export type Known = Readonly<{ value: bigint; first: number; last: number }>;
type Missing = Readonly<{ missing: string }>;
type Reading = Known | Missing;

/** GDP per head, beside the two whole numbers that it is the quotient of. */
export type PerHead = Known & Readonly<{ gdp: bigint; heads: bigint }>;

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
 * Past giving has no years: it is all that was given.
 */
export function readIndicator(
  facts: Facts,
  indicator: KeyIndicator,
  party: string,
  year: number,
  { years, unknown }: Pick<Formula, "years" | "unknown">,
): Reading {
  if (indicator === "gdp-per-head") return readPerHead(facts, party, year, { years, unknown });
  const known = facts[indicator]?.get(party);
  if (known === undefined || known.size === 0) return { missing: `${indicatorWords[indicator]} is not on record` };
  if (indicator === "past-giving") return { value: sumOf([...known.values()]), first: year, last: year };
  const last = known.has(year) || unknown !== "earlier-year" ? year : newestBefore(known, year);
  if (last === undefined) return { missing: `${indicatorWords[indicator]} of ${year} or earlier is not on record` };
  const first = last - years + 1;
  let value = 0n;
  for (let one = first; one <= last; one += 1) {
    const found = known.get(one);
    if (found === undefined) return { missing: `${indicatorWords[indicator]} of ${one} is not on record` };
    value += found;
  }
  return { value, first, last };
}

/** The GDP of the years asked over the population of the very same years, to the hundredth. */
export function readPerHead(
  facts: Facts,
  party: string,
  year: number,
  { years, unknown }: Pick<Formula, "years" | "unknown">,
): PerHead | Missing {
  const gdp = readIndicator(facts, "gdp", party, year, { years, unknown });
  if ("missing" in gdp) return gdp;
  const { first, last } = gdp;
  const heads = readIndicator(facts, "population", party, last, { years, unknown: "refuse" });
  if ("missing" in heads) return heads;
  if (heads.value === 0n) return { missing: "population is zero" };
  return { value: roundHalfAway(gdp.value * 100n, heads.value), first, last, gdp: gdp.value, heads: heads.value };
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
