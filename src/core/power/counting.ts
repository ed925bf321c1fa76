/**
 * Coalitions counted by size: `all[s]` of s members, `withMember[i][s]` of s members with member i among them. From these two alone follow
 * all indices.
 */
export type Tally = Readonly<{ all: bigint[]; withMember: bigint[][] }>;

/** A tally of nothing for so many members. */
export function emptyTally(members: number): Tally {
  const zeros = (): bigint[] => Array.from({ length: members + 1 }, () => 0n);
  return { all: zeros(), withMember: Array.from({ length: members }, zeros) };
}

/** Row n of Pascal's triangle. */
export function binomials(n: number): readonly bigint[] {
  const row = [1n];
  for (let k = 1; k <= n; k += 1) row.push(((row[k - 1] ?? 0n) * BigInt(n - k + 1)) / BigInt(k));
  return row;
}

/** Every coalition there is. */
export function everyCoalition(members: number): Tally {
  const [all, others] = [binomials(members), binomials(Math.max(members - 1, 0))];
  return {
    all: [...all],
    withMember: Array.from({ length: members }, () =>
      all.map((_count, size) => (size === 0 ? 0n : (others[size - 1] ?? 0n))),
    ),
  };
}

/** Adds `times` coalitions to a cell of a row. */
export function addTo(row: bigint[] | undefined, size: number, times: bigint): void {
  if (row !== undefined) row[size] = (row[size] ?? 0n) + times;
}

export const sumOf = (row: readonly bigint[]): bigint => row.reduce((sum, count) => sum + count, 0n);
