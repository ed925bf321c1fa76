import { MainstayError, type ErrorPlace } from "#core/errors.ts";
import type { BankEntry, BankStatement } from "#core/funds/statement.ts";
import { amountText, quoted } from "./values.ts";

/**
 * What must hold of a statement from wherever it comes: no two entries of one reference, and where both balances are given, the entries lead from one
 * to the other.
 * @throws MainstayError statement_reference_twice | statement_does_not_balance
 */
export function checkStatement(
  statement: BankStatement,
  at: ErrorPlace,
  placeOf: (entry: BankEntry) => ErrorPlace,
): void {
  const seen = new Map<string, BankEntry>();
  for (const entry of statement.entries) {
    const before = seen.get(entry.reference);
    if (before !== undefined) {
      const found = `${quoted(entry.reference)} in entries ${before.row} and ${entry.row}`;
      throw new MainstayError("statement_reference_twice", found, placeOf(entry));
    }
    seen.set(entry.reference, entry);
  }
  checkBalance(statement, at);
}

function checkBalance({ id, currency, opening, closing, entries }: BankStatement, at: ErrorPlace): void {
  if (opening === null || closing === null) return;
  const total = (direction: BankEntry["direction"]) =>
    entries.reduce((sum, entry) => (entry.direction === direction ? sum + entry.amount : sum), 0n);
  const [credits, debits] = [total("credit"), total("debit")];
  const reached = opening + credits - debits;
  if (reached === closing) return;
  const text = (amount: bigint) => amountText(amount, currency);
  const off = reached > closing ? `${text(reached - closing)} too much` : `${text(closing - reached)} too little`;
  const found = `statement ${id}: opening ${text(opening)}, credits ${text(credits)} and debits ${text(debits)} make ${text(reached)}, closing is ${text(closing)}: ${off}`;
  throw new MainstayError("statement_does_not_balance", found, at);
}

/** Refuses a second statement of the same id and account. @throws MainstayError statement_reference_twice */
export function checkStatements(statements: readonly BankStatement[], file: string): void {
  const seen = new Set<string>();
  for (const { id, account } of statements) {
    const key = JSON.stringify([id, account]);
    if (seen.has(key))
      throw new MainstayError("statement_reference_twice", `statement ${quoted(id)} of account ${account}`, { file });
    seen.add(key);
  }
}
