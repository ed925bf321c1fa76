import type { CallFact, Claim, FundFacts, LineFact } from "#core/foresight/report/facts.ts";
import { contributionFigures, daysBetween, pledgeFigures, potFigures, type ClaimFigures } from "#core/funds/figures.ts";
import type { Database } from "#store/database.ts";
import { standingCalls } from "#store/foresight/report.ts";
import { callsOf, sharesOf } from "#store/funds/calls.ts";
import { flowsOf } from "#store/funds/flows.ts";
import { linesOf, type StoredFund } from "#store/funds/funds.ts";
import { pledgesOf } from "#store/funds/pledges.ts";
import type { AskedReport } from "./report-asked.ts";

type Cut = Pick<AskedReport, "asOf" | "knownBefore">;

/** A fund's account as of the report's last day and as it was known: by member, call and line, in smallest parts. */
export async function fundFacts(db: Database, fund: StoredFund, { asOf, knownBefore }: Cut): Promise<FundFacts> {
  const [flows, stored, standing, shares, pledges, lines] = await Promise.all([
    flowsOf(db, fund.no, asOf, knownBefore),
    callsOf(db, fund.no),
    standingCalls(db, fund.no, knownBefore),
    sharesOf(db, { fundNo: fund.no }),
    pledgesOf(db, fund.no, asOf),
    linesOf(db, fund.no),
  ]);
  const calls = stored.filter((call) => standing.includes(call.no) && call.issuedOn <= asOf);
  const byClaim = Map.groupBy(flows, (flow) => `${flow.role}:${flow.claim ?? ""}`);
  const ofShares = (nos: readonly number[]): ClaimFigures =>
    contributionFigures(nos.flatMap((no) => byClaim.get(`contribution:${no}`) ?? []));
  const parties = new Set([
    ...shares.filter((share) => calls.some((call) => call.no === share.callNo)).map((share) => share.party),
    ...pledges.filter((pledge) => byClaim.has(`pledge:${pledge.no}`)).map((pledge) => pledge.party),
  ]);
  const claims = [...parties].map((party): Claim => {
    const own = calls.map((call) => {
      const mine = shares.filter((share) => share.callNo === call.no && share.party === party);
      return { call, mine, figures: ofShares(mine.map((share) => share.no)) };
    });
    const late = own.filter(({ call, figures }) => call.dueOn < asOf && figures.outstanding > 0n);
    const voluntary = pledgeFigures(
      pledges.filter((pledge) => pledge.party === party).flatMap((pledge) => byClaim.get(`pledge:${pledge.no}`) ?? []),
    );
    return {
      party,
      called: sumOf(own, ({ figures }) => figures.called),
      credited: sumOf(own, ({ figures }) => figures.credited),
      received: sumOf(own, ({ figures }) => figures.received),
      outstanding: sumOf(own, ({ figures }) => figures.outstanding),
      arrears: sumOf(late, ({ figures }) => figures.outstanding),
      daysLate: Math.max(0, ...late.map(({ call }) => daysBetween(call.dueOn, asOf))),
      voluntary: voluntary.called - voluntary.credited,
      voluntaryReceived: voluntary.received,
      exempt: own.flatMap(({ mine }) => mine.flatMap((share) => share.exempt ?? []))[0] ?? null,
    };
  });
  return {
    scale: fund.scale,
    claims,
    calls: calls.map((call): CallFact => {
      const figures = ofShares(shares.filter((share) => share.callNo === call.no).map((share) => share.no));
      return {
        id: call.id,
        words: `${call.year}, ${call.instalment} of ${call.instalments}`,
        year: call.year,
        issuedOn: call.issuedOn,
        dueOn: call.dueOn,
        ...figures,
        arrears: call.dueOn < asOf && figures.outstanding > 0n ? figures.outstanding : 0n,
        decision: call.decision,
        byParty: new Map(
          [...parties].map((party) => {
            const mine = shares.filter((share) => share.callNo === call.no && share.party === party);
            const { received, credited } = ofShares(mine.map((share) => share.no));
            return [party, received + credited];
          }),
        ),
      };
    }),
    lines: lines.map((line): LineFact => {
      const own = flows.filter((flow) => flow.line === line.id);
      return { id: line.id, title: line.title, called: contributionFigures(own).called, ...potFigures(own) };
    }),
  };
}

const sumOf = <T>(list: readonly T[], of: (one: T) => bigint): bigint => list.reduce((sum, one) => sum + of(one), 0n);
