import { MainstayError } from "../errors.ts";
import { nth, percentText, sumOf, type Ratio, type Shares } from "./ratio.ts";

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
  const bounds = shares.parts.map((): Bound => "free");
  for (;;) {
    const level = levelOf(shares, bounds, floor, ceiling, spread);
    const { low, high, bottom, parts } = level;
    const under = lacking(bounds, parts, (part) => low - part);
    const over = lacking(bounds, parts, (part) => part - high);
    if (under === 0n && over === 0n) return { shares: { parts, whole: bottom }, bounds };
    parts.forEach((part, index) => {
      if (bounds[index] !== "free") return;
      if (under >= over && part < low) bounds[index] = "floor";
      if (over >= under && part > high) bounds[index] = "ceiling";
    });
  }
}

/** By how much the free shares together pass a bound. */
function lacking(bounds: readonly Bound[], parts: readonly bigint[], by: (part: bigint) => bigint): bigint {
  let sum = 0n;
  for (let index = 0; index < parts.length; index += 1) {
    if (bounds[index] !== "free") continue;
    const missing = by(nth(parts, index));
    if (missing > 0n) sum += missing;
  }
  return sum;
}

/** Everyone's share when what the bound ones leave is spread over the free ones; all over one bottom, the bounds too. */
function levelOf({ parts, whole }: Shares, bounds: readonly Bound[], floor: Ratio, ceiling: Ratio, spread: Spread) {
  const numberOf = (bound: Bound) => BigInt(bounds.filter((one) => one === bound).length);
  const unit = floor.bottom * ceiling.bottom;
  const rest = unit - numberOf("floor") * floor.top * ceiling.bottom - numberOf("ceiling") * ceiling.top * floor.bottom;
  const free = sumOf(parts.filter((_, index) => bounds[index] === "free"));
  const count = numberOf("free");
  if (spread === "in-proportion" && free === 0n && rest > 0n) {
    throw unmet(
      `${percentText({ top: rest, bottom: unit })} % that no member may bear: those under their ceiling have no share to raise`,
    );
  }
  const proportional = spread === "in-proportion" || count === 0n;
  const factor = proportional ? (free === 0n ? 1n : free) : whole * count;
  const bottom = unit * factor;
  const low = floor.top * ceiling.bottom * factor;
  const high = ceiling.top * floor.bottom * factor;
  const shift = rest * whole - free * unit;
  const scale = unit * count;
  const leveled = parts.map((part, index) =>
    bounds[index] === "floor"
      ? low
      : bounds[index] === "ceiling"
        ? high
        : proportional
          ? rest * part
          : scale * part + shift,
  );
  return { parts: leveled, low, high, bottom };
}

function unmet(found: string): MainstayError {
  return new MainstayError("key_bounds_cannot_be_met", found);
}
