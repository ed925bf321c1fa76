import { standings, type Bound, type Condition, type Rule, type Standing } from "./procedure.ts";

/** How a line of a rule's outline joins those one deeper under it, or that it is a condition. */
export const outlineKinds = [
  "all",
  "any",
  "when-all-take-part",
  "when-some-do-not",
  "unless-under-silence",
  "condition",
] as const;
export type OutlineKind = (typeof outlineKinds)[number];

/** A condition with its bound as plain text: numbers whole, shares as fractions, `of` null where a share is of all who take part. */
export type OutlinedCondition = Readonly<{
  id: string;
  count: readonly Standing[];
  measure: string;
  role: string | null;
  is: Condition["is"];
  bound: Readonly<{
    kind: Bound["kind"];
    count: string | null;
    share: string | null;
    of: readonly Standing[] | null;
    measure: string | null;
    plus: string | null;
  }>;
}>;
export type OutlineLine = Readonly<{
  depth: number;
  kind: OutlineKind;
  says: string;
  condition: OutlinedCondition | null;
}>;

const joins: Readonly<Record<Exclude<OutlineKind, "condition">, string>> = {
  all: "All of these",
  any: "Any one of these",
  "when-all-take-part": "When everybody takes part",
  "when-some-do-not": "When some do not take part",
  "unless-under-silence": "Unless the text is under silence",
};

/** A rule in words, one line after another; a line's parts follow it, one deeper. Nothing of the rule is left out. */
export function ruleOutline(rule: Rule, depth = 0): readonly OutlineLine[] {
  const join = (kind: Exclude<OutlineKind, "condition">, parts: readonly Rule[]): readonly OutlineLine[] => [
    { depth, kind, says: joins[kind], condition: null },
    ...parts.flatMap((part) => ruleOutline(part, depth + 1)),
  ];
  if (rule.kind === "condition") return [{ depth, kind: "condition", says: rule.says, condition: outlined(rule) }];
  if (rule.kind === "participation")
    return [...join("when-all-take-part", [rule.whenAll]), ...join("when-some-do-not", [rule.whenSome])];
  return rule.kind === "unless-silence" ? join("unless-under-silence", [rule.rule]) : join(rule.kind, rule.rules);
}

function outlined({ id, count, measure, role, is, bound }: Condition): OutlinedCondition {
  const none = { kind: bound.kind, count: null, share: null, of: null, measure: null, plus: null };
  if (bound.kind === "count") return { id, count, measure, role, is, bound: { ...none, count: String(bound.count) } };
  const share = `${bound.share.numerator}/${bound.share.denominator}`;
  if (bound.kind === "blocking-minimum")
    return {
      id,
      count,
      measure,
      role,
      is,
      bound: { ...none, share, measure: bound.measure, plus: String(bound.plus) },
    };
  const of = bound.of.length === standings.length ? null : bound.of;
  return { id, count, measure, role, is, bound: { ...none, share, of } };
}
