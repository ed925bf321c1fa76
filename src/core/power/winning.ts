import { MainstayError } from "../errors.ts";
import { addTo, binomials, emptyTally, everyCoalition, type Tally } from "./counting.ts";
import type { VotingGame } from "./game.ts";
import { countByHalves, mostHeld } from "./halves.ts";
import { countByTable, tableEffort } from "./table.ts";

/** `sizes`: by size alone, in closed form; `table`: over weight and size; `halves`: meeting in the middle. */
export type CountingMethod = "sizes" | "table" | "halves";

/** What a count may take: steps of the table (some nanoseconds each), cells it holds (8 bytes), coalitions held of a half (16 bytes). */
export type Effort = Readonly<{ steps: number; cells: number; held: number }>;

/** Up to about twenty seconds and a few hundred megabytes. */
export const fullEffort: Effort = { steps: 4e9, cells: 4e7, held: mostHeld };

// Below this the table is quicker than listing even a small half.
const quickTable = 5e6;

export type Winning = Readonly<{ tally: Tally; method: CountingMethod }>;

/**
 * The winning coalitions of a game, by size and by member, exactly.
 * @throws MainstayError voting_game_too_large when neither method stays within the effort
 */
export function countWinning(game: VotingGame, effort: Effort = fullEffort): Winning {
  const members = game.weights.length;
  const free = game.weights.flatMap((_weight, member) => (game.vetoes[member] === true ? [] : [member]));
  const held = members - free.length;
  const rest = free.map((member) => game.weights[member] ?? 0);
  const byVetoes = game.weights.reduce((sum, weight, member) => sum + (game.vetoes[member] === true ? weight : 0), 0);
  const { tally: among, method } = reachQuota(rest, Math.max(game.quota - byVetoes, 0), effort);
  const every = everyCoalition(members);
  const tally = emptyTally(members);
  for (let size = 0; size <= members; size += 1) {
    if (members - size < game.leastAgainst) {
      addTo(tally.all, size, every.all[size] ?? 0n);
      for (const [member, row] of tally.withMember.entries()) addTo(row, size, every.withMember[member]?.[size] ?? 0n);
    } else if (size >= game.leastMembers && size >= held) {
      const count = among.all[size - held] ?? 0n;
      addTo(tally.all, size, count);
      for (const [member, row] of tally.withMember.entries()) if (game.vetoes[member] === true) addTo(row, size, count);
      for (const [place, member] of free.entries())
        addTo(tally.withMember[member], size, among.withMember[place]?.[size - held] ?? 0n);
    }
  }
  return { tally, method };
}

/** Coalitions with at least the quota: of the two ways to count them, by the light ones that miss it or by who may be left out, the smaller. */
function reachQuota(weights: readonly number[], quota: number, effort: Effort): Winning {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const members = weights.length;
  const every = everyCoalition(members);
  const part = weights.reduce(greatestCommonDivisor, 0);
  if (quota === 0 || part === 0) return { tally: quota === 0 ? every : emptyTally(members), method: "sizes" };
  const scaled = weights.map((weight) => weight / part);
  const needed = Math.ceil(quota / part);
  const [missing, spare] = [needed - 1, total / part - needed];
  if (spare < 0) return { tally: emptyTally(members), method: "sizes" };
  if (scaled.every((weight) => weight === 1)) {
    const fromQuota = (row: readonly bigint[]) => row.map((count, size) => (size >= needed ? count : 0n));
    return { tally: { all: fromQuota(every.all), withMember: every.withMember.map(fromQuota) }, method: "sizes" };
  }
  const { tally, method } = countUpTo(scaled, Math.min(missing, spare), effort);
  if (missing <= spare) {
    const others = (all: readonly bigint[], row: readonly bigint[]) =>
      all.map((count, size) => count - (row[size] ?? 0n));
    return {
      method,
      tally: {
        all: others(every.all, tally.all),
        withMember: every.withMember.map((row, member) => others(row, tally.withMember[member] ?? [])),
      },
    };
  }
  // Those left out of a winning coalition weigh at most what is spare: mirror the sizes.
  const mirrored = (row: readonly bigint[]) => row.map((_count, size) => row[members - size] ?? 0n);
  return {
    method,
    tally: {
      all: mirrored(tally.all),
      withMember: tally.withMember.map((row) => mirrored(tally.all.map((count, size) => count - (row[size] ?? 0n)))),
    },
  };
}

function countUpTo(weights: readonly number[], most: number, effort: Effort): Winning {
  const { steps, cells } = tableEffort(weights, most);
  const fits = steps <= effort.steps && cells <= effort.cells;
  if (fits && steps <= quickTable) return { tally: countByTable(weights, most), method: "table" };
  const byHalves =
    2 ** (weights.length / 2) * weights.length * 2 < steps || !fits
      ? countByHalves(weights, most, effort.held)
      : undefined;
  if (byHalves !== undefined) return { tally: byHalves, method: "halves" };
  if (fits) return { tally: countByTable(weights, most), method: "table" };
  throw new MainstayError(
    "voting_game_too_large",
    `${weights.length} members whose weights add up to ${weights.reduce((a, b) => a + b, 0)} without a common divisor`,
    {
      field: "weights",
    },
  );
}

function greatestCommonDivisor(left: number, right: number): number {
  let [a, b] = [left, right];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** How many coalitions there are in all. */
export const coalitionsIn = (members: number): bigint => binomials(members).reduce((sum, count) => sum + count, 0n);
