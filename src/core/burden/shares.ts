import { MainstayError } from "../errors.ts";
import { roundHalfAway } from "../money.ts";
import { boundShares } from "./bounds.ts";
import {
  indicatorText,
  indicatorWords,
  readIndicator,
  refuseUnknown,
  type Facts,
  type LeftOut,
  type Reading,
} from "./indicators.ts";
import type { Discount, Formula, Key, Table } from "./key.ts";
import { commonBottom, nth, percentText, shareAt, sumOf, type Ratio, type Shares } from "./ratio.ts";

export type StepName =
  | "table"
  | "members"
  | "weights"
  | "discount"
  | "equal-part"
  | "bounds"
  | "calendar"
  | "stays-out";

/** One step on the way to a share: where it stood, where it stands, and why. `before` is null at the first. */
export type Step = Readonly<{ step: StepName; before: Ratio | null; after: Ratio; reason: string }>;

/** A step for all members at once; the reason for one of them is written only when someone asks. */
type Stage = Readonly<{ step: StepName; shares: Shares; why: (index: number) => string }>;

/** Shares of `members` (in order of their ids) that add up to exactly one, and how they came about. */
export type Applied = Readonly<{
  members: readonly string[];
  shares: Shares;
  stages: readonly Stage[];
  leftOut: readonly LeftOut[];
}>;

/**
 * Applies a key to members. The order in which they are given makes no difference. `year` is that of the indicators.
 * @throws MainstayError indicator_unknown, key_bounds_cannot_be_met, key_without_members
 */
export function applyKey(key: Key, members: readonly string[], facts: Facts, year: number): Applied {
  const sorted = [...new Set(members)].sort();
  return key.rule.kind === "table"
    ? applyTable(key, key.rule, sorted)
    : applyFormula(key, key.rule, sorted, facts, year);
}

function applyTable(key: Key, table: Table, members: readonly string[]): Applied {
  const stranger = members.find((party) => !table.shares.has(party));
  if (stranger !== undefined)
    throw new MainstayError("indicator_unknown", `${stranger}: the table ${key.id} gives it no share`, {
      field: "shares",
    });
  const bottom = commonBottom([...table.shares.values()]);
  const parts = members.map((party) => {
    const { top, bottom: own } = table.shares.get(party) ?? { top: 0n, bottom: 1n };
    return top * (bottom / own);
  });
  const taking = sumOf(parts);
  if (taking === 0n) throw noMembers(key);
  const listed: Stage = {
    step: "table",
    shares: { parts, whole: bottom },
    why: () => `stands in the table of ${key.source.title}`,
  };
  if (taking === bottom) return { members, shares: listed.shares, stages: [listed], leftOut: [] };
  const part = percentText({ top: taking, bottom });
  const shares = { parts, whole: taking };
  const raised: Stage = {
    step: "members",
    shares,
    why: () =>
      `those who take part hold ${part} % of the table; their shares are raised in proportion to make one whole`,
  };
  return { members, shares, stages: [listed, raised], leftOut: [] };
}

function applyFormula(key: Key, formula: Formula, all: readonly string[], facts: Facts, year: number): Applied {
  const { members, readings, leftOut } = readAll(key, formula, all, facts, year);
  if (members.length === 0) throw noMembers(key);
  let shares = weigh(key, formula, readings);
  const stages: Stage[] = [{ step: "weights", shares, why: (index) => weightReason(formula, readings, index) }];
  const push = (step: StepName, next: Shares, why: Stage["why"]) => {
    shares = next;
    stages.push({ step, shares, why });
  };
  if (formula.discount !== null) {
    const discounted = lessen(shares, formula, formula.discount, readings, { members, facts, year });
    push("discount", discounted.shares, discounted.why);
  }
  const { equalPart } = formula;
  if (equalPart.top > 0n) {
    const count = BigInt(members.length);
    const rest = equalPart.bottom - equalPart.top;
    const { parts, whole } = shares;
    const next = {
      parts: parts.map((part) => part * count * rest + whole * equalPart.top),
      whole: whole * count * equalPart.bottom,
    };
    push(
      "equal-part",
      next,
      () => `${percentText(equalPart)} % of the whole is borne by all ${count} alike, the rest by share`,
    );
  }
  if (formula.floor.top > 0n || formula.ceiling.top < formula.ceiling.bottom) {
    const bounded = boundShares(shares, formula.floor, formula.ceiling, formula.redistribute);
    const spread =
      formula.redistribute === "equally" ? "by the same amount as every other" : "by the same factor as every other";
    push("bounds", bounded.shares, (index) => {
      const bound = bounded.bounds[index];
      if (bound === "floor") return `raised to the floor of ${percentText(formula.floor)} %`;
      if (bound === "ceiling") return `held at the ceiling of ${percentText(formula.ceiling)} %`;
      return bounded.bounds.every((one) => one === "free")
        ? "within floor and ceiling"
        : `moved ${spread} within the bounds, so that all make one whole`;
    });
  }
  return { members, shares, stages, leftOut };
}

// By member: a reading for each weight, and last, where there is a discount, GDP per head.
type Readings = readonly (readonly Readonly<{ value: bigint; years: readonly number[] }>[])[];

