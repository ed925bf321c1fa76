import { amountLine, knownShare, numberLine, unknown, type Behind, type Drawn } from "./figure.ts";
import { yearOf } from "./period.ts";
import { comeIn, isFund, owed, type Scope } from "./scope.ts";
import { fallenIn, type Dated } from "./spans.ts";

const fewestYears = 3;

/** Mean absolute deviation of the whole calendar years up to the period's end over their mean: sum |n x - S| / (n S). */
export function volatility(scope: Scope): Drawn {
  const { facts, standing, giver } = scope;
  const theFund = giver !== null && isFund(facts, giver);
  const direct = standing.filter((row) => row.class === facts.class && (theFund || !isFund(facts, row.giver)));
  const paid = owed(scope).filter((due) => due.fund !== null);
  const years = wholeYears(scope);
  if (years.length < fewestYears)
    return unknown(
      "volatility",
      `${years.length === 0 ? "No whole year is" : years.length === 1 ? "Only one whole year is" : "Only two whole years are"} on record by then, and it takes ${fewestYears}.`,
    );
  const found = years.map((year) => {
    const span = { from: `${year}-01-01`, until: `${year}-12-31` };
    const fallen = fallenIn(direct, span);
    const money = paid.reduce((sum, due) => sum + comeIn(due, span.from, span.until), 0n);
    return { year, sum: fallen.sum === null ? null : fallen.sum + money, rows: fallen.rows };
  });
  const behind: Behind[] = [
    ...found.flatMap(({ year, rows }) =>
      rows.map((stated): Behind => ({ kind: "stated", stated, says: `given in ${year}` })),
    ),
    ...paid
      .filter((due) => due.arrivals.length > 0)
      .map((due): Behind => ({ kind: "due", due, says: "paid into a fund" })),
  ];
  if (found.some(({ sum }) => sum === null))
    return unknown("volatility", "The sources known by then give sums over spans longer than a year.", { behind });
  const sums = found.map(({ sum }) => sum ?? 0n);
  const all = sums.reduce((one, other) => one + other, 0n);
  if (all <= 0n) return unknown("volatility", "Nothing is on record as given in these years.", { behind });
  const count = BigInt(sums.length);
  const deviation = sums.reduce((sum, one) => sum + magnitude(count * one - all), 0n);
  const lines = [
    numberLine("Whole years", years.length),
    ...found.map(({ year, sum }) => amountLine(String(year), sum ?? 0n, facts.scale)),
  ];
  return knownShare("volatility", { top: deviation, bottom: count * all }, { lines, behind });
}

/** Calendar years, from the first in which anyone gave to the last that was over and that the record reaches to its end. */
function wholeYears({ facts, cutoff, whole }: Scope): number[] {
  const direct = whole.standing.filter((row) => row.class === facts.class && row.span !== null);
  const begun = direct.flatMap(({ span }: Dated) => (span === null ? [] : [yearOf(span.from ?? span.until)]));
  const paid = owed({ facts, dues: whole.dues }).flatMap((due) =>
    due.fund === null ? [] : due.arrivals.map(({ on }) => yearOf(on)),
  );
  const first = Math.min(...begun, ...paid);
  if (!Number.isFinite(first)) return [];
  const last = yearOf(cutoff) - (cutoff.endsWith("-12-31") ? 0 : 1);
  const byReleases = direct.filter((row) => row.release !== "").map(({ span }) => span?.until ?? "");
  const reaches = (year: number) => byReleases.length === 0 || byReleases.some((until) => until >= `${year}-12-31`);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).filter(reaches);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
