import { parseRatio, percentText } from "#core/burden/ratio.ts";
import { MainstayError } from "#core/errors.ts";
import { contributionFigures, daysBetween, type Flow } from "#core/funds/figures.ts";
import { formatDecimal } from "#core/money.ts";
import { present } from "#core/present.ts";
import type { CallRow, CallShareView, CallView } from "#core/views-funds.ts";
import { readKey } from "#formats/keys/read.ts";
import type { Database } from "#store/database.ts";
import { callLinesOf, callsOf, sharesOf, type StoredCall, type StoredShare } from "#store/funds/calls.ts";
import { flowsOf } from "#store/funds/flows.ts";
import type { StoredFund } from "#store/funds/funds.ts";
import { dayAsked, type Clock } from "../clock.ts";
import { requireFund } from "./which.ts";

/** A call with everyone's part and what moved of it. */
export type CallFacts = Readonly<{ call: StoredCall; shares: readonly StoredShare[]; flows: readonly Flow[] }>;

/** The calls of a fund, those taken back left out. */
export function callRows(fund: StoredFund, calls: readonly CallFacts[], day: string): CallRow[] {
  return calls.filter(({ call }) => !call.takenBack).map((facts) => callRow(fund, facts, day));
}

function callRow(fund: StoredFund, { call, flows }: CallFacts, day: string): CallRow {
  const money = (amount: bigint) => formatDecimal(amount, fund.scale);
  const { credited, received, outstanding } = contributionFigures(flows);
  const { id, year, instalment, instalments, issuedOn, dueOn, decision, authority } = call;
  return {
    id,
    fund: fund.id,
    year,
    instalment,
    instalments,
    issuedOn,
    dueOn,
    amount: money(BigInt(call.amount)),
    uncovered: money(BigInt(call.uncovered)),
    received: money(received),
    credited: money(credited),
    outstanding: money(outstanding),
    arrears: money(dueOn < day ? outstanding : 0n),
    decision,
    authority,
  };
}

/**
 * One call with every member's part, as of a day.
 * @throws MainstayError unknown_fund, unknown_call, invalid_date
 */
export async function callView(
  db: Database,
  clock: Clock,
  which: Readonly<{ fund: string; call: string }>,
  asOf?: string,
): Promise<CallView> {
  const day = dayAsked(clock, asOf);
  const fund = await requireFund(db, which.fund);
  const call = (await callsOf(db, fund.no)).find((one) => one.id === which.call);
  if (call === undefined) throw new MainstayError("unknown_call", JSON.stringify(which.call), { field: "call" });
  const [all, shares, lines] = await Promise.all([
    flowsOf(db, fund.no, day),
    sharesOf(db, { callNo: call.no }),
    callLinesOf(db, call.no),
  ]);
  const own = new Set(shares.map((share) => share.no));
  const flows = all.filter((flow) => flow.role === "contribution" && own.has(flow.claim ?? 0));
  const key = readKey(call.key, "key");
  return {
    ...callRow(fund, { call, shares, flows }, day),
    asOf: day,
    currency: fund.currency,
    key: { id: key.id, title: key.title },
    indicatorYear: call.indicatorYear,
    lines: lines.map((line) => ({ ...line, amount: formatDecimal(BigInt(line.amount), fund.scale) })),
    shares: shares.map((share) => shareView(fund, call, share, flows, day)),
  };
}

function shareView(
  fund: StoredFund,
  call: StoredCall,
  share: StoredShare,
  flows: readonly Flow[],
  day: string,
): CallShareView {
  const own = contributionFigures(flows.filter((flow) => flow.claim === share.no));
  const money = (amount: bigint) => formatDecimal(amount, fund.scale);
  return {
    party: share.party,
    name: share.name,
    reference: share.reference,
    share: share.share,
    percent: percentText(parseRatio(share.share)),
    amount: money(BigInt(share.amount)),
    credited: money(own.credited),
    received: money(own.received),
    outstanding: money(own.outstanding),
    daysLate: own.outstanding > 0n && call.dueOn < day ? daysBetween(call.dueOn, day) : null,
    exempt: share.exempt,
    steps: present(share.steps ?? undefined, "the steps of a share") as CallShareView["steps"],
  };
}
