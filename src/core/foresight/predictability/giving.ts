import { formatDecimal, groupThousands, rescale, valuationScale } from "../../money.ts";
import type { Behind } from "./figure.ts";
import { comeBy, isFund, owed, type Scope } from "./scope.ts";
import { fallenBy, nearlyAll, reachOf, sumOfRows } from "./spans.ts";
import type { BindingClass } from "../../bindingness.ts";
import { wordsOfDay } from "./words.ts";

/**
 * What one giver gave by a day, directly and into funds. `doubt`: what may have been given later and is left out; where that is more than a
 * hundredth the amount is null. Money of funds is their members'.
 */
export type Given = Readonly<{ giver: string; amount: bigint | null; doubt: bigint; behind: readonly Behind[] }>;

/** What everyone gave by a day, largest first; who gave nothing is not in it. */
export function givenBy({ facts, whole }: Scope, day: string): Given[] {
  const direct = whole.standing.filter((row) => row.class === facts.class && !isFund(facts, row.giver));
  const paid = owed({ facts, dues: whole.dues }).filter((due) => due.fund !== null && comeBy(due, day) > 0n);
  const rowsOf = Map.groupBy(direct, (row) => row.giver);
  const duesOf = Map.groupBy(paid, (due) => due.giver);
  const all = [...new Set([...rowsOf.keys(), ...duesOf.keys()])].map((giver): Given => {
    const fallen = fallenBy(rowsOf.get(giver) ?? [], day);
    const nearly = nearlyAll(fallen);
    const own = duesOf.get(giver) ?? [];
    const money = own.reduce((sum, due) => sum + comeBy(due, day), 0n);
    return {
      giver,
      amount: nearly === null ? null : nearly + money,
      doubt: sumOfRows(fallen.across),
      behind: [
        ...fallen.rows.map((stated): Behind => ({ kind: "stated", stated, says: "given" })),
        ...own.map((due): Behind => ({ kind: "due", due, says: "paid into a fund" })),
      ],
    };
  });
  return all
    .filter(({ amount }) => amount !== 0n)
    .toSorted((one, other) =>
      one.amount === other.amount
        ? one.giver < other.giver
          ? -1
          : 1
        : (one.amount ?? 0n) > (other.amount ?? 0n)
          ? -1
          : 1,
    );
}

/** Why what was given by a day cannot be told. */
export const givenUnknown =
  "The sources known by then give sums over spans that end after the period, so what was given by its end cannot be told.";

/**
 * What all gave together, each with an amount: those in doubt are left out where what is in doubt is at most a hundredth of the whole; else
 * nothing. `note` says what was left out.
 */
export function told(
  given: readonly Given[],
  scale: number,
): Readonly<{ given: readonly (Given & { amount: bigint })[]; note: string | null }> | null {
  const known = given.flatMap((one) => (one.amount === null ? [] : [{ ...one, amount: one.amount }]));
  const whole = known.reduce((sum, { amount }) => sum + amount, 0n);
  const doubt = given.reduce((sum, one) => sum + one.doubt, 0n);
  if (doubt === 0n) return { given: known, note: null };
  if (doubt * 100n > whole) return null;
  const amount = groupThousands(formatDecimal(rescale(doubt, valuationScale, scale), scale));
  return { given: known, note: `Left out: ${amount} that may have been given after the period.` };
}

/** Notes to a figure in one; null where there is none. */
export function notesOf(...notes: readonly (string | null)[]): string | null {
  const said = notes.filter((note) => note !== null);
  return said.length === 0 ? null : said.join(" ");
}

/** That what stands in a class is on record to a day before the period's end only; null where it reaches further, or is of no release. */
export function reachNote({ cutoff, facts, whole }: Scope, name: BindingClass = facts.class): string | null {
  const series = new Set(
    whole.standing.filter((row) => row.class === name && row.release !== "").map((row) => row.series),
  );
  const reach =
    [...series]
      .map((one) => reachOf(whole.standing, { series: one, class: name }, cutoff))
      .toSorted()
      .at(-1) ?? "";
  return reach === "" || reach >= cutoff ? null : `What was ${name} is on record to ${wordsOfDay(reach)} only.`;
}
