import { percentText } from "#core/burden/ratio.ts";
import { contributionFigures, daysBetween, pledgeFigures, type ClaimFigures, type Flow } from "#core/funds/figures.ts";
import { formatDecimal } from "#core/money.ts";
import type { FundView, MemberView, PledgeView } from "#core/views-funds.ts";
import type { StoredFund } from "#store/funds/funds.ts";
import type { StoredPledge } from "#store/funds/pledges.ts";
import type { CallFacts } from "./call-view.ts";

type Asked = Readonly<{
  fund: StoredFund;
  calls: readonly CallFacts[];
  flows: readonly Flow[];
  pledges: readonly StoredPledge[];
  day: string;
}>;

/** Everyone who was called or pledged, by name, with what came and what is late. */
export function memberViews({ fund, calls, flows, pledges, day }: Asked): MemberView[] {
  const names = new Map<string, string>();
  for (const { shares } of calls) for (const { party, name } of shares) names.set(party, name);
  for (const { party, name } of pledges) names.set(party, name);
  const money = (amount: bigint) => formatDecimal(amount, fund.scale);
  return [...names]
    .map(([party, name]): MemberView => {
      const own = calls.map((one): Readonly<{ due: string; figures: ClaimFigures; exempt: string | null }> => {
        const shares = one.shares.filter((share) => share.party === party);
        return {
          due: one.call.dueOn,
          figures: contributionFigures(one.flows.filter((flow) => shares.some((share) => share.no === flow.claim))),
          exempt: one.call.takenBack ? null : (shares.find((share) => share.exempt !== null)?.exempt ?? null),
        };
      });
      const sum = (of: (figures: ClaimFigures) => bigint) => own.reduce((all, one) => all + of(one.figures), 0n);
      const late = own.filter((one) => one.due < day).reduce((all, one) => all + one.figures.outstanding, 0n);
      const mine = pledges.filter((pledge) => pledge.party === party).map((pledge) => pledge.no);
      const voluntary = pledgeFigures(flows.filter((flow) => flow.role === "pledge" && mine.includes(flow.claim ?? 0)));
      return {
        party,
        name,
        called: money(sum((figures) => figures.called)),
        credited: money(sum((figures) => figures.credited)),
        received: money(sum((figures) => figures.received)),
        outstanding: money(sum((figures) => figures.outstanding)),
        arrears: money(late),
        voluntary: money(voluntary.called - voluntary.credited),
        voluntaryReceived: money(voluntary.received),
        exempt: own.find((one) => one.exempt !== null)?.exempt ?? null,
      };
    })
    .sort((left, right) => left.name.localeCompare(right.name, "en"));
}

/** The voluntary pledges with their schedules, those taken back left out. */
export function pledgeViews(
  fund: StoredFund,
  pledges: readonly StoredPledge[],
  flows: readonly Flow[],
  day: string,
): PledgeView[] {
  const money = (amount: bigint) => formatDecimal(amount, fund.scale);
  return pledges
    .filter((pledge) => !pledge.takenBack)
    .map(({ no, takenBack: _takenBack, instalments, ...pledge }) => {
      const figures = pledgeFigures(flows.filter((flow) => flow.role === "pledge" && flow.claim === no));
      return {
        ...pledge,
        pledged: money(figures.called - figures.credited),
        received: money(figures.received),
        years: yearsOf(instalments),
        instalments: instalments.map(({ amount, received, ...one }) => ({
          ...one,
          amount: money(BigInt(amount)),
          received: money(BigInt(received)),
          daysLate: BigInt(received) < BigInt(amount) && one.dueOn < day ? daysBetween(one.dueOn, day) : null,
        })),
      };
    });
}

function yearsOf(instalments: StoredPledge["instalments"]): number {
  return new Set(instalments.map((one) => one.dueOn.slice(0, 4))).size;
}

/**
 * The part of all income that came ad hoc: by voluntary pledges whose instalments all fall in one calendar year. Null where nothing came yet.
 */
export function adHocShare(flows: readonly Flow[], pledges: readonly StoredPledge[]): FundView["adHoc"] {
  const single = new Set(pledges.filter((pledge) => yearsOf(pledge.instalments) === 1).map((pledge) => pledge.no));
  const came = contributionFigures(flows).received + pledgeFigures(flows).received;
  const adHoc = pledgeFigures(flows.filter((flow) => flow.role === "pledge" && single.has(flow.claim ?? 0))).received;
  return {
    share: came === 0n ? null : percentText({ top: adHoc, bottom: came }, 1),
    says: "The part of all money received that came by voluntary pledges of a single year; what is called by the key and what is pledged over several years is not ad hoc.",
  };
}
