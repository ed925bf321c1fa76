import type { Need, PackagePart } from "./record.ts";

/** Pieces of an offer that are placed with a need and not taken back. */
export type Placed = Readonly<{
  offer: string;
  need: string;
  item: string;
  dueUntil: string; // the last day by which it is to be there
  pieces: number; // that the need can count on
  taken: number; // that the offer no longer has: those that were lost on the way too
  costMinor: number; // what they cost where the offer is of money; else 0
}>;

/** Pieces of a part that so many systems take, over so many months where it is consumed by the month; rounded up: not enough completes nothing. */
export function piecesTaken(part: PackagePart, systems: number, months: number): number {
  return Math.ceil((systems * part.pieces * (part.when === "monthly" ? months : 1)) / part.systems);
}

/**
 * How many whole systems what is placed completes, with all that belongs to them, and which pieces are over: systems that lack a part, parts
 * that lack a system. Substitutes count for what they are worth, the worthiest first. Of what is consumed by the month, the first month must be
 * there; a plan may end before the last.
 */
export function restOfNeed(need: Need, placed: readonly Placed[]): { complete: number; over: Placed[] } {
  const worthOf = new Map(need.accepts.map(({ item, worthPpm }) => [item, worthPpm]));
  const worth = placed.reduce((sum, one) => sum + one.pieces * (worthOf.get(one.item) ?? 0), 0);
  let complete = Math.min(need.quantity, Math.floor(worth / 1_000_000));
  while (complete > 0 && !need.package.every((part) => piecesTaken(part, complete, 1) <= piecesOf(placed, part.item))) {
    complete -= 1;
  }
  return { complete, over: takeAway(need, placed, complete) };
}

function piecesOf(placed: readonly Placed[], item: string): number {
  return placed.reduce((sum, one) => (one.item === item ? sum + one.pieces : sum), 0);
}

/** What is left of the pieces when those of the complete systems are taken from them, the earliest first. */
function takeAway(need: Need, placed: readonly Placed[], complete: number): Placed[] {
  const worthOf = new Map(need.accepts.map(({ item, worthPpm }) => [item, worthPpm]));
  let worth = complete * 1_000_000;
  const parts = new Map<string, number>();
  for (const part of need.package)
    parts.set(part.item, (parts.get(part.item) ?? 0) + piecesTaken(part, complete, part.months));
  const earliestFirst = placed.toSorted(
    (left, right) =>
      (worthOf.get(right.item) ?? 0) - (worthOf.get(left.item) ?? 0) || (left.dueUntil < right.dueUntil ? -1 : 1),
  );
  return earliestFirst.flatMap((one) => {
    const each = worthOf.get(one.item);
    const wanted = each === undefined ? (parts.get(one.item) ?? 0) : Math.ceil(worth / each);
    const taken = Math.min(one.pieces, Math.max(0, wanted));
    if (each === undefined) parts.set(one.item, wanted - taken);
    else worth = Math.max(0, worth - taken * each);
    return taken === one.pieces ? [] : [{ ...one, pieces: one.pieces - taken }];
  });
}
