import { formatDecimal } from "../money.ts";
import type { AuthorityView } from "../views-decisions.ts";

/** An authority as it is stored: whole smallest parts as strings, with the currency's decimals. */
export type Granted = Omit<AuthorityView, "left" | "live" | "why" | "decision"> &
  Readonly<{ scale: number; proposal: string; ended: "annulled" | "expired" | null; endedOn: string | null }>;

/** An authority on a day: what is left of it, and whether and why it can be used. */
export function authorityView(granted: Granted, day: string): AuthorityView {
  const { scale, proposal, ended: _ended, endedOn: _endedOn, ...rest } = granted;
  const [amount, used, paid] = [BigInt(rest.amount), BigInt(rest.used), BigInt(rest.paid)];
  const why = whyNot(granted, amount - used, day);
  return {
    ...rest,
    amount: formatDecimal(amount, scale),
    used: formatDecimal(used, scale),
    paid: formatDecimal(paid, scale),
    left: formatDecimal(amount - used, scale),
    decision: proposal,
    live: why === null,
    why: why ?? `in force from ${rest.from} to ${rest.until}`,
  };
}

function whyNot({ ended, endedOn, from, until }: Granted, left: bigint, day: string): string | null {
  if (ended !== null) return `its decision was ${ended}${endedOn === null ? "" : ` on ${endedOn}`}`;
  if (day < from) return `it begins on ${from}`;
  if (day > until) return `it ended on ${until}`;
  return left === 0n ? "all of it is used" : null;
}
