import type { Chain } from "./chain.ts";
import { stateOf } from "./chain.ts";

/** Pieces of a line that went from a state to another; null is outside of the consignment. */
export type Move = Readonly<{ line: number; from: string | null; to: string | null; pieces: bigint }>;

/** Pieces by state; a state without pieces is not in it. */
export type Standing = ReadonlyMap<string, bigint>;

/** Where pieces stand after moves. @throws RangeError where more left a state than stood there: the record is at fault */
export function foldMoves(moves: readonly Omit<Move, "line">[], before: Standing = new Map()): Standing {
  const standing = new Map(before);
  for (const { from, to, pieces } of moves) {
    if (from !== null) {
      const left = (standing.get(from) ?? 0n) - pieces;
      if (left < 0n) throw new RangeError(`${-left} pieces too few are ${from}`);
      if (left === 0n) standing.delete(from);
      else standing.set(from, left);
    }
    if (to !== null) standing.set(to, (standing.get(to) ?? 0n) + pieces);
  }
  return standing;
}

/** The pieces of a standing that belong to the delivery: neither lost nor returned. */
export function carriedBy(chain: Chain, standing: Standing): bigint {
  return sumWhere(standing, (state) => !["lost", "returned"].includes(stateOf(chain, state).reached));
}

export function sumWhere(standing: Standing, wanted: (state: string) => boolean): bigint {
  let sum = 0n;
  for (const [state, pieces] of standing) if (wanted(state)) sum += pieces;
  return sum;
}

/** The state of the pieces that are furthest behind, in the chain's order; those that are done only where all are. Null where there are none. */
export function furthestBehind(chain: Chain, standing: Standing): string | null {
  const order = chain.states.filter((state) => standing.has(state.id));
  return (order.find((state) => state.with !== null) ?? order[0])?.id ?? null;
}

/** Pieces handed over as the donor side reports it, over all the moves of a line; null where it has reported nothing. */
export function donorReported(chain: Chain, moves: readonly Omit<Move, "line">[]): bigint | null {
  const into = moves.filter((move) => move.to === chain.handedOver && move.from !== chain.confirmed);
  if (into.length === 0) return null;
  const putBack = moves.filter((move) => move.from === chain.handedOver && move.to === chain.onTheWay);
  return total(into) - total(putBack);
}

/** Pieces that the recipient has signed for and not taken back; null where it has signed for nothing yet. */
export function recipientConfirmed(chain: Chain, moves: readonly Omit<Move, "line">[], said: boolean): bigint | null {
  const into = moves.filter((move) => move.to === chain.confirmed);
  if (into.length === 0 && !said) return null;
  return total(into) - total(moves.filter((move) => move.from === chain.confirmed && !isOnward(chain, move.to)));
}

/** Whether a state lies beyond the recipient's signature, such as in use. */
function isOnward(chain: Chain, state: string | null): boolean {
  return state !== null && stateOf(chain, state).reached === "confirmed";
}

function total(moves: readonly Omit<Move, "line">[]): bigint {
  return moves.reduce((sum, move) => sum + move.pieces, 0n);
}

/** Takes pieces from the first state of the list that has any, and then from the next, as moves to `to`. At most what stands there. */
export function takeInOrder(
  standing: Standing,
  from: readonly string[],
  to: string,
  pieces: bigint,
): Omit<Move, "line">[] {
  let left = pieces;
  return from.flatMap((state) => {
    const there = standing.get(state) ?? 0n;
    const taken = there < left ? there : left;
    left -= taken;
    return taken === 0n ? [] : [{ from: state, to, pieces: taken }];
  });
}

/** How many pieces stand in any of the states. */
export function standIn(standing: Standing, states: readonly string[]): bigint {
  return sumWhere(standing, (state) => states.includes(state));
}
