import type { Due } from "./facts.ts";
import { amountLine, knownShare, unknown, type Behind, type Drawn } from "./figure.ts";
import { comeIn, owed, type Scope } from "./scope.ts";

const outside =
  "No source on record says over how many years it was undertaken: nothing of it came into a fund in the period.";

/** Money that came into funds in the period by voluntary pledges of a single calendar year, over all that came in. */
export function adHoc(scope: Scope): Drawn {
  const { facts, period, cutoff } = scope;
  const came = (due: Due) => comeIn(due, period.from, cutoff);
  const paid = owed(scope).filter((due) => due.fund !== null && came(due) > 0n);
  const all = sum(paid, came);
  if (all === 0n) return unknown("ad-hoc", outside);
  const single = paid.filter((due) => due.voluntary && due.years === 1);
  const several = paid.filter((due) => due.voluntary && due.years > 1);
  const lines = [
    amountLine("Came into funds", all, facts.scale),
    amountLine(
      "By calls",
      sum(
        paid.filter((due) => !due.voluntary),
        came,
      ),
      facts.scale,
    ),
    amountLine("By pledges over several years", sum(several, came), facts.scale),
    amountLine("By pledges of one year", sum(single, came), facts.scale),
  ];
  const behind = paid.map((due): Behind => ({
    kind: "due",
    due,
    says: single.includes(due) ? "came ad hoc" : "came by call or over several years",
  }));
  return knownShare("ad-hoc", { top: sum(single, came), bottom: all }, { lines, behind });
}

/** Of what fell due to funds in the period, the part under an earmark. */
export function earmarks(scope: Scope): Drawn {
  const { facts, period, cutoff } = scope;
  const due = owed(scope).filter((one) => one.fund !== null && one.dueOn >= period.from && one.dueOn <= cutoff);
  if (due.length === 0)
    return unknown(
      "earmarks",
      "No source on record says what its money may be used for: nothing fell due to a fund in the period.",
    );
  const tied = due.filter((one) => one.earmarked);
  const lines = [
    amountLine(
      "Fell due to funds",
      sum(due, (one) => one.amount),
      facts.scale,
    ),
    amountLine(
      "Under an earmark",
      sum(tied, (one) => one.amount),
      facts.scale,
    ),
  ];
  const behind = due.map((one): Behind => ({
    kind: "due",
    due: one,
    says: one.earmarked ? "under an earmark" : "for any line",
  }));
  return knownShare(
    "earmarks",
    { top: sum(tied, (one) => one.amount), bottom: sum(due, (one) => one.amount) },
    { lines, behind },
  );
}

function sum(dues: readonly Due[], of: (due: Due) => bigint): bigint {
  return dues.reduce((all, due) => all + of(due), 0n);
}
