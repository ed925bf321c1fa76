import { createHash } from "node:crypto";
import { MainstayError } from "#core/errors.ts";
import { parseAmount } from "#core/funds/amounts.ts";
import { normalReference } from "#core/funds/reference.ts";
import { splitAmong } from "#core/funds/split.ts";
import { matchReceipts, paymentReferences, type BankStatement } from "#core/funds/statement.ts";
import { formatDecimal } from "#core/money.ts";
import { present } from "#core/present.ts";
import type { ReceiptsReport } from "#core/views-funds.ts";
import { readBankStatements } from "#formats/bank/read.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import { lockFund, type StoredFund } from "#store/funds/funds.ts";
import {
  claimsOf,
  entriesOf,
  insertReceipt,
  insertStatement,
  instalmentParts,
  leftOf,
  lockPayments,
  lockPots,
  shareParts,
  statementHash,
  type StoredClaim,
} from "#store/funds/receipts.ts";
import { ensureSource } from "#store/register.ts";
import { dayOf } from "../clock.ts";
import { requireFund } from "./which.ts";
import { enact, type Doing, type FundStep } from "./act.ts";
import { unmatchedOf } from "./unmatched.ts";

/** `statement` and `account` say what a table without those columns is. */
export type StatementFile = Readonly<{
  bytes: Uint8Array;
  fileName: string;
  statement?: string | undefined;
  account?: string | undefined;
}>;

type Settled = ReceiptsReport["matched"][number];

/**
 * Takes bank statements in and settles by reference what members were called for and what was pledged; what matches nothing is listed. All or nothing;
 * a statement already on record is passed over.
 * @throws MainstayError unknown_fund, those of readBankStatements, statement_on_record_with_other_content
 */
export async function importReceipts(
  db: Database,
  fundId: string,
  file: StatementFile,
  doing: Doing,
): Promise<ReceiptsReport> {
  const fund = await requireFund(db, fundId);
  const { bytes, ...options } = file;
  const read = await readBankStatements(bytes, options);
  return inTransaction(db, async (trx) => {
    await lockFund(trx, fund.no);
    await lockPayments(trx, fund.bookNo);
    await lockPots(trx, fund.no);
    const statements: ReceiptsReport["statements"][number][] = [];
    const matched: Settled[] = [];
    for (const statement of read) {
      const already = await isOnRecord(trx, fund, statement);
      if (!already) matched.push(...(await takeIn(trx, fund, statement, file.fileName, doing)));
      statements.push({ id: statement.id, account: statement.account, entries: statement.entries.length, already });
    }
    return { fund: fund.id, statements, matched, unmatched: await unmatchedOf(trx, fund) };
  });
}

