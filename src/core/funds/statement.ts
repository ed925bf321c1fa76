import { normalReference, referencesIn } from "./reference.ts";

/** One booked entry of an account, or one transaction of an entry that stands for several. Amounts are in the smallest parts of the currency, above zero. */
export type BankEntry = Readonly<{
  /** The bank's own reference of the entry, or else the statement's id and the entry's place in it; unique inside the statement. */
  reference: string;
  bookedOn: string;
  valueOn: string | null;
  direction: "credit" | "debit";
  /** Whether it takes back an earlier entry of the other direction. */
  reversal: boolean;
  amount: bigint;
  currency: string;
  counterparty: string | null;
  counterpartyAccount: string | null;
  /** References that are given as such, as they are written. */
  structured: readonly string[];
  /** What the payer called the payment on its way, often a reference; null when not given. */
  endToEndId: string | null;
  /** Free text, in one line. */
  remittance: string;
  /** 1-based: the line of a table, the place among the entries of an XML file. */
  row: number;
}>;

/** Whether two numbers are those of one account, however each is spaced and written. */
export const isSameAccount = (one: string, other: string): boolean => plainNumber(one) === plainNumber(other);
const plainNumber = (number: string): string => number.replaceAll(/\s/g, "").toUpperCase();

/** What a bank says about one account over some time. Balances are signed, in the smallest parts of the currency; null is not given. */
export type BankStatement = Readonly<{
  id: string;
  account: string;
  currency: string;
  /** As the bank writes it, often without a zone. */
  createdAt: string | null;
  from: string | null;
  to: string | null;
  opening: bigint | null;
  closing: bigint | null;
  entries: readonly BankEntry[];
}>;

/** The references an entry names, in the form they are compared in, each once: those given as such, then those found in its text and end-to-end id. */
export function paymentReferences(entry: BankEntry): readonly string[] {
  const given = entry.structured.map(normalReference).filter((reference) => reference !== "");
  const found = [...entry.structured, entry.remittance, entry.endToEndId ?? ""].flatMap(referencesIn);
  return [...new Set([...given, ...found])];
}

/** What is asked of someone and not yet paid, in the smallest parts of the currency. */
export type Claim = Readonly<{ reference: string; currency: string; outstanding: bigint }>;

/** Why an entry, or a part of it, settles no claim. */
export const unmatchedReasons = {
  reversal: "takes back an earlier entry",
  debit: "went out of the account",
  "no-reference": "names no reference of a claim",
  "several-references": "names the references of several claims",
  "other-currency": "is in another currency than the claim",
  "more-than-outstanding": "is more than is still outstanding",
} as const;

export type UnmatchedReason = keyof typeof unmatchedReasons;

export type Matched = Readonly<{ entry: BankEntry; reference: string; amount: bigint }>;

/** `candidates` are the references of claims that the entry names. */
export type Unmatched = Readonly<{
  entry: BankEntry;
  amount: bigint;
  reason: UnmatchedReason;
  candidates: readonly string[];
}>;

export type Matching = Readonly<{ matched: readonly Matched[]; unmatched: readonly Unmatched[] }>;

/**
 * Matches entries with claims by reference, in the order of the entries. A credit that names exactly one claim's reference settles it up to what
 * is outstanding; whatever settles nothing is listed with the reason. Of every entry, what is matched and what is not add up to its amount.
 * Claims of one reference and currency count together.
 */
export function matchReceipts(entries: readonly BankEntry[], claims: readonly Claim[]): Matching {
  const claimed = outstandingBy(claims);
  const matched: Matched[] = [];
  const unmatched: Unmatched[] = [];
  for (const entry of entries) {
    const candidates = paymentReferences(entry).filter((reference) => claimed.has(reference));
    const [reference] = candidates;
    const left = reference === undefined ? undefined : claimed.get(reference);
    const refused = refusedFor(entry, candidates, left);
    if (reference === undefined || left === undefined || refused !== null) {
      unmatched.push({ entry, amount: entry.amount, reason: refused ?? "no-reference", candidates });
      continue;
    }
    const outstanding = left.get(entry.currency) ?? 0n;
    const amount = entry.amount < outstanding ? entry.amount : outstanding;
    left.set(entry.currency, outstanding - amount);
    if (amount > 0n) matched.push({ entry, reference, amount });
    const rest = entry.amount - amount;
    if (rest > 0n) unmatched.push({ entry, amount: rest, reason: "more-than-outstanding", candidates });
  }
  return { matched, unmatched };
}

/** What is outstanding by reference, then by currency. */
type Outstanding = Map<string, Map<string, bigint>>;

function outstandingBy(claims: readonly Claim[]): Outstanding {
  const all: Outstanding = new Map();
  for (const { reference, currency, outstanding } of claims) {
    const name = normalReference(reference);
    const own = all.get(name) ?? new Map<string, bigint>();
    own.set(currency, (own.get(currency) ?? 0n) + (outstanding > 0n ? outstanding : 0n));
    all.set(name, own);
  }
  return all;
}

function refusedFor(
  entry: BankEntry,
  candidates: readonly string[],
  left: ReadonlyMap<string, bigint> | undefined,
): UnmatchedReason | null {
  if (entry.reversal) return "reversal";
  if (entry.direction === "debit") return "debit";
  if (left === undefined) return "no-reference";
  if (candidates.length > 1) return "several-references";
  return left.has(entry.currency) ? null : "other-currency";
}
