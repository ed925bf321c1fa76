import { createHash } from "node:crypto";
import { splitAmong } from "#core/funds/split.ts";
import { formatDecimal } from "#core/money.ts";
import { present } from "#core/present.ts";
import type { ReceiptsReport } from "#core/views-funds.ts";
import type { Queries } from "#store/database.ts";
import type { StoredFund } from "#store/funds/funds.ts";
import { insertReceipt, instalmentParts, shareParts, type StoredClaim } from "#store/funds/receipts.ts";
import { ensureSource } from "#store/register.ts";
import { dayOf } from "../clock.ts";
import { enact, type Doing, type FundStep } from "./act.ts";

export type Settled = ReceiptsReport["matched"][number];

/** The source that a bank statement is, entered when it is first needed. */
export async function sourceOfStatement(
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

export type Settling = Readonly<{
  claim: StoredClaim;
  entryNo: number;
  entry: string;
  on: string;
  amount: bigint;
  source: string;
  matchedBy: "reference" | "hand";
}>;

/** Posts money that came: what its payer owed is received, and what the lines have grows by as much. */
export async function settleClaim(trx: Queries, fund: StoredFund, settling: Settling, doing: Doing): Promise<Settled> {
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
