import type { Behind } from "./figure.ts";
import { comeBy, isFund, owed, type Scope } from "./scope.ts";
import { fallenBy, reachOf } from "./spans.ts";
import type { BindingClass } from "../../bindingness.ts";
import { wordsOfDay } from "./words.ts";

/** What one giver gave by a day, directly and into funds; null where it cannot be told whether all of it was by then. Money of funds is their members'. */
export type Given = Readonly<{ giver: string; amount: bigint | null; behind: readonly Behind[] }>;

/** What everyone gave by a day, largest first; who gave nothing is not in it. */
export function givenBy({ facts, whole }: Scope, day: string): Given[] {
  const direct = whole.standing.filter((row) => row.class === facts.class && !isFund(facts, row.giver));
  const paid = owed({ facts, dues: whole.dues }).filter((due) => due.fund !== null && comeBy(due, day) > 0n);
  const rowsOf = Map.groupBy(direct, (row) => row.giver);
  const duesOf = Map.groupBy(paid, (due) => due.giver);
  const all = [...new Set([...rowsOf.keys(), ...duesOf.keys()])].map((giver): Given => {
    const fallen = fallenBy(rowsOf.get(giver) ?? [], day);
    const own = duesOf.get(giver) ?? [];
    const money = own.reduce((sum, due) => sum + comeBy(due, day), 0n);
    return {
      giver,
      amount: fallen.sum === null ? null : fallen.sum + money,
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
