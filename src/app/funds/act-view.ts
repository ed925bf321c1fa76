import { formatDecimal } from "#core/money.ts";
import type { ActView } from "#core/views-funds.ts";
import type { StoredAct } from "#store/funds/acts.ts";

/** An act for a reader: its amount in the fund's currency, and whether it was taken back. */
export function actView(act: StoredAct, scale: number): ActView {
  const { no, amount, reversedBy, fund: _, ...rest } = act;
  return {
    ...rest,
    id: String(no),
    amount: formatDecimal(BigInt(amount), scale),
    takenBackBy: reversedBy === null ? null : String(reversedBy),
  };
}