/** What a statement says, as a hash that depends neither on the file it came in nor on when the bank wrote it. */
function hashOf({ createdAt: _createdAt, entries, ...statement }: BankStatement): string {
  const said = { ...statement, entries: entries.map(({ row: _row, ...entry }) => entry) };
  const text = JSON.stringify(said, (_name, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
  return createHash("sha256").update(text).digest("hex");
}

async function isOnRecord(trx: Queries, fund: StoredFund, statement: BankStatement): Promise<boolean> {
  const before = await statementHash(trx, fund.no, statement);
  if (before === undefined) return false;
  if (before === hashOf(statement)) return true;
  throw new MainstayError(
    "statement_on_record_with_other_content",
    `statement ${statement.id} of ${statement.account}`,
  );
}

async function takeIn(
  trx: Queries,
  fund: StoredFund,
  statement: BankStatement,
  fileName: string,
  doing: Doing,
): Promise<Settled[]> {
  const claims = await claimsOf(trx, fund.no);
  const sha256 = hashOf(statement);
  const rows = await insertStatement(
    trx,
    statement,
    { fundNo: fund.no, fileName, sha256, actor: doing.actor },
    paymentReferences,
  );
  const left = await leftOf(trx, fund.no, statement);
  const { matched } = matchReceipts(
    statement.entries.flatMap((entry) => {
      const amount = present(left.get(entry.reference), entry.reference);
      return amount > 0n ? [{ ...entry, amount }] : [];
    }),
    claims.map(({ reference, outstanding }) => ({
      reference,
      currency: fund.currency,
      outstanding: BigInt(outstanding),
    })),
  );
  const source = await sourceOfStatement(trx, fund, statement);
  const settled: Settled[] = [];
  for (const { entry, reference, amount } of matched) {
    const claim = present(
      claims.find((one) => one.reference === reference),
      reference,
    );
    const entryNo = present(rows.get(entry.reference), entry.reference);
    settled.push(
      await settleClaim(
        trx,
        fund,
        { claim, entryNo, entry: entry.reference, on: entry.bookedOn, amount, source, matchedBy: "reference" },
        doing,
      ),
    );
  }
  return settled;
}

async function sourceOfStatement(
  trx: Queries,
  fund: StoredFund,
  statement: Readonly<{ id: string; account: string; to?: string | null }>,
): Promise<string> {
  const id = `bank-${fund.id}-${createHash("sha256").update(`${statement.account}|${statement.id}`).digest("hex").slice(0, 12)}`;
  await ensureSource(trx, {
    id,
    title: `${fund.synthetic ? "Made up: bank" : "Bank"} statement ${statement.id} of ${fund.title}`,
    publisher: fund.terms.account?.bank ?? "The fund's bank",
    publishedOn: statement.to ?? null,
    retrievedOn: null,
    url: null,
    note: `Account ${statement.account}.`,
  });
  return id;
}

type Settling = Readonly<{
  claim: StoredClaim;
  entryNo: number;
  entry: string;
  on: string;
  amount: bigint;
  source: string;
  matchedBy: "reference" | "hand";
}>;

/** Posts money that came: what its payer owed is received, and what the lines have grows by as much. */
async function settleClaim(trx: Queries, fund: StoredFund, settling: Settling, doing: Doing): Promise<Settled> {
  const { claim, amount, entryNo, matchedBy } = settling;
  const steps = async (actNo: number): Promise<FundStep[]> => {
    const { shareNo, instalmentNo } = claim;
    await insertReceipt(trx, { actNo, entryNo, shareNo, instalmentNo, amount, matchedBy });
    if (instalmentNo !== null) {
      const { promise, pot } = await instalmentParts(trx, instalmentNo);
      return [paid(promise, "pledged", amount), arrived(pot, amount)];
    }
    const parts = await shareParts(trx, present(shareNo ?? undefined, "a share"));
    const split = splitAmong(
      amount,
      parts.map((part) => BigInt(part.outstanding)),
    );
    return parts.flatMap(({ promise, pot }, index) => {
      const quantity = split[index] ?? 0n;
      return quantity === 0n ? [] : [paid(promise, "committed", quantity), arrived(pot, quantity)];
    });
  };
  const title = `Received from ${claim.name} under ${claim.reference}`;
  const act = {
    kind: "receipt",
    effectiveOn: countsFrom(settling, dayOf(doing.now)),
    title,
    authority: null,
    source: settling.source,
    steps,
  } as const;
  const no = await enact(trx, fund, act, doing);
  const { reference, party, name } = claim;
  return { entry: settling.entry, reference, party, name, amount: formatDecimal(amount, fund.scale), act: String(no) };
}

/** Money counts from the day it came, never before it was asked nor after the day it is entered: on no day is less than nothing outstanding, or left. */
function countsFrom({ on, claim }: Settling, today: string): string {
  const [, later = today] = [on, claim.askedOn].toSorted();
  return later < today ? later : today;
}

const paid = (promise: string, from: "pledged" | "committed", quantity: bigint): FundStep => ({
  promise,
  from,
  to: "acknowledged",
  quantity,
});
const arrived = (promise: string, quantity: bigint): FundStep => ({ promise, from: null, to: "committed", quantity });

export type HandMatch = Readonly<{ statement: string; entry: string; reference: string; amount?: string | undefined }>;

/**
 * Matches an entry, or a part of it, with a claim by hand.
 * @throws MainstayError unknown_bank_entry, unknown_payment_reference, receipt_exceeds_what_is_left, invalid_amount
 */
export async function matchReceipt(
  db: Database,
  fundId: string,
  match: HandMatch,
  doing: Doing,
): Promise<ReceiptsReport> {
  const fund = await requireFund(db, fundId);
  return inTransaction(db, async (trx) => {
    await lockFund(trx, fund.no);
    await lockPayments(trx, fund.bookNo);
    const found = await entriesOf(trx, fund.no, { statement: match.statement, reference: match.entry });
    // Statements of two accounts may go by one number.
    const entry = found.find((one) => BigInt(one.left) > 0n) ?? found[0];
    if (entry === undefined || entry.direction === "debit" || entry.reversal || entry.currency !== fund.currency)
      throw new MainstayError("unknown_bank_entry", `${match.statement}, ${match.entry}`, { field: "entry" });
    const [claim] = await claimsOf(trx, fund.no, normalReference(match.reference));
    if (claim === undefined)
      throw new MainstayError("unknown_payment_reference", JSON.stringify(match.reference), { field: "reference" });
    const [left, outstanding] = [BigInt(entry.left), BigInt(claim.outstanding)];
    const most = left < outstanding ? left : outstanding;
    const amount = match.amount === undefined ? most : parseAmount(match.amount, fund.scale, { field: "amount" });
    if (amount > most || amount === 0n)
      throw new MainstayError(
        "receipt_exceeds_what_is_left",
        `${formatDecimal(amount, fund.scale)} of ${formatDecimal(most, fund.scale)}`,
        { field: "amount" },
      );
    const source = await sourceOfStatement(trx, fund, { id: entry.statement, account: entry.account });
    const settling: Settling = {
      claim,
      entryNo: entry.no,
      entry: entry.reference,
      on: entry.bookedOn,
      amount,
      source,
      matchedBy: "hand",
    };
    const matched = [await settleClaim(trx, fund, settling, doing)];
    return { fund: fund.id, statements: [], matched, unmatched: await unmatchedOf(trx, fund) };
  });
}

/** What of a fund's bank entries is not matched, and why. @throws MainstayError unknown_fund */
export async function unmatchedReceipts(db: Database, fundId: string): Promise<ReceiptsReport["unmatched"]> {
  return unmatchedOf(db, await requireFund(db, fundId));
}
