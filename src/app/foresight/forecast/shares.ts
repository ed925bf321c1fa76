import { newestYear } from "#core/burden/indicators.ts";
import { applyKey } from "#core/burden/shares.ts";
import { basisText } from "#core/frame.ts";
import type { Database } from "#store/database.ts";
import { listParties } from "#store/parties.ts";
import { keyOn, openShelf, type Shelf } from "../../keys.ts";
import { factsOf, giving, membersOf } from "../../whatif.ts";

/**
 * What share each member of a key bears on a day, as far as was known: floating point, for a forecast.
 * @throws MainstayError unknown_key, unknown_group, and those of applyKey
 */
export async function keyShares(
  db: Database,
  asked: Readonly<{ key: string; book: string; on: string; knownAt: string; shelf?: Shelf }>,
): Promise<ReadonlyMap<string, number>> {
  const key = keyOn(asked.shelf ?? (await openShelf()), asked.key);
  const [given, parties, spans] = await Promise.all([
    giving(db, { book: asked.book, knownAt: asked.knownAt, basis: basisText({ kind: "as-reported" }) }),
    listParties(db, {}),
    membersOf(db, key, null),
  ]);
  const facts = factsOf(parties, given);
  const members = spans
    .filter(({ from, until }) => (from ?? "0001") <= asked.on && (until ?? "9999") >= asked.on)
    .map((span) => span.party);
  const year = Number(asked.on.slice(0, 4));
  const factsYear = key.rule.kind === "table" ? year : newestYear(facts, key.rule, members, year);
  const { members: order, shares } = applyKey(key, members, facts, factsYear ?? year);
  return new Map(order.map((party, index) => [party, Number(shares.parts[index] ?? 0n) / Number(shares.whole)]));
}
