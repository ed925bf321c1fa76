import { MainstayError } from "../errors.ts";
import { hasReached, stateOf, type Chain } from "./chain.ts";
import { sumWhere, type Move, type Standing } from "./fold.ts";

/** Pieces of a line that leave their consignment for another, in the states in which they are. */
export type Leaving = Readonly<{ line: number; state: string; pieces: bigint }>;

/** Whether pieces in a state can be put into another consignment: they are on their way, neither handed over nor gone. */
function isMovable(chain: Chain, state: string): boolean {
  const found = stateOf(chain, state);
  return found.with !== null && !hasReached(found, "handed-over");
}

/**
 * What of a line leaves for another consignment: so many pieces, those that are furthest first; all that can where null.
 * @throws MainstayError more_than_stands_there
 */
export function leavingOf(chain: Chain, line: number, standing: Standing, pieces: bigint | null): Leaving[] {
  const there = sumWhere(standing, (state) => isMovable(chain, state));
  const wanted = pieces ?? there;
  if (wanted > there)
    throw new MainstayError(
      "more_than_stands_there",
      `${wanted} of line ${line}, of which ${there} are on their way and not handed over`,
      { field: "line" },
    );
  let left = wanted;
  return chain.states
    .filter((state) => standing.has(state.id) && isMovable(chain, state.id))
    .toReversed()
    .flatMap(({ id }) => {
      const here = standing.get(id) ?? 0n;
      const taken = here < left ? here : left;
      left -= taken;
      return taken === 0n ? [] : [{ line, state: id, pieces: taken }];
    });
}

/** The moves by which pieces leave a consignment. */
export function leave(leaving: readonly Leaving[]): Move[] {
  return leaving.map(({ line, state, pieces }) => ({ line, from: state, to: null, pieces }));
}

/** The moves by which they arrive in another, under its own line numbers. */
export function arrive(leaving: readonly Leaving[], lineOf: (line: number) => number): Move[] {
  return leaving.map(({ line, state, pieces }) => ({ line: lineOf(line), from: null, to: state, pieces }));
}
