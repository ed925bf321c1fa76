import { MainstayError } from "#core/errors.ts";
import { authorityView } from "#core/funds/authority.ts";
import {
  contributionFigures,
  moneyAgrees,
  pledgeFigures,
  potFigures,
  type Flow,
  type PotFigures,
} from "#core/funds/figures.ts";
import { formatDecimal } from "#core/money.ts";
import type { FundList, FundModel, FundRow, FundView, LineView, PotView } from "#core/views-funds.ts";
import { readKey } from "#formats/keys/read.ts";
import { currencyScale } from "#formats/units.ts";
import type { Database } from "#store/database.ts";
import { storedActs } from "#store/funds/acts.ts";
import { callsOf, sharesOf } from "#store/funds/calls.ts";
import { flowsOf } from "#store/funds/flows.ts";
import {
  authoritiesOf,
  keysOf,
  linesOf,
  potsOf,
  proposalsAbout,
  storedFunds,
  yearsOf,
  type StoredFund,
} from "#store/funds/funds.ts";
import { pledgesOf } from "#store/funds/pledges.ts";
import { statementsOf, type StoredStatement } from "#store/funds/receipts.ts";
import { sumsOf, type FundSums } from "#store/funds/sums.ts";
import { requireBook } from "../books.ts";
import { dayAsked, type Clock } from "../clock.ts";
import { settleProposals } from "../decisions/settle.ts";
import { requireFund } from "./which.ts";
import { openShelf } from "../keys.ts";
import { actView } from "./act-view.ts";
import { adHocShare, memberViews, pledgeViews } from "./contributors.ts";
import { callRows, type CallFacts } from "./call-view.ts";
import { modelTerms } from "./models.ts";
import { otherThan } from "./receipts.ts";
import { unmatchedOf } from "./unmatched.ts";

/**
 * The funds of a book as of a day, and the models that a fund could be proposed from.
 * @throws MainstayError unknown_book, invalid_date
 */
export async function fundList(db: Database, clock: Clock, book: string, asOf?: string): Promise<FundList> {
  await settleProposals(db, clock);
  const day = dayAsked(clock, asOf);
  const { no } = await requireBook(db, book);
  const [stored, sums, found] = await Promise.all([storedFunds(db, { bookNo: no }), sumsOf(db, no, day), models()]);
  const funds = stored.map((fund) => rowOf(fund, sums.get(fund.no) ?? { flows: [], arrears: 0n, envelope: 0n }));
  return { asOf: day, funds, models: found };
}

async function models(): Promise<FundModel[]> {
  return (await openShelf()).funds.map(({ years, ...fund }) => ({
    ...fund,
    years: years.map(({ year, amount }) => ({ year, amount: formatDecimal(amount, 2) })),
    proposal: JSON.stringify(modelTerms({ ...fund, years })),
  }));
}

type Picture = Readonly<{ row: FundRow; flows: readonly Flow[]; calls: readonly CallFacts[] }>;

/** A fund's flows by a day and the line of figures drawn from them. */
async function picture(db: Database, fund: StoredFund, day: string): Promise<Picture> {
  const [flows, stored, shares, years] = await Promise.all([
    flowsOf(db, fund.no, day),
    callsOf(db, fund.no),
    sharesOf(db, { fundNo: fund.no }),
    yearsOf(db, fund.no),
  ]);
  const callOf = new Map(shares.map((share) => [share.no, share.callNo]));
  const contributions = flows.filter((flow) => flow.role === "contribution");
  const [byCall, inCall] = [
    Map.groupBy(shares, (share) => share.callNo),
    Map.groupBy(contributions, (flow) => callOf.get(flow.claim ?? 0)),
  ];
  const calls = stored.map((call): CallFacts => {
    return { call, shares: byCall.get(call.no) ?? [], flows: inCall.get(call.no) ?? [] };
  });
  const late = calls.filter(({ call }) => call.dueOn < day).map((one) => contributionFigures(one.flows).outstanding);
  const row = rowOf(fund, {
    flows,
    arrears: late.reduce((sum, one) => sum + one, 0n),
    envelope: years.reduce((sum, year) => sum + BigInt(year.amount), 0n),
  });
  return { row, flows, calls };
}

function rowOf(fund: StoredFund, { flows, arrears, envelope }: FundSums): FundRow {
  const money = (amount: bigint) => formatDecimal(amount, fund.scale);
  const [assessed, voluntary, pots] = [contributionFigures(flows), pledgeFigures(flows), potFigures(flows)];
  return {
    id: fund.id,
    title: fund.title,
    book: fund.book,
    synthetic: fund.synthetic,
    modelled: fund.terms.modelled,
    currency: fund.currency,
    group: fund.members,
    membersName: fund.membersName,
    from: fund.from,
    until: fund.until,
    envelope: money(envelope),
    called: money(assessed.called - assessed.credited),
    pledged: money(voluntary.called - voluntary.credited),
    received: money(pots.received),
    placed: money(pots.placed),
    paid: money(pots.paid),
    available: money(pots.available),
    arrears: money(arrears),
    decision: fund.proposal,
    ended: fund.ended,
  };
}

