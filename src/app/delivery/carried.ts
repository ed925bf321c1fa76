import { MainstayError } from "#core/errors.ts";
import type { Chain } from "#core/delivery/chain.ts";
import { foldMoves, type Move, type Standing } from "#core/delivery/fold.ts";
import type { LineNow } from "#core/delivery/legality.ts";
import { present } from "#core/present.ts";
import type { Queries } from "#store/database.ts";
import { consignmentsOf, type StoredConsignment } from "#store/delivery/consignments.ts";
import { linesOf, type StoredLine } from "#store/delivery/lines.ts";
import { chainOf } from "./policy.ts";

/** A line as it stands. */
export type Line = StoredLine &
  LineNow &
  Readonly<{ steps: readonly (Omit<Move, "line"> & Readonly<{ on: string }>)[] }>;

/** A consignment with its course and its lines as they stand. */
export type Carried = StoredConsignment & Readonly<{ chain: Chain; linesNow: readonly Line[] }>;

/** The consignments of a book as known before an instant (null: all), in the order of their ids: all, or those named. */
export async function carriedOf(
  db: Queries,
  bookNo: number,
  knownBefore: string | null = null,
  ids?: readonly string[],
): Promise<Carried[]> {
  const found = await consignmentsOf(db, bookNo, knownBefore, ids);
  const lines = Map.groupBy(
    await linesOf(
      db,
      found.map((one) => one.no),
      knownBefore,
    ),
    (line) => line.consignmentNo,
  );
  return found.map((one) => ({
    ...one,
    chain: chainOf(one.stream),
    linesNow: (lines.get(one.no) ?? []).map(lineNow),
  }));
}

/** @throws MainstayError unknown_consignment */
export async function requireCarried(
  db: Queries,
  bookNo: number,
  id: string,
  knownBefore: string | null = null,
): Promise<Carried> {
  const [found] = await carriedOf(db, bookNo, knownBefore, [id]);
  if (found === undefined) throw new MainstayError("unknown_consignment", JSON.stringify(id), { field: "consignment" });
  return found;
}

function lineNow(stored: StoredLine): Line {
  const steps = stored.moves.map(({ from, to, pieces, on }) => ({ from, to, pieces: BigInt(pieces), on }));
  const since = new Map<string, string>();
  for (const { to, on } of steps) if (to !== null && on < (since.get(to) ?? "9999")) since.set(to, on);
  return { ...stored, steps, standing: foldMoves(steps), since };
}

/** The line of a number, which was checked to be there. */
export function lineAt(carried: Carried, line: number): Line {
  return present(
    carried.linesNow.find((one) => one.line === line),
    `line ${line} of ${carried.id}`,
  );
}

/** Where all the pieces of a consignment stand, over its lines. */
export function standingOver(lines: readonly LineNow[]): Standing {
  const sums = new Map<string, bigint>();
  for (const { standing } of lines)
    for (const [state, pieces] of standing) sums.set(state, (sums.get(state) ?? 0n) + pieces);
  return sums;
}
