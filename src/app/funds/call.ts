import type { Bill } from "#core/burden/bill.ts";
import { percentText, ratioText, sumOf } from "#core/burden/ratio.ts";
import { MainstayError } from "#core/errors.ts";
import { parseDay } from "#core/frame.ts";
import { parseAmount } from "#core/funds/amounts.ts";
import { checkCall, checkCallYear } from "#core/funds/terms.ts";
import { present } from "#core/present.ts";
import { readKey } from "#formats/keys/read.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { callsOf, insertCall, insertShares, type NewShare, type StoredCall } from "#store/funds/calls.ts";
import { authoritiesOf, linesOf, lockFund, type StoredFund, type StoredLine } from "#store/funds/funds.ts";
import { dayOf } from "../clock.ts";
import { settleProposals } from "../decisions/settle.ts";
import { requireOpenFund } from "./which.ts";
import { enact, requireName, sourceOfAuthority, type Doing, type FundStep } from "./act.ts";
import { billingOf, keyInForce } from "./bill.ts";
import { claimReference } from "./claim-reference.ts";
import { abstainersOf, decidedTerms } from "./decided.ts";

/** A call under an authority, or as a decision to call says it. Amounts are decimals of the fund's currency. */
export type CallOrder = Readonly<{ id: string }> &
  (
    | Readonly<{ decision: string }>
    | Readonly<{
        authority: string;
        year: number;
        instalment: number;
        instalments: number;
        lines: readonly Readonly<{ line: string; amount: string }>[];
        dueOn: string;
      }>
  );

type Called = Readonly<{ line: StoredLine; amount: bigint; authority: string }>;
type Planned = Readonly<{
  year: number;
  instalment: number;
  instalments: number;
  dueOn: string;
  lines: readonly [Called, ...Called[]];
  decision: string;
}>;

/**
 * Calls contributions: splits what is called of each line by the fund's key among its members, to the cent, without those who abstained
 * constructively from the fund or from the call, and posts everyone's part as bound. Returns the call's id.
 * @throws MainstayError unknown_fund, fund_opening_ended, unknown_fund_line, decision_not_adopted, call_exists_already, terms_invalid, parameter_invalid, those of billOf
 *   and of the authority
 */
export async function issueCall(db: Database, fundId: string, order: CallOrder, doing: Doing): Promise<string> {
  requireName(order.id);
  await settleProposals(db, () => doing.now);
  const fund = await requireOpenFund(db, fundId);
  const planned = await planOf(db, fund, order);
  const issuedOn = dayOf(doing.now);
  checkCallYear(planned.year, fund.terms);
  const key = await keyInForce(db, fund.no, issuedOn);
  const exempt = new Map([...(await abstainersOf(db, fund.proposal)), ...(await abstainersOf(db, planned.decision))]);
  const billing = await billingOf(db, {
    book: fund.book,
    key: readKey(key, "key"),
    members: fund.members,
    year: planned.year,
    out: [...exempt.keys()],
    gap: fund.terms.gap,
  });
  const bills = planned.lines.map((called) => ({ ...called, bill: billing.bill(called.amount) }));
  const title = `Call ${order.id}: ${planned.year}, instalment ${planned.instalment} of ${planned.instalments}`;
  const label = callLabel(planned.year, planned.instalment);
  const [{ authority }] = planned.lines;
  await inTransaction(db, async (trx) => {
    await lockFund(trx, fund.no);
    const isSame = (call: StoredCall) => call.year === planned.year && call.instalment === planned.instalment;
    const taken = `${order.id}, ${planned.year}, instalment ${planned.instalment}`;
    if ((await callsOf(trx, fund.no)).some((call) => !call.takenBack && isSame(call)))
      throw new MainstayError("call_exists_already", taken, { field: "instalment" });
    // A decision's own day is the last of its authority.
    if ("authority" in order && planned.dueOn < issuedOn)
      throw new MainstayError("terms_invalid", `${planned.dueOn}, before ${issuedOn}`, { field: "dueOn" });
    const source = await sourceOfAuthority(trx, authority);
    const steps = async (actNo: number): Promise<FundStep[]> => {
      const no = await insertCall(trx, {
        ...planned,
        id: order.id,
        actNo,
        fundNo: fund.no,
        issuedOn,
        amount: sumOf(planned.lines.map((line) => line.amount)),
        uncovered: sumOf(bills.map(({ bill }) => bill.uncovered)),
        key,
        indicatorYear: billing.indicatorYear,
        lines: planned.lines.map(({ line, amount }) => ({ no: line.no, amount })),
      });
      // One that was taken back keeps its id, and so do those of other funds.
      if (no === undefined) throw new MainstayError("call_exists_already", taken, { field: "id" });
      const shares = sharesOf({ fund, call: order.id, label, exempt, bills });
      await insertShares(trx, { no, fundNo: fund.no }, shares);
      return shares.flatMap((share) =>
        share.lines.map((part) => ({ ...part, from: null, to: "committed", quantity: part.amount })),
      );
    };
    await enact(trx, fund, { kind: "call", effectiveOn: issuedOn, title, authority, source, steps }, doing);
  });
  return order.id;
}

