import { MainstayError, errorCatalogue, type ErrorCode } from "#core/errors.ts";
import { constraintOf, detailOf, messageOf, sqlStateOf, type Queries } from "#store/database.ts";
import * as store from "#store/postings.ts";

export type { Reversal, Step } from "#store/postings.ts";

const byConstraint: Readonly<Record<string, ErrorCode>> = {
  stage_below_zero: "stage_below_zero",
  posting_quantity_check: "posting_quantity_not_positive",
  posting_quantity_finite: "posting_quantity_not_positive",
  posting_taken_back_once: "posting_taken_back_already",
  posting_credit_account_book_no_unit_no_fkey: "posting_unit_mismatch",
};

/** Refusals that the database's functions raise themselves: the message is the code. */
const ownState = /^MS\d{3}$/;

/** What the ledger refused, in the words of the domain; any other error as it came. */
function ledgerRefusal(error: unknown): unknown {
  const constraint = constraintOf(error);
  const code = constraint === undefined ? undefined : byConstraint[constraint];
  if (code !== undefined) return new MainstayError(code, detailOf(error));
  const message = messageOf(error) ?? "";
  if (ownState.test(sqlStateOf(error) ?? "") && Object.hasOwn(errorCatalogue, message)) {
    return new MainstayError(message as ErrorCode, detailOf(error));
  }
  return error;
}

/**
 * Posts steps outside of any release, in one call, all or none; returns the postings' numbers.
 * @throws MainstayError stage_below_zero, posting_unit_mismatch, posting_quantity_not_positive, unknown_promise, unknown_stage, unknown_source, unknown_unit
 */
export async function postSteps(db: Queries, steps: readonly store.Step[], actor: string): Promise<number[]> {
  try {
    return await store.postSteps(db, steps, actor);
  } catch (error) {
    throw ledgerRefusal(error);
  }
}

/**
 * Corrects by taking postings back, all or none, each at most once; returns the new postings' numbers. What follows in the same
 * transaction may post what is right instead.
 * @throws MainstayError reversal_without_reason, posting_taken_back_already, posting_of_a_release, reversal_before_posting, unknown_posting, unknown_source, stage_below_zero
 */
export async function reversePostings(db: Queries, reversal: store.Reversal, actor: string): Promise<number[]> {
  try {
    return await store.reversePostings(db, reversal, actor);
  } catch (error) {
    throw ledgerRefusal(error);
  }
}
