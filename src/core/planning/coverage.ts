import type { Coverage, CoverageSum, PartView } from "../views-planning.ts";
import { piecesTaken } from "./placed.ts";
import type { Need } from "./record.ts";

/** Pieces of one kind that were placed with a need, and how far they have come; each figure contains those after it. */
export type PiecesOf = Readonly<{
  item: string;
  placed: number;
  moved: number;
  handedOver: number;
  confirmed: number;
}>;

const steps = ["placed", "moved", "handedOver", "confirmed"] as const;
const million = 1_000_000;
const nothing: PiecesOf = { item: "", placed: 0, moved: 0, handedOver: 0, confirmed: 0 };

/**
 * How far a need is met by pieces of the kinds it accepts, each for what it is worth, in whole units of the kind first named, rounded down.
 * Parts of its package count nothing here. @param planned what the plan that stands adds up to; null where there is none
 */
export function coverageOfNeed(need: Need, pieces: readonly PiecesOf[], planned: number | null): Coverage {
  const worthOf = new Map(need.accepts.map(({ item, worthPpm }) => [item, BigInt(worthPpm)]));
  const [placed, moved, handedOver, confirmed] = steps.map((step) => {
    const worth = pieces.reduce((sum, one) => sum + BigInt(one[step]) * (worthOf.get(one.item) ?? 0n), 0n);
    return Number(worth / BigInt(million));
  }) as [number, number, number, number];
  return { needed: need.quantity, planned, placed, moved, handedOver, confirmed };
}

/** The parts of a need's package: what all its systems take, and how many are placed. */
export function partsOfNeed(need: Need, pieces: readonly PiecesOf[], nameOf: (item: string) => string): PartView[] {
  return need.package.map((part) => {
    const { placed, moved, handedOver, confirmed } = pieces.find((one) => one.item === part.item) ?? nothing;
    return {
      ...part,
      name: nameOf(part.item),
      needed: piecesTaken(part, need.quantity, part.months),
      placed,
      moved,
      handedOver,
      confirmed,
    };
  });
}

/** How needs together are met, each counting once. */
export function sumOfCoverage(list: readonly Coverage[]): CoverageSum {
  const share = (of: (one: Coverage) => number) =>
    list.length === 0
      ? null
      : Math.floor(
          list.reduce((sum, one) => sum + (Math.min(of(one), one.needed) * million) / one.needed, 0) / list.length,
        );
  return {
    needs: list.length,
    whole: list.filter((one) => one.placed >= one.needed).length,
    none: list.filter((one) => one.placed === 0).length,
    plannedPpm: list.some((one) => one.planned === null) ? null : share((one) => one.planned ?? 0),
    placedPpm: share((one) => one.placed),
    movedPpm: share((one) => one.moved),
    handedOverPpm: share((one) => one.handedOver),
    confirmedPpm: share((one) => one.confirmed),
  };
}
