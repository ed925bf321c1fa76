import { knownRatio, numberLine, ratioWords, shareLine, unknown, type Drawn } from "./figure.ts";
import { givenBy, givenUnknown, notesOf, reachNote, told } from "./giving.ts";
import type { Scope } from "./scope.ts";

/** Herfindahl-Hirschman index of givers: the sum of the squares of their shares. */
export function concentration(scope: Scope): Drawn {
  const { facts, cutoff, giver } = scope;
  const all = givenBy(scope, cutoff);
  const counted = told(all, facts.scale);
  if (all.length === 0) return unknown("concentration", "Nothing is on record as given by the end of the period.");
  if (counted === null) return unknown("concentration", givenUnknown);
  const { given, note } = counted;
  const amounts = given.map(({ amount }) => amount);
  const whole = amounts.reduce((sum, amount) => sum + amount, 0n);
  if (whole <= 0n || amounts.some((amount) => amount < 0n))
    return unknown("concentration", "What is on record adds up to less than nothing for a giver.");
  const shareOf = (party: string) => ({ top: given.find((one) => one.giver === party)?.amount ?? 0n, bottom: whole });
  if (giver !== null) {
    const own = given.find((one) => one.giver === giver);
    const lines = own === undefined ? [] : [shareLine("Its share of all that was given", shareOf(giver))];
    return unknown("concentration", "It is told of all givers together.", { lines, behind: own?.behind ?? [] });
  }
  const squares = amounts.reduce((sum, amount) => sum + amount * amount, 0n);
  const [largest] = given;
  const lines = [
    shareLine(`Largest: ${facts.givers.get(largest?.giver ?? "")?.name ?? ""}`, shareOf(largest?.giver ?? "")),
    numberLine("Givers", given.length),
    {
      what: "As many equal givers",
      ...ratioWords({ top: whole * whole, bottom: squares }),
      unit: "ratio" as const,
      reason: null,
    },
  ];
  return knownRatio(
    "concentration",
    { top: squares, bottom: whole * whole },
    { lines, behind: given.flatMap((one) => one.behind), reason: notesOf(note, reachNote(scope)) },
  );
}
