import type { FigureLine } from "../../views-predictability.ts";
import type { Ratio } from "../../burden/ratio.ts";
import type { FundFact, NeedFact } from "./facts.ts";
import { amountLine, knownRatio, ratioWords, unknown, type Behind, type Drawn } from "./figure.ts";
import { comeBy, owed, type Scope } from "./scope.ts";
import { fallenBy } from "./spans.ts";

const mostNeedLines = 20;

/** Months of what is needed after the period that are covered by what is bound; the shortest over funds and needs. */
export function forwardCoverage(scope: Scope): Drawn {
  const { facts, period, cutoff, giver, fund, needs } = scope;
  if (giver !== null)
    return unknown("forward-coverage", "What is needed is covered by all givers together; it is told over all.");
  if (period.from > facts.knownTo) return unknown("forward-coverage", "The period begins after the last day known.");
  const funds = facts.funds.filter((one) => (fund === null || one.id === fund) && one.openedOn <= cutoff);
  const ofFunds = funds.flatMap((one) => coverOfFund(scope, one));
  const ahead = needs.filter((need) => need.until > cutoff && need.quantity > 0);
  const ofNeeds = ahead.map((need): Cover => ({
    what: need.title,
    months: coverOfNeed(need),
    behind: [needRow(need)],
    lines: [],
  }));
  const covers = [...ofFunds, ...ofNeeds];
  if (covers.length === 0)
    return unknown(
      "forward-coverage",
      "No need with months, and no envelope of a fund, that reaches beyond the period is on record.",
    );
  const sorted = covers.toSorted((one, other) => compare(one.months, other.months));
  const lines: FigureLine[] = [
    ...ofFunds.flatMap((one) => one.lines),
    ...sorted
      .slice(0, mostNeedLines)
      .map(({ what, months }) => ({ what, ...ratioWords(months), unit: "months" as const, reason: null })),
  ];
  const left = covers.length - mostNeedLines;
  const reason = left > 0 ? `The ${mostNeedLines} shortest are shown; ${left} are longer.` : null;
  return knownRatio("forward-coverage", sorted[0]?.months ?? { top: 0n, bottom: 1n }, {
    lines,
    reason,
    behind: covers.flatMap((one) => one.behind),
  });
}

type Cover = Readonly<{ what: string; months: Ratio; behind: readonly Behind[]; lines: readonly FigureLine[] }>;

/** What a fund holds and is owed by calls, month by month against a twelfth of each year's envelope; no further than the envelopes go. */
function coverOfFund(scope: Scope, fund: FundFact): Cover[] {
  const { facts, cutoff } = scope;
  const own = owed(scope).filter((due) => due.fund === fund.id && due.issuedOn <= cutoff);
  const rows = scope.standing.filter((row) => row.giver === fund.party);
  const [held, spent] = (["bound", "moved"] as const).map(
    (name) =>
      fallenBy(
        rows.filter((row) => row.class === name),
        cutoff,
      ).sum,
  );
  const [year, month] = cutoff.split("-").map(Number) as [number, number];
  if (held == null || spent == null || !fund.years.some((one) => one.year > year || (one.year === year && month < 12)))
    return [];
  const calls = own.filter((due) => due.kind === "call");
  const outstanding = calls.reduce((sum, due) => sum + due.amount - comeBy(due, cutoff), 0n);
  let left = (held - spent + outstanding) * 12n; // twelfths, as months of a year's envelope are
  let months = 0n;
  let part: Ratio = { top: 0n, bottom: 1n };
  for (let at = year * 12 + month; left > 0n; at += 1) {
    const yearly = fund.years.find((one) => one.year === Math.floor(at / 12))?.amount ?? 0n;
    if (yearly === 0n) break;
    if (left < yearly) {
      part = { top: left, bottom: yearly };
      break;
    }
    months += 1n;
    left -= yearly;
  }
  return [
    {
      what: `${fund.title}, by its envelopes`,
      months: { top: months * part.bottom + part.top, bottom: part.bottom },
      behind: [
        ...calls.map((due): Behind => ({ kind: "due", due, says: "called" })),
        ...fund.years
          .filter((one) => one.year >= year)
          .map((one): Behind => ({
            kind: "fund",
            fund: fund.id,
            title: fund.title,
            year: one.year,
            amount: one.amount,
            says: "its envelope",
          })),
      ],
      lines: [
        amountLine(`${fund.title} holds`, held - spent, facts.scale),
        amountLine(`${fund.title} is owed by calls`, outstanding, facts.scale),
      ],
    },
  ];
}

/** The months of a need's window, both its first and its last counted, by the part of it that is placed. */
function coverOfNeed(need: NeedFact): Ratio {
  const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  const months = BigInt(monthOf(need.until) - monthOf(need.from) + 1);
  const placed = BigInt(Math.min(need.placed, need.quantity));
  return { top: months * placed, bottom: BigInt(need.quantity) };
}

function needRow(need: NeedFact): Behind {
  return {
    kind: "need",
    need: need.id,
    title: need.title,
    says: `${need.placed} of ${need.quantity} placed, ${need.from} to ${need.until}`,
  };
}

function compare(one: Ratio, other: Ratio): number {
  const [left, right] = [one.top * other.bottom, other.top * one.bottom];
  return left === right ? 0 : left < right ? -1 : 1;
}
