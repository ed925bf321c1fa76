import { MainstayError } from "../errors.ts";
import { commonBottom, nth, percentText, type Ratio, type Shares } from "./ratio.ts";

export type Bound = "free" | "floor" | "ceiling";
export type Bounded = Readonly<{ shares: Shares; bounds: readonly Bound[] }>;
type Spread = "in-proportion" | "equally";

/**
 * Shares that add up to one, none under the floor, none over the ceiling. Those in between keep their proportions ("in-proportion": one
 * factor for all of them) or their distances ("equally": one amount added to all of them), so the order of shares never turns round.
 * The factor is found exactly: as long as the floors ask for more than the ceilings leave over the floored stay floored, and the reverse.
 * @throws MainstayError key_bounds_cannot_be_met when so many members cannot bear one whole within these bounds
 */
export function boundShares(shares: Shares, floor: Ratio, ceiling: Ratio, spread: Spread): Bounded {
  const count = BigInt(shares.parts.length);
  if (count * floor.top > floor.bottom) throw unmet(`${count} members of at least ${percentText(floor)} % each`);
  if (count * ceiling.top < ceiling.bottom) throw unmet(`${count} members of at most ${percentText(ceiling)} % each`);
  const unit = commonBottom([floor, ceiling]);
  const limits: Limits = {
    unit,
    floor: floor.top * (unit / floor.bottom),
    ceiling: ceiling.top * (unit / ceiling.bottom),
  };
  const bounds = shares.parts.map((): Bound => "free");
  for (;;) {
    const { low, high, bottom, parts } = levelOf(shares, bounds, limits, spread);
    const lower: number[] = [];
    const higher: number[] = [];
    let under = 0n; // by how much the free shares together pass the floor
    let over = 0n; // and the ceiling
    for (let index = 0; index < parts.length; index += 1) {
      if (bounds[index] !== "free") continue;
      const part = nth(parts, index);
      if (part < low) {
        under += low - part;
        lower.push(index);
      } else if (part > high) {
        over += part - high;
        higher.push(index);
      }
    }
    if (under === 0n && over === 0n) return { shares: { parts, whole: bottom }, bounds };
    if (under >= over) for (const index of lower) bounds[index] = "floor";
    if (over >= under) for (const index of higher) bounds[index] = "ceiling";
  }
}

/** Floor and ceiling over one bottom. */
type Limits = Readonly<{ unit: bigint; floor: bigint; ceiling: bigint }>;

/** Everyone's share when what the bound ones leave is spread over the free ones; all over one bottom, the bounds too. */
function levelOf({ parts, whole }: Shares, bounds: readonly Bound[], { unit, floor, ceiling }: Limits, spread: Spread) {
  let rest = unit;
  let free = 0n;
  let count = 0n;
  for (const [index, bound] of bounds.entries()) {
    if (bound === "floor") rest -= floor;
    else if (bound === "ceiling") rest -= ceiling;
    else {
      free += nth(parts, index);
      count += 1n;
    }
  }
  if (spread === "in-proportion" && free === 0n && rest > 0n) {
    throw unmet(
      `${percentText({ top: rest, bottom: unit })} % that no member may bear: those under their ceiling have no share to raise`,
    );
  }
  const proportional = spread === "in-proportion" || count === 0n;
  const factor = proportional ? (free === 0n ? 1n : free) : whole * count;
  const [low, high] = [floor * factor, ceiling * factor];
  const scale = proportional ? rest : unit * count;
  const shift = proportional ? 0n : rest * whole - free * unit;
  const leveled = parts.map((part, index) => {
    const bound = bounds[index];
    return bound === "floor" ? low : bound === "ceiling" ? high : scale * part + shift;
  });
  return { parts: leveled, low, high, bottom: unit * factor };
}

function unmet(found: string): MainstayError {
  return new MainstayError("key_bounds_cannot_be_met", found);
}
