import type { Chain } from "./chain.ts";
import { eventOf } from "./chain.ts";
import { foldMoves, standIn, takeInOrder, type Move, type Standing } from "./fold.ts";

/** What the recipient says of a line: so many pieces received, and on which day where it says one. */
export type Receipt = Readonly<{ line: number; pieces: bigint; on: string | null }>;

/** A line as a receipt finds it. `reported`: handed over as the donor side reports it, null where it has said nothing; `handedOverOn`: the days it gave. */
export type LineAwaiting = Readonly<{
  line: number;
  standing: Standing;
  reported: bigint | null;
  handedOverOn: readonly string[];
  open: boolean; // a query about its quantity is not settled
}>;

/** The two sides differ about a line. */
export type Difference = Readonly<{
  line: number;
  about: "quantity" | "day";
  donor: Readonly<{ pieces: bigint; on: string | null }>;
  recipient: Readonly<{ pieces: bigint; on: string }>;
}>;

/**
 * What signing for a line does: the pieces it moves, which are at most those that are there, and where the sides differ. A recipient that signs for what the donor
 * side has not reported as handed over contradicts nobody, unless it received more than was on its way. While a query about the quantity is open, what
 * is signed for is a part of its answer.
 */
export function receive(
  chain: Chain,
  now: LineAwaiting,
  receipt: Receipt,
  today: string,
): { moves: Move[]; differences: Difference[] } {
  const { from, to } = eventOf(chain, "confirm");
  const { line, standing, reported } = now;
  const awaited = standing.get(chain.handedOver) ?? 0n;
  const latest = now.handedOverOn.toSorted().at(-1) ?? null;
  const on = receipt.on ?? latest ?? today;
  const moves = takeInOrder(standing, from, to, receipt.pieces).map((move) => ({ ...move, line }));
  const donor = { pieces: reported === null ? standIn(standing, from) : awaited, on: latest };
  const recipient = { pieces: receipt.pieces, on };
  const differs = reported === null ? recipient.pieces > donor.pieces : recipient.pieces !== donor.pieces;
  const differences: Difference[] = [];
  if (differs && !now.open) differences.push({ line, about: "quantity", donor, recipient });
  if (awaited > 0n && receipt.pieces > 0n && !now.handedOverOn.includes(on))
    differences.push({ line, about: "day", donor, recipient });
  return { moves, differences };
}

/** The day a receipt counts from: the one it names, else the donor side's, else today. */
export function receivedOn(now: LineAwaiting, receipt: Receipt, today: string): string {
  return receipt.on ?? now.handedOverOn.toSorted().at(-1) ?? today;
}

/** A difference in a sentence. `written`: how days are written. */
export function differenceText(difference: Omit<Difference, "line">): string {
  const { about, donor, recipient } = difference;
  if (about === "day")
    return `Handed over on ${donor.on ?? "a day not said"} as the donor side reports it, received on ${recipient.on} as the recipient does.`;
  const than =
    recipient.pieces < donor.pieces
      ? `${donor.pieces - recipient.pieces} fewer`
      : `${recipient.pieces - donor.pieces} more`;
  return `The recipient signed for ${recipient.pieces} where the donor side reports ${donor.pieces}: ${than}.`;
}

/** Where pieces go that were handed over as the donor side said, and are not there as both now say. */
export const restPlaces = ["on-the-way", "lost", "returned"] as const;
export type RestPlace = (typeof restPlaces)[number];

/**
 * What puts a line right once both sides agree that `agreed` pieces were received in the receipts of the query, in which `signed` are on record: the rest is
 * signed for, or the signature taken back; the `missing`, which the donor side said to be handed over too, go where they are said to be. Null where the record cannot follow: fewer
 * pieces are there than were agreed, or are still where they can be taken back.
 */
export function putRight(
  chain: Chain,
  line: number,
  standing: Standing,
  settled: Readonly<{ agreed: bigint; signed: bigint; missing: bigint; rest: RestPlace }>,
): Move[] | null {
  const { agreed, signed, missing, rest } = settled;
  const { from, to } = eventOf(chain, "confirm");
  const first =
    agreed >= signed
      ? takeInOrder(standing, from, to, agreed - signed)
      : takeInOrder(standing, [to], chain.onTheWay, signed - agreed);
  const moved = first.reduce((sum, move) => sum + move.pieces, 0n);
  if (moved !== (agreed >= signed ? agreed - signed : signed - agreed)) return null;
  const after = foldMoves(first, standing);
  const stands = after.get(chain.handedOver) ?? 0n;
  const left = stands < missing ? stands : missing;
  const second = left <= 0n ? [] : [{ from: chain.handedOver, to: restState(chain, rest), pieces: left }];
  return [...first, ...second].map((move) => ({ ...move, line }));
}

function restState(chain: Chain, rest: RestPlace): string {
  if (rest === "on-the-way") return chain.onTheWay;
  const found = chain.states.find((state) => state.reached === rest);
  return found?.id ?? chain.onTheWay;
}