/**
 * A fund whole, as of a day.
 * @throws MainstayError unknown_fund, invalid_date
 */
export async function fundView(db: Database, clock: Clock, id: string, asOf?: string): Promise<FundView> {
  await settleProposals(db, clock);
  const day = dayAsked(clock, asOf);
  const fund = await requireFund(db, id);
  const { row, flows, calls } = await picture(db, fund, day);
  const [years, keys, authorities, acts, pledges, statements, unmatched, decisions, lines] = await Promise.all([
    yearsOf(db, fund.no),
    keysOf(db, fund.no),
    authoritiesOf(db, { fundNo: fund.no }),
    storedActs(db, { fundNo: fund.no }),
    pledgesOf(db, fund.no, day),
    statementsOf(db, fund.no),
    unmatchedOf(db, fund),
    proposalsAbout(db, fund.id),
    lineViews(db, fund, flows, day),
  ]);
  const money = (amount: bigint) => formatDecimal(amount, fund.scale);
  return {
    ...row,
    asOf: day,
    terms: fund.terms,
    party: fund.party,
    openedAt: fund.openedAt,
    years: years.map(({ year, amount }) => ({
      year,
      envelope: money(BigInt(amount)),
      ...yearFigures(calls, year, money),
    })),
    keys: keys.map(({ from, text, proposal }) => {
      const key = readKey(text, "key");
      return { from, id: key.id, title: key.title, decision: proposal };
    }),
    lines,
    members: memberViews({ fund, calls, flows, pledges, day }),
    calls: callRows(fund, calls, day),
    pledges: pledgeViews(fund, pledges, flows, day),
    statements: statements.map((statement) => statementView(fund, statement)),
    unmatched,
    authorities: authorities.map((authority) => authorityView(authority, day)),
    acts: acts.map((act) => actView(act, fund.scale)),
    balance: {
      received: row.received,
      paid: row.paid,
      placed: row.placed,
      available: row.available,
      agrees: moneyAgrees(flows),
    },
    adHoc: adHocShare(flows, pledges),
    decisions,
  };
}

function statementView(
  fund: StoredFund,
  { currency, credits, matched, opening, closing, ...statement }: StoredStatement,
): FundView["statements"][number] {
  const money = (amount: bigint) => formatDecimal(amount, currencyScale(currency));
  return {
    ...statement,
    otherThan: otherThan(fund, statement.account),
    opening: opening === null ? null : money(BigInt(opening)),
    closing: closing === null ? null : money(BigInt(closing)),
    matched: money(BigInt(matched)),
    unmatched: money(BigInt(credits) - BigInt(matched)),
  };
}

function yearFigures(calls: readonly CallFacts[], year: number, money: (amount: bigint) => string) {
  const own = contributionFigures(calls.filter(({ call }) => call.year === year).flatMap((one) => one.flows));
  return { called: money(own.called - own.credited), received: money(own.received) };
}

/** The lines of a fund with their pots, and what of each could be moved elsewhere. */
export async function lineViews(
  db: Database,
  fund: StoredFund,
  flows: readonly Flow[],
  day: string,
): Promise<LineView[]> {
  const [lines, pots, granted] = await Promise.all([
    linesOf(db, fund.no),
    potsOf(db, fund.no),
    authoritiesOf(db, { fundNo: fund.no }),
  ]);
  const money = (amount: bigint) => formatDecimal(amount, fund.scale);
  const inMoney = ({ received, movedIn, movedOut, placed, paid, available }: PotFigures) => ({
    received: money(received),
    movedIn: money(movedIn),
    movedOut: money(movedOut),
    placed: money(placed),
    paid: money(paid),
    available: money(available),
  });
  return lines.map((line): LineView => {
    const own = flows.filter((flow) => flow.line === line.id);
    const whole = potFigures(own);
    const views = pots
      .filter((pot) => pot.line === line.id)
      .map((pot): PotView => ({
        earmark: pot.earmark,
        earmarkTitle: pot.earmarkTitle,
        lines: pot.earmarkLines,
        promise: pot.promise,
        ...inMoney(potFigures(own.filter((flow) => flow.earmark === pot.earmark))),
      }));
    const live = granted.filter((one) => one.kind === "spend" && one.line === line.id && authorityView(one, day).live);
    const assessed = contributionFigures(own);
    return {
      id: line.id,
      title: line.title,
      stream: line.stream,
      purpose: line.purpose,
      called: money(assessed.called - assessed.credited),
      ...inMoney(whole),
      acknowledged: money(whole.acknowledged),
      canSpare: money(potFigures(own.filter((flow) => flow.earmark === null)).available),
      authorised: money(live.reduce((sum, one) => sum + BigInt(one.amount) - BigInt(one.used), 0n)),
      pots: views,
    };
  });
}

/** @throws MainstayError unknown_fund_line */
export function lineOf(lines: readonly LineView[], id: string, field: string): LineView {
  const line = lines.find((one) => one.id === id);
  if (line === undefined) throw new MainstayError("unknown_fund_line", JSON.stringify(id), { field });
  return line;
}
