import { unmatchedReasons, type UnmatchedReason } from "#core/funds/statement.ts";
import { formatDecimal } from "#core/money.ts";
import type { UnmatchedEntry } from "#core/views-funds.ts";
import { currencyScale } from "#formats/units.ts";
import type { Queries } from "#store/database.ts";
import type { StoredFund } from "#store/funds/funds.ts";
import { entriesOf, referencesOf, type StoredEntry } from "#store/funds/receipts.ts";

/** The bank entries of a fund of which something is not matched, oldest first, each with why. */
export async function unmatchedOf(db: Queries, fund: StoredFund): Promise<UnmatchedEntry[]> {
  const entries = await entriesOf(db, fund.no);
  const known = entries.length === 0 ? new Set<string>() : await referencesOf(db, fund.no);
  return entries.map((entry) => ({
    statement: entry.statement,
    account: entry.account,
    entry: entry.reference,
    bookedOn: entry.bookedOn,
    direction: entry.direction,
    amount: formatDecimal(BigInt(entry.amount), currencyScale(entry.currency)),
    left: formatDecimal(BigInt(entry.left), currencyScale(entry.currency)),
    currency: entry.currency,
    counterparty: entry.counterparty,
    remittance: entry.remittance,
    why: unmatchedReasons[reasonOf(entry, fund.currency, known)],
  }));
}

function reasonOf(entry: StoredEntry, currency: string, known: ReadonlySet<string>): UnmatchedReason {
  const candidates = entry.given.filter((reference) => known.has(reference));
  if (entry.reversal) return "reversal";
  if (entry.direction === "debit") return "debit";
  if (candidates.length === 0) return "no-reference";
  if (candidates.length > 1) return "several-references";
  return entry.currency === currency ? "more-than-outstanding" : "other-currency";
}