/** What the formula weighs, of everyone it is known of. @throws MainstayError indicator_unknown where the key refuses */
function readAll(key: Key, formula: Formula, all: readonly string[], facts: Facts, year: number) {
  const leftOut: LeftOut[] = [];
  const members: string[] = [];
  const readings: Readonly<{ value: bigint; years: readonly number[] }>[][] = [];
  const needed = formula.discount === null ? [] : (["gdp-per-head"] as const);
  for (const party of all) {
    const own: { value: bigint; years: readonly number[] }[] = [];
    let lack: LeftOut | undefined;
    for (const indicator of [...formula.weights.map((weight) => weight.indicator), ...needed]) {
      const reading: Reading = readIndicator(facts, indicator, party, year, formula);
      if ("missing" in reading) lack ??= { party, indicator, reason: reading.missing };
      else own.push(reading);
    }
    if (lack === undefined) {
      members.push(party);
      readings.push(own);
    } else if (formula.unknown === "leave-out") leftOut.push(lack);
    else refuseUnknown(key.id, lack);
  }
  return { members, readings, leftOut };
}

/** The weighted sum of each member's part of every indicator, over one bottom. */
function weigh(key: Key, formula: Formula, readings: Readings): Shares {
  const totals = formula.weights.map((_, place) => sumOf(readings.map((own) => nth(own, place).value)));
  const empty = totals.indexOf(0n);
  if (empty >= 0)
    throw new MainstayError(
      "indicator_unknown",
      `no member of ${key.id} has any ${indicatorWords[nth(formula.weights, empty).indicator]}`,
    );
  if (totals.length === 1) return { parts: readings.map((own) => nth(own, 0).value), whole: nth(totals, 0) };
  const common = commonBottom(formula.weights.map(({ weight }) => weight));
  const weights = formula.weights.map(({ weight }) => weight.top * (common / weight.bottom));
  const all = totals.reduce((left, right) => left * right, 1n);
  const factors = totals.map((total, place) => nth(weights, place) * (all / total));
  return {
    parts: readings.map((own) => sumOf(factors.map((factor, place) => factor * nth(own, place).value))),
    whole: sumOf(weights) * all,
  };
}

function weightReason(formula: Formula, readings: Readings, index: number): string {
  const whole = sumOf(formula.weights.map(({ weight }) => (weight.top * 1_000_000n) / weight.bottom));
  return formula.weights
    .map(({ indicator, weight }, place) => {
      const { value, years } = nth(nth(readings, index), place);
      const total = sumOf(readings.map((own) => nth(own, place).value));
      const when =
        indicator === "past-giving"
          ? ""
          : years.length === 1
            ? ` of ${years[0]}`
            : ` of ${years[0]} to ${years.at(-1)} together`;
      const weighed =
        formula.weights.length === 1
          ? ""
          : `, weighed ${percentText({ top: (weight.top * 1_000_000n) / weight.bottom, bottom: whole }, 2)} %`;
      return `${indicatorWords[indicator]}${when}: ${indicatorText(indicator, value)} of ${indicatorText(indicator, total)}${weighed}`;
    })
    .join("; ");
}

/** The discount for a low GDP per head; what it takes off is borne by those above the threshold, or by all, in proportion. */
function lessen(
  { parts, whole }: Shares,
  formula: Formula,
  discount: Discount,
  readings: Readings,
  { members, facts, year }: Readonly<{ members: readonly string[]; facts: Facts; year: number }>,
) {
  const perHead = readings.map((own) => nth(own, formula.weights.length).value);
  const threshold =
    discount.threshold === "average" ? averagePerHead(formula, members, facts, year) : discount.threshold;
  const { top, bottom } = discount.gradient;
  const full = bottom * threshold;
  const isLow = perHead.map((own) => own < threshold);
  const lessened = parts.map(
    (part, index) => part * (isLow[index] ? full - top * (threshold - nth(perHead, index)) : full),
  );
  const taken = whole * full - sumOf(lessened);
  const above = sumOf(lessened.filter((_, index) => !isLow[index]));
  const toAll = discount.borneBy === "all" || above === 0n;
  const shares = toAll
    ? { parts: lessened, whole: whole * full - taken }
    : {
        parts: lessened.map((part, index) => part * (isLow[index] ? above : above + taken)),
        whole: whole * full * above,
      };
  const head = (value: bigint) => indicatorText("gdp-per-head", value);
  const why = (index: number) => {
    const own = head(nth(perHead, index));
    if (isLow[index])
      return `GDP per head ${own} is under ${head(threshold)}: ${percentText(discount.gradient, 2)} % of the distance is taken off${toAll ? "; all bear what is taken off, in proportion" : ""}`;
    return `GDP per head ${own} is not under ${head(threshold)}: bears a part of what is taken off the others`;
  };
  return { shares, why };
}

/** All members' GDP over all members' population, to the hundredth. */
function averagePerHead(formula: Formula, members: readonly string[], facts: Facts, year: number): bigint {
  const gdp = members.map((party) => readIndicator(facts, "gdp", party, year, formula));
  const heads = members.map((party, index) => {
    const own = nth(gdp, index);
    const last = "missing" in own ? year : (own.years.at(-1) ?? year);
    return readIndicator(facts, "population", party, last, { ...formula, unknown: "refuse" });
  });
  return roundHalfAway(sumOf(gdp.map(known)) * 100n, sumOf(heads.map(known)));
}

function known(reading: Reading): bigint {
  if ("missing" in reading) throw new MainstayError("indicator_unknown", reading.missing);
  return reading.value;
}

/** The steps of one member's share, in words. */
export function stepsOf(applied: Applied, index: number): Step[] {
  return applied.stages.map((stage, place) => {
    const earlier = applied.stages[place - 1];
    return {
      step: stage.step,
      before: earlier === undefined ? null : shareAt(earlier.shares, index),
      after: shareAt(stage.shares, index),
      reason: stage.why(index),
    };
  });
}

function noMembers(key: Key): MainstayError {
  return new MainstayError("key_without_members", `nobody whom ${key.id} could give a share`);
}
