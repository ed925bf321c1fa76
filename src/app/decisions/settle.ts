import type { Outcome } from "#core/decisions/proposal.ts";
import type { ProposalState } from "#core/decisions/state.ts";
import { MainstayError } from "#core/errors.ts";
import { toJson } from "#formats/proposals/events.ts";
import { attempt, inTransaction, messageOf, sqlStateOf, type Database, type Queries } from "#store/database.ts";
import { insertDecision, proposalsExpiredBy } from "#store/decisions/proposals.ts";
import type { Clock } from "../clock.ts";
import { applyTerms } from "../effects.ts";
import { casesOf, lockedCase, requireCase, stateBy, type Case } from "./case.ts";

/** Whether a proposal has ended in something that is not on record as decided yet. */
export function isUnsettled({ stored }: Case, state: ProposalState): boolean {
  return stored.result === null && state.outcome !== null;
}

/**
 * Puts on record what a proposal has ended in by an instant, at the very instant at which it did, and into effect what it decides; nothing
 * where that is done. What cannot be put into effect stays adopted, and why it could not is kept with it. For a transaction that holds the
 * proposal's lock. Returns the proposal as it then stands.
 */
export async function settleCase(trx: Queries, found: Case, now: string): Promise<Case> {
  const { stored } = found;
  const { outcome } = stateBy(found, now);
  if (stored.result !== null || outcome === null) return found;
  const decision = { proposalNo: stored.no, result: outcome.result, at: outcome.at, outcome: toJson(outcome) };
  const inEffect = async (): Promise<void> => {
    await insertDecision(trx, { ...decision, effect: "" });
    if (outcome.result === "adopted") await putIntoEffect(trx, found, outcome);
  };
  try {
    await attempt(trx, async () => inEffect());
  } catch (error) {
    const why = reasonOf(error);
    if (why === undefined) throw error;
    await insertDecision(trx, { ...decision, effect: why });
  }
  return requireCase(trx, stored.id);
}

/**
 * Why what was decided cannot be put into effect, however often it is tried; undefined of a fault that passes, as of a connection or of two
 * transactions in each other's way, and of the program's own.
 */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof MainstayError) return error.message;
  const state = sqlStateOf(error) ?? "";
  return ofTheData.test(state)
    ? `The record does not take what it decides: ${messageOf(error)} (${state}).`
    : undefined;
}

/** Classes of SQLSTATE: data exception, integrity constraint violation. */
const ofTheData = /^2[23]/;
const ofARule = /^23/;

/** A rule of the schema that is broken by what another decision has just done is met by the checks when they look again. */
async function putIntoEffect(trx: Queries, { stored }: Case, outcome: Outcome): Promise<void> {
  const { no: proposalNo, id: proposal, bookNo } = stored;
  const terms = outcome.text?.terms ?? null;
  const apply = async (): Promise<void> =>
    applyTerms(trx, { proposalNo, proposal, bookNo, at: outcome.at, outcome, terms });
  try {
    await attempt(trx, apply);
  } catch (error) {
    if (!ofARule.test(sqlStateOf(error) ?? "")) throw error;
    await apply();
  }
}

/**
 * Settles a proposal whose silence has run out, in a transaction of its own; harmless where there is nothing to settle.
 * @throws MainstayError unknown_proposal
 */
export async function settleProposal(db: Database, clock: Clock, id: string): Promise<void> {
  await inTransaction(db, async (trx) => {
    const found = await lockedCase(trx, id);
    await settleCase(trx, found, clock());
  });
}

/** Settles every proposal whose silence has run out, each at its right time, and returns their ids. */
export async function settleProposals(db: Database, clock: Clock): Promise<readonly string[]> {
  const now = clock();
  const cases = await casesOf(db, await proposalsExpiredBy(db, now));
  const settled = cases.filter((one) => isUnsettled(one, stateBy(one, now))).map((one) => one.stored.id);
  for (const id of settled) await settleProposal(db, clock, id);
  return settled;
}
