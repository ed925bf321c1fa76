import { minimumKey, sumOf, type Count } from "./count.ts";
import { standings, type Comparison, type Condition, type Rule } from "./procedure.ts";

/**
 * One condition as it stands. `have` is compared exactly with `threshold` (a fraction, in the condition's measure); `need` is the whole quantity
 * next to it that meets it; `gap` how much more has to come in favour from those not counted yet (or how much too much there is), 0 when met.
 */
export type ConditionReport = Readonly<{
  id: string;
  says: string;
  measure: string;
  role: string | null;
  is: Comparison;
  met: boolean;
  have: bigint;
  threshold: Readonly<{ numerator: bigint; denominator: bigint }>;
  need: bigint;
  gap: bigint;
}>;

/** Whether the rule is met, with every condition that was asked. */
export type RuleReport = Readonly<{ met: boolean; conditions: readonly ConditionReport[] }>;

/** Judges a count by a rule, in exact arithmetic. */
export function judge(rule: Rule, count: Count): RuleReport {
  if (rule.kind === "condition") {
    const report = judgeCondition(rule, count);
    return { met: report.met, conditions: [report] };
  }
  if (rule.kind === "participation") return judge(chosen(rule, count), count);
  if (rule.kind === "unless-silence")
    return count.underSilence ? { met: true, conditions: [] } : judge(rule.rule, count);
  const parts = rule.rules.map((part) => judge(part, count));
  const met = rule.kind === "all" ? parts.every((part) => part.met) : parts.some((part) => part.met);
  return { met, conditions: parts.flatMap((part) => part.conditions) };
}

/** Whether a count meets a rule. */
export function isMet(rule: Rule, count: Count): boolean {
  if (rule.kind === "condition") return meets(rule, count);
  if (rule.kind === "participation") return isMet(chosen(rule, count), count);
  if (rule.kind === "unless-silence") return count.underSilence || isMet(rule.rule, count);
  return rule.kind === "all"
    ? rule.rules.every((part) => isMet(part, count))
    : rule.rules.some((part) => isMet(part, count));
}

/** The ways to adoption: each a list of the conditions still to be met. One empty way when the rule is met. */
export function waysToAdoption(rule: Rule, count: Count): readonly (readonly ConditionReport[])[] {
  if (isMet(rule, count)) return [[]];
  if (rule.kind === "condition") return [[judgeCondition(rule, count)]];
  if (rule.kind === "participation") return waysToAdoption(chosen(rule, count), count);
  if (rule.kind === "unless-silence") return waysToAdoption(rule.rule, count);
  const parts = rule.rules.map((part) => waysToAdoption(part, count));
  if (rule.kind === "any") return parts.flat();
  return parts.reduce((ways, part) => ways.flatMap((way) => part.map((more) => [...way, ...more])), [[]]);
}

function chosen(rule: Extract<Rule, { kind: "participation" }>, count: Count): Rule {
  return count.allTakePart ? rule.whenAll : rule.whenSome;
}

/** The bound as an exact fraction of the measure, with the base of a share (null where it has none). */
function boundOf(condition: Condition, count: Count): { numerator: bigint; denominator: bigint; base: bigint | null } {
  const { bound, measure, role } = condition;
  if (bound.kind === "count") return { numerator: bound.count, denominator: 1n, base: null };
  if (bound.kind === "blocking-minimum") {
    const fewest = count.minimums.get(minimumKey(bound.measure, bound.share)) ?? 0n;
    return { numerator: fewest + bound.plus, denominator: 1n, base: null };
  }
  const base = sumOf(count, role, bound.of, measure);
  return { numerator: bound.share.numerator * base, denominator: bound.share.denominator, base };
}

function meets(condition: Condition, count: Count): boolean {
  const { numerator, denominator, base } = boundOf(condition, count);
  const have = sumOf(count, condition.role, condition.count, condition.measure) * denominator;
  switch (condition.is) {
    case "at-least":
      return have >= numerator && base !== 0n; // a share of no votes at all is not reached
    case "more-than":
      return have > numerator;
    case "at-most":
      return have <= numerator;
    case "less-than":
      return have < numerator;
  }
}

function judgeCondition(condition: Condition, count: Count): ConditionReport {
  const { numerator, denominator } = boundOf(condition, count);
  const met = meets(condition, count);
  const have = sumOf(count, condition.role, condition.count, condition.measure);
  const need = nearestMeeting(condition.is, numerator, denominator);
  const { id, says, measure, role, is } = condition;
  const gap = met ? 0n : gapOf(condition, have, need, numerator, denominator);
  return { id, says, measure, role, is, met, have, threshold: { numerator, denominator }, need, gap };
}

function nearestMeeting(is: Comparison, numerator: bigint, denominator: bigint): bigint {
  const floor = numerator / denominator;
  const ceiling = (numerator + denominator - 1n) / denominator;
  switch (is) {
    case "at-least":
      return ceiling;
    case "more-than":
      return floor + 1n;
    case "at-most":
      return floor;
    case "less-than":
      return ceiling - 1n;
  }
}

/**
 * Where those who come in favour also enter the base (votes cast), x more are needed so that (have + x) / (base + x) reaches the share:
 * x = (share * base - have) / (1 - share), rounded up, or to the next whole number above for "more than".
 */
function gapOf(condition: Condition, have: bigint, need: bigint, numerator: bigint, denominator: bigint): bigint {
  if (condition.is === "at-most" || condition.is === "less-than") return have - need;
  const { bound } = condition;
  const growing = bound.kind === "share" && bound.of.includes("for") && bound.of.length < standings.length;
  if (!growing || bound.share.numerator === bound.share.denominator) return have < need ? need - have : 1n;
  const short = numerator - have * denominator;
  const rest = denominator - bound.share.numerator;
  const more = condition.is === "at-least" ? (short + rest - 1n) / rest : short / rest + 1n;
  return more > 0n ? more : 1n;
}
