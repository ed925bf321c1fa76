import { MainstayError } from "#core/errors.ts";
import { parseAmount } from "#core/funds/amounts.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import { insertAct, linkPostings, storedActs } from "#store/funds/acts.ts";
import { lockFund, potsOf, type StoredFund } from "#store/funds/funds.ts";
import { dayOf } from "../clock.ts";
import { settleProposals } from "../decisions/settle.ts";
import { requireFund } from "./which.ts";
import { reversePostings } from "../post.ts";
import { enact, sourceOfAuthority, sourceOfDecision, type Doing, type FundStep, type Stage } from "./act.ts";

/** `authority`: what allows it; without one it is refused. */
export type SpendOrder = Readonly<{
  line: string;
  earmark?: string | undefined;
  amount: string;
  authority?: string | undefined;
  purpose: string;
}>;

/** Ways a line's money is spent, each from a stage to a stage. */
export const spendings = {
  place: { from: "committed", to: "allocated", kind: "place" },
  pay: { from: "committed", to: "disbursed", kind: "pay" },
  "pay-placed": { from: "allocated", to: "disbursed", kind: "pay" },
  release: { from: "allocated", to: "committed", kind: "release" },
  acknowledge: { from: "disbursed", to: "acknowledged", kind: "acknowledge" },
} as const satisfies Record<string, { from: Stage; to: Stage; kind: "place" | "pay" | "release" | "acknowledge" }>;
export type Spending = keyof typeof spendings;

/**
 * Places, pays, frees or has confirmed a line's money under an authority to spend.
 * @throws MainstayError unknown_fund, unknown_fund_line, earmark_does_not_allow_line, stage_below_zero, authority_missing, authority_of_another_purpose,
 *   authority_not_live, authority_exhausted, unknown_authority, invalid_amount
 */
export async function spend(
  db: Database,
  fundId: string,
  how: Spending,
  order: SpendOrder,
  doing: Doing,
): Promise<void> {
  await settleProposals(db, () => doing.now);
  const fund = await requireFund(db, fundId);
  const { from, to, kind } = spendings[how];
  const quantity = parseAmount(order.amount, fund.scale, { field: "amount" });
  await inTransaction(db, async (trx) => {
    const promise = await potOf(trx, fund, order.line, order.earmark ?? null);
    const authority = named(order.authority);
    const source = await sourceOfAuthority(trx, authority);
    const steps = async (): Promise<FundStep[]> => [{ promise, from, to, quantity }];
    const act = {
      kind,
      effectiveOn: dayOf(doing.now),
      title: order.purpose,
      authority,
      source,
      steps,
    };
    await enact(trx, fund, act, doing);
  });
}

/** @throws MainstayError authority_missing */
function named(authority: string | undefined): string {
  if (authority === undefined) throw new MainstayError("authority_missing", "none named", { field: "authority" });
  return authority;
}

/** The promise that holds a line's money of an earmark, or its free money. */
async function potOf(trx: Queries, fund: StoredFund, line: string, earmark: string | null): Promise<string> {
  const pots = (await potsOf(trx, fund.no)).filter((pot) => pot.line === line);
  if (pots.length === 0) throw new MainstayError("unknown_fund_line", JSON.stringify(line), { field: "line" });
  const pot = pots.find((one) => one.earmark === earmark);
  if (pot === undefined)
    throw new MainstayError("earmark_does_not_allow_line", `${earmark}, ${line}`, { field: "earmark" });
  return pot.promise;
}

export type ReallocationOrder = Readonly<{
  line: string;
  toFund?: string | undefined;
  toLine: string;
  earmark?: string | undefined;
  amount: string;
  authority?: string | undefined;
  reason: string;
}>;

/**
 * Moves money that is not placed from a line to another, of the same fund or of another one of the same currency. Earmarked money stays inside its
 * earmark, and never leaves its fund.
 * @throws MainstayError as spend, reallocation_must_balance
 */
export async function reallocate(db: Database, fundId: string, order: ReallocationOrder, doing: Doing): Promise<void> {
  await settleProposals(db, () => doing.now);
  const fund = await requireFund(db, fundId);
  const to = order.toFund === undefined ? fund : await requireFund(db, order.toFund);
  const quantity = parseAmount(order.amount, fund.scale, { field: "amount" });
  const earmark = order.earmark ?? null;
  if (earmark !== null && to.no !== fund.no)
    throw new MainstayError("earmark_does_not_allow_line", `${earmark}, ${to.id}`, { field: "earmark" });
  if (to.currency !== fund.currency)
    throw new MainstayError("posting_unit_mismatch", `${fund.currency} into ${to.currency}`, { field: "toFund" });
  await inTransaction(db, async (trx) => {
    const leaves = await potOf(trx, fund, order.line, earmark);
    const enters = await potOf(trx, to, order.toLine, earmark);
    const authority = named(order.authority);
    const source = await sourceOfAuthority(trx, authority);
    const steps = async (): Promise<FundStep[]> => [
      { promise: leaves, from: "committed", to: null, quantity },
      { promise: enters, from: null, to: "committed", quantity },
    ];
    const title = `${fund.id === to.id ? "" : `${fund.id} to ${to.id}, `}${order.line} to ${order.toLine}: ${order.reason}`;
    const act = {
      kind: "reallocate",
      effectiveOn: dayOf(doing.now),
      title,
      authority,
      source,
      steps,
    } as const;
    await enact(trx, fund, act, doing);
  });
}

/**
 * Takes an act back: every posting it made, with a reason. What it drew goes back to its authority.
 * @throws MainstayError unknown_fund, unknown_act, act_taken_back_already, reversal_without_reason, stage_below_zero when what it brought has been used
 */
export async function takeBack(db: Database, fundId: string, act: number, reason: string, doing: Doing): Promise<void> {
  const fund = await requireFund(db, fundId);
  await inTransaction(db, async (trx) => {
    await lockFund(trx, fund.no);
    const [found] = await storedActs(trx, { fundNo: fund.no, no: act });
    if (found === undefined || found.kind === "reversal") {
      const why = found === undefined ? "" : ", which takes another one back itself";
      throw new MainstayError("unknown_act", `${act}${why}`, { field: "act" });
    }
    if (found.reversedBy !== null)
      throw new MainstayError("act_taken_back_already", `act ${act}, by act ${found.reversedBy}`, { field: "act" });
    const source = await sourceOfDecision(trx, found.decision ?? fund.proposal);
    const title = `Takes back act ${act}: ${reason}`;
    const made = {
      fundNo: fund.no,
      kind: "reversal",
      at: doing.now,
      effectiveOn: dayOf(doing.now),
      title,
      reverses: act,
    } as const;
    const no = await insertAct(trx, { ...made, authority: found.authority }, doing.actor);
    const postings = await reversePostings(
      trx,
      { postings: found.postings.map(Number), knownAt: doing.now, source, reason },
      doing.actor,
    );
    await linkPostings(trx, no, postings);
  });
}
