import { MainstayError } from "../errors.ts";
import { roundHalfAway } from "../money.ts";
import { boundShares } from "./bounds.ts";
import {
  indicatorText,
  indicatorWords,
  readIndicator,
  readPerHead,
  refuseUnknown,
  type Facts,
  type Known,
  type LeftOut,
  type PerHead,
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
  const sorted = isInOrder(members) ? members : [...new Set(members)].sort();
  return key.rule.kind === "table"
    ? applyTable(key, key.rule, sorted)
    : applyFormula(key, key.rule, sorted, facts, year);
}

/** Whether each id comes after the one before it, so that none stands twice. */
function isInOrder(ids: readonly string[]): boolean {
  for (let index = 1; index < ids.length; index += 1) if (nth(ids, index - 1) >= nth(ids, index)) return false;
  return true;
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
  const { members, readings, perHead, leftOut } = readAll(key, formula, all, facts, year);
  if (members.length === 0) throw noMembers(key);
  let shares = weigh(key, formula, readings);
  const stages: Stage[] = [{ step: "weights", shares, why: (index) => weightReason(formula, readings, index) }];
  const push = (step: StepName, next: Shares, why: Stage["why"]) => {
    shares = next;
    stages.push({ step, shares, why });
  };
  if (formula.discount !== null) {
    const discounted = lessen(key, shares, formula.discount, perHead);
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

/** By member: a reading for each weight. */
type Readings = readonly (readonly Known[])[];

/**
 * What the formula weighs, of everyone it is known of, and where there is a discount their GDP per head.
 * @throws MainstayError indicator_unknown where the key refuses
 */
function readAll(key: Key, formula: Formula, all: readonly string[], facts: Facts, year: number) {
  const leftOut: LeftOut[] = [];
  const members: string[] = [];
  const readings: Known[][] = [];
  const perHead: PerHead[] = [];
  const lack = (left: LeftOut) => {
    if (formula.unknown !== "leave-out") refuseUnknown(key.id, left);
    leftOut.push(left);
  };
  const readOne = (party: string): void => {
    const own: Known[] = [];
    for (const { indicator } of formula.weights) {
      const reading = readIndicator(facts, indicator, party, year, formula);
      if ("missing" in reading) return lack({ party, indicator, reason: reading.missing });
      own.push(reading);
    }
    if (formula.discount !== null) {
      const reading = readPerHead(facts, party, year, formula);
      if ("missing" in reading) return lack({ party, indicator: "gdp-per-head", reason: reading.missing });
      perHead.push(reading);
    }
    members.push(party);
    readings.push(own);
  };
  all.forEach(readOne);
  return { members, readings, perHead, leftOut };
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
      const { value, first, last } = nth(nth(readings, index), place);
      const total = sumOf(readings.map((own) => nth(own, place).value));
      const when =
        indicator === "past-giving" ? "" : first === last ? ` of ${last}` : ` of ${first} to ${last} together`;
      const weighed =
        formula.weights.length === 1
          ? ""
          : `, weighed ${percentText({ top: (weight.top * 1_000_000n) / weight.bottom, bottom: whole }, 2)} %`;
      return `${indicatorWords[indicator]}${when}: ${indicatorText(indicator, value)} of ${indicatorText(indicator, total)}${weighed}`;
    })
    .join("; ");
}

/**
 * The discount for a low GDP per head; what it takes off is borne by those above the threshold, or by all, in proportion.
 * @throws MainstayError key_without_members when it takes everything off everyone
 */
function lessen(key: Key, { parts, whole }: Shares, discount: Discount, perHead: readonly PerHead[]) {
  const threshold = discount.threshold === "average" ? averagePerHead(perHead) : discount.threshold;
  const { top, bottom } = discount.gradient;
  const full = bottom * threshold;
  let low = 0n; // what those under the threshold are left with, over whole * full
  let high = 0n; // what those not under it have, over whole
  const lessened = parts.map((part, index) => {
    const { value } = nth(perHead, index);
    if (value >= threshold) {
      high += part;
      return null;
    }
    const less = part * (full - top * (threshold - value));
    low += less;
    return less;
  });
  const head = (value: bigint) => indicatorText("gdp-per-head", value);
  if (!lessened.some((less) => less !== null)) {
    const why = (index: number) =>
      `GDP per head ${head(nth(perHead, index).value)} is not under ${head(threshold)}, and nobody's is: nothing is taken off`;
    return { shares: { parts, whole }, why };
  }
  const toAll = discount.borneBy === "all" || high === 0n;
  const rest = whole * full - low;
  const shares = toAll
    ? { parts: lessened.map((less, index) => less ?? nth(parts, index) * full), whole: low + high * full }
    : {
        parts: lessened.map((less, index) => (less === null ? nth(parts, index) * rest : less * high)),
        whole: whole * full * high,
      };
  if (shares.whole === 0n) throw noMembers(key);
  const why = (index: number) => {
    const own = head(nth(perHead, index).value);
    if (lessened[index] !== null)
      return `GDP per head ${own} is under ${head(threshold)}: ${percentText(discount.gradient, 2)} % of the distance is taken off${toAll ? "; all bear what is taken off, in proportion" : ""}`;
    return `GDP per head ${own} is not under ${head(threshold)}: bears a part of what is taken off the others`;
  };
  return { shares, why };
}

/** All members' GDP over all members' population, to the hundredth. */
function averagePerHead(perHead: readonly PerHead[]): bigint {
  const gdp = sumOf(perHead.map((own) => own.gdp));
  const heads = sumOf(perHead.map((own) => own.heads));
  return roundHalfAway(gdp * 100n, heads);
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
