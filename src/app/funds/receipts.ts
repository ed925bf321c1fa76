import { createHash } from "node:crypto";
import { MainstayError } from "#core/errors.ts";
import { parseAmount } from "#core/funds/amounts.ts";
import { normalReference } from "#core/funds/reference.ts";
import { isSameAccount, matchReceipts, paymentReferences, type BankStatement } from "#core/funds/statement.ts";
import { formatDecimal } from "#core/money.ts";
import { present } from "#core/present.ts";
import type { ReceiptsReport } from "#core/views-funds.ts";
import { readBankStatements } from "#formats/bank/read.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import { lockFund, type StoredFund } from "#store/funds/funds.ts";
import {
  claimsOf,
  entriesOf,
  insertStatement,
  leftOf,
  lockPayments,
  lockPots,
  statementHash,
  type StoredEntry,
} from "#store/funds/receipts.ts";
import { requireFund } from "./which.ts";
import type { Doing } from "./act.ts";
import { settleClaim, sourceOfStatement, type Settled, type Settling } from "./settle-claim.ts";
import { unmatchedOf } from "./unmatched.ts";

/** `statement` and `account` say what a table without those columns is. */
export type StatementFile = Readonly<{
  bytes: Uint8Array;
  fileName: string;
  statement?: string | undefined;
  account?: string | undefined;
}>;

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
      const { id, account, entries } = statement;
      statements.push({ id, account, otherThan: otherThan(fund, account), entries: entries.length, already });
    }
    return { fund: fund.id, statements, matched, unmatched: await unmatchedOf(trx, fund) };
  });
}

/** The fund's own account, where it names one and a statement is of another; null otherwise. */
export function otherThan({ terms }: StoredFund, account: string): string | null {
  const own = terms.account?.number ?? null;
  return own === null || isSameAccount(own, account) ? null : own;
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

/** `account`: that of the statement, where statements of several accounts go by one number. */
export type HandMatch = Readonly<{
  statement: string;
  account?: string | undefined;
  entry: string;
  reference: string;
  amount?: string | undefined;
}>;

/**
 * Matches an entry, or a part of it, with a claim by hand.
 * @throws MainstayError unknown_bank_entry, bank_entry_of_several_accounts, unknown_payment_reference, receipt_exceeds_what_is_left, invalid_amount
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
    const entry = await entryMeant(trx, fund, match);
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

/** The one entry that is meant, and that can be received. */
async function entryMeant(
  trx: Queries,
  fund: StoredFund,
  { statement, account, entry }: HandMatch,
): Promise<StoredEntry> {
  const found = (await entriesOf(trx, fund.no, { statement, reference: entry })).filter(
    (one) => account === undefined || isSameAccount(one.account, account),
  );
  const [first] = found;
  if (first === undefined || first.direction === "debit" || first.reversal || first.currency !== fund.currency)
    throw new MainstayError("unknown_bank_entry", [statement, account, entry].filter(Boolean).join(", "), {
      field: "entry",
    });
  if (found.length > 1)
    throw new MainstayError(
      "bank_entry_of_several_accounts",
      `${statement}, ${entry}, of ${found.map((one) => one.account).join(" and of ")}`,
      { field: "account" },
    );
  return first;
}

/** What of a fund's bank entries is not matched, and why. @throws MainstayError unknown_fund */
export async function unmatchedReceipts(db: Database, fundId: string): Promise<ReceiptsReport["unmatched"]> {
  return unmatchedOf(db, await requireFund(db, fundId));
}
