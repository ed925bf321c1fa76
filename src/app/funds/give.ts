import { parseRatio, sumOf } from "#core/burden/ratio.ts";
import { MainstayError } from "#core/errors.ts";
import { parseDay } from "#core/frame.ts";
import { parseAmount } from "#core/funds/amounts.ts";
import { normalReference } from "#core/funds/reference.ts";
import { inKindCredit, splitAmong } from "#core/funds/split.ts";
import { formatDecimal } from "#core/money.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { creditedOf, insertCredit } from "#store/funds/credits.ts";
import { linesOf, lockFund, potsOf } from "#store/funds/funds.ts";
import { insertPledge } from "#store/funds/pledges.ts";
import { claimsOf, shareParts } from "#store/funds/receipts.ts";
import { ensureSource, resolveParty } from "#store/register.ts";
import { dayOf } from "../clock.ts";
import { requireFund, requireOpenFund } from "./which.ts";
import { claimReference } from "./claim-reference.ts";
import { enact, requireName, sourceOfDecision, type Doing, type FundStep } from "./act.ts";

export type PledgeOrder = Readonly<{
  id: string;
  party: string;
  line: string;
  earmark?: string | undefined;
  title: string;
  conditions?: string | undefined;
  instalments: readonly Readonly<{ dueOn: string; amount: string }>[];
}>;

/** Fifty years of months. */
const mostInstalments = 600;

/**
 * Enters a voluntary pledge to a line with its schedule; each instalment is paid under a reference of its own.
 * @throws MainstayError unknown_fund, fund_opening_ended, unknown_fund_line, unknown_party, earmark_does_not_allow_line, pledge_exists_already, parameter_invalid,
 *   terms_invalid, invalid_amount, invalid_date
 */
export async function addPledge(db: Database, fundId: string, order: PledgeOrder, doing: Doing): Promise<void> {
  requireName(order.id);
  const fund = await requireOpenFund(db, fundId);
  const line = (await linesOf(db, fund.no)).find((one) => one.id === order.line);
  if (line === undefined) throw new MainstayError("unknown_fund_line", JSON.stringify(order.line), { field: "line" });
  const party = await resolveParty(db, order.party);
  if (party === undefined) throw new MainstayError("unknown_party", JSON.stringify(order.party), { field: "party" });
  const earmark = order.earmark ?? null;
  if (!(await potsOf(db, fund.no)).some((pot) => pot.line === line.id && pot.earmark === earmark))
    throw new MainstayError("earmark_does_not_allow_line", `${earmark}, ${line.id}`, { field: "earmark" });
  if (party === fund.id) throw new MainstayError("terms_invalid", `${party}, to itself`, { field: "party" });
  const count = order.instalments.length;
  if (count === 0) throw new MainstayError("terms_invalid", "no instalment", { field: "instalments" });
  if (count > mostInstalments)
    throw new MainstayError("terms_invalid", `${count} instalments, more than ${mostInstalments}`, {
      field: "instalments",
    });
  const instalments = order.instalments.map(({ dueOn, amount }, index) => ({
    dueOn: parseDay(dueOn, `instalments.${index}.dueOn`),
    amount: parseAmount(amount, fund.scale, { field: `instalments.${index}.amount` }),
  }));
  await inTransaction(db, async (trx) => {
    await lockFund(trx, fund.no);
    const source = `pledge-${order.id}`;
    await ensureSource(trx, {
      id: source,
      title: `${fund.synthetic ? "Made up: pledge" : "Pledge"} ${order.id}: ${order.title}`,
      publisher: party,
      publishedOn: dayOf(doing.now),
      retrievedOn: null,
      url: null,
      note: order.conditions ?? "",
    });
    const steps = async (actNo: number): Promise<FundStep[]> => {
      const entered = await insertPledge(trx, {
        ...order,
        actNo,
        fundNo: fund.no,
        party,
        lineNo: line.no,
        earmark,
        conditions: order.conditions ?? "",
        instalments: instalments.map((one, index) => ({
          ...one,
          reference: claimReference(`V${index + 1}X`, party, [fund.id, order.id, String(index)]),
        })),
      });
      if (!entered) throw new MainstayError("pledge_exists_already", JSON.stringify(order.id), { field: "id" });
      return [{ promise: order.id, from: null, to: "pledged", quantity: sumOf(instalments.map((one) => one.amount)) }];
    };
    const title = `Voluntary pledge ${order.id}: ${order.title}`;
    await enact(
      trx,
      fund,
      { kind: "pledge", effectiveOn: dayOf(doing.now), title, authority: null, source, steps },
      doing,
    );
  });
}

export type CreditOrder = Readonly<{ reference: string; value: string; method: string }>;

/**
 * Counts what was given in kind against a member's part of a call, by the fund's own rule. What is credited is no longer owed in money.
 * @throws MainstayError unknown_fund, unknown_payment_reference, in_kind_not_allowed, invalid_amount
 */
export async function creditInKind(db: Database, fundId: string, order: CreditOrder, doing: Doing): Promise<void> {
  const fund = await requireFund(db, fundId);
  const { inKind } = fund.terms;
  const value = parseAmount(order.value, fund.scale, { field: "value" });
  await inTransaction(db, async (trx) => {
    await lockFund(trx, fund.no);
    const [claim] = await claimsOf(trx, fund.no, normalReference(order.reference));
    if (claim === undefined || claim.shareNo === null)
      throw new MainstayError("unknown_payment_reference", JSON.stringify(order.reference), { field: "reference" });
    if (inKind === null) throw new MainstayError("in_kind_not_allowed", `${fund.id} has no rule for it`);
    const share = claim.shareNo;
    const credited = inKindCredit(
      value,
      { part: parseRatio(inKind.part), most: parseRatio(inKind.most) },
      { amount: BigInt(claim.asked), credited: await creditedOf(trx, share), outstanding: BigInt(claim.outstanding) },
    );
    if (credited <= 0n)
      throw new MainstayError(
        "in_kind_not_allowed",
        `${order.value} for ${claim.reference}, of which ${formatDecimal(BigInt(claim.outstanding), fund.scale)} is outstanding`,
        { field: "value" },
      );
    const steps = async (actNo: number): Promise<FundStep[]> => {
      await insertCredit(trx, { actNo, shareNo: share, value, credited, method: order.method, rule: inKind.says });
      const parts = await shareParts(trx, share);
      const split = splitAmong(
        credited,
        parts.map((part) => BigInt(part.outstanding)),
      );
      return parts.flatMap(({ promise }, index) => {
        const quantity = split[index] ?? 0n;
        return quantity === 0n ? [] : [{ promise, from: "committed" as const, to: null, quantity }];
      });
    };
    const title = `In kind from ${claim.name}: ${formatDecimal(credited, fund.scale)} of ${order.value} credited to ${claim.reference}; ${inKind.says}`;
    const source = await sourceOfDecision(trx, fund.proposal);
    await enact(
      trx,
      fund,
      { kind: "credit", effectiveOn: dayOf(doing.now), title, authority: null, source, steps },
      doing,
    );
  });
}
