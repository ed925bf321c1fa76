/** Numbers that look drawn at random and are the same for the same seed. */
export type Draw = Readonly<{
  /** From 0 to below 1. */
  unit: () => number;
  /** A whole number from `low` to `high`, both included. */
  between: (low: number, high: number) => number;
  /** True so often of a thousand times. */
  permille: (often: number) => boolean;
  /** One of a list that is not empty. */
  of: <T>(list: readonly T[]) => T;
}>;

/** Chris Doty-Humphrey's sfc32 generator (PractRand, 2010), its first twelve numbers thrown away so that near seeds part. */
export function drawFrom(seed: number): Draw {
  let [a, b, c, counter] = [seed | 0, Math.floor(seed / 0x1_0000_0000) | 0, 0x9e37_79b9 | 0, 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let skipped = 0; skipped < 12; skipped += 1) next();
  const unit = () => next() / 0x1_0000_0000;
  const between = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1));
  return {
    unit,
    between,
    permille: (often) => between(0, 999) < often,
    of: (list) => list[between(0, list.length - 1)] as (typeof list)[number],
  };
}
