import type { Stream } from "../bindingness.ts";
import type { ArrivalMonth, HubPieces } from "../views-delivery-picture.ts";
import { hasReached, stateOf, type Chain, type ChainState } from "./chain.ts";
import { carriedBy, sumWhere, type Move, type Standing } from "./fold.ts";

/** Pieces of a standing by how far they are on their way through a hub: neither lost nor returned ones. */
export function hubPieces(chain: Chain, standing: Standing): HubPieces {
  const sum = (isMeant: (state: ChainState) => boolean) =>
    Number(sumWhere(standing, (id) => !isGone(stateOf(chain, id)) && isMeant(stateOf(chain, id))));
  const underWay = (state: ChainState, who: ChainState["with"]) =>
    !hasReached(state, "handed-over") && state.with === who;
  return {
    stream: chain.stream,
    waiting: sum((state) => underWay(state, "giver")),
    coming: sum((state) => underWay(state, "carrier")),
    standing: sum((state) => underWay(state, "hub")),
    handedOver: sum((state) => hasReached(state, "handed-over") && !hasReached(state, "confirmed")),
    confirmed: sum((state) => hasReached(state, "confirmed")),
  };
}

function isGone(state: ChainState): boolean {
  return state.reached === "lost" || state.reached === "returned";
}

/** A line as its months are counted. */
export type Arrival = Readonly<{
  chain: Chain;
  standing: Standing;
  dueUntil: string;
  steps: readonly (Omit<Move, "line"> & Readonly<{ on: string }>)[];
}>;

type Due = Readonly<{ stream: Stream; dueUntil: string; pieces: number }>;
type Sum = { -readonly [K in Exclude<keyof ArrivalMonth, "month" | "stream">]: number };

/**
 * What is due and what arrived, by month and stream in their order. Pieces are due in the month of their last day; those that no consignment carries yet are due too.
 */
export function arrivalsOf(lines: readonly Arrival[], uncarried: readonly Due[]): ArrivalMonth[] {
  const sums = new Map<string, Sum>();
  const at = (day: string, stream: Stream): Sum => {
    const key = `${day.slice(0, 7)} ${stream}`;
    const found = sums.get(key) ?? { due: 0, carried: 0, handedOver: 0, confirmed: 0, arrived: 0 };
    sums.set(key, found);
    return found;
  };
  for (const { stream, dueUntil, pieces } of uncarried) at(dueUntil, stream).due += pieces;
  for (const line of lines) {
    const { chain, standing, dueUntil } = line;
    const sum = at(dueUntil, chain.stream);
    const carried = Number(carriedBy(chain, standing));
    const { handedOver, confirmed } = hubPieces(chain, standing);
    sum.due += carried;
    sum.carried += carried;
    sum.handedOver += handedOver + confirmed;
    sum.confirmed += confirmed;
    for (const [day, pieces] of arrivedOn(line)) at(day, chain.stream).arrived += pieces;
  }
  return [...sums]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, sum]) => ({ month: key.slice(0, 7), stream: key.slice(8) as Stream, ...sum }));
}

/** Pieces by the day on which they were handed over or signed for; what was put back is taken off the last of them. */
function arrivedOn({ chain, steps }: Arrival): readonly (readonly [day: string, pieces: number])[] {
  const isThere = (state: string | null) => state !== null && hasReached(stateOf(chain, state), "handed-over");
  const came: [day: string, pieces: number][] = [];
  for (const { from, to, pieces, on } of steps) {
    if (!isThere(from) && isThere(to)) came.push([on, Number(pieces)]);
    if (!isThere(from) || isThere(to)) continue;
    let back = Number(pieces);
    for (const one of came.toReversed()) {
      const taken = Math.min(one[1], back);
      one[1] -= taken;
      back -= taken;
    }
  }
  return came.filter(([, pieces]) => pieces > 0);
}
