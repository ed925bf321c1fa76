import { splitByLargestRemainder } from "../money.ts";
import type { Ratio } from "../burden/ratio.ts";

/**
 * Splits what came among what is outstanding, in proportion, to the smallest part. No part gets more than its own.
 * @param outstanding each at least 0, together at least the amount
 */
export function splitAmong(amount: bigint, outstanding: readonly bigint[]): readonly bigint[] {
  return amount === 0n ? outstanding.map(() => 0n) : splitByLargestRemainder(amount, outstanding);
}

/**
 * What of something given in kind counts against a share, rounded down to the smallest part: the part of its value that the rule credits, up to
 * what the rule leaves of the share after earlier credits, and to what is outstanding.
 */
export function inKindCredit(
  value: bigint,
  rule: Readonly<{ part: Ratio; most: Ratio }>,
  share: Readonly<{ amount: bigint; credited: bigint; outstanding: bigint }>,
): bigint {
  const counted = (value * rule.part.top) / rule.part.bottom;
  const room = (share.amount * rule.most.top) / rule.most.bottom - share.credited;
  return [counted, room, share.outstanding].reduce((least, one) => (one < least ? one : least));
}