/** What the references of a call begin with: the year and the instalment. */
export function callLabel(year: number, instalment: number): string {
  return `${String(year % 100).padStart(2, "0")}C${instalment}`;
}

type Shared = Readonly<{
  fund: StoredFund;
  call: string;
  label: string; // what the references of the call begin with
  exempt: ReadonlyMap<string, string>;
  bills: readonly (Called & Readonly<{ bill: Bill }>)[];
}>;

/** Every member's part of a call: each line is split by itself, so that lines and members both add up to the cent. */
function sharesOf({ fund, call, label, exempt, bills }: Shared): (NewShare & Readonly<{ lines: readonly Part[] }>)[] {
  const { bill: first } = present(bills[0], "a line of the call");
  return first.lines.map(({ party, share }) => {
    const parts = bills.map(({ line, bill, authority }) => ({
      no: line.no,
      amount: bill.lines.find((one) => one.party === party)?.amount ?? 0n,
      promise: `${fund.id}.${call}.${line.id}.${party}`,
      authority,
    }));
    return {
      party,
      reference: claimReference(label, party, [fund.id, call]),
      amount: sumOf(parts.map((part) => part.amount)),
      share: ratioText(share),
      exempt: exempt.get(party) ?? null,
      steps: first.steps(party).map((step) => ({
        ...step,
        before: step.before === null ? null : percentText(step.before),
        after: percentText(step.after),
      })),
      lines: parts.filter((part) => part.amount > 0n),
    };
  });
}

type Part = NewShare["lines"][number] & Readonly<{ authority: string }>;

async function planOf(db: Database, fund: StoredFund, order: CallOrder): Promise<Planned> {
  const lines = await linesOf(db, fund.no);
  const lineOf = (id: string): StoredLine => {
    const line = lines.find((one) => one.id === id);
    if (line === undefined) throw new MainstayError("unknown_fund_line", JSON.stringify(id), { field: "lines" });
    return line;
  };
  if ("decision" in order) {
    const terms = await decidedTerms(db, order.decision);
    if (terms?.kind !== "call" || terms.fund !== fund.id)
      throw new MainstayError("decision_not_adopted", `${order.decision}, which does not call for ${fund.id}`, {
        field: "decision",
      });
    const granted = await authoritiesOf(db, { proposal: order.decision });
    return {
      ...terms,
      decision: order.decision,
      lines: atLeastOne(
        terms.lines.map(({ line, amount }) => ({
          line: lineOf(line),
          amount: parseAmount(amount, fund.scale),
          authority: present(
            granted.find((one) => one.line === line),
            `the authority for ${line}`,
          ).id,
        })),
      ),
    };
  }
  const [authority] = await authoritiesOf(db, { id: order.authority });
  if (authority === undefined)
    throw new MainstayError("unknown_authority", JSON.stringify(order.authority), { field: "authority" });
  const { year, instalment, instalments } = order;
  checkCall({ ...order, lines: order.lines.map((one) => one.line) });
  return {
    year,
    instalment,
    instalments,
    dueOn: parseDay(order.dueOn, "dueOn"),
    decision: authority.proposal,
    lines: atLeastOne(
      order.lines.map(({ line, amount }) => ({
        line: lineOf(line),
        amount: parseAmount(amount, fund.scale, { field: `lines.${line}` }),
        authority: order.authority,
      })),
    ),
  };
}

function atLeastOne(lines: readonly Called[]): [Called, ...Called[]] {
  const [first, ...others] = lines;
  if (first === undefined) throw new MainstayError("terms_invalid", "no line", { field: "lines" });
  return [first, ...others];
}
