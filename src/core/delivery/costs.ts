import { splitByLargestRemainder } from "../money.ts";
import { shareOf, type PlacedQuantity } from "./ledger.ts";

/** Pieces of a placement on a line: those it carries, and those of it that came back, which another line may carry again. */
export type LinePieces = Readonly<{ carried: bigint; returned: bigint }>;

/**
 * What the pieces of each line of a placement cost, in the smallest parts of its quantity, by largest remainder: what lines carry adds up, with what none carries,
 * to the whole. What came back is told beside it at its own share.
 */
export function lineCosts(placed: PlacedQuantity, lines: readonly LinePieces[]): readonly bigint[] {
  const carried = lines.reduce((sum, line) => sum + line.carried, 0n);
  const rest = placed.pieces > carried ? placed.pieces - carried : 0n;
  const shares = splitByLargestRemainder(placed.quantity, [...lines.map((line) => line.carried), rest]);
  return lines.map(({ returned }, index) => (shares[index] ?? 0n) + shareOf(placed, returned));
}
