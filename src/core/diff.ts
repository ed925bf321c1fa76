import { roundHalfAway } from "./money.ts";

/** A promise's money as one release values it, in one class. Quantity in smallest parts of the unit, reported in millionths of the common currency. */
export type ReleaseLine = Readonly<{
  donor: string;
  code: string;
  category: string;
  unit: string;
  unitScale: number; // decimals of the unit's smallest part
  quantity: bigint;
  reported: bigint | null;
}>;

export type ChangeKind = "added" | "dropped" | "new-money" | "re-conversion" | "re-coding";

/** One difference between two releases. `change` in millionths of the common currency; null when a side has no valuation. */
export type ReleaseDifference = Readonly<{
  kind: ChangeKind;
  donor: string;
  code: string;
  before: ReleaseLine | null;
  after: ReleaseLine | null;
  change: bigint | null;
  note: string;
}>;

/**
 * What two releases say differently of the same promises, found by giver and code. The changes of all rows add up to the difference of the
 * totals, but for promises that differ by less than half a cent, which are left out.
 * - on one side only: `added` or `dropped`;
 * - another category or currency: `re-coding`, with the whole change;
 * - in the common currency itself there is nothing to convert: the whole change is `new-money`;
 * - otherwise the change of value splits exactly: `new-money` is the change of the original amount at the later release's own rate
 *   (after - before) * reportedAfter / after, rounded to a millionth; `re-conversion` is the rest, the old amount at another rate.
 */
export function compareReleases(
  before: readonly ReleaseLine[],
  after: readonly ReleaseLine[],
  currency: string,
): ReleaseDifference[] {
  const left = groupLines(before);
  const right = groupLines(after);
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
  return keys.flatMap((key) => comparePromise(left.get(key) ?? [], right.get(key) ?? [], currency));
}

function groupLines(lines: readonly ReleaseLine[]): Map<string, ReleaseLine[]> {
  const groups = new Map<string, ReleaseLine[]>();
  for (const line of lines) {
    const key = `${line.donor}\u0000${line.code}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [line]);
    else group.push(line);
  }
  return groups;
}

/** A promise coded anew is known by standing alone on both sides; where a code has several lines, one that goes and one that comes are two facts. */
function comparePromise(
  before: readonly ReleaseLine[],
  after: readonly ReleaseLine[],
  currency: string,
): ReleaseDifference[] {
  const [old, ...otherOld] = before;
  const [now, ...otherNow] = after;
  const alone = otherOld.length === 0 && otherNow.length === 0;
  if (alone && old !== undefined && now !== undefined && !sameLine(old, now)) return [recoded(old, now)];
  const dropped = before.filter((line) => !after.some((other) => sameLine(line, other)));
  return [
    ...before.flatMap((line) =>
      after.filter((other) => sameLine(line, other)).flatMap((other) => compareLine(line, other, currency)),
    ),
    ...dropped.map((line) => oneSided("dropped", line)),
    ...after.filter((line) => !before.some((other) => sameLine(line, other))).map((line) => oneSided("added", line)),
  ];
}

function sameLine(a: ReleaseLine, b: ReleaseLine): boolean {
  return a.category === b.category && a.unit === b.unit;
}

function oneSided(kind: "added" | "dropped", line: ReleaseLine): ReleaseDifference {
  const change = line.reported === null ? null : kind === "added" ? line.reported : -line.reported;
  const sides = kind === "added" ? { before: null, after: line } : { before: line, after: null };
  return { kind, donor: line.donor, code: line.code, ...sides, change, note: "" };
}

function recoded(before: ReleaseLine, after: ReleaseLine): ReleaseDifference {
  const category = before.category === after.category ? [] : [`category ${before.category} to ${after.category}`];
  const unit = before.unit === after.unit ? [] : [`currency ${before.unit} to ${after.unit}`];
  const change = before.reported === null || after.reported === null ? null : after.reported - before.reported;
  return {
    kind: "re-coding",
    donor: after.donor,
    code: after.code,
    before,
    after,
    change,
    note: [...category, ...unit].join(", "),
  };
}

/** Half a cent, in millionths: less than that is how two files round the same amount, not a difference. */
const negligible = 5_000n;

function compareLine(before: ReleaseLine, after: ReleaseLine, currency: string): ReleaseDifference[] {
  const base = { donor: after.donor, code: after.code, before, after, note: "" };
  if (before.reported === null || after.reported === null) {
    const same = before.quantity === after.quantity && before.reported === after.reported;
    return same ? [] : [{ ...base, kind: "new-money", change: null, note: "a side has no valuation" }];
  }
  const change = after.reported - before.reported;
  if (after.unit === currency) return isNegligible(change) ? [] : [{ ...base, kind: "new-money", change }];
  const growth = after.quantity - before.quantity;
  const fresh =
    growth === 0n || after.quantity === 0n
      ? growth === 0n
        ? 0n
        : change
      : scaled(growth, after.reported, after.quantity);
  const rest = change - fresh;
  if (isNegligible(change) && isNegligible(fresh)) return [];
  if (isNegligible(fresh)) return [{ ...base, kind: "re-conversion", change }];
  if (isNegligible(rest)) return [{ ...base, kind: "new-money", change }];
  return [
    { ...base, kind: "new-money", change: fresh },
    { ...base, kind: "re-conversion", change: rest },
  ];
}

function isNegligible(amount: bigint): boolean {
  return amount < negligible && amount > -negligible;
}

function scaled(growth: bigint, reported: bigint, quantity: bigint): bigint {
  const numerator = growth * reported;
  return quantity < 0n ? roundHalfAway(-numerator, -quantity) : roundHalfAway(numerator, quantity);
}
